"""The append-only timeline: what happened to a lead, an account or an opportunity, and when."""

from __future__ import annotations

from .anomalies import Anomaly, anomalies
from .contributed import (
    Contributed,
    ContributionWithdrawn,
    contribute,
    withdraw_contribution,
)
from .describing import StoryLine, describe, story_of
from .erased import PersonErased
from .event import Event
from .merged import MergedAway
from .order import in_order
from .person_merged import PersonMerged
from .reading import IntervalReading, read_intervals
from .recorded import Recorded, record
from .sentences import Sentence, sentence_of
from .slips import Slip, slips
from .stage_history import (
    StageEntered,
    StageInterval,
    current_interval,
    stage_history,
    time_in_stage,
)
from .timeline import apply, as_of, replay
from .versions import events_since, expect

__all__ = [
    "Anomaly",
    "Contributed",
    "ContributionWithdrawn",
    "Event",
    "IntervalReading",
    "MergedAway",
    "PersonErased",
    "PersonMerged",
    "Recorded",
    "Sentence",
    "Slip",
    "StageEntered",
    "StageInterval",
    "StoryLine",
    "anomalies",
    "apply",
    "as_of",
    "contribute",
    "current_interval",
    "describe",
    "events_since",
    "expect",
    "in_order",
    "read_intervals",
    "record",
    "replay",
    "sentence_of",
    "slips",
    "stage_history",
    "story_of",
    "time_in_stage",
    "withdraw_contribution",
]
