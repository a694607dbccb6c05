"""Leads: bare contacts who hardly know you, from a business card to a yes, or a reason why not."""

from __future__ import annotations

from . import handoff, nurturing
from .events import (
    LeadAmended,
    LeadCaptured,
    LeadConverted,
    LeadDisqualified,
    LeadEvent,
    LeadMoved,
    LeadQualified,
    LeadRestored,
    LeadResumed,
)
from .lead import Lead
from .offers import HandOff, LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn

__all__ = [
    "HandOff",
    "Lead",
    "LeadAccepted",
    "LeadAmended",
    "LeadCaptured",
    "LeadConverted",
    "LeadDeclined",
    "LeadDisqualified",
    "LeadEvent",
    "LeadMoved",
    "LeadOfferWithdrawn",
    "LeadOffered",
    "LeadQualified",
    "LeadRestored",
    "LeadResumed",
    "handoff",
    "nurturing",
]
