"""A traveller: the plainest thing that can go through any pipeline, with facts and a memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..history.stage_history import StageEntered
from ..pipeline.pipeline import Pipeline
from .policy_cases import nested


class Traveller:
    """
    Goes through a pipeline by `drive`; a guard may ask for any fact about it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> traveller = Traveller(OPPORTUNITY_PIPELINE, at=monday)
    >>> traveller.facts["amount_agreed"] = True
    >>> traveller.move("propose", {}, at=monday)
    >>> traveller.stage, traveller.amount_agreed
    ('proposal', True)
    """

    def __init__(self, pipeline: Pipeline, *, at: datetime) -> None:
        """Enter the first stage of a pipeline."""
        self.pipeline = pipeline
        self.stage: str = pipeline.initial.name
        self.last_open_stage: str = self.stage
        self.facts: dict[str, Any] = {}
        # A field with a converter is no plain datetime to every type checker, hence Any.
        self.timeline: tuple[Any, ...] = (StageEntered(at=at, to_stage=self.stage),)

    @property
    def state(self) -> tuple[object, ...]:
        """All that may change about it."""
        return self.stage, self.last_open_stage, dict(self.facts), self.timeline

    def move(self, trigger: str, given: Mapping[str, Any], *, at: datetime) -> None:
        """Be driven by a trigger, and remember the event."""
        taken = self.pipeline.drive(self, trigger, at=at, **given)
        self.timeline = (*self.timeline, taken)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a fact may be anything
        """Return a fact as if it were a field; rows of facts are dictionaries."""
        known = {} if name.startswith("_") or name == "facts" else nested(self.facts)
        if name not in known:
            raise AttributeError(f"no fact {name!r} is known")
        return known[name]
