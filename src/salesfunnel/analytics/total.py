"""Totals: how many, and how much in each currency, exactly and never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from ..values.money import Money
from ..values.numbers import EXACT


@attrs.frozen
class Total:
    """
    How many there are, and what they are worth, currency by currency.

    >>> print(Total.of([Money(9, "EUR"), Money(7, "IRR"), None]))
    3: 9 EUR, 7 IRR
    """

    count: int = 0
    value: tuple[Money, ...] = ()

    @classmethod
    def of(cls, amounts: Iterable[Money | None]) -> Total:
        """
        Add up amounts, some of which may not be known.

        >>> Total.of([None]).value
        ()
        """
        running = RunningTotal()
        for amount in amounts:
            running.add(amount)
        return running.total()

    @classmethod
    def together(cls, totals: Iterable[Total]) -> Total:
        """
        Add up totals.

        >>> print(Total.together([Total(1, (Money(9, "EUR"),)), Total(2)]))
        3: 9 EUR
        """
        parts = tuple(totals)
        worth = cls.of(money for part in parts for money in part.value)
        return cls(sum(part.count for part in parts), worth.value)

    def in_currency(self, currency: str) -> Money:
        """
        Return what there is in one currency.

        >>> print(Total(1, (Money(9, "EUR"),)).in_currency("IRR"))
        0 IRR
        """
        known = {money.currency: money for money in self.value}
        return known.get(currency, Money.zero(currency))

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; amounts are texts, since they are exact.

        >>> Total(1, (Money(9, "EUR"),)).as_data()
        {'count': 1, 'value': {'EUR': '9'}}
        """
        return {
            "count": self.count,
            "value": {money.currency: format(money.amount, "f") for money in self.value},
        }

    def said(self, what: str) -> str:
        """
        Say it within a sentence, with what is counted, which may be blank.

        >>> Total(1, (Money(9, "EUR"),)).said("won"), Total(0).said("")
        ('1 won (9 EUR)', '0')
        """
        worth = ", ".join(map(str, self.value))
        said = f"{self.count:,} {what}".strip()
        return f"{said} ({worth})" if worth else said

    def __str__(self) -> str:
        """Say how many, and how much."""
        worth = ", ".join(map(str, self.value))
        return f"{self.count:,}: {worth}" if worth else f"{self.count:,}"


class RunningTotal:
    """A count, and an exact sum for each currency, while amounts still come in."""

    __slots__ = ("count", "sums")
    count: int
    sums: dict[str, Decimal]

    def __init__(self) -> None:
        """Begin with nothing."""
        self.count = 0
        self.sums = {}

    def add(self, amount: Money | None, *, times: int = 1) -> None:
        """Count one, or as many as are worth so much together, if that is known."""
        self.count += times
        if amount is not None:
            before = self.sums.get(amount.currency)
            self.sums[amount.currency] = (
                amount.amount if before is None else EXACT.add(before, amount.amount)
            )

    def total(self) -> Total:
        """Return what was added up."""
        sums = sorted(self.sums.items())
        return Total(self.count, tuple(Money.summed(amount, code) for code, amount in sums))
