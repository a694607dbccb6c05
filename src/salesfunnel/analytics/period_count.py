"""What was created, closed and won in one period, with the rates of both ways to ask."""

from __future__ import annotations

from typing import Any

import attrs

from ..pipeline.stage import StageKind
from ..values.calendar import Period
from ..values.money import Money
from .periods import period_as_data
from .proportion import Proportion
from .total import RunningTotal, Total


@attrs.frozen(kw_only=True)
class PeriodCount:
    """
    The deals that were created in a period, and those that were closed in it: two questions.

    ``created_won`` and ``created_lost`` tell what became of those created, whenever that was.

    >>> from datetime import date
    >>> march = Period(date(2026, 3, 1), date(2026, 4, 1), label="2026-03")
    >>> counts = {"created": Total(4), "won": Total(1), "lost": Total(1)}
    >>> print(PeriodCount(period=march, **counts, created_won=1, created_lost=0))
    2026-03: 4 created, 1 won, 1 lost; won 1 of 2 (50%, 95% CI 9–91%) of those closed, and 1 of 4 \
(25%, 95% CI 5–70%) of those created, of which 3 are still open
    """

    period: Period
    created: Total
    won: Total
    lost: Total
    created_won: int
    created_lost: int

    @property
    def closed(self) -> Total:
        """Those that were won or lost in the period."""
        return Total.together([self.won, self.lost])

    @property
    def win_rate(self) -> Proportion:
        """The won among those closed in the period, whenever they were created."""
        return Proportion(self.won.count, self.won.count + self.lost.count)

    @property
    def created_rate(self) -> Proportion:
        """The won among those created in the period; it rises while some are still open."""
        return Proportion(self.created_won, self.created.count)

    @property
    def created_open(self) -> int:
        """How many of those created are still open."""
        return self.created.count - self.created_won - self.created_lost

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; days are texts, and ``None`` where the period is open.

        >>> from datetime import date
        >>> march = Period(date(2026, 3, 1), date(2026, 4, 1))
        >>> nothing = {"created": Total(), "won": Total(), "lost": Total()}
        >>> empty = PeriodCount(period=march, **nothing, created_won=0, created_lost=0)
        >>> empty.as_data()["win_rate"]["share"] is None
        True
        """
        return {
            **period_as_data(self.period),
            "created": self.created.as_data(),
            "closed": self.closed.as_data(),
            "won": self.won.as_data(),
            "lost": self.lost.as_data(),
            "win_rate": self.win_rate.as_data(),
            "created_rate": self.created_rate.as_data(),
            "created_open": self.created_open,
        }

    def __str__(self) -> str:
        """Say the counts and both rates."""
        open_now = self.created_open
        return (
            f"{self.period}: {self.created.said('created')}, {self.won.said('won')}, "
            f"{self.lost.said('lost')}; won {self.win_rate} of those closed, and "
            f"{self.created_rate} of those created, of which {open_now:,} "
            f"{'is' if open_now == 1 else 'are'} still open"
        )


class PeriodTally:
    """The running counts of one period."""

    created: RunningTotal
    won: RunningTotal
    lost: RunningTotal
    created_won: int
    created_lost: int

    def __init__(self) -> None:
        """Begin with nothing."""
        self.created, self.won, self.lost = RunningTotal(), RunningTotal(), RunningTotal()
        self.created_won = self.created_lost = 0

    def count_created(self, kind: StageKind, worth: Money | None) -> None:
        """Count one that was created in the period, and what became of it."""
        self.created.add(worth)
        self.created_won += kind is StageKind.WON
        self.created_lost += kind is StageKind.LOST

    def count_closed(self, kind: StageKind, worth: Money | None) -> None:
        """Count one that was closed in the period."""
        (self.won if kind is StageKind.WON else self.lost).add(worth)

    def as_value(self, period: Period) -> PeriodCount:
        """Return what was counted."""
        return PeriodCount(
            period=period,
            created=self.created.total(),
            won=self.won.total(),
            lost=self.lost.total(),
            created_won=self.created_won,
            created_lost=self.created_lost,
        )
