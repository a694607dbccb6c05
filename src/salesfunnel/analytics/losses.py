"""Losses: from which stage, for which reason and to whom deals were lost, and what that cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from ..opportunities.outcomes import Closing
from ..values.money import Money
from ..values.text import fold
from .total import RunningTotal, Total
from .uncounted import by_frequency

Totals = tuple[tuple[str, Total], ...]
"""A total by name, the most frequent first."""


@attrs.frozen
class LossCount:
    """
    The deals that were lost from one stage for one reason: how many, and what they were worth.

    >>> print(LossCount("meeting", "price", Total(2, (Money(9, "EUR"),))))
    from meeting for price: 2: 9 EUR
    """

    stage: str
    reason: str
    total: Total

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> LossCount("meeting", "price", Total(2)).as_data()["reason"]
        'price'
        """
        return {"stage": self.stage, "reason": self.reason, **self.total.as_data()}

    def __str__(self) -> str:
        """Say where and why, how many, and how much."""
        return f"from {self.stage or '(not known)'} for {self.reason}: {self.total}"


class LossTally:
    """The running counts of losses."""

    def __init__(self) -> None:
        """Begin without any."""
        self.by_stage: dict[tuple[str, str], RunningTotal] = {}
        self.also: dict[str, RunningTotal] = {}
        self.competitors: dict[str, RunningTotal] = {}
        self.spellings: dict[str, Counter[str]] = {}

    def count(self, closing: Closing, worth: Money | None) -> None:
        """Count one loss; with several competitors it counts for each of them."""
        self.by_stage.setdefault((closing.stage, closing.reason), RunningTotal()).add(worth)
        for reason in closing.also:
            self.also.setdefault(reason, RunningTotal()).add(worth)
        for key, name in {fold(name) or name: name for name in closing.competitors}.items():
            self.competitors.setdefault(key, RunningTotal()).add(worth)
            self.spellings.setdefault(key, Counter())[name.strip()] += 1

    def losses(self) -> tuple[LossCount, ...]:
        """Return the counts by stage and reason, the most frequent first."""
        found = [LossCount(*place, sums.total()) for place, sums in self.by_stage.items()]
        return tuple(sorted(found, key=lambda loss: (-loss.total.count, loss.stage, loss.reason)))

    def lost_also(self) -> Totals:
        """Return the counts by further reasons, the most frequent first."""
        return most_first((reason, sums.total()) for reason, sums in self.also.items())

    def lost_to(self) -> Totals:
        """Return the counts by competitor, the most frequent first, by the most usual spelling."""
        return most_first(
            (by_frequency(self.spellings[key])[0][0], sums.total())
            for key, sums in self.competitors.items()
        )


def together_by(losses: Iterable[LossCount], field: str) -> Totals:
    """
    Add up losses by their stage, or by their reason.

    >>> together_by(
    ...     [LossCount("a", "price", Total(1)), LossCount("b", "price", Total(2))], "reason"
    ... )
    (('price', Total(count=3, value=())),)
    """
    found: dict[str, list[Total]] = {}
    for loss in losses:
        found.setdefault(getattr(loss, field), []).append(loss.total)
    return most_first((name, Total.together(totals)) for name, totals in found.items())


def most_first(totals: Iterable[tuple[str, Total]]) -> Totals:
    """
    Sort totals by name, the most frequent first.

    >>> most_first([("a", Total(1)), ("b", Total(2))])[0][0]
    'b'
    """
    return tuple(sorted(totals, key=lambda pair: (-pair[1].count, pair[0])))
