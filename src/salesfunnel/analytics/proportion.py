"""A proportion: so many out of so many, and how much that proves."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..values.percent import whole_percent

_SURE = 1.96  # standard errors, so that the interval is right 19 times out of 20

_NO_PART = Text("not_a_proportion", "{field} is not a part of a whole", "0 <= part <= whole")


@attrs.frozen
class Proportion:
    """
    So many out of so many, with the interval of Wilson in which the true proportion may lie.

    >>> print(Proportion(1, 10))
    1 of 10 (10%, 95% CI 2–40%)
    >>> print(Proportion(0, 0))
    0 of 0 (unknown)
    """

    part: int
    whole: int

    def __attrs_post_init__(self) -> None:
        """Refuse a part that is greater than its whole."""
        if not all(type(n) is int for n in (self.part, self.whole)) or not (
            0 <= self.part <= self.whole
        ):
            raise InvalidValue("proportion", _NO_PART)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% confidence interval of the true proportion; 0 to 1 out of nothing."""
        return wilson(self.part / self.whole, self.whole) if self.whole else (0.0, 1.0)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; the share is ``None`` out of nothing.

        >>> Proportion(0, 0).as_data()["share"] is None
        True
        """
        share = self.part / self.whole if self.whole else None
        low, high = self.interval
        return {
            "part": self.part,
            "whole": self.whole,
            "share": share,
            "interval": [low, high] if self.whole else None,
        }

    def __str__(self) -> str:
        """Say the proportion in percent, and its confidence interval."""
        if not self.whole:
            return "0 of 0 (unknown)"
        low, high = map(whole_percent, self.interval)
        share = whole_percent(Fraction(self.part, self.whole))
        return f"{self.part:,} of {self.whole:,} ({share}%, 95% CI {low}–{high}%)"


def wilson(share: float, n: int) -> tuple[float, float]:
    """
    Return the interval in which the true share may lie, if it was found among so many.

    >>> [round(end, 2) for end in wilson(0.1, 10)]
    [0.02, 0.4]
    """
    z = _SURE
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def newcombe(first: tuple[float, int], second: tuple[float, int]) -> tuple[float, float]:
    """
    Return the interval of the second share minus the first, each given with its number.

    >>> [round(end, 2) for end in newcombe((0.1, 10), (0.25, 8))]
    [-0.2, 0.5]
    """
    (low_1, high_1), (low_2, high_2) = wilson(*first), wilson(*second)
    p_1, p_2 = first[0], second[0]
    below, above = math.hypot(p_2 - low_2, high_1 - p_1), math.hypot(p_1 - low_1, high_2 - p_2)
    return p_2 - p_1 - below, p_2 - p_1 + above
