"""Deadlines: what has stood in its stage for longer than the pipeline allows, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import attrs

from ..history.order import Dated
from ..history.stage_history import current_interval
from ..values.instants import instant
from ..values.lengths import said_length


class Limited(Protocol):
    """The stages of a pipeline, some of them with a time limit."""

    # A field with a converter is no plain tuple to every type checker, hence Any.
    @property
    def stages(self) -> Any:  # noqa: ANN401 - see above
        """The stages in order, a tuple of `Stage`."""
        ...


class Travelling(Protocol):
    """What goes through a pipeline and remembers its way, such as an opportunity."""

    @property
    def pipeline(self) -> Limited:
        """The pipeline that it goes through."""
        ...

    @property
    def timeline(self) -> Sequence[Dated]:
        """What happened to it."""
        ...


@attrs.frozen
class Overdue:
    """
    A stay in a stage that is too long: in which stage, since when, and by how much.

    >>> from datetime import UTC, datetime, timedelta
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> print(Overdue("proposal", monday, timedelta(days=3)))
    proposal is overdue by 3 days
    """

    stage: str
    since: datetime
    excess: timedelta

    def __str__(self) -> str:
        """Say which stage is overdue, and by how much."""
        return f"{self.stage} is overdue by {said_length(self.excess)}"


def overdue(entity: Travelling, *, at: datetime) -> Overdue | None:
    """
    Say since when an entity should have left its stage, or ``None`` if it still has time.

    Each interval in a stage has the whole time limit, and a move back into the same stage does not
    begin a new one. While it rests, no time passes. What is won or lost is never overdue.

    >>> from datetime import UTC, datetime, timedelta
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.pipeline import Move, Pipeline, Stage
    >>> quick = Pipeline(
    ...     "quick",
    ...     stages=[
    ...         Stage("new", limit=timedelta(days=2)),
    ...         Stage("won", kind="won"),
    ...         Stage("lost", kind="lost"),
    ...     ],
    ...     moves=[Move("win", "new", "won"), Move("lose", "new", "lost")],
    ... )
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", pipeline=quick, at=monday)
    >>> print(overdue(lead, at=friday))
    new is overdue by 2 days
    """
    now = instant(at)
    interval = current_interval(entity.timeline, at=now)
    for stage in entity.pipeline.stages:
        if interval and stage.name == interval.stage and stage.is_open and stage.limit is not None:
            excess = interval.worked(at=now) - stage.limit
            if excess <= timedelta() or interval.is_resting(at=now):
                return None
            return Overdue(stage.name, interval.worked_until(stage.limit), excess)
    return None


def due_at(timeline: Iterable[Dated], pipeline: Limited) -> datetime | None:
    """
    Return the moment from which on it will be overdue unless something happens, without a clock.

    It is meant for a column and its index: what is overdue at a moment is what was due before it.
    ``None`` where the stage has no time limit, where it is closed, and during a rest. The timeline
    need not be that of a noun; the events that `drive` gives back will do.

    >>> from datetime import UTC, datetime, timedelta
    >>> from salesfunnel.history import StageEntered
    >>> from salesfunnel.pipeline import Move, Pipeline, Stage
    >>> quick = Pipeline(
    ...     "quick",
    ...     stages=[Stage("new", limit=timedelta(days=2)), Stage("won", kind="won")],
    ...     moves=[Move("win", "new", "won")],
    ... )
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> due_at([StageEntered(at=monday, to_stage="new")], quick).day
    4
    """
    events = tuple(timeline)
    last = max((event.at for event in events), default=None)
    interval = None if last is None else current_interval(events, at=last)
    if last is None or interval is None or interval.is_resting(at=last):
        return None
    for stage in pipeline.stages:
        if stage.name == interval.stage and stage.is_open and stage.limit is not None:
            try:
                return interval.worked_until(stage.limit)
            except OverflowError:  # it will never be
                return None
    return None
