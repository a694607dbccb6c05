"""
The report on a pile of deals: how many are open, won and lost, for how much, how fast, and why.

Deals are counted one at a time, so a report over millions needs no more memory than over ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..errors import WrongKind
from ..history.timeline import as_of
from ..opportunities.opportunity import Opportunity
from ..opportunities.outcomes import Closing
from ..pipeline.codes import label_of
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period, calendar_of
from ..values.converters import choice, maybe, one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.money import Money
from ..values.numbers import EXACT
from .days import Days
from .grouping import Known, group_of, must_group
from .proportion import Proportion
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_reason

# More closed deals without an amount than one in so many, and there is no rate by value.
_BLANKS = 10


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

    ``losses`` counts the reasons that are known, the most frequent first, ``lost_from`` the stages
    that were left, and ``lost_to`` the competitors. ``uncounted`` counts those that were lost for a
    reason that is in no rate; they are in no other figure. ``labels`` are those of the reasons, and
    ``groups`` holds a report for each group.

    >>> print(report([]))
    0 opportunities: 0 open, 0 won, 0 lost
    """

    stages: tuple[StageCount, ...]
    days_to_win: Days
    losses: tuple[tuple[str, int], ...]
    lost_from: tuple[tuple[str, int], ...] = ()
    lost_to: tuple[tuple[str, int], ...] = ()
    value_closed: tuple[tuple[str, Decimal, Decimal], ...] = attrs.field(default=(), repr=False)
    without_value: int = 0
    uncounted: Uncounted = ()
    labels: FrozenMap[str, str] = attrs.field(default=FrozenMap[str, str](), repr=False)
    groups: FrozenMap[str | None, Report] = attrs.field(factory=FrozenMap[str | None, "Report"])

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
    def won_of_closed(self) -> Proportion:
        """The won among the closed, with the interval that so few or so many deserve."""
        won, lost = self.count(StageKind.WON), self.count(StageKind.LOST)
        return Proportion(won, won + lost)

    @property
    def win_rate_by_value(self) -> tuple[tuple[str, Fraction], ...]:
        """
        The share of the closed value that was won, by currency; none where it would mislead.

        That is where more than a tenth of the closed deals have no amount, or one of 0.
        """
        if self.without_value * _BLANKS > self.won_of_closed.whole:
            return ()
        return tuple(
            (currency, Fraction(won) / Fraction(closed))
            for currency, won, closed in self.value_closed
            if closed
        )

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
            "won_of_closed": self.won_of_closed.as_data(),
            "win_rate_by_value": {
                currency: float(share) for currency, share in self.win_rate_by_value
            },
            "closed_without_value": self.without_value,
            "won_value": _by_currency(self.won_value),
            "days_to_win": attrs.asdict(self.days_to_win),
            "losses": dict(self.losses),
            "lost_from": dict(self.lost_from),
            "lost_to": dict(self.lost_to),
            "uncounted": dict(self.uncounted),
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
            "groups": [{"group": name, **part.as_data()} for name, part in self.groups.items()],
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
            low, high = self.won_of_closed.interval
            still = self.count(StageKind.OPEN)
            lines.append(
                f"win rate: {self.win_rate:.2%} of closed, 95% CI {100 * low:.0f}–{100 * high:.0f}%"
                f", {still:,} still open"
            )
            lines += [
                f"win rate by value: {float(share):.2%} of closed {currency}"
                for currency, share in self.win_rate_by_value
            ]
            if self.without_value:
                lines.append(f"closed without a value: {self.without_value:,}")
        lines += [f"won value: {value}" for value in self.won_value]
        if self.days_to_win.count:
            lines.append(f"days to win, of those won: {self.days_to_win}")
        if self.losses:
            said = (f"{label_of(self.labels, reason)} {n:,}" for reason, n in self.losses)
            lines.append("lost to: " + ", ".join(said))
        if self.lost_from:
            left = (f"{name or '(not known)'} {n:,}" for name, n in self.lost_from)
            lines.append("lost from: " + ", ".join(left))
        if self.lost_to:
            lines.append("won by: " + ", ".join(f"{name} {n:,}" for name, n in self.lost_to))
        lines += said_uncounted(self.uncounted, self.labels)
        if any(value.currency == "XXX" for stage in self.stages for value in stage.value):
            lines.append("XXX: no currency was given")
        for name, part in self.groups.items():
            lines.append(f"{'(not known)' if name is None else name}: {part}")
        return "\n".join(lines)


