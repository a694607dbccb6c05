"""Totals: how many, and how much in each currency, exactly and never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from ..values.money import Money


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
        count, sums = 0, dict[str, Money]()
        for amount in amounts:
            count += 1
            if amount is not None:
                code = amount.currency
                sums[code] = sums[code] + amount if code in sums else amount
        return cls(count, tuple(sums[code] for code in sorted(sums)))

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

    def __str__(self) -> str:
        """Say how many, and how much."""
        worth = ", ".join(map(str, self.value))
        return f"{self.count:,}: {worth}" if worth else f"{self.count:,}"
