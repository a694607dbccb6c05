"""Opportunities: a need with an amount, a probability and a close date, until won or lost."""

from __future__ import annotations

from . import closing
from .amended import ContactInvolved, OpportunityAmended
from .closed import ClosingCorrected, OpportunityLost, OpportunityWon
from .contacts import Involvement
from .coverage import coverage
from .events import OpportunityEvent
from .held import Held, Resumed
from .moved import OpportunityMoved, OpportunityReopened
from .opened import OpportunityOpened
from .opportunity import Opportunity
from .outcomes import Closing
from .probability import Probability, ProbabilityOrigin
from .rest import Rest
from .revised import AmountRevised, CloseDateMoved, ProbabilityEstimated
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
