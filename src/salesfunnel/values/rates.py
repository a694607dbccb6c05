"""What other currencies are worth in one, from day to day."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..errors import InvalidValue, Text, WrongKind
from .currencies import currency_code
from .frozen_map import FrozenMap
from .instants import day
from .money import Money, payable
from .numbers import EXACT, exact_decimal

NO_RATE = Text(
    "no_rate",
    "{field} has no rate of {currency} to {into} on {day}",
    "give one of that day, or of an earlier one",
)
_NOT_POSITIVE = Text("rate_not_positive", "{field} is not greater than 0", "a rate such as 1.0842")
_OWN_CURRENCY = Text(
    "rate_of_own_currency", "{field} has a rate of {currency} to itself", "other currencies"
)

RATE_DIGITS = 12

DatedRates = tuple[tuple[date, Decimal], ...]


def _rates(values: Mapping[str, Mapping[date, Decimal | int | str]]) -> FrozenMap[str, DatedRates]:
    if not isinstance(values, Mapping):
        raise WrongKind.of("rates", values, wanted="rates by day, by currency")
    return FrozenMap({currency_code(code): _by_day(known) for code, known in values.items()})


def _by_day(known: Mapping[date, Decimal | int | str]) -> DatedRates:
    if not isinstance(known, Mapping):
        raise WrongKind.of("rates", known, wanted="rates by day")
    return tuple(sorted((day(since, what="rates"), _rate(rate)) for since, rate in known.items()))


def _rate(value: Decimal | int | str) -> Decimal:
    rate = exact_decimal(value, "rates", fraction_digits=RATE_DIGITS)
    if rate <= 0:
        raise InvalidValue("rates", _NOT_POSITIVE)
    return rate


@attrs.frozen
class Rates:
    """
    What one of each other currency is worth ``into`` a currency, each rate from its day on.

    A day takes the last rate on or before it, so rates of later days change nothing.

    >>> rates = Rates("IRR", {"EUR": {date(2026, 3, 1): 700_000, date(2026, 6, 1): 900_000}})
    >>> print(rates.convert(Money("12.50", "EUR"), on=date(2026, 5, 31)))
    8,750,000 IRR
    """

    into: str = attrs.field(converter=currency_code)
    rates: FrozenMap[str, DatedRates] = attrs.field(converter=_rates)

    def __attrs_post_init__(self) -> None:
        """Refuse a rate of the currency to itself, which is 1."""
        if self.into in self.rates:
            raise InvalidValue("rates", _OWN_CURRENCY, {"currency": self.into})

    def rate(self, currency: str, *, on: date) -> Decimal | None:
        """
        Return what one of a currency is worth on a day, or ``None`` where no rate is known by then.

        >>> rates = Rates("EUR", {"JPY": {date(2026, 3, 1): "0.0061"}})
        >>> rates.rate("JPY", on=date(2026, 3, 2)), rates.rate("JPY", on=date(2026, 2, 28))
        (Decimal('0.0061'), None)
        """
        asked = day(on, what="on")
        if currency == self.into:
            return Decimal(1)
        known = self.rates.get(currency, ())
        place = bisect.bisect_right(known, asked, key=lambda dated: dated[0])
        return known[place - 1][1] if place else None

    def convert(self, money: Money, *, on: date) -> Money:
        """
        Convert an amount by the rate of a day, rounded to what can be paid in the other currency.

        Raises `InvalidValue` (``no_rate``) where no rate is known by then.

        >>> rates = Rates("JPY", {"EUR": {date(2026, 3, 1): "163.4"}})
        >>> print(rates.convert(Money("0.99", "EUR"), on=date(2026, 3, 1)))
        162 JPY
        """
        rate = self.rate(money.currency, on=on)
        if rate is None:
            said = {"currency": money.currency, "into": self.into, "day": on}
            raise InvalidValue("rates", NO_RATE, said)
        if money.currency == self.into:
            return money
        return payable(EXACT.multiply(money.amount, rate), self.into)
