"""The forecast: what was won in each period, and what is expected in it, exactly weighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text
from ..opportunities.opportunity import Opportunity
from ..opportunities.probability import ProbabilityOrigin
from ..opportunities.valuing import counted_amount
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, maybe
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from ..values.money import Money
from ..values.rates import Rates
from .apart import Apart, groups_as_data, said_groups
from .expected_row import ExpectedRow
from .figures import Figures, html_of
from .forecast_categories import ForecastCategories, ForecastCategory
from .forecast_figures import category_figures, expected_figures, target_figures
from .forecast_row import ForecastRow
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, labelled, zone_field
from .nouns import deals_then
from .valued import Valuing

_OTHER_CURRENCY = Text(
    "target_in_other_currency",
    "{field} is not in the currency of the rates",
    "an amount in {currency}",
)
_CHANCES_OF_STAGES = Text(
    "chances_of_stages",
    "weighted by the usual chance of their stage, since none was told: {count:,}",
)
_LAST_YEAR = 2098


@attrs.frozen(kw_only=True)
class Forecast:
    """
    What is expected, period by period; ``slipped`` and ``undated`` deals stand apart.

    A deal has slipped if the day on which it was expected has passed.

    >>> from datetime import UTC
    >>> print(forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    forecast at 2026-03-02 00:00 UTC
    2026-03: 0 won, 0 open
    slipped: 0 won, 0 open
    undated: 0 won, 0 open
    """

    at: datetime
    rows: tuple[ForecastRow, ...]
    slipped: ForecastRow
    undated: ForecastRow
    target: Money | None = None
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, Forecast] = attrs.field(factory=FrozenMap[str | None, "Forecast"])
    zone: tzinfo = zone_field()

    def coverage(self, label: str) -> float | None:
        """
        Return by how much the open deals of a period cover what is missing to the target.

        ``None`` without a target, where it is reached, and for a period that is not there.

        >>> from datetime import UTC
        >>> forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).coverage("2026-03") is None
        True
        """
        row, missing = self._row(label), self.missing(label)
        if row is None or missing is None or not missing.amount:
            return None
        return float(row.open.in_currency(missing.currency).amount / missing.amount)

    def missing(self, label: str) -> Money | None:
        """
        Return what is missing to the target of a period: nothing once it is reached.

        ``None`` without a target, and for a period that is not there.

        >>> from datetime import UTC
        >>> found = forecast([], at=datetime(2026, 3, 2, tzinfo=UTC), target=Money(900, "EUR"))
        >>> print(found.missing("2026-03"))
        900 EUR
        """
        row, target = self._row(label), self.target
        if row is None or target is None:
            return None
        return max(target - row.won.in_currency(target.currency), Money.zero(target.currency))

    def _row(self, label: str) -> ForecastRow | None:
        return next((row for row in self.rows if row.label == label), None)

    def is_reached(self, label: str) -> bool:
        """
        Tell whether what was won in a period has reached the target.

        >>> from datetime import UTC
        >>> forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).is_reached("2026-03")
        False
        """
        missing = self.missing(label)
        return missing is not None and not missing.amount

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a chart.

        >>> from datetime import UTC
        >>> len(forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["rows"])
        1
        """
        return {
            "at": self.at.isoformat(),
            "target": None if self.target is None else str(self.target),
            "rows": [
                {
                    **row.as_data(),
                    "missing": None if (gap := self.missing(row.label)) is None else str(gap),
                    "coverage": self.coverage(row.label),
                    "reached": self.is_reached(row.label),
                }
                for row in self.rows
            ],
            "slipped": self.slipped.as_data(),
            "undated": self.undated.as_data(),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Print it, a period a line."""
        lines = [f"forecast at {said_instant(self.at, self.zone)}"]
        for row in self.rows:
            cover = self.coverage(row.label)
            said = "" if cover is None else f", {cover:.1f} times what is missing"
            lines.append(f"{row}{', reached' if self.is_reached(row.label) else said}")
        lines += [str(self.slipped), str(self.undated), *map(str, self.problems)]
        return "\n".join([*lines, *said_groups(self.groups, self.labels)])

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> from datetime import UTC
        >>> forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[1]
        'won'
        """
        lines = (*self.rows, self.slipped, self.undated)
        told = [(r.label, self.missing(r.label), self.coverage(r.label)) for r in self.rows]
        return (
            expected_figures(lines, self.problems),
            *category_figures(lines),
            *target_figures(self.target, told),
        )

    def _repr_html_(self) -> str:
        return html_of(self)


def forecast(
    opportunities: Iterable[Opportunity],
    *,
    at: datetime,
    every: Every | str = Every.MONTH,
    categories: Mapping[str, ForecastCategory | str] | None = None,
    target: Money | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
    rates: Rates | None = None,
) -> Forecast:
    """
    Tell what was won in each period and what is expected in it, as it was known then.

    The first period is that of the instant. What was won before it is not shown.

    Args:
        opportunities: the deals; lost ones count for nothing.
        at: the instant.
        every: week, month, quarter or year.
        categories: the category of a stage, by its name; a deal's own word in its details, under
            forecast_category, wins, such as "Best Case".
        target: what is to be won in each period.
        group: a fact by its path, a rule, or week, month, quarter or year of the opening.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.
        rates: dated rates into one currency, that of the target; open deals take that of the day
            of the instant, won ones that of their closing.

    >>> from datetime import UTC
    >>> monday, june = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 30)
    >>> deal = Opportunity.open(id="7", amount=Money(90, "EUR"), expected_close=june, at=monday)
    >>> print(forecast([deal.move("propose", at=monday)], at=monday).rows[0])
    2026-06: 0 won, 1 open (90 EUR), weighted 45 EUR
    """
    now, days, valuing = instant(at), calendar_of(calendar), Valuing(rates)
    unit, today = choice(Every, every, "every"), days.day_of(now)
    sure = ForecastCategories(categories)
    _check_target(target, rates)
    first = days.period(today, unit)
    grouping = Grouping.of(group, known, at=now, calendar=days, noun=Opportunity, by_day=True)
    apart = Apart(_Expectations, grouping)
    for deal in deals_then(opportunities, at=now):
        sure.know(deal.pipeline)
        place = _place(deal, first, today, days, unit)
        if place is not None:
            amount = valuing.of(deal, counted_amount(deal), on=today)
            weighted = None if deal.closing else valuing.of(deal, deal.weighted, on=today)
            category = None if deal.closing else sure.of(deal)
            for counts in apart.counts_of(deal):
                counts.row(place).add(deal, category, amount, weighted)
    dated = [place for place in apart.whole.rows if isinstance(place, Period)]
    last = max([first, *dated], key=lambda period: period.since)
    periods = days.periods(first.since, last.since, unit)

    def as_value(counts: _Expectations) -> Forecast:
        return Forecast(
            at=now,
            rows=tuple(counts.row(p).as_row(p.label, period=p) for p in periods),
            slipped=counts.row("slipped").as_row("slipped"),
            undated=counts.row("undated").as_row("undated"),
            target=target,
        )

    whole = as_value(apart.whole)
    problems = (*sure.problems(), *valuing.problems(), *_untold_chances(whole))
    found = attrs.evolve(whole, problems=problems, groups=apart.groups(as_value))
    return labelled(found, apart.labels, days.zone)


def _untold_chances(found: Forecast) -> Iterator[Problem]:
    """Say how many are weighted by a chance that no one gave them."""
    rows = (*found.rows, found.slipped, found.undated)
    of_stages = (row.origins.get(ProbabilityOrigin.STAGE) for row in rows)
    if count := sum(total.count for total in of_stages if total):
        yield _CHANCES_OF_STAGES.problem(is_error=False, count=count)


def _check_target(target: Money | None, rates: Rates | None) -> None:
    goal = maybe(Money, target, "target")
    if goal is not None and rates is not None and goal.currency != rates.into:
        raise InvalidValue("target", _OTHER_CURRENCY, {"currency": rates.into})


def _place(
    deal: Opportunity, first: Period, today: date, days: Calendar, unit: Every
) -> Period | str | None:
    """Say in which row a deal belongs, if in any."""
    kind = deal.pipeline.stage(deal.stage).kind
    if kind is StageKind.WON:
        won_on = deal.closed_on
        return first if won_on is not None and won_on in first else None
    if kind is StageKind.LOST:
        return None
    # A day far ahead stands for no day.
    if deal.expected_close is None or deal.expected_close.year > _LAST_YEAR:
        return "undated"
    return "slipped" if deal.expected_close < today else days.period(deal.expected_close, unit)


class _Expectations:
    """What was found of one group, by period."""

    def __init__(self) -> None:
        self.rows: dict[Period | str, ExpectedRow] = {}

    def row(self, place: Period | str) -> ExpectedRow:
        """Give the counts of a period, or of those without one."""
        return self.rows.setdefault(place, ExpectedRow())
