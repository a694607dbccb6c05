"""
Two sources side by side: which is cheaper, which is better, and what it takes to say so.

Few leads prove little. Each proportion comes with its confidence interval, and two sources are
called different only if chance hardly explains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ..values.converters import one
from ..values.money import Money
from ..values.percent import whole_percent
from .html_rows import html_rows
from .proportion import newcombe
from .source_performance import SourcePerformance

_MOST_LEADS = 10**9


@attrs.frozen
class SourceComparison:
    """
    Two sources side by side, and whether the numbers suffice to call one of them better.

    Cheaper and better are two things: the one that costs less a customer may win less often.

    >>> many = SourcePerformance("web form", leads=10, customers=1, cost=Money(1000, "EUR"))
    >>> good = SourcePerformance("fair", leads=8, customers=2, cost=Money(4000, "EUR"))
    >>> print(compare_sources(many, good))
    web form: 10 leads, 1 customer; 100 EUR a lead, 1,000 EUR a customer
      won 1 of 10 (10%, 95% CI 2–40%)
    fair: 8 leads, 2 customers; 500 EUR a lead, 2,000 EUR a customer
      won 2 of 8 (25%, 95% CI 7–59%)
    web form is cheaper: 1,000 EUR a customer against 2,000 EUR
    not enough data: the difference lies between -20 and 50 percentage points; if both go on so, \
42 more leads of each would tell
    """

    first: SourcePerformance
    second: SourcePerformance

    @property
    def difference(self) -> tuple[float, float]:
        """By how much the second may win more than the first: the interval of Newcombe."""
        one, other = self.first.won, self.second.won
        if not (one.whole and other.whole):
            (low_1, high_1), (low_2, high_2) = one.interval, other.interval
            return low_2 - high_1, high_2 - low_1
        return newcombe((one.part / one.whole, one.whole), (other.part / other.whole, other.whole))

    @property
    def better(self) -> SourcePerformance | None:
        """The better of the two, or nothing while chance may explain the difference."""
        low, high = self.difference
        return self.second if low > 0 else self.first if high < 0 else None

    @property
    def cheaper(self) -> SourcePerformance | None:
        """The one whose customers cost less; nothing where that is not known, or the same."""
        one, other = self.first.cost_per_customer, self.second.cost_per_customer
        if one is None or other is None or one.currency != other.currency or one == other:
            return None
        return self.first if one < other else self.second

    @property
    def _has_two_currencies(self) -> bool:
        costs = self.first.cost_per_customer, self.second.cost_per_customer
        return len({cost.currency for cost in costs if cost is not None}) > 1

    @property
    def leads_to_tell(self) -> int | None:
        """
        How many more leads of each would tell which is better, if both go on as they did.

        0 if they tell already; ``None`` where they never would, since the shares are equal, or are
        not known.
        """
        one, other = self.first.won, self.second.won
        if self.better is not None:
            return 0
        if not (one.whole and other.whole) or one.part * other.whole == other.part * one.whole:
            return None
        shares = one.part / one.whole, other.part / other.whole

        def tells(more: int) -> bool:
            low, high = newcombe((shares[0], one.whole + more), (shares[1], other.whole + more))
            return low > 0 or high < 0

        few, many = 0, 1
        while not tells(many):
            few, many = many, many * 2
            if many > _MOST_LEADS:
                return None
        while many - few > 1:
            middle = (few + many) // 2
            few, many = (few, middle) if tells(middle) else (middle, many)
        return many

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON: both sources, the difference, and the better one.

        >>> a, b = (SourcePerformance(n, leads=10, customers=1) for n in "ab")
        >>> compare_sources(a, b).as_data()["better"] is None
        True
        """
        return {
            "sources": [source.as_data() for source in (self.first, self.second)],
            "difference": list(self.difference),
            "better": self.better.name if self.better else None,
            "cheaper": self.cheaper.name if self.cheaper else None,
            "leads_to_tell": self.leads_to_tell,
        }

    def _conclusions(self) -> Iterator[str]:
        if self.cheaper is not None:
            dear = self.second if self.cheaper is self.first else self.first
            costs = self.cheaper.cost_per_customer, dear.cost_per_customer
            yield f"{self.cheaper.name} is cheaper: {costs[0]} a customer against {costs[1]}"
        elif self._has_two_currencies:
            costs = self.first.cost_per_customer, self.second.cost_per_customer
            yield (
                f"which is cheaper is not known: {costs[0]} and {costs[1]} a customer are in two "
                "currencies; give both costs in one"
            )
        low, high = map(whole_percent, self.difference)
        span = f"the difference lies between {low} and {high} percentage points"
        if self.better is not None:
            yield f"{self.better.name} wins more: {span}"
        elif self.leads_to_tell is None:
            yield f"not enough data: {span}"
        else:
            count = self.leads_to_tell
            leads = "1 more lead" if count == 1 else f"{count:,} more leads"
            more = f"{leads} of each would tell"
            yield f"not enough data: {span}; if both go on so, {more}"

    def __str__(self) -> str:
        """Say both, and what may be concluded."""
        said = [f"{source}\n  won {source.won}" for source in (self.first, self.second)]
        return "\n".join([*said, *self._conclusions()])

    def _repr_html_(self) -> str:
        rows = [
            (
                s.labels.group(s.name or None),
                s.leads,
                s.customers,
                s.won,
                _said(s.cost_per_customer),
            )
            for s in (self.first, self.second)
        ]
        headings = ("source", "leads", "customers", "won", "cost a customer")
        return html_rows(headings, rows, notes=self._conclusions())


def compare_sources(first: SourcePerformance, second: SourcePerformance) -> SourceComparison:
    """
    Put two sources side by side.

    >>> compare_sources(
    ...     SourcePerformance("a", leads=1000, customers=10),
    ...     SourcePerformance("b", leads=1000, customers=90),
    ... ).better.name
    'b'
    """
    return SourceComparison(
        one(SourcePerformance, first, "first"), one(SourcePerformance, second, "second")
    )


def _said(cost: Money | None) -> str:
    return "" if cost is None else str(cost)
