"""Amounts for a sum: each in its own currency, or in one by dated rates, and never mixed."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from ..errors import Problem, Text
from ..opportunities.opportunity import Opportunity
from ..values.converters import maybe
from ..values.money import Money
from ..values.rates import Rates

_NO_RATE = Text(
    "amounts_without_rate",
    "amounts that stay in {currency}, since no rate to {into} is known on their day: {count:,}",
)


class Valuing:
    """The rates that were given, if any, and which deals had none of their day."""

    rates: Rates | None
    missing: dict[str, set[Hashable]]

    def __init__(self, rates: Rates | None) -> None:
        """Let in rates, or none."""
        self.rates = maybe(Rates, rates, "rates")
        self.missing = {}

    def of(self, deal: Opportunity, amount: Money | None, *, on: date) -> Money | None:
        """
        Value an amount of a deal that stands so: by its closing day, and by a day while it is open.

        What has no rate of its day stays in its own currency.
        """
        return self.on_day(deal.id, amount, on if deal.closing is None else deal.closing.closed_on)

    def on_day(self, deal_id: Hashable, amount: Money | None, day: date | None) -> Money | None:
        """Value an amount by the rates of a day, if the day and a rate are known."""
        if self.rates is None or amount is None or amount.currency == self.rates.into:
            return amount
        if day is None or self.rates.rate(amount.currency, on=day) is None:
            self.missing.setdefault(amount.currency, set()).add(deal_id)
            return amount
        return self.rates.convert(amount, on=day)

    def problems(self) -> tuple[Problem, ...]:
        """Say how many deals stayed in their own currency."""
        into = "" if self.rates is None else self.rates.into
        return tuple(
            _NO_RATE.problem(is_error=False, count=len(deals), currency=currency, into=into)
            for currency, deals in sorted(self.missing.items())
        )
