"""Leads: bare contacts who hardly know you, from a business card to a yes, or a reason why not."""

from __future__ import annotations

from .events import (
    LeadAmended,
    LeadCaptured,
    LeadConverted,
    LeadDisqualified,
    LeadEvent,
    LeadMoved,
    LeadQualified,
    LeadRestored,
)
from .lead import Lead
from .reasons import DisqualificationReason

__all__ = [
    "DisqualificationReason",
    "Lead",
    "LeadAmended",
    "LeadCaptured",
    "LeadConverted",
    "LeadDisqualified",
    "LeadEvent",
    "LeadMoved",
    "LeadQualified",
    "LeadRestored",
]
