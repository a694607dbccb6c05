"""One page for a sales meeting: the pictures, and below each the figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ..analytics.cohorts import Cohorts
from ..analytics.forecast import Forecast
from ..analytics.funnel import Funnel
from ..analytics.movement import Movement
from ..analytics.proportion import Proportion
from ..analytics.report_value import Report
from ..analytics.slippage import Slippage
from ..analytics.stage_times import StageTimes
from ..analytics.time_to_win import TimeToWin
from ..errors import WrongKind
from ..values.calendar import CalendarKind, Period
from ..values.converters import choice, several, visible_line
from .figure_table import figure_table
from .language import Language
from .notes import SHARES
from .picture import Picture, currencies_of, picture

_COUNTED = (
    *(Funnel, StageTimes, TimeToWin, Cohorts),
    *(Report, Movement, Forecast, Slippage),
)
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{border:1px solid #ccc;padding:.2rem .6rem}pre{overflow:auto}"
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
    given = several(object, found, "found")
    for each in given:
        period = each.period.period if isinstance(each, Report) and each.period else None
        if period is not None or is_of_a_period:
            parts.append(_heading(period, words, kind))
        is_of_a_period = period is not None
        parts += _shown(each, words, labels, calendar)
        for name, group in getattr(each, "groups", {}).items():
            called = words.word("not_known") if name is None else words.label(name)
            parts.append(f'<h3 dir="auto">{escape(called)}</h3>')
            parts += _shown(group, words, labels, calendar)
    if any(_has_shares(each) for each in given):
        parts.append(f'<p dir="auto">{escape(SHARES[tuple(Language).index(words)])}</p>')
    way, begin = ("rtl", "right") if words.is_leftward else ("ltr", "left")
    # Where the page begins its lines, also of a cell or a heading that has numbers alone.
    style = f"{_STYLE}h3,p,th,td{{text-align:{begin}}}"
    return (
        f'<!doctype html><html lang="{words}" dir="{way}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{style}</style></head><body><h1>{heading}</h1>"
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


def _shown(
    found: object,
    words: Language,
    labels: Mapping[str, str] | None,
    calendar: CalendarKind | str | None,
) -> Iterable[str]:
    """Show the pictures of one thing that was counted, and below them its tables."""
    yield from map(str, _pictures(found, words, labels, calendar))
    yield from _figures(found, words, labels)


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


def _figures(found: object, words: Language, labels: Mapping[str, str] | None) -> Iterable[str]:
    """Show what was counted as tables, in the language where there are words for it."""
    if isinstance(found, _COUNTED):
        for table in found.figures():
            yield figure_table(table, words, labels or {})
        return
    shown = getattr(found, "_repr_html_", None)
    if shown is None or isinstance(found, type):
        raise WrongKind.of("found", found, wanted="what analytics counted, such as a Funnel")
    yield str(shown())


def _has_shares(found: object) -> bool:
    """Tell whether a table of it has a share, which wants to be explained once."""
    tables = found.figures() if isinstance(found, _COUNTED) else ()
    cells = (cell for table in tables for row in table.rows for cell in row)
    return any(isinstance(cell, Proportion) and cell.whole for cell in cells)
