"""What is counted of cohorts: how many began in each period, and how soon they got there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from ..values.calendar import Period
from .cohort import Cohort
from .proportion import Proportion


class CohortCount:
    """Those of one group who began: in which period, and how many got there within each time."""

    at: datetime
    windows: tuple[timedelta, ...]
    to: str
    sizes: Counter[Period]
    arrived: Counter[tuple[Period, timedelta]]
    uncounted: Counter[str]

    def __init__(self, at: datetime, windows: tuple[timedelta, ...], to: str) -> None:
        """Begin with nothing; ``to`` is the stage, blank for any won one."""
        self.at, self.windows, self.to = at, windows, to
        self.sizes, self.arrived, self.uncounted = Counter(), Counter(), Counter()

    def count(self, period: Period, took: timedelta | None, left_out: str = "") -> None:
        """Count one, unless it is in no rate; ``took`` is how long it needed to get there."""
        if left_out:
            self.uncounted[left_out] += 1
            return
        self.take(period, 1, [took is not None and took <= window for window in self.windows])

    def take(self, period: Period, size: int, arrived: Iterable[int]) -> None:
        """Count so many, of whom so many arrived within each time."""
        self.sizes[period] += size
        for window, count in zip(self.windows, arrived, strict=True):
            self.arrived[period, window] += count

    def rows(self) -> Iterator[Cohort]:
        """Go through the cohorts, with a blank where the last of a period may be too young."""
        for period in sorted(self.sizes, key=lambda period: period.since):
            size = self.sizes[period]
            shares = (
                Proportion(self.arrived[period, window], size)
                if window <= self.at - period.ends
                else None
                for window in self.windows
            )
            yield Cohort(period=period.label, size=size, shares=tuple(shares))
