"""One page for a sales meeting: the pictures, and below each the figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape

import attrs

from ..analytics.cohorts import Cohorts
from ..analytics.forecast import Forecast
from ..analytics.funnel import Funnel
from ..analytics.labels import NO_LABELS
from ..analytics.report_value import Report
from ..errors import WrongKind
from ..values.calendar import CalendarKind, Period
from ..values.converters import choice, several, visible_line
from .figure_table import figure_table, said_label
from .given_labels import given_labels, refuse_misspelt
from .language import Language
from .notes import SHARES, has_shares
from .picture import Picture, currencies_of, drawn
from .titles import COUNTED, name_of

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "section{overflow-x:auto}svg{max-width:100%;height:auto}"
    "table{border-collapse:collapse;margin:1rem 0}"
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
        labels: what people call a stage, a reason or a group, by its code; its label, unless given.
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
    shown = _Shown(words, given_labels(labels), kind)
    given = several(object, found, "found")
    refuse_misspelt(shown.labels, given)
    has_period = any(_asked_of(each)[1] for each in given)
    parts = [shown.section(each, has_period=has_period) for each in given]
    if any(has_shares(each) for each in given if isinstance(each, COUNTED)):
        parts.append(f'<p dir="auto">{escape(SHARES[tuple(Language).index(words)])}</p>')
    way, begin = ("rtl", "right") if words.is_leftward else ("ltr", "left")
    # Where the page begins its lines, also of a cell or a heading that has numbers alone.
    style = f"{_STYLE}h2,h3,p,th,td{{text-align:{begin}}}"
    return (
        f'<!doctype html><html lang="{words}" dir="{way}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{style}</style></head><body><h1>{heading}</h1>{''.join(parts)}</body></html>"
    )


def _asked_of(found: object) -> tuple[str, Period | None]:
    """Tell the period that was asked for, of a funnel or a report, and what happened in it."""
    if isinstance(found, Funnel):
        return "entered", found.entered
    return "closed_in", found.period.period if isinstance(found, Report) and found.period else None


@attrs.frozen
class _Shown:
    """How all on one page is shown: in which language, by which labels, by which calendar."""

    words: Language
    labels: Mapping[str, str]
    calendar: CalendarKind | None

    def section(self, found: object, *, has_period: bool) -> str:
        """Show one thing that was counted: its pictures, its tables, and its groups below."""
        parts = [f"<h2>{escape(name)}</h2>"] if (name := name_of(found, self.words)) else []
        if has_period:
            parts.append(f'<p dir="auto">{self._part(*_asked_of(found))}</p>')
        parts += self._tables(found)
        labels = found.labels if isinstance(found, COUNTED) else NO_LABELS
        for name, group in getattr(found, "groups", {}).items():
            called = self.words.label(said_label(labels.group(name), self.words, self.labels))
            parts += [f'<h3 dir="auto">{escape(called)}</h3>', *self._tables(group)]
        return f"<section>{''.join(parts)}</section>"

    def _part(self, happened: str, period: Period | None) -> str:
        """Say of which part the figures are, where one of a period stands on the page."""
        if period is None:
            return escape(self.words.word("all_deals"))
        days = self.words.days(period, calendar=self.calendar)
        return f"{escape(self.words.word(happened).capitalize())}{self.words.colon}{days}"

    def _tables(self, found: object) -> Iterable[str]:
        """Show the pictures, and below them the tables."""
        yield from map(str, self._pictures(found))
        if isinstance(found, COUNTED):
            for table in found.figures():
                yield figure_table(table, self.words, self.labels)
            return
        shown = getattr(found, "_repr_html_", None)
        if shown is None or isinstance(found, type):
            raise WrongKind.of("found", found, wanted="what analytics counted, such as a Funnel")
        yield str(shown())

    def _pictures(self, found: object) -> Iterable[Picture]:
        draw = partial(drawn, found, self.words, self.labels, self.calendar)
        if isinstance(found, (Funnel, Cohorts)):
            yield draw()
        elif isinstance(found, Forecast):
            for currency in currencies_of(found) or ("",):
                yield draw(currency=currency)
