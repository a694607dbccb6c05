"""Opportunities: a need with an amount, a probability and a close date, until won or lost."""

from __future__ import annotations

from . import closing
from .contacts import Involvement
from .coverage import coverage
from .events import (
    AmountRevised,
    CloseDateMoved,
    ClosingCorrected,
    ContactInvolved,
    Held,
    OpportunityAmended,
    OpportunityEvent,
    OpportunityLost,
    OpportunityMoved,
    OpportunityOpened,
    OpportunityReopened,
    OpportunityWon,
    ProbabilityEstimated,
    Resumed,
)
from .opportunity import Opportunity
from .outcomes import Closing
from .probability import Probability, ProbabilityOrigin
from .rest import Rest
from .valuing import TotalWorth, total_worth, worth

__all__ = [
    "AmountRevised",
    "CloseDateMoved",
    "Closing",
    "ClosingCorrected",
    "ContactInvolved",
    "Held",
    "Involvement",
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
    "Rest",
    "Resumed",
    "TotalWorth",
    "closing",
    "coverage",
    "total_worth",
    "worth",
]
