"""The running counts of a report, and the question that they answer."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..errors import Problem, Text
from ..opportunities.opportunity import Opportunity
from ..opportunities.outcomes import Closing
from ..opportunities.valuing import counted_amount
from ..pipeline.deadlines import overdue
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar, Every, Period
from ..values.money import Money, payable_fraction
from ..values.numbers import EXACT
from .ageing import AgeTally
from .days import Days
from .losses import LossTally
from .period_count import PeriodTally
from .stage_count import StageCount
from .total import RunningTotal
from .uncounted import by_frequency, uncounted_reason
from .valued import Valuing
from .velocity import Velocity, VelocityTally

_NEGATIVE = Text(
    "won_before_opened", "won before they were opened, and in no count of days: {count:,}"
)
_UNDATED = Text(
    "report_without_days",
    "without the day of opening or closing, and missing from its period: {count:,}",
)
_BELOW_ZERO = Text(
    "closed_below_zero",
    "closed at less than nothing, so that their currency has no win rate by value: {count:,}",
)
Place = tuple[str, str, StageKind]


@attrs.frozen(kw_only=True)
class ReportQuestion:
    """As of when, of which periods, and in whose days and currency a report is asked for."""

    at: datetime
    opened_in: Period | None
    closed_in: Period | None
    every: Every | None
    ages: tuple[int, ...]
    calendar: Calendar
    valuing: Valuing
    day: date = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out the day of the instant once."""
        object.__setattr__(self, "day", self.calendar.day_of(self.at))

    def is_wanted(self, deal: Opportunity) -> bool:
        """Tell whether a deal was opened in the period of the openings, if one was given."""
        if self.opened_in is None:
            return True
        return deal.opened_on is not None and deal.opened_on in self.opened_in

    def is_closed_in(self, closing: Closing) -> bool:
        """Tell whether a closed deal belongs to the period of the closings, if one was given."""
        if self.closed_in is None:
            return True
        return closing.closed_on is not None and closing.closed_on in self.closed_in

    def days_passed(self, period: Period) -> int:
        """Count the days of a period that have passed, the day of the instant included."""
        return (min(period.until, self.day + timedelta(days=1)) - period.since).days


