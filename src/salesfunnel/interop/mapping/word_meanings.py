"""What the words of each kind of list may stand for, field by field."""

from __future__ import annotations

from types import MappingProxyType

from ...pipeline.presets.code_lists import (
    ACTIVITY_KINDS,
    DISQUALIFICATION_REASONS,
    LOSS_REASONS,
    UNKNOWN,
)
from ...pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ...pipeline.stage import StageKind
from ...values.source import Source

KINDS_OF_ACTIVITY = frozenset({*ACTIVITY_KINDS, "task"})
"""The kinds of activities that have words; any other is kept as it is written."""

STATUSES = frozenset({"done", "planned", "dropped"})
"""How an activity stands."""

_ANSWERS = frozenset({"yes", "no", "unknown"})
_SOURCES = frozenset(Source)

MEANINGS: MappingProxyType[str, dict[str, frozenset[str]]] = MappingProxyType(
    {
        "lead": {
            "stage": frozenset(stage.name for stage in LEAD_PIPELINE.stages),
            "reason": frozenset({*DISQUALIFICATION_REASONS, UNKNOWN}),
            "source": _SOURCES,
            "answers": _ANSWERS,
        },
        "opportunity": {
            "stage": frozenset(stage.name for stage in OPPORTUNITY_PIPELINE.stages),
            "outcome": frozenset(StageKind),
            "reason": frozenset({*LOSS_REASONS, UNKNOWN}),
            "source": _SOURCES,
            "answers": _ANSWERS,
        },
        "account": {"source": _SOURCES},
        "person": {"source": _SOURCES},
        "history": {},
        "activity": {
            "kind": KINDS_OF_ACTIVITY,
            "status": STATUSES,
            "direction": frozenset({"inbound", "outbound"}),
            "answers": _ANSWERS,
        },
    }
)
"""What the words of a field may stand for; those of any other field are read as any text."""
