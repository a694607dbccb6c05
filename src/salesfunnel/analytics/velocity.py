"""Velocity: how much money a day the open deals promise, if all goes on as it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..values.money import Money, payable_fraction
from .proportion import Proportion


@attrs.frozen(kw_only=True)
class Velocity:
    """
    Open deals times the median won amount times the win rate, over the median days to win.

    One for each currency; what it comes to a day is rounded once, to what can be paid.

    >>> print(
    ...     Velocity(
    ...         open=8, median_won=Money(900, "EUR"), win_rate=Proportion(1, 4), median_days=30
    ...     )
    ... )
    60 EUR a day (8 open in EUR, median won 900 EUR, 25% won in 30 days)
    """

    open: int
    median_won: Money
    win_rate: Proportion
    median_days: float

    @property
    def per_day(self) -> Money:
        """What that comes to a day."""
        rate = Fraction(self.win_rate.part, self.win_rate.whole) / Fraction(self.median_days)
        exact = self.open * Fraction(self.median_won.amount) * rate
        return payable_fraction(exact, self.median_won.currency)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; amounts are texts, since they are exact.

        >>> eur = Money(900, "EUR")
        >>> asked = Velocity(open=8, median_won=eur, win_rate=Proportion(1, 4), median_days=30)
        >>> asked.as_data()["per_day"]
        '60'
        """
        return {
            "currency": self.median_won.currency,
            "open": self.open,
            "median_won": format(self.median_won.amount, "f"),
            "win_rate": self.win_rate.as_data(),
            "median_days": self.median_days,
            "per_day": format(self.per_day.amount, "f"),
        }

    def __str__(self) -> str:
        """Say what it comes to a day, and of what."""
        share = 100 * self.win_rate.part / self.win_rate.whole
        return (
            f"{self.per_day} a day ({self.open:,} open in "
            f"{self.median_won.currency}, median won {self.median_won}, "
            f"{share:.0f}% won in {self.median_days:g} days)"
        )


def velocities(
    opened: Mapping[str, int],
    won: Mapping[str, Counter[Decimal]],
    win_rate: Proportion,
    median_days: float | None,
) -> Iterator[Velocity]:
    """Give the velocity of each currency in which deals are open and were won."""
    if not median_days:
        return
    for currency in sorted(won.keys() & opened.keys()):
        yield Velocity(
            open=opened[currency],
            median_won=_median(won[currency], currency),
            win_rate=win_rate,
            median_days=median_days,
        )


def _median(amounts: Counter[Decimal], currency: str) -> Money:
    """Return the amount in the middle, or what lies between the two that are."""
    ordered = sorted(amounts.elements())
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return payable_fraction((Fraction(low) + Fraction(high)) / 2, currency)
