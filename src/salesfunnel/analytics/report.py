"""
The report on a pile of deals: how many are open, won and lost, for how much, how fast, and why.

Deals are counted one at a time, so a report over millions needs no more memory than over ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from ..errors import WrongKind
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.converters import choice, one
from ..values.money import Money
from .days import Days


@attrs.frozen(kw_only=True)
class StageCount:
    """
    How many deals stand in one stage, and what they are worth, currency by currency.

    >>> StageCount(stage="proposal", count=2, value=(Money("900", "EUR"),)).count
    2
    """

    stage: str
    pipeline: str = ""
    kind: StageKind = StageKind.OPEN
    count: int
    value: tuple[Money, ...]


@attrs.frozen(kw_only=True)
class Report:
    """
    The state of a pile of deals, stage by stage; rates are ``None`` where nothing is closed.

    ``losses`` counts the reasons that are known, the most frequent first.

    >>> print(report([]))
    0 opportunities: 0 open, 0 won, 0 lost
    """

    stages: tuple[StageCount, ...]
    days_to_win: Days
    losses: tuple[tuple[str, int], ...]

    def count(self, kind: StageKind | str) -> int:
        """
        Count the deals that are open, won, or lost.

        >>> report([]).count("won")
        0
        """
        wanted = choice(StageKind, kind, "kind")
        return sum(stage.count for stage in self.stages if stage.kind is wanted)

    @property
    def win_rate(self) -> float | None:
        """The share of the closed deals that were won."""
        won, lost = self.count(StageKind.WON), self.count(StageKind.LOST)
        return won / (won + lost) if won + lost else None

    @property
    def won_value(self) -> tuple[Money, ...]:
        """What was won, currency by currency."""
        totals = _Totals()
        for stage in self.stages:
            if stage.kind is StageKind.WON:
                for value in stage.value:
                    totals.add(value)
        return totals.values()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON; amounts are texts, since they are exact.

        >>> report([]).as_data()["win_rate"] is None
        True
        """
        return {
            "opportunities": sum(stage.count for stage in self.stages),
            **{kind.value: self.count(kind) for kind in StageKind},
            "win_rate": self.win_rate,
            "won_value": _by_currency(self.won_value),
            "days_to_win": attrs.asdict(self.days_to_win),
            "losses": dict(self.losses),
            "stages": [
                {
                    "pipeline": stage.pipeline,
                    "stage": stage.stage,
                    "kind": stage.kind.value,
                    "count": stage.count,
                    "value": _by_currency(stage.value),
                }
                for stage in self.stages
            ],
        }

    def __str__(self) -> str:
        """Print the report, a figure a line."""
        counts = [f"{self.count(kind):,} {kind}" for kind in StageKind]
        total = sum(stage.count for stage in self.stages)
        counted = "1 opportunity" if total == 1 else f"{total:,} opportunities"
        lines = [f"{counted}: {', '.join(counts)}"]
        has_several = len({stage.pipeline for stage in self.stages}) > 1
        lines += [
            f"  {stage.pipeline + ', ' if has_several else ''}{stage.stage}: "
            + ", ".join([f"{stage.count:,}", *map(str, stage.value)])
            for stage in self.stages
        ]
        if self.win_rate is not None:
            lines.append(f"win rate: {self.win_rate:.2%} of closed")
        lines += [f"won value: {value}" for value in self.won_value]
        if self.days_to_win.count:
            lines.append(f"days to win: {self.days_to_win}")
        if self.losses:
            lines.append("lost to: " + ", ".join(f"{reason} {n:,}" for reason, n in self.losses))
        if any(value.currency == "XXX" for stage in self.stages for value in stage.value):
            lines.append("XXX: no currency was given")
        return "\n".join(lines)


def report(opportunities: Iterable[Opportunity]) -> Report:
    """
    Count deals by stage and outcome; each is looked at once, and none is kept.

    Days to win are counted where both dates are known and in order.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", amount=Money("900", "EUR"), at=monday)
    >>> print(report([deal, deal.lose("price", at=monday)]))
    2 opportunities: 1 open, 0 won, 1 lost
      meeting: 1, 900 EUR
      lost: 1, 900 EUR
    win rate: 0.00% of closed
    lost to: price 1
    """
    totals: dict[tuple[str, str, StageKind], _Totals] = {}
    order: dict[tuple[str, str, StageKind], int] = {}
    days: Counter[int] = Counter()
    losses: Counter[str] = Counter()
    if isinstance(opportunities, (str, type)) or not hasattr(opportunities, "__iter__"):
        raise WrongKind.of("opportunities", opportunities, wanted="several opportunities")
    for deal in opportunities:
        one(Opportunity, deal, "opportunities")
        stage = deal.pipeline.stage(deal.stage)
        # Two versions of one pipeline count together.
        place = (deal.pipeline.name, stage.name, stage.kind)
        if place not in totals:
            order[place] = deal.pipeline.stages.index(stage)
            totals[place] = _Totals()
        totals[place].count_in(deal)
        if deal.loss and deal.loss.reason != "unknown":
            losses[deal.loss.reason] += 1
        if stage.kind is StageKind.WON and deal.opened_on and deal.closed_on:
            days[(deal.closed_on - deal.opened_on).days] += 1
    return Report(
        stages=tuple(
            StageCount(
                pipeline=place[0],
                stage=place[1],
                kind=place[2],
                count=totals[place].count,
                value=totals[place].values(),
            )
            for place in sorted(totals, key=order.__getitem__)
        ),
        days_to_win=Days.of({day: times for day, times in days.items() if day >= 0}),
        losses=tuple(sorted(losses.items(), key=lambda loss: (-loss[1], loss[0]))),
    )


def _by_currency(values: Iterable[Money]) -> dict[str, str]:
    return {value.currency: format(value.amount, "f") for value in values}


class _Totals:
    """A running count, and a running sum for each currency."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: dict[str, Money] = {}

    def count_in(self, deal: Opportunity) -> None:
        self.count += 1
        if deal.amount is not None:
            self.add(deal.amount)

    def add(self, value: Money) -> None:
        self.sums[value.currency] = (
            self.sums.get(value.currency, Money.zero(value.currency)) + value
        )

    def values(self) -> tuple[Money, ...]:
        return tuple(self.sums[currency] for currency in sorted(self.sums))
