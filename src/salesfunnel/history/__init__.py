"""The append-only timeline: what happened to a lead, an account or an opportunity, and when."""

from __future__ import annotations

from .stages import StageStay, stays, time_in_stage
from .timeline import Event, apply, as_of, expect, in_order, replay

__all__ = [
    "Event",
    "StageStay",
    "apply",
    "as_of",
    "expect",
    "in_order",
    "replay",
    "stays",
    "time_in_stage",
]
