"""A permit: the yes of a pipeline, and what a verb does with either answer."""

from __future__ import annotations

from typing import TypedDict

import attrs

from ..errors import MoveRefused, Refusal
from .stage import Stage


class Way(TypedDict):
    """The part of an event that says which way was taken."""

    trigger: str
    from_stage: str
    to_stage: str


@attrs.frozen
class Permit:
    """
    A *yes*: the trigger, the stage it leads from, and the stage it leads to.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday).destination.name
    'proposal'
    """

    trigger: str
    source: Stage
    destination: Stage
    enters: bool = attrs.field(default=True, kw_only=True)
    calls_back: bool = attrs.field(default=False, kw_only=True)

    @property
    def way(self) -> Way:
        """Trigger, stage before and stage after, as an event keeps them."""
        return Way(
            trigger=self.trigger, from_stage=self.source.name, to_stage=self.destination.name
        )

    @property
    def last_open_stage(self) -> str:
        """The stage that a later reopening leads back to; empty if neither end is open."""
        open_ends = [stage.name for stage in (self.destination, self.source) if stage.is_open]
        return open_ends[0] if open_ends else ""


def granted(verdict: Permit | Refusal) -> Permit:
    """
    Return the permit, or raise `MoveRefused` with all the reasons.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> granted(OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday)).trigger
    'propose'
    """
    if isinstance(verdict, Refusal):
        raise MoveRefused(verdict)
    return verdict
