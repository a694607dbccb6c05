"""
How well a source, a campaign or a policy performs: how many leads fit, met and bought.

Few leads prove little. Each proportion comes with its confidence interval, and two sources are
called different only if chance hardly explains it.
"""

from __future__ import annotations

import math
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..values.converters import maybe, one
from ..values.money import Money
from .proportion import Proportion

_GROWS = Text(
    "grows_on_its_way",
    "{field} counts more at a later step than at an earlier one",
    "leads >= fit >= met >= customers, in whole numbers",
)
_NEGATIVE = Text("negative_cost", "{field} is negative", "zero or more")


@attrs.frozen
class SourcePerformance:
    """
    The way of some leads to customers: how many fit, met, and bought, and what they cost.

    >>> fair = SourcePerformance(
    ...     "fair", leads=8, fit=6, met=4, customers=2, cost=Money(4000, "EUR")
    ... )
    >>> print(fair)
    fair: 8 leads, 6 fit, 4 met, 2 customers; 500 EUR a lead, 2,000 EUR a customer
    """

    name: str
    leads: int = attrs.field(kw_only=True)
    fit: int | None = attrs.field(default=None, kw_only=True)
    met: int | None = attrs.field(default=None, kw_only=True)
    customers: int = attrs.field(kw_only=True)
    cost: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse steps of the way that are larger than the step before."""
        known = [n for n in (self.leads, self.fit, self.met, self.customers) if n is not None]
        if not all(type(n) is int and n >= 0 for n in known) or known != sorted(known)[::-1]:
            raise InvalidValue("source performance", _GROWS)
        cost = maybe(Money, self.cost, "cost")
        if cost is not None and cost.amount < 0:
            raise InvalidValue("cost", _NEGATIVE)

    @property
    def won(self) -> Proportion:
        """Customers out of leads."""
        return Proportion(self.customers, self.leads)

    @property
    def cost_per_lead(self) -> Money | None:
        """What a lead cost; unknown without a cost or a lead."""
        return _each(self.cost, self.leads)

    @property
    def cost_per_customer(self) -> Money | None:
        """What a customer cost; unknown without a cost or a customer."""
        return _each(self.cost, self.customers)

    def __str__(self) -> str:
        """Say the way in one line."""
        steps = [(self.fit, "fit"), (self.met, "met")]
        way = ", ".join(
            [
                _count(self.leads, "lead"),
                *(f"{count} {step}" for count, step in steps if count is not None),
                _count(self.customers, "customer"),
            ]
        )
        costs = [(self.cost_per_lead, "a lead"), (self.cost_per_customer, "a customer")]
        each = ", ".join(f"{cost} {what}" for cost, what in costs if cost is not None)
        return f"{self.name}: {way}" + (f"; {each}" if each else "")


@attrs.frozen
class SourceComparison:
    """
    Two sources side by side, and whether the numbers suffice to call one of them better.

    >>> many = SourcePerformance("web form", leads=10, customers=1)
    >>> good = SourcePerformance("fair", leads=8, fit=6, met=4, customers=2)
    >>> print(compare_sources(many, good))
    web form: 10 leads, 1 customer
      won 1 of 10 (10%, 95% CI 2–40%)
    fair: 8 leads, 6 fit, 4 met, 2 customers
      won 2 of 8 (25%, 95% CI 7–59%)
    not enough data: the difference lies between -20 and 50 percentage points
    """

    first: SourcePerformance
    second: SourcePerformance

    @property
    def difference(self) -> tuple[float, float]:
        """By how much the second may win more than the first: the interval of Newcombe."""
        (low_1, high_1), (low_2, high_2) = self.first.won.interval, self.second.won.interval
        if not (self.first.leads and self.second.leads):
            return low_2 - high_1, high_2 - low_1
        p_1, p_2 = (y.customers / y.leads for y in (self.first, self.second))
        below = math.hypot(p_2 - low_2, high_1 - p_1)
        above = math.hypot(high_2 - p_2, p_1 - low_1)
        return p_2 - p_1 - below, p_2 - p_1 + above

    @property
    def better(self) -> SourcePerformance | None:
        """The better of the two, or nothing while chance may explain the difference."""
        low, high = self.difference
        return self.second if low > 0 else self.first if high < 0 else None

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON: both win rates, the difference, and the better one.

        >>> a, b = (SourcePerformance(n, leads=10, customers=1) for n in "ab")
        >>> compare_sources(a, b).as_data()["better"] is None
        True
        """
        return {
            "sources": [
                {
                    "name": source.name,
                    "leads": source.leads,
                    "customers": source.customers,
                    "interval": list(source.won.interval),
                }
                for source in (self.first, self.second)
            ],
            "difference": list(self.difference),
            "better": self.better.name if self.better else None,
        }

    def __str__(self) -> str:
        """Say both, and what may be concluded."""
        low, high = (round(100 * end) for end in self.difference)
        span = f"the difference lies between {low} and {high} percentage points"
        found = self.better
        end = f"not enough data: {span}" if found is None else f"{found.name} wins more: {span}"
        return "\n".join([f"{y}\n  won {y.won}" for y in (self.first, self.second)] + [end])


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


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _each(cost: Money | None, count: int) -> Money | None:
    if cost is None or not count:
        return None
    return cost.allocate([1, count - 1])[0]
