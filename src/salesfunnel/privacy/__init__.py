"""Privacy: who may be approached, by which channel and for what, and erasing a person."""

from __future__ import annotations

from . import consent
from .contacting import may_contact
from .erasing import Erasure, erase_person

__all__ = ["Erasure", "consent", "erase_person", "may_contact"]
