"""What was counted as lines of text in a language, as the page of a meeting shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ..analytics.funnel import Funnel
from ..analytics.report_value import Report
from ..analytics.stage_times import StageTimes
from ..analytics.text_rows import text_rows
from ..values.calendar import CalendarKind
from .figure_table import said_label, table_cells
from .language import Language
from .notes import SHARES, has_shares, note_said
from .titles import title_of

Printed = Funnel | Report | StageTimes
"""What the commands print."""


def text_of(
    found: Printed, words: Language = Language.ENGLISH, *, calendar: CalendarKind | None = None
) -> str:
    """
    Say what was counted: in English as it prints itself, else by its tables.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> said = text_of(funnel([Opportunity.open(id="7", at=monday)], at=monday), Language.FRENCH)
    >>> said.splitlines()[0], "Rendez-vous" in said
    ('Entonnoir, 02/03/2026', True)
    """
    if words is Language.ENGLISH:
        return str(found)
    lines = [title_of(found, words, calendar), *_tables(found, words)]
    if has_shares(found):
        lines.append(SHARES[tuple(Language).index(words)])
    return "\n".join(lines)


def _tables(found: Printed, words: Language) -> Iterator[str]:
    tables = found.printed_figures() if isinstance(found, Funnel) else found.figures()
    for place, figures in enumerate(tables):
        if figures.rows:
            yield from [""] * bool(place)
            heads, rows = table_cells(figures, words, {})
            for line in text_rows(heads, rows, names=figures.names, is_leftward=words.is_leftward):
                yield f"  {line}"
        yield from (f"  {note_said(note, words)[0]}" for note in figures.notes)
    for name, group in found.groups.items():
        yield ""
        called = words.label(said_label(found.labels.group(name), words, {}))
        yield f"{called}{words.colon}".rstrip(" ")
        yield from _tables(group, words)
