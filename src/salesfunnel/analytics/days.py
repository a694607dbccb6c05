"""How long something takes, in days: how often it was measured, the mean, and the median."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

import attrs


@attrs.frozen
class Days:
    """
    A number of durations in days, with their mean and median; both ``None`` if there is none.

    >>> print(Days.of({30: 2, 90: 1}))
    mean 50.00, median 30 (of 3)
    """

    count: int
    mean: float | None
    median: float | None

    @classmethod
    def of(cls, days: Mapping[int, int]) -> Days:
        """
        Sum up durations that were counted: how often each number of days occurred.

        >>> Days.of({}).mean is None
        True
        """
        counted = sorted((day, times) for day, times in days.items() if times)
        if not counted:
            return cls(0, None, None)
        ends = list(accumulate(times for _, times in counted))
        count = ends[-1]
        # The two in the middle, which are one and the same where the count is odd.
        middle = [counted[bisect_right(ends, place)][0] for place in ((count - 1) // 2, count // 2)]
        mean = sum(day * times for day, times in counted) / count
        return cls(count, mean, sum(middle) / 2)

    def __str__(self) -> str:
        """Say mean and median in one line."""
        if self.mean is None:
            return "not measured"
        return f"mean {self.mean:.2f}, median {self.median:g} (of {self.count:,})"
