"""The forecast: what was won in each period, and what is expected in it, exactly weighted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from html import escape
from typing import Any

import attrs

from ..history.timeline import as_of
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, maybe, one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.money import Money
from .nouns import nouns_of
from .total import Total

_LAST_YEAR = 2098


class ForecastCategory(StrEnum):
    """
    How sure a deal is held to be; an open deal is in the pipeline unless it is said otherwise.

    >>> ForecastCategory("best_case").name
    'BEST_CASE'
    """

    OMITTED = "omitted"
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"


@attrs.frozen(kw_only=True)
class ForecastRow:
    """
    One period, or those without one: what was won, and what is open, by category and weighted.

    ``weighted`` adds up each amount times its own chance; deals without a chance or an amount are
    ``unweighted`` and count for nothing in it.

    >>> print(ForecastRow(label="2026-06", won=Total(), open=Total()))
    2026-06: 0 won, 0 open
    """

    label: str
    won: Total
    open: Total
    period: Period | None = None
    weighted: tuple[Money, ...] = ()
    unweighted: int = 0
    categories: FrozenMap[ForecastCategory, Total] = attrs.field(
        factory=FrozenMap[ForecastCategory, Total]
    )

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; amounts are texts, since they are exact.

        >>> ForecastRow(label="2026-06", won=Total(), open=Total()).as_data()["unweighted"]
        0
        """
        return {
            "label": self.label,
            "won": self.won.as_data(),
            "open": self.open.as_data(),
            "weighted": Total(0, self.weighted).as_data()["value"],
            "unweighted": self.unweighted,
            "categories": {name.value: t.as_data() for name, t in self.categories.items()},
        }

    def __str__(self) -> str:
        """Say what was won, what is open, and what that comes to."""
        parts = [_said(self.won, "won"), _said(self.open, "open")]
        if self.weighted:
            parts.append("weighted " + ", ".join(map(str, self.weighted)))
        if self.unweighted:
            parts.append(f"{self.unweighted:,} without a chance or an amount")
        return f"{self.label}: " + ", ".join(parts)


