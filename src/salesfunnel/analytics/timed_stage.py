"""What was measured in one stage, while one length of time after the other comes by."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import accumulate

from ..history.stage_history import StageInterval
from ..values.working_hours import WorkingHours
from .proportion import Proportion
from .stage_time import StageTime
from .survival import half_left

MICROSECOND = timedelta(microseconds=1)


class TimedStage:
    """How often each length was measured, over or still, and how many are there long enough."""

    limits: tuple[timedelta, ...]
    over: Counter[int]
    still: Counter[int]
    old: list[int]
    left: list[int]
    rested: timedelta

    def __init__(self, limits: tuple[timedelta, ...]) -> None:
        """Begin without any; ``limits`` are the times of which to say how many had left by then."""
        self.limits = limits
        self.over, self.still = Counter(), Counter()
        self.old, self.left = [0] * len(limits), [0] * len(limits)
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
        first = intervals[0].entered
        age = now - first if hours is None else hours.between(first, now)
        old = [age >= limit for limit in self.limits]
        left = [is_over and total <= limit <= age for limit in self.limits]
        self.take({total // MICROSECOND: 1}, is_over=is_over, old=old, left=left)
        self.rested += sum((interval.rested(at=now) for interval in intervals), timedelta())

    def take(
        self, lengths: Mapping[int, int], *, is_over: bool, old: Iterable[int], left: Iterable[int]
    ) -> None:
        """
        Count lengths, in microseconds, each as often as it was measured.

        For each limit, so many of them began so long ago, and so many had left by then.
        """
        (self.over if is_over else self.still).update(lengths)
        self.old = [a + b for a, b in zip(self.old, old, strict=True)]
        self.left = [a + b for a, b in zip(self.left, left, strict=True)]

    def as_value(self, name: str, pipeline: str) -> StageTime:
        """Return what was measured."""
        half = half_left(self.over, self.still)
        shares = (Proportion(*counts) for counts in zip(self.left, self.old, strict=True))
        return StageTime(
            stage=name,
            pipeline=pipeline,
            ended=self.over.total(),
            still=self.still.total(),
            median_ended=_median(self.over),
            half_left=None if half is None else MICROSECOND * half,
            within=tuple(zip(self.limits, shares, strict=True)),
            rested=self.rested,
        )


def _median(lengths: Counter[int]) -> timedelta | None:
    """Return the length in the middle, or half way between the two there."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    ends = list(accumulate(map(lengths.__getitem__, ordered)))
    middle = ((ends[-1] - 1) // 2, ends[-1] // 2)
    return MICROSECOND * sum(ordered[bisect_right(ends, place)] for place in middle) / 2


def _worked(interval: StageInterval, now: datetime, hours: WorkingHours | None) -> timedelta:
    """Measure an interval without its rests, in working time where that is wanted."""
    if hours is None:
        return interval.worked(at=now)
    total = hours.between(interval.entered, interval.left or now)
    for begun, end in interval.rests:
        total -= hours.between(begun, end or now)
    return total
