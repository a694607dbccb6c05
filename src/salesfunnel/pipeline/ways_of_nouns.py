"""The moves out of the stage of a noun with a timeline, be it a lead or a deal."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import attrs

from ..errors import Refusal
from ..history.event import Chronicled
from ..history.timeline import standing_in_the_way
from ..values.instants import instant
from .pipeline import Pipeline
from .verdicts import Way


class StandingNoun(Chronicled, Protocol):
    """A noun that stands in a stage of a pipeline."""

    @property
    def pipeline(self) -> Pipeline:
        """The stages it may enter."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...


def ways_from_here(noun: StandingNoun, *, at: datetime) -> tuple[Way, ...]:
    """
    List the moves out of the stage of a noun, each judged as if its needs were given.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> [way.trigger for way in ways_from_here(lead, at=monday)]
    ['contact', 'nurture', 'qualify', 'disqualify']
    """
    moment = instant(at)
    if noun.pipeline.find_stage(noun.stage) is None:
        return ()  # changed by hand, so that no way is known
    ways = noun.pipeline.ways(noun.stage, noun, at=moment)
    if objection := standing_in_the_way(noun, at=moment):
        refused = Refusal("", noun.stage, (objection,))
        return tuple(
            attrs.evolve(way, verdict=attrs.evolve(refused, trigger=way.trigger)) for way in ways
        )
    return ways
