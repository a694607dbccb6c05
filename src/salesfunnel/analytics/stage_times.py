"""Stage times: how long leads and deals stand in each stage, those still there included."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from statistics import median
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..history.stage_history import StageInterval, stage_history
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.converters import maybe
from ..values.instants import instant
from ..values.working_hours import WorkingHours
from .nouns import nouns_of
from .proportion import Proportion
from .survival import half_left

_WINDOW = Text("limit_of_nothing", "{field} is not longer than nothing", "timedelta(days=30)")


@attrs.frozen(kw_only=True)
class StageTime:
    """
    How long they stand in one stage: how many have left it, and how many are still there.

    ``half_left`` is the time by which half have left, those still there included; ``None`` where
    fewer than half have. ``median_ended`` is that of those who have left, which is too short.
    ``within`` holds the share that left within a time, of those who are there so long.

    >>> hour = timedelta(hours=1)
    >>> print(StageTime(stage="new", ended=1, still=2, median_ended=hour))
    new: 1 have left (half of them within 1:00:00), 2 are still there
    """

    stage: str
    ended: int
    still: int
    median_ended: timedelta | None = None
    half_left: timedelta | None = None
    within: tuple[tuple[timedelta, Proportion], ...] = ()
    rested: timedelta = timedelta()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; times are seconds.

        >>> StageTime(stage="new", ended=0, still=2).as_data()["still"]
        2
        """
        return {
            "stage": self.stage,
            "ended": self.ended,
            "still": self.still,
            "median_ended": _seconds(self.median_ended),
            "half_left": _seconds(self.half_left),
            "within": [
                {"seconds": limit.total_seconds(), **share.as_data()}
                for limit, share in self.within
            ],
            "rested": self.rested.total_seconds(),
        }

    def __str__(self) -> str:
        """Say how many have left and how many are still there, and the shares."""
        said = f"{self.stage}: {self.ended:,} have left"
        if self.median_ended is not None:
            said += f" (half of them within {self.median_ended})"
        said += f", {self.still:,} are still there"
        if self.half_left is not None:
            said += f"; half of all leave within {self.half_left}"
        said += "".join(f"; within {limit} {share}" for limit, share in self.within)
        return said + (f"; rested {self.rested}" if self.rested else "")

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"


def stage_times(
    entities: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    within: Iterable[timedelta] = (),
    hours: WorkingHours | None = None,
) -> tuple[StageTime, ...]:
    """
    Tell how long leads or deals stand in each stage, as it was known then; rest is kept apart.

    One that was in a stage several times counts once, with all its time there.

    Args:
        entities: the leads, or the deals.
        at: the instant.
        within: times, to say for each how many had left by then.
        hours: when people work; all hours count unless given.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=friday)
    >>> for time in stage_times([deal], at=friday):
    ...     print(time)
    meeting: 1 have left (half of them within 4 days, 0:00:00), 0 are still there; half of all \
leave within 4 days, 0:00:00
    proposal: 0 have left, 1 are still there
    negotiation: 0 have left, 0 are still there
    """
    now, limits = instant(at), tuple(within)
    maybe(WorkingHours, hours, "hours")
    _check_limits(limits)
    found: dict[str, _Stage] = {}
    for noun in nouns_of(entities, "entities"):
        for stage in noun.pipeline.stages:
            if stage.is_open:
                found.setdefault(stage.name, _Stage())
        timeline: tuple[Any, ...] = noun.timeline
        known = stage_history(event for event in timeline if event.at <= now)
        for name in dict.fromkeys(interval.stage for interval in known):
            if name in found:
                there = [interval for interval in known if interval.stage == name]
                found[name].count(there, now, hours, ended=known[-1].stage != name)
    return tuple(stage.as_value(name, limits) for name, stage in found.items())


def _check_limits(limits: tuple[object, ...]) -> None:
    for limit in limits:
        if not isinstance(limit, timedelta):
            raise WrongKind.of("within", limit, wanted="several of timedelta(days=30)")
        if limit <= timedelta():
            raise InvalidValue("within", _WINDOW)


class _Stage:
    """What was measured in one stage: each length, whether it is over, and since when it counts."""

    def __init__(self) -> None:
        self.lengths: list[tuple[timedelta, bool]] = []
        self.ages: list[timedelta] = []
        self.rested = timedelta()

    def count(
        self,
        intervals: list[StageInterval],
        now: datetime,
        hours: WorkingHours | None,
        *,
        ended: bool,
    ) -> None:
        """Count one that was in the stage."""
        total = sum((_worked(interval, now, hours) for interval in intervals), timedelta())
        self.lengths.append((total, ended))
        first = intervals[0].entered
        self.ages.append(now - first if hours is None else hours.between(first, now))
        self.rested += sum((interval.rested(at=now) for interval in intervals), timedelta())

    def as_value(self, name: str, limits: tuple[timedelta, ...]) -> StageTime:
        """Return what was measured."""
        over = [length for length, ended in self.lengths if ended]
        half = half_left((length.total_seconds(), ended) for length, ended in self.lengths)
        seconds = [length.total_seconds() for length in over]
        return StageTime(
            stage=name,
            ended=len(over),
            still=len(self.lengths) - len(over),
            median_ended=timedelta(seconds=median(seconds)) if over else None,
            half_left=None if half is None else timedelta(seconds=half),
            within=tuple((limit, self._left_within(limit)) for limit in limits),
            rested=self.rested,
        )

    def _left_within(self, limit: timedelta) -> Proportion:
        old = [
            ended and length <= limit
            for (length, ended), age in zip(self.lengths, self.ages, strict=True)
            if age >= limit
        ]
        return Proportion(sum(old), len(old))


def _worked(interval: StageInterval, now: datetime, hours: WorkingHours | None) -> timedelta:
    """Measure an interval without its rests, in working time where that is wanted."""
    if hours is None:
        return interval.worked(at=now)
    total = hours.between(interval.entered, interval.left or now)
    for begun, end in interval.rests:
        total -= hours.between(begun, end or now)
    return total


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
