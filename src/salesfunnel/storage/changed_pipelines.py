"""
What is said where a pipeline is another one now than the document means.

The document has the fingerprint of the old one and no more of it; but its events name the stages
that they went through, and the one that the pipeline of today lacks is what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InvalidDefinition, Problem, Text
from ..pipeline.pipeline import Pipeline
from ..values.codecs import unreadable
from ..values.text import shown
from .references import Reference

_REMEDY = "give the new one another version, keep the old one in pipelines=, then transfer"
_WITHOUT_STAGES = Text(
    "changed_stages",
    "refers to {pipeline} with the fingerprint {before}; it has {now} now, and no stage {stages}",
    _REMEDY,
)
_OTHERWISE = Text(
    "changed_pipeline",
    "refers to {pipeline} with the fingerprint {before}; it has {now} now, although the stages "
    "that the events name are still there: a move, a guard, a limit or another stage differs",
    _REMEDY,
)
_LONGEST_FINGERPRINT = 64
_LONGEST_NAME = 60
_MOST_NAMES = 3


def changed(pipeline: Pipeline, meant: Reference, document: Mapping[str, Any]) -> InvalidDefinition:
    """
    Make the error of a pipeline that decides otherwise now; it names the stages that are gone.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> print(changed(LEAD_PIPELINE, Reference("lead", "1", "0"), {}).problems[0].code)
    changed_pipeline
    """
    told = dict.fromkeys(_stages_along(meant.fingerprint, document))
    gone = [stage for stage in told if pipeline.find_stage(stage) is None][:_MOST_NAMES]
    said: dict[str, object] = {
        "pipeline": f"{pipeline.name} {pipeline.version}",
        "before": _shown(meant.fingerprint),
        "now": pipeline.fingerprint,
    }
    if gone:
        said["stages"] = ", ".join(shown(stage, limit=_LONGEST_NAME) for stage in gone)
    return unreadable(Problem(_WITHOUT_STAGES if gone else _OTHERWISE, said))


def _stages_along(fingerprint: str, document: Mapping[str, Any]) -> Iterator[str]:
    """Go through the stages that events of a document name while they go along a pipeline."""
    events = document.get("events", [document.get("event")])
    along: object = None
    for event in events if type(events) is list else ():
        if type(event) is not dict:
            continue
        before, told = along, event.get("pipeline")
        along = told.get("fingerprint") if type(told) is dict else along
        named = [event.get("from_stage") if before == fingerprint else None]
        if along == fingerprint:
            renamed = event.get("stages")
            named += [event.get("to_stage"), *(renamed.values() if type(renamed) is dict else ())]
        yield from (stage for stage in named if type(stage) is str and stage)


def _shown(fingerprint: str) -> str:
    is_one = fingerprint.isascii() and fingerprint.isalnum()
    return fingerprint if is_one and len(fingerprint) <= _LONGEST_FINGERPRINT else "unreadable"
