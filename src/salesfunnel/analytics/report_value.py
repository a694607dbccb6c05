"""The report on a pile of deals, with the open ones beside every figure that they may change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..errors import Problem, Text
from ..pipeline.stage import StageKind
from ..values.converters import choice
from ..values.frozen_map import FrozenMap
from ..values.instants import said_instant
from ..values.money import Money
from ..values.percent import whole_percent
from .ageing import AgeCount
from .apart import groups_as_data, said_groups
from .days import Days
from .figures import Figures, html_of
from .labels import NO_LABELS, Labels, zone_field
from .losses import LossCount, Totals, together_by
from .period_count import PeriodCount
from .proportion import Proportion
from .report_figures import (
    CalledTotals,
    age_figures,
    currency_figures,
    loss_figures,
    period_figures,
    rate_figures,
)
from .stage_count import StageCount
from .total import Total
from .uncounted import Uncounted, said_uncounted, uncounted_figures
from .velocity import Velocity

_NO_CURRENCY = Text(
    "currency_not_known", "XXX: the currency is not known, and there may be several"
)
# More closed deals without an amount than one in so many, and there is no rate by value.
_BLANKS = 10


@attrs.frozen(kw_only=True)
class Report:
    """
    The state of a pile of deals at an instant, stage by stage; a rate out of nothing is unknown.

    ``losses`` counts those lost by stage and reason, ``lost_also`` by the reasons that mattered as
    well, ``lost_to`` by competitor. ``period`` tells what was created and closed in the period that
    was asked for, ``periods`` in each. ``velocity`` is what the open ones promise a day,
    ``won_per_day`` what was won. ``uncounted`` are those lost for a reason that is in no rate; they
    are in no other figure. ``groups`` holds a report for each group.

    >>> from datetime import UTC
    >>> from salesfunnel.analytics import report
    >>> print(report([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    0 opportunities at 2026-03-02 00:00 UTC: 0 open, 0 won, 0 lost
    """

    at: datetime
    stages: tuple[StageCount, ...]
    days_to_win: Days
    losses: tuple[LossCount, ...]
    lost_also: Totals = ()
    lost_to: Totals = ()
    period: PeriodCount | None = None
    periods: tuple[PeriodCount, ...] = ()
    value_closed: tuple[tuple[str, Decimal, Decimal], ...] = attrs.field(default=(), repr=False)
    without_value: int = 0
    velocity: tuple[Velocity, ...] = ()
    won_per_day: tuple[Money, ...] = ()
    ageing: tuple[AgeCount, ...] = ()
    uncounted: Uncounted = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    problems: tuple[Problem, ...] = ()
    groups: FrozenMap[str | None, Report] = attrs.field(factory=FrozenMap[str | None, "Report"])
    zone: tzinfo = zone_field()

    def total(self, kind: StageKind | str) -> Total:
        """
        Count the deals that are open, won, or lost, and add up what they are worth.

        >>> from datetime import UTC
        >>> from salesfunnel.analytics import report
        >>> report([], at=datetime(2026, 3, 2, tzinfo=UTC)).total("won").count
        0
        """
        wanted = choice(StageKind, kind, "kind")
        found = [stage for stage in self.stages if stage.kind is wanted]
        return Total.together(Total(stage.count, stage.value) for stage in found)

    def count(self, kind: StageKind | str) -> int:
        """
        Count the deals that are open, won, or lost.

        >>> from datetime import UTC
        >>> from salesfunnel.analytics import report
        >>> report([], at=datetime(2026, 3, 2, tzinfo=UTC)).count("won")
        0
        """
        wanted = choice(StageKind, kind, "kind")
        return sum(stage.count for stage in self.stages if stage.kind is wanted)

    @property
    def win_rate(self) -> Proportion:
        """The won among the closed, with the interval that so few or so many deserve."""
        won, lost = self.count(StageKind.WON), self.count(StageKind.LOST)
        return Proportion(won, won + lost)

    @property
    def win_rate_by_value(self) -> tuple[tuple[str, Fraction], ...]:
        """
        The share of the closed value that was won, by currency; none where it would mislead.

        That is where more than a tenth of the closed deals have no amount, or one of 0.
        """
        if self.without_value * _BLANKS > self.win_rate.whole:
            return ()
        return tuple(
            (currency, Fraction(won) / Fraction(closed))
            for currency, won, closed in self.value_closed
            if closed
        )

    @property
    def lost_for(self) -> Totals:
        """The losses by reason, the most frequent first."""
        return together_by(self.losses, "reason")

    @property
    def lost_from(self) -> Totals:
        """The losses by the stage that was left, the most frequent first."""
        return together_by(self.losses, "stage")

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON; amounts are texts, since they are exact.

        >>> from datetime import UTC
        >>> from salesfunnel.analytics import report
        >>> report([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["win_rate"]["share"] is None
        True
        """
        by_value = {currency: float(share) for currency, share in self.win_rate_by_value}
        return {
            "at": self.at.isoformat(),
            "opportunities": sum(stage.count for stage in self.stages),
            **{kind.value: self.count(kind) for kind in StageKind},
            "win_rate": self.win_rate.as_data(),
            "win_rate_by_value": by_value,
            "closed_without_value": self.without_value,
            "open_value": self.total(StageKind.OPEN).as_data()["value"],
            "won_value": self.total(StageKind.WON).as_data()["value"],
            "days_to_win": attrs.asdict(self.days_to_win),
            "velocity": [one.as_data() for one in self.velocity],
            "won_per_day": Total(0, self.won_per_day).as_data()["value"],
            "period": None if self.period is None else self.period.as_data(),
            "periods": [period.as_data() for period in self.periods],
            "losses": [loss.as_data() for loss in self.losses],
            **{
                name: {key: total.as_data() for key, total in getattr(self, name)}
                for name in ("lost_for", "lost_from", "lost_also", "lost_to")
            },
            "ageing": [age.as_data() for age in self.ageing],
            "uncounted": dict(self.uncounted),
            "stages": [stage.as_data() for stage in self.stages],
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def _rates(self) -> Iterator[str]:
        open_now = self.total(StageKind.OPEN)
        if self.win_rate.whole:
            yield f"win rate: {self.win_rate} of closed, {open_now.count:,} still open"
            for currency, share in self.win_rate_by_value:
                still = open_now.in_currency(currency)
                said = f"{whole_percent(share)}% of closed {currency}, {still} open"
                yield f"win rate by value: {said}"
            if self.without_value:
                is_hidden = self.value_closed and not self.win_rate_by_value
                why = ", too many for a win rate by value" if is_hidden else ""
                yield f"closed without a value: {self.without_value:,}{why}"
        for value in self.total(StageKind.WON).value:
            yield f"won value: {value}"
        if self.days_to_win.count:
            open_ones = f"{open_now.count:,} still open"
            yield f"days to win, of those won: {self.days_to_win}, {open_ones}"
        yield from (f"velocity: {velocity}" for velocity in self.velocity)
        for each in self.won_per_day:
            yield f"won a day in the period: {each}"

    def _losses(self) -> dict[str, CalledTotals]:
        stage, reason = self.labels.stage, self.labels.reason
        return {
            "lost for": [(reason(code), total) for code, total in self.lost_for],
            "lost also for": [(reason(code), total) for code, total in self.lost_also],
            "lost from": [(name and stage(name), total) for name, total in self.lost_from],
            "lost to": self.lost_to,
        }

    def _why_lost(self) -> Iterator[str]:
        for heading, totals in self._losses().items():
            if totals:
                said = ", ".join(
                    f"{name or '(not known)'} {total.said('')}" for name, total in totals
                )
                yield f"{heading}: {said}"

    def _notes(self) -> Iterator[Problem]:
        if any(value.currency == "XXX" for stage in self.stages for value in stage.value):
            yield _NO_CURRENCY.problem(is_error=False)
        yield from self.problems

    def __str__(self) -> str:
        """Print the report, a figure a line."""
        counts = [f"{self.count(kind):,} {kind}" for kind in StageKind]
        total = sum(stage.count for stage in self.stages)
        counted = "1 opportunity" if total == 1 else f"{total:,} opportunities"
        lines = [f"{counted} at {said_instant(self.at, self.zone)}: {', '.join(counts)}"]
        has_several = len({stage.pipeline for stage in self.stages}) > 1
        lines += [
            f"  {f'{s.pipeline}, ' * has_several}{self.labels.stage(s.stage)}: {s.said}"
            for s in self.stages
        ]
        lines += [str(period) for period in (self.period, *self.periods) if period is not None]
        lines += [*self._rates(), *self._why_lost()]
        if ages := [str(age) for age in self.ageing if age.total.count]:
            lines.append("age of the open ones: " + ", ".join(ages))
        lines += [*said_uncounted(self.uncounted, self.labels), *map(str, self._notes())]
        return "\n".join([*lines, *said_groups(self.groups, self.labels)])

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> from datetime import UTC
        >>> from salesfunnel.analytics import report
        >>> report([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[0]
        'stage'
        """
        first = 0 if len({stage.pipeline for stage in self.stages}) > 1 else 1
        rows = tuple(
            (s.pipeline, self.labels.stage(s.stage), s.count, s.value)[first:] for s in self.stages
        )
        headings = ("pipeline", "stage", "deals", "worth")[first:]
        stages = Figures(headings, rows, (*self._notes(),))
        won, still_open = self.total(StageKind.WON), self.total(StageKind.OPEN)
        by_value = self.win_rate_by_value
        days = self.days_to_win
        return (
            stages,
            *period_figures(each for each in (self.period, *self.periods) if each is not None),
            *rate_figures(self.win_rate, days, still_open.count, self.without_value),
            *currency_figures(won, still_open, by_value, self.velocity, self.won_per_day),
            *loss_figures(self._losses()),
            *age_figures(self.ageing),
            *uncounted_figures(self.uncounted, self.labels),
        )

    def _repr_html_(self) -> str:
        return html_of(self)
