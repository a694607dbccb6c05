"""The story of an opportunity: all that can happen to it."""

from __future__ import annotations

from ..pipeline.events import StageKept
from ..qualification.events import QuestionAnswered
from . import events
from .amending import OpportunityAmended

STORY = (
    events.OpportunityOpened,
    events.OpportunityMoved,
    events.OpportunityWon,
    events.OpportunityLost,
    events.OpportunityReopened,
    events.AmountRevised,
    events.CloseDateMoved,
    events.ProbabilityEstimated,
    events.ContactInvolved,
    OpportunityAmended,
    QuestionAnswered,
    StageKept,
)
"""The events of an opportunity; those of other nouns have no place on its timeline."""
