"""
How well a source, a campaign or a policy performs: how many leads fit, met and bought.

It may be filled in by hand, or counted from leads and their deals. What is not decided yet is said:
a customer costs nothing certain while leads of the same money may still become customers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period
from ..values.converters import maybe
from ..values.money import Money
from .grouping import Known
from .html_rows import html_rows
from .labels import NO_LABELS, Labels
from .proportion import Proportion
from .source_counts import FIT, MET, counted_sources

_ONE = {"lead": "a lead", "fit": "one that fits", "met": "a meeting", "customer": "a customer"}

_GROWS = Text(
    "grows_on_its_way",
    "{field} counts more at a later step than at an earlier one",
    "leads >= fit >= met >= customers, in whole numbers",
)
_MORE_THAN_ALL = Text(
    "more_than_all_leads", "{field} counts more customers and undecided than leads", "at most all"
)
_NEGATIVE = Text("negative_cost", "{field} is negative", "zero or more")


@attrs.frozen
class SourcePerformance:
    """
    The way of some leads to customers: how many fit, met, and bought, and what they cost.

    ``undecided`` of the leads are neither customers nor lost. With a time within which customers
    count, those younger than it are ``too_young`` instead, and in no step. While there are any of
    either, it is not known what a customer costs, nor while any are too young what a step costs.

    >>> fair = SourcePerformance(
    ...     "fair", leads=8, fit=6, met=4, customers=2, cost=Money(4000, "EUR")
    ... )
    >>> print(fair)
    fair: 8 leads, 6 fit, 4 met, 2 customers; 500 EUR a lead, 666.67 EUR one that fits, \
