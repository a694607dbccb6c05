"""How one lead or deal went through the stages: which rung it entered, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..history.order import entered_stage, in_order
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from .told import has_origin, is_in, undated_entries
from .uncounted import uncounted_reason

_TWO_PIPELINES = Text(
    "funnel_of_two_pipelines",
    "{field} go through {first} and through {second}",
    "those of one pipeline at a time",
)
LOST = -1
UNKNOWN = -2


@attrs.frozen
class Entry:
    """
    A stage that was entered: when, on which rung, its name, and why it ends in no rate.

    The name is ``None`` where no one told the stage, and the rung is then that of the beginning.
    One that is undated stands in its order, and at an instant that says nothing.
    """

    at: datetime
    rung: int
    stage: str | None
    uncounted: str = ""
    is_undated: bool = False


@attrs.frozen
class Ladder:
    """The rungs of a pipeline: its open stages in their order, then won. Lost is no rung."""

    pipeline: str
    rungs: tuple[str, ...]
    places: Mapping[str, int]

    @classmethod
    def of(cls, pipeline: Pipeline, *, above: int = 0) -> Ladder:
        """Build the ladder of a pipeline, above other rungs if any; won stages are one rung."""
        ways = [stage.name for stage in pipeline.stages if stage.is_open]
        won = [stage.name for stage in pipeline.stages if stage.kind is StageKind.WON]
        places = {name: rung for rung, name in enumerate(ways, above)}
        places |= dict.fromkeys(won, len(ways) + above)
        places |= {s.name: LOST for s in pipeline.stages if s.kind is StageKind.LOST}
        return cls(pipeline.name, (*ways, *won[:1]), places)

    def check(self, pipeline: Pipeline, field: str) -> None:
        """Refuse what goes through another pipeline."""
        if pipeline.name != self.pipeline:
            said = {"first": self.pipeline, "second": pipeline.name}
            raise InvalidValue(field, _TWO_PIPELINES, said)

    def entries(self, noun: Lead | Opportunity, *, at: datetime) -> list[Entry]:
        """List the stages that a lead or a deal had entered by then."""
        timeline: tuple[Any, ...] = noun.timeline
        found = [event for event in timeline if event.at <= at and entered_stage(event)]
        events = found if len(found) == 1 else in_order(found)
        undated = undated_entries(noun, at=at)
        entries = [
            Entry(
                event.at,
                self.places.get(stage, UNKNOWN),
                stage if has_origin(after) else None,
                is_undated=is_in(event, undated),
            )
            for event, after in zip_longest(events, events[1:])
            if (stage := entered_stage(event))
        ]
        if entries and entries[-1].rung == LOST:
            left_out = uncounted_reason(noun, at=at)
            entries[-1] = attrs.evolve(entries[-1], uncounted=left_out)
        return entries


def furthest(passages: Iterable[list[Entry]]) -> list[Entry]:
    """Return the passage that came furthest; of equals one that is not lost, then the first."""
    return max(passages, key=lambda entries: (max(e.rung for e in entries), entries[-1].rung))
