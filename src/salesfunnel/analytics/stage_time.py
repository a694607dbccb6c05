"""The time in one stage: how many have left it, how many are still there, and how long it takes."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from statistics import median
from typing import Any

import attrs

from ..history.stage_history import StageInterval
from ..values.working_hours import WorkingHours
from .proportion import Proportion
from .survival import half_left

_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class StageTime:
    """
    How long they stand in one stage: how many have left it, and how many are still there.

    ``half_left`` is the time by which half have left, those still there included; ``None`` where
    fewer than half have. ``median_ended`` is that of those who have left, which is too short.
    ``within`` holds the share that left within a time, of those who are there so long.

    >>> hour = timedelta(hours=1)
    >>> print(StageTime(stage="new", ended=1, still=2, median_ended=hour))
    new: 1 has left (half of them within 1:00:00), 2 are still there
    """

    stage: str
    pipeline: str = ""
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
            "pipeline": self.pipeline,
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
        said = f"{self.stage}: {self.ended:,} {'has' if self.ended == 1 else 'have'} left"
        if self.median_ended is not None:
            said += f" (half of them within {said_length(self.median_ended)})"
        said += f", {self.still:,} {'is' if self.still == 1 else 'are'} still there"
        if self.half_left is not None:
            said += f"; half of all leave within {said_length(self.half_left)}"
        said += "".join(f"; within {said_length(limit)} {share}" for limit, share in self.within)
        return said + (f"; rested {said_length(self.rested)}" if self.rested else "")

    def _repr_html_(self) -> str:
        return f'<p dir="auto">{escape(str(self))}</p>'


class TimedStage:
    """What was measured in one stage: each length, whether it is over, and since when it counts."""

    lengths: list[tuple[timedelta, bool]]
    ages: list[timedelta]
    rested: timedelta

    def __init__(self) -> None:
        """Begin without any."""
        self.lengths = []
        self.ages = []
        self.rested = timedelta()

    def count(
        self,
        intervals: list[StageInterval],
        now: datetime,
        hours: WorkingHours | None,
        *,
        is_over: bool,
    ) -> None:
        """Count one that was in the stage."""
        total = sum((_worked(interval, now, hours) for interval in intervals), timedelta())
        self.lengths.append((total, is_over))
        first = intervals[0].entered
        self.ages.append(now - first if hours is None else hours.between(first, now))
        self.rested += sum((interval.rested(at=now) for interval in intervals), timedelta())

    def as_value(self, name: str, pipeline: str, limits: tuple[timedelta, ...]) -> StageTime:
        """Return what was measured."""
        over = [length for length, ended in self.lengths if ended]
        half = half_left((length.total_seconds(), ended) for length, ended in self.lengths)
        seconds = [length.total_seconds() for length in over]
        return StageTime(
            stage=name,
            pipeline=pipeline,
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


def said_length(length: timedelta) -> str:
    """
    Say a length of time without hours where there are none.

    >>> said_length(timedelta(days=4)), said_length(timedelta(hours=30))
    ('4 days', '1 day, 6:00:00')
    """
    return str(length) if length % _DAY or not length else str(length).partition(",")[0]


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
