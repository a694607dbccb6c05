"""Opportunities: a need with an amount, a probability and a close date, until won or lost."""

from __future__ import annotations

from .contacts import ContactRole, Involvement
from .events import (
    AmountRevised,
    CloseDateMoved,
    ClosingCorrected,
    ContactInvolved,
    OpportunityAmended,
    OpportunityEvent,
    OpportunityLost,
    OpportunityMoved,
    OpportunityOpened,
    OpportunityReopened,
    OpportunityWon,
    ProbabilityEstimated,
)
from .opportunity import Opportunity
from .outcomes import Closing, LossReason
from .probability import Probability, ProbabilityOrigin

__all__ = [
    "AmountRevised",
    "CloseDateMoved",
    "Closing",
    "ClosingCorrected",
    "ContactInvolved",
    "ContactRole",
    "Involvement",
    "LossReason",
    "Opportunity",
    "OpportunityAmended",
    "OpportunityEvent",
    "OpportunityLost",
    "OpportunityMoved",
    "OpportunityOpened",
    "OpportunityReopened",
    "OpportunityWon",
    "Probability",
    "ProbabilityEstimated",
    "ProbabilityOrigin",
]