1,000 EUR a meeting, 2,000 EUR a customer
    """

    name: str | None
    leads: int = attrs.field(kw_only=True)
    fit: int | None = attrs.field(default=None, kw_only=True)
    met: int | None = attrs.field(default=None, kw_only=True)
    customers: int = attrs.field(kw_only=True)
    undecided: int = attrs.field(default=0, kw_only=True)
    too_young: int = attrs.field(default=0, kw_only=True)
    cost: Money | None = attrs.field(default=None, kw_only=True)
    labels: Labels = attrs.field(default=NO_LABELS, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse steps of the way that are larger than the step before."""
        known = [n for n in (self.leads, self.fit, self.met, self.customers) if n is not None]
        if not all(type(n) is int and n >= 0 for n in known) or known != sorted(known)[::-1]:
            raise InvalidValue("source performance", _GROWS)
        rest = (self.customers, self.undecided, self.too_young)
        if any(type(n) is not int or n < 0 for n in rest) or sum(rest) > self.leads:
            raise InvalidValue("source performance", _MORE_THAN_ALL)
        cost = maybe(Money, self.cost, "cost")
        if cost is not None and cost.amount < 0:
            raise InvalidValue("cost", _NEGATIVE)

    @classmethod
    def of(
        cls,
        leads: Iterable[Lead],
        deals: Iterable[Opportunity],
        costs: Mapping[str | None, Money],
        *,
        at: datetime,
        entered: Period | None = None,
        within: timedelta | None = None,
        fit: str = FIT,
        met: str = MET,
        group: str | Rule = "source",
        known: Known | str = Known.ENTRY,
        calendar: Calendar | None = None,
    ) -> tuple[SourcePerformance, ...]:
        """
        Count leads and their deals instead: one for each source, or another group, by its name.

        A source that cost money and brought no lead is there too. A converted lead goes on as the
        furthest of its deals, and counts once.

        Args:
            leads: the leads that the money was spent on.
            deals: their deals.
            costs: what each source cost, by its name.
            at: the instant as of which they are seen.
            entered: the period in which they came; the costs should be those of that period.
            within: the time within which customers count, so that young and old compare.
            fit: the stage that a lead reaches if it fits.
            met: the stage that a lead or its deal reaches with a meeting.
            group: a fact by its path, a rule, or week, month, quarter or year of the entry.
            known: whether the group goes by what was known at the entry, or now.
            calendar: whose periods are meant.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", source="web", at=monday)
        >>> costs = {"web": Money(900, "EUR")}
        >>> for source in SourcePerformance.of([lead], [], costs, at=monday):
        ...     print(source)
        Web: 1 lead, 0 fit, 0 customers; 900 EUR a lead; a customer costs 900 EUR or more while \
1 is undecided
        """
        if not isinstance(costs, Mapping):
            raise WrongKind.of("costs", costs, wanted="amounts by the name of a source")
        for name, cost in costs.items():
            maybe(Money, cost, f"the cost of {name or '(not known)'}")
        found = counted_sources(
            leads,
            deals,
            at=at,
            entered=entered,
            within=within,
            fit=fit,
            met=met,
            group=group,
            known=known,
            calendar=calendar,
        )
        nothing = {"leads": 0, "customers": 0}
        rows = {**found, **{name: nothing for name in costs if name not in found}}
        labels = Labels.of((), group=group)
        return tuple(
            cls(name, **counts, cost=costs.get(name), labels=labels)
            for name, counts in rows.items()
        )

    @property
    def won(self) -> Proportion:
        """Customers out of the leads that are decided, and old enough."""
        return Proportion(self.customers, self.leads - self.undecided - self.too_young)

    @property
    def rates(self) -> tuple[tuple[str, Proportion], ...]:
        """The share of the leads that are old enough that came to each step, with its interval."""
        steps = (("fit", self.fit), ("met", self.met), ("customer", self.customers))
        old = self.leads - self.too_young
        return tuple((step, Proportion(n, old)) for step, n in steps if n is not None)

    @property
    def cost_per_step(self) -> tuple[tuple[str, Money | None], ...]:
        """What one cost at each step that is known; ``None`` where that is not."""
        known = None if self.too_young else self.cost
        steps = (("fit", self.fit), ("met", self.met))
        costs = tuple((step, _each(known, n)) for step, n in steps if n is not None)
        return ("lead", self.cost_per_lead), *costs, ("customer", self.cost_per_customer)

    @property
    def cost_per_lead(self) -> Money | None:
        """What a lead cost; unknown without a cost or a lead."""
        return _each(self.cost, self.leads)

    @property
    def cost_per_customer(self) -> Money | None:
        """What a customer cost; unknown without any of either, and while some are undecided."""
        return None if self._waiting else _each(self.cost, self.customers)

    @property
    def customer_cost_bounds(self) -> tuple[Money | None, Money | None]:
        """
        What a customer costs at least and at most: if all that are undecided buy, or none does.

        >>> fair = SourcePerformance(
        ...     "fair", leads=8, customers=2, undecided=2, cost=Money(4000, "EUR")
        ... )
        >>> [str(bound) for bound in fair.customer_cost_bounds]
        ['1,000 EUR', '2,000 EUR']
        """
        most = self.customers + self._waiting
        return _each(self.cost, most), _each(self.cost, self.customers)

    @property
    def _waiting(self) -> int:
        return self.undecided + self.too_young

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON; amounts are texts, since they are exact.

        >>> SourcePerformance("fair", leads=8, customers=2).as_data()["rates"]["customer"]["share"]
        0.25
        """
        return {
            "name": self.name,
            "leads": self.leads,
            "fit": self.fit,
            "met": self.met,
            "customers": self.customers,
            "undecided": self.undecided,
            "too_young": self.too_young,
            "cost": None if self.cost is None else str(self.cost),
            "rates": {step: rate.as_data() for step, rate in self.rates},
            "cost_per_step": {
                step: None if each is None else str(each) for step, each in self.cost_per_step
            },
            "customer_cost_bounds": [
                None if bound is None else str(bound) for bound in self.customer_cost_bounds
            ],
        }

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
        each = ", ".join(f"{cost} {_ONE[step]}" for step, cost in self.cost_per_step if cost)
        said = f"{self.labels.group(self.name or None)}: {way}" + (f"; {each}" if each else "")
        if self.cost and not self.leads:
            said += f"; {self.cost} spent"
        return said + self._said_waiting()

    def _said_waiting(self) -> str:
        """Say what is not known yet, and between which bounds it lies."""
        if not self._waiting:
            return ""
        low, high = self.customer_cost_bounds
        if not self.cost:
            what = "not all is known"
        elif self.too_young:
            what = "what a step costs is not known"
        elif high is None:
            what = f"a customer costs {low} or more"
        else:
            what = f"a customer costs {low} to {high}"
        verb = "is" if self._waiting == 1 else "are"
        why = "too young" if self.too_young else "undecided"
        return f"; {what} while {self._waiting:,} {verb} {why}"

    def _repr_html_(self) -> str:
        counts = {"lead": self.leads, "fit": self.fit, "met": self.met, "customer": self.customers}
        shares = dict(self.rates)
        rows = [(s, counts[s], shares.get(s, ""), cost or "") for s, cost in self.cost_per_step]
        return html_rows(
            (self.labels.group(self.name or None), "count", "of the leads", "cost each"), rows
        )


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _each(cost: Money | None, count: int) -> Money | None:
    if cost is None or not count:
        return None
    return cost.allocate([1, count - 1])[0]
