"""What deals are worth in one currency: each open one now, each closed one on its closing day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from ..errors import InvalidValue
from ..values import converters
from ..values.instants import day
from ..values.money import Money
from ..values.rates import NO_RATE, Rates
from .opportunity import Opportunity


@attrs.frozen(kw_only=True)
class TotalWorth:
    """
    What deals are worth together, and the ids of those that could not be counted.

    ``total`` is ``None`` where a deal has no rate: a sum that leaves one out would be wrong.
    ``counted`` is the sum of the others, and ``without_amount`` names those of which no one knows
    what they are worth.

    >>> TotalWorth(counted=Money(5, "EUR"), without_rate=("7",)).total is None
    True
    """

    counted: Money
    without_rate: tuple[str, ...] = ()
    without_amount: tuple[str, ...] = ()

    @property
    def total(self) -> Money | None:
        """The sum over all deals; ``None`` where one of them has no rate."""
        return None if self.without_rate else self.counted

    def __str__(self) -> str:
        """Say the sum, or which deals have no rate; and which have no amount."""
        said = str(self.counted)
        if self.without_rate:
            said = f"no total: no rate for {', '.join(self.without_rate)}"
        if self.without_amount:
            said += f" (no amount: {', '.join(self.without_amount)})"
        return said


def counted_amount(deal: Opportunity) -> Money | None:
    """
    Return the amount for which a deal counts: what it was closed for, or is worth while it is open.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities.closing import correct
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=monday).lose("price", at=monday)
    >>> print(counted_amount(correct(deal, amount=Money(8, "EUR"), why="a typo", at=monday)))
    8 EUR
    """
    return deal.amount if deal.closing is None else deal.closing.amount


def worth(deal: Opportunity, rates: Rates, *, on: date, weighted: bool = False) -> Money | None:
    """
    Return what a deal is worth in the currency of the rates; ``None`` where it has no amount.

    A closed deal is valued by its closing day, and so keeps its worth; an open one by the day that
    is given. Raises `InvalidValue` (``no_rate``) where no rate is known by then, or where no one
    knows on which day the deal was closed.

    Args:
        deal: the deal.
        rates: dated rates into the currency that is wanted.
        on: the day for an open deal.
        weighted: whether to count the amount times the chance to win.

    >>> from datetime import UTC, datetime
    >>> rates = Rates("IRR", {"EUR": {date(2026, 3, 1): 700_000, date(2026, 6, 1): 900_000}})
    >>> monday, june = datetime(2026, 3, 2, tzinfo=UTC), date(2026, 6, 30)
    >>> deal = Opportunity.open(id="7", amount=Money("10", "EUR"), at=monday)
    >>> print(worth(deal, rates, on=june), worth(deal.lose("price", at=monday), rates, on=june))
    9,000,000 IRR 7,000,000 IRR
    """
    converters.one(Opportunity, deal, "deal")
    converters.one(Rates, rates, "rates")
    valued_on = _valued_on(deal, day(on, what="on"))
    amount = deal.weighted if weighted else counted_amount(deal)
    if amount is None or amount.currency == rates.into:
        return amount
    if valued_on is None:
        said = {"currency": amount.currency, "into": rates.into, "day": "an unknown day"}
        raise InvalidValue("rates", NO_RATE, said)
    return rates.convert(amount, on=valued_on)


def total_worth(
    deals: Iterable[Opportunity], rates: Rates, *, on: date, weighted: bool = False
) -> TotalWorth:
    """
    Add up what deals are worth in the currency of the rates. None is dropped without a word.

    Args:
        deals: the deals, each once.
        rates: dated rates into the currency that is wanted.
        on: the day for the open deals; closed ones are valued by their closing days.
        weighted: whether to count each amount times the chance to win.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> euro = Opportunity.open(id="7", amount=Money(5, "EUR"), at=monday)
    >>> dram = Opportunity.open(id="8", amount=Money(5, "AMD"), at=monday)
    >>> print(total_worth([euro, dram], Rates("EUR", {}), on=date(2026, 6, 30)))
    no total: no rate for 8
    """
    counted = Money.zero(converters.one(Rates, rates, "rates").into)
    without_rate: list[str] = []
    without_amount: list[str] = []
    for deal in deals:
        try:
            value = worth(deal, rates, on=on, weighted=weighted)
        except InvalidValue as error:
            if error.text is not NO_RATE:
                raise
            without_rate.append(deal.id)
            continue
        if value is None:
            without_amount.append(deal.id)
        else:
            counted += value
    return TotalWorth(
        counted=counted,
        without_rate=tuple(without_rate),
        without_amount=tuple(without_amount),
    )


def _valued_on(deal: Opportunity, on: date) -> date | None:
    return on if deal.closing is None else deal.closing.closed_on
