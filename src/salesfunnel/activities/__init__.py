"""Activities: calls, messages and meetings, the next steps, the agenda, and whose work it is."""

from __future__ import annotations

from .agenda import Due, DueKind, agenda
from .consent_register import ConsentRegister
from .consented import ConsentGiven, ConsentWithdrawn
from .consents import Consent, LegalBasis
from .engagement import Engagement
from .events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from .logging import correct, withdraw
from .owners import (
    OwnerAssigned,
    OwnerInterval,
    OwnerMatch,
    first_match,
    least_loaded,
    owner_history,
)
from .planning import drop_step, move_step, plan_step
from .steps import Step, StepDropped, StepMoved, StepPlanned, Steps

__all__ = [
    "ActivityCorrected",
    "ActivityLogged",
    "ActivityWithdrawn",
    "Consent",
    "ConsentGiven",
    "ConsentRegister",
    "ConsentWithdrawn",
    "Due",
    "DueKind",
    "Engagement",
    "LegalBasis",
    "OwnerAssigned",
    "OwnerInterval",
    "OwnerMatch",
    "Step",
    "StepDropped",
    "StepMoved",
    "StepPlanned",
    "Steps",
    "agenda",
    "correct",
    "drop_step",
    "first_match",
    "least_loaded",
    "move_step",
    "owner_history",
    "plan_step",
    "withdraw",
]