def report(
    opportunities: Iterable[Opportunity],
    *,
    at: datetime | None = None,
    opened_in: Period | None = None,
    closed_in: Period | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.NOW,
    calendar: Calendar | None = None,
) -> Report:
    """
    Count deals by stage and outcome; each is looked at once, and none is kept.

    Days to win are counted where both dates are known and in order.

    Args:
        opportunities: the deals.
        at: the instant as of which they are seen; as they stand, unless given.
        opened_in: only those opened in this period.
        closed_in: of those that are closed, only those closed in this period.
        group: a fact by its path, a rule, or week, month, quarter or year of the opening.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", amount=Money("900", "EUR"), at=monday)
    >>> print(report([deal, deal.lose("price", at=monday)]))
    2 opportunities: 1 open, 0 won, 1 lost
      meeting: 1, 900 EUR
      lost: 1, 900 EUR
    win rate: 0.00% of closed, 95% CI 0–79%, 1 still open
    win rate by value: 0.00% of closed EUR
    lost to: Price too high 1
    lost from: meeting 1
    """
    now = None if at is None else instant(at)
    when, days = choice(Known, known, "known"), calendar_of(calendar)
    maybe(Period, opened_in, "opened_in")
    maybe(Period, closed_in, "closed_in")
    if isinstance(opportunities, (str, type)) or not hasattr(opportunities, "__iter__"):
        raise WrongKind.of("opportunities", opportunities, wanted="several opportunities")
    must_group(group, Opportunity)
    whole, parts = _Counted(), dict[str | None, _Counted]()
    for given in opportunities:
        deal = one(Opportunity, given, "opportunities")
        if now is not None and deal.timeline[-1].at > now:
            if deal.timeline[0].at > now:
                continue
            deal = as_of(deal, at=now)
        if not _is_wanted(deal, opened_in, closed_in):
            continue
        whole.count(deal)
        if group is not None:
            began, seen = deal.timeline[0].at, deal.timeline[-1].at
            name = group_of(deal, group, began=began, known=when, at=now or seen, calendar=days)
            parts.setdefault(name, _Counted()).count(deal)
    names = sorted(parts, key=lambda name: (name is None, name or ""))
    groups = FrozenMap[str | None, Report]({name: parts[name].as_report() for name in names})
    return attrs.evolve(whole.as_report(), groups=groups)


def _is_wanted(deal: Opportunity, opened_in: Period | None, closed_in: Period | None) -> bool:
    if opened_in is not None and (deal.opened_on is None or deal.opened_on not in opened_in):
        return False
    if closed_in is None or deal.closing is None:
        return True
    return deal.closed_on is not None and deal.closed_on in closed_in


class _Counted:
    """The running counts of a report."""

    def __init__(self) -> None:
        self.totals: dict[tuple[str, str, StageKind], _Totals] = {}
        self.order: dict[tuple[str, str, StageKind], int] = {}
        self.days: Counter[int] = Counter()
        self.losses: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.competitors: Counter[str] = Counter()
        self.closed_value: dict[str, list[Decimal]] = {}
        self.without_value = 0
        self.uncounted: Counter[str] = Counter()
        self.labels: dict[str, str] = {}

    def count(self, deal: Opportunity) -> None:
        """Count one deal."""
        stage = deal.pipeline.stage(deal.stage)
        # Two versions of one pipeline count together.
        place = (deal.pipeline.name, stage.name, stage.kind)
        if place not in self.order:
            self.order[place] = deal.pipeline.stages.index(stage)
            self.labels.update(stage.reasons)
        if stage.uncounted and (left_out := uncounted_reason(deal)):
            self.uncounted[left_out] += 1
            return
        if place not in self.totals:
            self.totals[place] = _Totals()
        self.totals[place].count_in(deal)
        closing = deal.closing
        if closing is None:
            return
        self._count_value(closing)
        if closing.kind is StageKind.LOST:
            self.left[closing.stage] += 1
            if closing.reason != "unknown":
                self.losses[closing.reason] += 1
            self.competitors.update(closing.competitors)
        elif deal.opened_on and closing.closed_on:
            self.days[(closing.closed_on - deal.opened_on).days] += 1

    def _count_value(self, closing: Closing) -> None:
        if closing.amount is None or not closing.amount.amount:
            self.without_value += 1
            return
        sums = self.closed_value.setdefault(closing.amount.currency, [Decimal(0), Decimal(0)])
        sums[1] = EXACT.add(sums[1], closing.amount.amount)
        if closing.kind is StageKind.WON:
            sums[0] = EXACT.add(sums[0], closing.amount.amount)

    def as_report(self) -> Report:
        """Return what was counted."""
        return Report(
            stages=tuple(
                StageCount(
                    pipeline=place[0],
                    stage=place[1],
                    kind=place[2],
                    count=self.totals[place].count,
                    value=self.totals[place].values(),
                )
                for place in sorted(self.totals, key=self.order.__getitem__)
            ),
            days_to_win=Days.of({day: times for day, times in self.days.items() if day >= 0}),
            losses=by_frequency(self.losses),
            lost_from=by_frequency(self.left),
            lost_to=by_frequency(self.competitors),
            value_closed=tuple(
                (code, won, closed) for code, (won, closed) in sorted(self.closed_value.items())
            ),
            without_value=self.without_value,
            uncounted=by_frequency(self.uncounted),
            labels=FrozenMap(self.labels),
        )


def _by_currency(values: Iterable[Money]) -> dict[str, str]:
    return {value.currency: format(value.amount, "f") for value in values}


class _Totals:
    """A running count, and a running sum for each currency."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: dict[str, Decimal] = {}

    def count_in(self, deal: Opportunity) -> None:
        self.count += 1
        if deal.amount is not None:
            self.add(deal.amount)

    def add(self, value: Money) -> None:
        before = self.sums.get(value.currency)
        self.sums[value.currency] = (
            value.amount if before is None else EXACT.add(before, value.amount)
        )

    def values(self) -> tuple[Money, ...]:
        return tuple(Money(total, currency) for currency, total in sorted(self.sums.items()))
