"""The append-only timeline: what happened to a lead, an account or an opportunity, and when."""

from __future__ import annotations

from .oddities import Oddity, oddities
from .order import in_order
from .reading import StaysRead, read_stays
from .slips import Slip, slips
from .stages import StageEntered, StageStay, current_stay, stays, time_in_stage
from .timeline import Event, apply, as_of, expect, replay

__all__ = [
    "Event",
    "Oddity",
    "Slip",
    "StageEntered",
    "StageStay",
    "StaysRead",
    "apply",
    "as_of",
    "current_stay",
    "expect",
    "in_order",
    "oddities",
    "read_stays",
    "replay",
    "slips",
    "stays",
    "time_in_stage",
]
