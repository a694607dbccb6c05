"""Velocity: how much money a day the open deals promise, if all goes on as it went."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..values.money import Money, payable_fraction
from ..values.percent import whole_percent
from .days import Days
from .proportion import Proportion


@attrs.frozen(kw_only=True)
class Velocity:
    """
    Open deals times the median won amount times the win rate, over the median days to win.

    One for each currency, of its own deals and of those closed without an amount; what it comes
    to a day is rounded once, to what can be paid.

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
        share = whole_percent(self.win_rate.part / self.win_rate.whole)
        took = "1 day" if self.median_days == 1 else f"{self.median_days:g} days"
        return (
            f"{self.per_day} a day ({self.open:,} open in "
            f"{self.median_won.currency}, median won {self.median_won}, "
            f"{share}% won in {took})"
        )


class VelocityTally:
    """
    What velocity rests on in one currency: its open deals, and how those that closed went.

    The deals of another currency say nothing about how often, or how soon, these are won.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.open: int = 0
        self.won: int = 0
        self.lost: int = 0
        self.amounts: Counter[Decimal] = Counter()
        self.days: Counter[int] = Counter()

    def count_won(self, days: int | None) -> None:
        """Count a deal that was won, and in how many days, where that is known."""
        self.won += 1
        if days is not None and days >= 0:
            self.days[days] += 1

    def velocity(self, currency: str, unvalued: VelocityTally) -> Velocity | None:
        """
        Give the velocity; none where nothing is open, or was won in days that are known.

        How the deals without an amount went counts as well, since they may be in this currency.
        """
        days = Days.of(self.days + unvalued.days).median
        if not (self.open and self.amounts and days):
            return None
        won = self.won + unvalued.won
        return Velocity(
            open=self.open,
            median_won=_median(self.amounts, currency),
            win_rate=Proportion(won, won + self.lost + unvalued.lost),
            median_days=days,
        )


def _median(amounts: Counter[Decimal], currency: str) -> Money:
    """Return the amount in the middle, or what lies between the two that are."""
    ordered = sorted(amounts.elements())
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return payable_fraction((Fraction(low) + Fraction(high)) / 2, currency)