class ReportCounts:
    """What was counted of one group."""

    asked: ReportQuestion
    has_periods: bool
    losses: LossTally
    ages: AgeTally
    period: PeriodTally
    without_value: int
    negative: int
    undated: int

    def __init__(self, asked: ReportQuestion) -> None:
        """Begin with nothing."""
        self.asked = asked
        self.has_periods = asked.closed_in is not None or asked.every is not None
        self.totals: dict[Place, RunningTotal] = {}
        self.order: dict[Place, tuple[int, int]] = {}
        self.pipelines: dict[str, int] = {}
        self.overdue: Counter[Place] = Counter()
        self.days: Counter[int] = Counter()
        self.losses = LossTally()
        self.ages = AgeTally(asked.ages)
        self.speeds: dict[str, VelocityTally] = {}
        self.closed_value: dict[str, list[Decimal]] = {}
        self.below_zero: Counter[str] = Counter()
        self.without_value = self.negative = self.undated = 0
        self.period = PeriodTally()
        self.periods: dict[Period, PeriodTally] = {}
        self.uncounted: Counter[str] = Counter()

    def count(self, deal: Opportunity) -> None:
        """Count one deal."""
        asked, closing = self.asked, deal.closing
        stage = deal.pipeline.stage(deal.stage)
        left_out = uncounted_reason(deal) if stage.uncounted else ""
        worth = asked.valuing.of(deal, counted_amount(deal), on=asked.day)
        if self.has_periods and not left_out:
            self._count_periods(deal, stage.kind, worth)
        if closing is not None and not asked.is_closed_in(closing):
            return
        # Two versions of one pipeline count together.
        place = (deal.pipeline.name, stage.name, stage.kind)
        if place not in self.order:
            number = self.pipelines.setdefault(deal.pipeline.name, len(self.pipelines))
            self.order[place] = (number, deal.pipeline.stages.index(stage))
        if left_out:
            self.uncounted[left_out] += 1
            return
        if place not in self.totals:
            self.totals[place] = RunningTotal()
        self.totals[place].add(worth)
        if closing is not None:
            self._count_closed(deal, closing, worth)
            return
        if worth is not None:
            self._speed_of(worth).open += 1
        opened_on = deal.opened_on
        self.ages.count(None if opened_on is None else (asked.day - opened_on).days, worth)
        if stage.limit is not None and overdue(deal, at=asked.at) is not None:
            self.overdue[place] += 1

    def _count_closed(self, deal: Opportunity, closing: Closing, worth: Money | None) -> None:
        is_won = closing.kind is StageKind.WON
        speed = self._speed_of(worth if worth is not None and worth.amount else None)
        if worth is None or not worth.amount:
            self.without_value += 1
        else:
            sums = self.closed_value.setdefault(worth.currency, [Decimal(0), Decimal(0)])
            sums[1] = EXACT.add(sums[1], worth.amount)
            self.below_zero[worth.currency] += worth.amount < 0
            if is_won:
                sums[0] = EXACT.add(sums[0], worth.amount)
                speed.amounts[worth.amount] += 1
        if not is_won:
            self.losses.count(closing, worth)
            speed.lost += 1
            return
        days = None
        if deal.opened_on and closing.closed_on:
            days = (closing.closed_on - deal.opened_on).days
            self.negative += days < 0
            self.days[days] += 1
        speed.count_won(days)

    def _speed_of(self, worth: Money | None) -> VelocityTally:
        return self.speeds.setdefault("" if worth is None else worth.currency, VelocityTally())

    def _count_periods(self, deal: Opportunity, kind: StageKind, worth: Money | None) -> None:
        closed_on = None if deal.closing is None else deal.closing.closed_on
        for tally in self._periods_of(deal.opened_on):
            tally.count_created(kind, worth)
        for tally in self._periods_of(closed_on):
            tally.count_closed(kind, worth)
        is_undated = deal.closing is not None and closed_on is None
        self.undated += deal.opened_on is None or is_undated

    def _periods_of(self, day: date | None) -> list[PeriodTally]:
        found: list[PeriodTally] = []
        if day is not None and self.asked.closed_in is not None and day in self.asked.closed_in:
            found.append(self.period)
        if day is not None and self.asked.every is not None:
            period = self.asked.calendar.period(day, self.asked.every)
            if period not in self.periods:
                self.periods[period] = PeriodTally()
            found.append(self.periods[period])
        return found

    def _stages(self) -> tuple[StageCount, ...]:
        totals = {place: sums.total() for place, sums in self.totals.items()}
        return tuple(
            StageCount(
                pipeline=place[0],
                stage=place[1],
                kind=place[2],
                count=totals[place].count,
                value=totals[place].value,
                overdue=self.overdue[place],
            )
            for place in sorted(totals, key=self.order.__getitem__)
        )

    def _problems(self) -> tuple[Problem, ...]:
        below_zero = self.below_zero.total()
        counts = (
            (_NEGATIVE, self.negative),
            (_UNDATED, self.undated),
            (_BELOW_ZERO, below_zero),
        )
        return tuple(text.problem(is_error=False, count=n) for text, n in counts if n)

    def _velocities(self) -> tuple[Velocity, ...]:
        unvalued = self.speeds.get("", VelocityTally())
        by_currency = sorted((code, self.speeds[code]) for code in self.speeds if code)
        found = (speed.velocity(code, unvalued) for code, speed in by_currency)
        return tuple(velocity for velocity in found if velocity is not None)

    def _won_per_day(self) -> tuple[Money, ...]:
        if self.asked.closed_in is None or not self.asked.closed_in.has_beginning:
            return ()
        days = self.asked.days_passed(self.asked.closed_in)
        exact = {code: Fraction(won) / days for code, (won, _) in self.closed_value.items() if won}
        return tuple(payable_fraction(each, code) for code, each in sorted(exact.items()))

    def figures(self) -> dict[str, Any]:
        """Return the fields of a report."""
        asked, stages = self.asked, self._stages()
        days = Days.of({day: times for day, times in self.days.items() if day >= 0})
        ordered = sorted(self.periods.items(), key=lambda pair: pair[0].since)
        return {
            "at": asked.at,
            "stages": stages,
            "days_to_win": days,
            "losses": self.losses.losses(),
            "lost_also": self.losses.lost_also(),
            "lost_to": self.losses.lost_to(),
            "period": asked.closed_in and self.period.as_value(asked.closed_in),
            "periods": tuple(tally.as_value(period) for period, tally in ordered),
            "value_closed": tuple(
                (code, won, closed)
                for code, (won, closed) in sorted(self.closed_value.items())
                if not self.below_zero[code]
            ),
            "without_value": self.without_value,
            "velocity": self._velocities(),
            "won_per_day": self._won_per_day(),
            "ageing": self.ages.ageing(),
            "uncounted": by_frequency(self.uncounted),
            "problems": self._problems(),
        }