@attrs.frozen(kw_only=True)
class Forecast:
    """
    What is expected, period by period; ``slipped`` and ``undated`` deals stand apart.

    A deal has slipped if the day on which it was expected has passed.

    >>> from datetime import UTC
    >>> print(forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    2026-03: 0 won, 0 open
    slipped: 0 won, 0 open
    undated: 0 won, 0 open
    """

    at: datetime
    rows: tuple[ForecastRow, ...]
    slipped: ForecastRow
    undated: ForecastRow
    target: Money | None = None

    def coverage(self, label: str) -> float | None:
        """
        Return by how much the open deals of a period cover what is missing to the target.

        ``None`` without a target, where it is reached, and for a period that is not there.

        >>> from datetime import UTC
        >>> forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).coverage("2026-03") is None
        True
        """
        row = next((row for row in self.rows if row.label == label), None)
        if row is None or self.target is None:
            return None
        missing = self.target - _in(self.target.currency, row.won)
        if missing.amount <= 0:
            return None
        return float(_in(self.target.currency, row.open).amount / missing.amount)

    def is_reached(self, label: str) -> bool:
        """
        Tell whether what was won in a period has reached the target.

        >>> from datetime import UTC
        >>> forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)).is_reached("2026-03")
        False
        """
        row = next((row for row in self.rows if row.label == label), None)
        if row is None or self.target is None:
            return False
        return self.target <= _in(self.target.currency, row.won)

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
                    "coverage": self.coverage(row.label),
                    "reached": self.is_reached(row.label),
                }
                for row in self.rows
            ],
            "slipped": self.slipped.as_data(),
            "undated": self.undated.as_data(),
        }

    def __str__(self) -> str:
        """Print it, a period a line."""
        lines = []
        for row in self.rows:
            cover = self.coverage(row.label)
            said = "" if cover is None else f", {cover:.1f} times what is missing"
            lines.append(f"{row}{', reached' if self.is_reached(row.label) else said}")
        return "\n".join([*lines, str(self.slipped), str(self.undated)])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def forecast(
    opportunities: Iterable[Opportunity],
    *,
    at: datetime,
    every: Every | str = Every.MONTH,
    categories: Mapping[str, ForecastCategory | str] | None = None,
    target: Money | None = None,
    calendar: Calendar | None = None,
) -> Forecast:
    """
    Tell what was won in each period and what is expected in it, as it was known then.

    The first period is that of the instant. What was won before it is not shown.

    Args:
        opportunities: the deals; lost ones count for nothing.
        at: the instant.
        every: week, month, quarter or year.
        categories: the category of a stage, by its name; a deal's own word in its details, under
            forecast_category, wins.
        target: what is to be won in each period.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> monday, june = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 30)
    >>> deal = Opportunity.open(id="7", amount=Money(90, "EUR"), expected_close=june, at=monday)
    >>> print(forecast([deal.move("propose", at=monday)], at=monday).rows[0])
    2026-06: 0 won, 1 open (90 EUR), weighted 45 EUR
    """
    now, days = instant(at), calendar_of(calendar)
    unit, today = choice(Every, every, "every"), days.day_of(now)
    by_stage = {
        stage: choice(ForecastCategory, word, "categories")
        for stage, word in (categories or {}).items()
    }
    maybe(Money, target, "target")
    first = days.period(today, unit)
    found: dict[Period | str, _Expected] = {
        first: _Expected(),
        "slipped": _Expected(),
        "undated": _Expected(),
    }
    for noun in nouns_of(opportunities, "opportunities"):
        given = one(Opportunity, noun, "opportunities")
        if given.timeline[0].at > now:
            continue
        deal = given if given.timeline[-1].at <= now else as_of(given, at=now)
        place = _place(deal, first, today, days, unit)
        if place is not None:
            category = _category(deal, by_stage)
            found.setdefault(place, _Expected()).add(deal, category)
    last = max((p for p in found if isinstance(p, Period)), key=lambda period: period.since)
    periods = days.periods(first.since, last.since, unit)
    return Forecast(
        at=now,
        rows=tuple(found.get(p, _Expected()).as_row(p.label, period=p) for p in periods),
        slipped=found["slipped"].as_row("slipped"),
        undated=found["undated"].as_row("undated"),
        target=target,
    )


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


def _category(deal: Opportunity, by_stage: Mapping[str, ForecastCategory]) -> ForecastCategory:
    own = deal.details.get("forecast_category")
    if isinstance(own, str) and own in frozenset(ForecastCategory):
        return ForecastCategory(own)
    return by_stage.get(deal.stage, ForecastCategory.PIPELINE)


class _Expected:
    """What was found of one period."""

    def __init__(self) -> None:
        self.won: list[Money | None] = []
        self.weighted: list[Money | None] = []
        self.open: dict[ForecastCategory, list[Money | None]] = {}

    def add(self, deal: Opportunity, category: ForecastCategory) -> None:
        """Count a deal."""
        if deal.closing is not None:
            self.won.append(deal.amount)
            return
        self.open.setdefault(category, []).append(deal.amount)
        self.weighted.append(deal.weighted)

    def as_row(self, label: str, *, period: Period | None = None) -> ForecastRow:
        """Return what was found."""
        return ForecastRow(
            label=label,
            period=period,
            won=Total.of(self.won),
            open=Total.of(amount for amounts in self.open.values() for amount in amounts),
            weighted=Total.of(self.weighted).value,
            unweighted=sum(amount is None for amount in self.weighted),
            categories=FrozenMap[ForecastCategory, Total](
                {c: Total.of(self.open[c]) for c in ForecastCategory if c in self.open}
            ),
        )


def _in(currency: str, total: Total) -> Money:
    known = {money.currency: money for money in total.value}
    return known.get(currency, Money.zero(currency))


def _said(total: Total, what: str) -> str:
    worth = ", ".join(map(str, total.value))
    return f"{total.count:,} {what}" + (f" ({worth})" if worth else "")
