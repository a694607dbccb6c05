"""One page for a sales meeting: the pictures, and below each the figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ..analytics.cohorts import Cohorts
from ..analytics.forecast import Forecast
from ..analytics.funnel import Funnel
from ..analytics.report_value import Report
from ..errors import WrongKind
from ..values.calendar import CalendarKind, Period
from ..values.converters import choice, several, visible_line
from .figure_table import figure_table
from .language import Language
from .picture import Picture, currencies_of, picture

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{border:1px solid #ccc;padding:.2rem .6rem;text-align:start}pre{overflow:auto}"
)


def meeting_page(
    found: Iterable[object],
    *,
    title: str,
    language: Language | str = Language.ENGLISH,
    labels: Mapping[str, str] | None = None,
    calendar: CalendarKind | str | None = None,
) -> str:
    """
    Write one self-contained page of HTML: each picture, and its figures as a table.

    A forecast has a picture for each currency. What has no picture has its table alone. Nothing on
    the page is loaded from elsewhere, and nothing is run.

    Args:
        found: what was counted, such as a funnel and a forecast, in their order on the page.
        title: the heading.
        language: the language of the pictures and tables, and the direction of the page.
        labels: what people call a stage, by its name.
        calendar: by which days are written; the usual one of the language, unless given.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> page = meeting_page([funnel([], at=now)], title="Monday", language="fa")
    >>> page[:48]
    '<!doctype html><html lang="fa" dir="rtl"><head><'
    """
    words = choice(Language, language, "language")
    kind = None if calendar is None else choice(CalendarKind, calendar, "calendar")
    heading = escape(visible_line(title, "title"))
    parts = []
    is_of_a_period = False
    for each in several(object, found, "found"):
        period = each.period.period if isinstance(each, Report) and each.period else None
        if period is not None or is_of_a_period:
            parts.append(_heading(period, words, kind))
        is_of_a_period = period is not None
        parts += map(str, _pictures(each, words, labels, calendar))
        parts.append(_figures(each, words, labels))
    way = "rtl" if words.is_leftward else "ltr"
    return (
        f'<!doctype html><html lang="{words}" dir="{way}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{heading}</h1>"
        + "".join(f"<section>{part}</section>" for part in parts)
        + "</body></html>"
    )


def _heading(period: Period | None, words: Language, calendar: CalendarKind | None) -> str:
    """Say of which deals the figures below are, where a report of a period stands on the page."""
    if period is None:
        return f"<h2>{escape(words.word('all_deals'))}</h2>"
    first = words.day(period.since, calendar=calendar) if period.has_beginning else "…"
    last = words.day(period.last, calendar=calendar) if period.has_end else "…"
    return f"<h2>{escape(words.word('closed_in'))}: {first} – {last}</h2>"


def _pictures(
    found: object,
    words: Language,
    labels: Mapping[str, str] | None,
    calendar: CalendarKind | str | None,
) -> Iterable[Picture]:
    if isinstance(found, (Funnel, Cohorts)):
        yield picture(found, language=words, labels=labels, calendar=calendar)
    elif isinstance(found, Forecast):
        for currency in currencies_of(found) or ("",):
            yield picture(found, language=words, currency=currency, calendar=calendar)


def _figures(found: object, words: Language, labels: Mapping[str, str] | None) -> str:
    """Show what was counted as a table, in the language where there is one for it."""
    if isinstance(found, (Funnel, Cohorts, Forecast, Report)):
        return figure_table(found.figures(), words, labels or {})
    shown = getattr(found, "_repr_html_", None)
    if shown is None or isinstance(found, type):
        raise WrongKind.of("found", found, wanted="what analytics counted, such as a Funnel")
    return str(shown())
