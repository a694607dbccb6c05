"""What is counted of cohorts: how many began in each period, and how soon they got there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from ..values.calendar import Period
from .cohort import Bounds, Cohort
from .proportion import Proportion


class CohortCount:
    """Those of one group who began: in which period, and how many got there within each time."""

    at: datetime
    windows: tuple[timedelta, ...]
    to: str
    sizes: Counter[Period]
    arrived: Counter[tuple[Period, timedelta]]
    perhaps: Counter[tuple[Period, timedelta]]
    undated: int
    uncounted: Counter[str]

    def __init__(self, at: datetime, windows: tuple[timedelta, ...], to: str) -> None:
        """Begin with nothing; ``to`` is the stage, blank for any won one."""
        self.at, self.windows, self.to = at, windows, to
        self.sizes, self.arrived, self.uncounted = Counter(), Counter(), Counter()
        self.perhaps, self.undated = Counter(), 0

    def count(
        self,
        period: Period,
        took: timedelta | None,
        left_out: str = "",
        *,
        is_undated: bool = False,
    ) -> None:
        """
        Count one, unless it is in no rate; ``took`` is how long it needed to get there.

        One that is undated got there on a day that no one told, or sooner than that.
        """
        if left_out:
            self.uncounted[left_out] += 1
            return
        arrived = [took is not None and took <= window for window in self.windows]
        self.take(period, 1, arrived)
        self.undated += is_undated
        for window, is_there in zip(self.windows, arrived, strict=True):
            self.perhaps[period, window] += is_undated and not is_there

    def take(self, period: Period, size: int, arrived: Iterable[int]) -> None:
        """Count so many, of whom so many arrived within each time."""
        self.sizes[period] += size
        for window, count in zip(self.windows, arrived, strict=True):
            self.arrived[period, window] += count

    def rows(self) -> Iterator[Cohort]:
        """Go through the cohorts, with a blank where the last of a period may be too young."""
        for period in sorted(self.sizes, key=lambda period: period.since):
            size = self.sizes[period]
            cells = [self._cell(period, window, size) for window in self.windows]
            shares, bounds = zip(*cells, strict=True) if cells else ((), ())
            yield Cohort(period=period.label, size=size, shares=shares, bounds=bounds)

    def _cell(
        self, period: Period, window: timedelta, size: int
    ) -> tuple[Proportion | None, Bounds | None]:
        """Give the share that got there within a time, or between what it lies, or neither."""
        if window > self.at - period.ends:
            return None, None
        arrived, perhaps = self.arrived[period, window], self.perhaps[period, window]
        if perhaps:
            return None, (arrived / size, (arrived + perhaps) / size)
        return Proportion(arrived, size), None
