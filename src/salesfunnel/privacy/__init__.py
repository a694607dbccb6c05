"""Privacy: who may be approached, by which channel and for what."""

from __future__ import annotations

from . import consent
from .contacting import may_contact

__all__ = ["consent", "may_contact"]
