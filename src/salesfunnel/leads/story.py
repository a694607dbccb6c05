"""The story of a lead: all that can happen to it."""

from __future__ import annotations

from ..pipeline.events import StageKept
from ..qualification.events import QuestionAnswered
from . import events

STORY = (
    events.LeadCaptured,
    events.LeadTouched,
    events.LeadAmended,
    events.LeadMoved,
    events.LeadQualified,
    events.LeadDisqualified,
    events.LeadConverted,
    events.LeadRestored,
    QuestionAnswered,
    StageKept,
)
"""The events of a lead; those of other nouns have no place on its timeline."""
