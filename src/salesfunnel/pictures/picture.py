"""Draw what was counted: one verb for the funnel, the cohorts and the forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import attrs

from ..analytics.cohorts import Cohorts
from ..analytics.forecast import Forecast
from ..analytics.funnel import Funnel
from ..errors import InvalidValue, Text, WrongKind
from ..values.calendar import CalendarKind
from ..values.converters import choice, one
from .cohort_map import cohort_map
from .figure_table import said_label
from .forecast_columns import forecast_columns
from .funnel_bars import funnel_bars
from .given_labels import given_labels, refuse_misspelt
from .language import Language
from .titles import title_of

_LIMIT = 6_000  # bytes: what a page or a mail bears a dozen times
_ROWS = 13  # a year of months, and one
_WINDOWS = 8
_TOO_MANY = Text("picture_windows", "{field} has more times than a picture", "at most {most}")
_CURRENCIES = Text("picture_currency", "{field} is not named, and there are several", "{known}")
_NOT_THERE = Text("picture_no_currency", "{field} is not in this forecast", "{known}")
RowT = TypeVar("RowT")


@attrs.frozen
class Picture:
    """
    A picture as SVG text of at most 6,000 bytes; in a notebook it shows itself.

    >>> str(Picture("<svg/>"))
    '<svg/>'
    """

    svg: str

    def __str__(self) -> str:
        """Give the SVG text."""
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


def picture(
    found: Funnel | Cohorts | Forecast,
    *,
    language: Language | str = Language.ENGLISH,
    labels: Mapping[str, str] | None = None,
    title: str = "",
    currency: str = "",
    calendar: CalendarKind | str | None = None,
) -> Picture:
    """
    Draw a funnel, cohorts or a forecast.

    What has no room is counted in the picture: the middle stages of a long funnel, the earliest
    cohorts, the latest periods. Raises `WrongKind` for anything else, and `InvalidValue` where
    several currencies are there and none is named.

    Args:
        found: what was counted.
        language: en, fa, hy or fr: its words, digits and direction. Time always runs rightward.
        labels: what people call a stage, by its name; its label, unless given.
        title: the line above it; what it is, of which stage and day, unless given.
        currency: the currency of a forecast; its target's, or the only one, unless given.
        calendar: by which that day is written; the usual one of the language, unless given.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> drawn = picture(funnel([Opportunity.open(id="7", at=monday)], at=monday), language="fr")
    >>> "1 entrés, 0 ont continué, 1 encore là" in drawn.svg
    True
    """
    words = choice(Language, language, "language")
    kind = None if calendar is None else choice(CalendarKind, calendar, "calendar")
    names = given_labels(labels)
    refuse_misspelt(names, [found])
    one(str, title, "title")
    return drawn(found, words, names, kind, title=title, currency=currency)


def drawn(
    found: object,
    words: Language,
    names: Mapping[str, str],
    kind: CalendarKind | None,
    *,
    title: str = "",
    currency: str = "",
) -> Picture:
    """
    Draw what was counted, as it was asked for in a picture or on a page.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import forecast
    >>> found = forecast([], at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> drawn(found, Language.ENGLISH, {}, None).svg[:4]
    '<svg'
    """
    if isinstance(found, Funnel):
        said = title or title_of(found, words, kind)
        draw = partial(funnel_bars, found, words=words, labels=names, title=said)
        return _fitting(found.used_steps, draw, _without_middle)
    if isinstance(found, Cohorts):
        if len(found.within) > _WINDOWS:
            raise InvalidValue("within", _TOO_MANY, {"most": _WINDOWS})
        stage = said_label(found.labels.stage(found.to or "won"), words, names)
        said = title or words.dated("cohorts", found.at.date(), of=stage, calendar=kind)
        return _fitting(
            found.rows,
            partial(cohort_map, found, words=words, title=said),
            lambda rows, count: rows[len(rows) - count :],
        )
    if isinstance(found, Forecast):
        said = title or words.dated("forecast", found.at.date(), calendar=kind)
        code = _currency(found, one(str, currency, "currency"))
        draw = partial(forecast_columns, found, words=words, currency=code, title=said)
        return _fitting(found.rows, draw, lambda rows, count: rows[:count])
    raise WrongKind.of("found", found, wanted="a Funnel, Cohorts or a Forecast")


def _fitting(
    rows: Sequence[RowT],
    draw: Callable[[Sequence[RowT]], str],
    fewer: Callable[[Sequence[RowT], int], Sequence[RowT]],
) -> Picture:
    """Draw as many rows as have room."""
    count = min(len(rows), _ROWS)
    svg = draw(fewer(rows, count))
    while (size := len(svg.encode())) > _LIMIT:
        count = min(count - 1, count * _LIMIT // size)
        svg = draw(fewer(rows, count))
    return Picture(svg)


def _without_middle(steps: Sequence[RowT], count: int) -> Sequence[RowT]:
    """Keep the first steps and the last one."""
    return steps if count >= len(steps) else [*steps[: max(count - 1, 0)], *steps[-1:][:count]]


def currencies_of(found: Forecast) -> tuple[str, ...]:
    """
    List the currencies of a forecast and its target; each has a picture of its own.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import forecast
    >>> currencies_of(forecast([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    ()
    """
    rows = [*found.rows, found.slipped, found.undated]
    known = {m.currency for row in rows for total in (row.won, row.open) for m in total.value}
    if found.target is not None:
        known.add(found.target.currency)
    return tuple(sorted(known))


def _currency(found: Forecast, named: str) -> str:
    known = currencies_of(found)
    said = {"known": ", ".join(known) or "no currency at all"}
    if named:
        if named not in known:
            raise InvalidValue("currency", _NOT_THERE, said)
        return named
    if found.target is not None:
        return found.target.currency
    if len(known) > 1:
        raise InvalidValue("currency", _CURRENCIES, said)
    return known[0] if known else ""
