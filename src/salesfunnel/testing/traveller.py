"""A traveller: the plainest thing that can go through any pipeline, with facts and a memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self

import attrs

from ..history.timeline import Event, apply, replay
from ..pipeline.pipeline import Pipeline
from ..values import gates
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .policy_cases import nested


@attrs.frozen(kw_only=True)
class TravelBegan:
    """The traveller entered the first stage, and nothing is known yet."""

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    to_stage: str

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Begin in the stage."""
        return {
            "stage": self.to_stage,
            "last_open_stage": self.to_stage,
            "facts": FrozenMap[str, Any](),
        }


@attrs.frozen(kw_only=True)
class FactLearnt:
    """A fact became known, by its path, or turned out to be something else."""

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    path: str
    value: Any

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - a traveller
        """Know the fact."""
        return {"facts": before.facts.with_item(self.path, self.value)}


@attrs.frozen(kw_only=True)
class Traveller:
    """
    Goes through a pipeline; a guard may ask for any fact about it, by rule or as an attribute.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> traveller = Traveller.set_out(OPPORTUNITY_PIPELINE, at=monday)
    >>> traveller = traveller.learn("amount_agreed", True, at=monday)
    >>> OPPORTUNITY_PIPELINE.move(traveller, "propose", at=monday).stage, traveller.amount_agreed
    ('proposal', True)
    """

    stage: str
    last_open_stage: str
    facts: FrozenMap[str, Any]
    timeline: tuple[Event, ...] = attrs.field(repr=False)

    @classmethod
    def set_out(cls, pipeline: Pipeline, *, at: datetime) -> Self:
        """Enter the first stage of a pipeline."""
        beginning = gates.one(Pipeline, pipeline, "pipeline").initial
        return cls.replay([TravelBegan(at=at, to_stage=beginning.name)])

    @classmethod
    def replay(cls, events: Iterable[Event], /) -> Self:
        """Rebuild a traveller from its events."""
        return replay(cls, TravelBegan, events)

    def learn(self, path: str, value: object, *, at: datetime) -> Self:
        """Learn a fact; ``None`` makes it unknown again."""
        return apply(self, FactLearnt(at=at, path=path, value=value))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a fact may be anything
        """Return a fact as if it were a field; rows of facts are dictionaries."""
        known = {} if name.startswith("_") or name == "facts" else nested(self.facts)
        if name not in known:
            raise AttributeError(f"no fact {name!r} is known")
        return known[name]
