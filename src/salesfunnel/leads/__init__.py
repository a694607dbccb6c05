"""Leads: bare contacts who hardly know you, from a business card to a yes, or a reason why not."""

from __future__ import annotations

from . import handoff, nurturing
from .amended import LeadAmended
from .captured import LeadCaptured
from .converted import LeadConverted, LeadRestored
from .events import LeadEvent
from .lead import Lead
from .moved import LeadMoved, LeadResumed
from .offers import HandOff, LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn
from .qualified import LeadDisqualified, LeadQualified

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
