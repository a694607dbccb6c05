"""How long something takes, in days: how often it was measured, the mean, and the median."""

from __future__ import annotations

from collections.abc import Mapping

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
        count = sum(days.values())
        if not count:
            return cls(0, None, None)
        mean = sum(day * times for day, times in days.items()) / count
        return cls(count, mean, (_nth(days, (count - 1) // 2) + _nth(days, count // 2)) / 2)

    def __str__(self) -> str:
        """Say mean and median in one line."""
        if self.mean is None:
            return "not measured"
        return f"mean {self.mean:.2f}, median {self.median:g} (of {self.count:,})"


def _nth(days: Mapping[int, int], place: int) -> int:
    """Return the duration at a place, were they all put in order."""
    for day in sorted(days):
        place -= days[day]
        if place < 0:
            break
    else:  # the place lies beyond the end, which no caller asks for
        day = 0
    return day
