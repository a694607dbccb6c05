"""One cohort: how many began in a period, and the share that got there within each time."""

from __future__ import annotations

from itertools import zip_longest

import attrs

from ..values.percent import whole_percent
from .proportion import Proportion

Bounds = tuple[float, float]


@attrs.frozen(kw_only=True)
class Cohort:
    """
    Those who began in one period: how many, and the share that got there within each time.

    A share is ``None`` while the last of them may still be too young, and where some got there on
    a day that no one told: then its ``bounds`` are the share without them, and with all of them.

    >>> print(Cohort(period="2026-03", size=4, shares=(Proportion(1, 4), None)))
    2026-03: 4; 1 of 4 (25%, 95% CI 5–70%); too young
    >>> print(Cohort(period="2026-04", size=4, shares=(None,), bounds=((0.25, 0.75),)))
    2026-04: 4; not known, 25 to 75%
    """

    period: str
    size: int
    shares: tuple[Proportion | None, ...]
    bounds: tuple[Bounds | None, ...] = ()

    def __str__(self) -> str:
        """Say how many began, and each share."""
        cells = zip_longest(self.shares, self.bounds)
        return "; ".join([f"{self.period}: {self.size:,}", *(_said(*cell) for cell in cells)])


def _said(share: Proportion | None, bounds: Bounds | None) -> str:
    if share is not None:
        return str(share)
    if bounds is None:
        return "too young"
    low, high = map(whole_percent, bounds)
    return f"not known, {low} to {high}%"
