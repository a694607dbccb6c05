"""The option ``--history``: a stage history beside the leads or deals of a command."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from ..analytics.stage_times import StageTimes, stage_times
from ..errors import InvalidValue, Text
from ..interop.combining import Combined, combine
from ..interop.mapping.mapping import FileMapping
from ..interop.rows.import_report import ImportReport
from ..interop.rows.reading import FileReading
from ..interop.stage_lines import StageLine, read_stage_history
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pictures.figure_text import text_of
from ..pictures.language import Language
from ..values.calendar import CalendarKind
from .contradictions_told import contradictions_told
from .given import by_given_format, rows_as_data, told_of_rows
from .output import watched, write

_UNTOLD = Text("not_in_history", "not timed, since no line of the history is about them: {count:,}")
_NOT_APART = Text(
    "history_is_the_list",
    "{field} is the list itself, which tells no stage but the one in which each is now",
    "name a file that tells when which stage was entered",
)


@attrs.frozen
class HistoryRead:
    """
    Leads and deals with the history of their stages, and what is to be said about it.

    >>> HistoryRead(combine(at=datetime.fromisoformat("2026-03-02T09:00Z")), {}).as_data()
    {'contradictions': [], 'history': {}}
    """

    combined: Combined
    rows: dict[str, object]
    times: StageTimes | None = None
    account: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Give for JSON what became of the rows, how long the stages took, and what is denied."""
        found = self.combined.contradictions
        times = {"stage_times": self.times.as_data()} if self.times else {}
        return {
            **times,
            "contradictions": [one.as_data() for one in found],
            "history": self.rows,
        }

    def lines(self, language: Language, calendar: CalendarKind) -> Iterator[str]:
        """Say how long deals stood in each stage, what the files contradict, and of its rows."""
        if self.times:
            yield text_of(self.times, language, calendar=calendar)
        for line in contradictions_told(self.combined.contradictions):
            yield f"  contradiction: {line}"
        yield from self.account


@attrs.frozen
class HistoryLines:
    """The lines of the history that a command was given, and what became of its rows."""

    lines: list[StageLine] = attrs.field(factory=list[StageLine], repr=False)
    rows: dict[str, object] = attrs.field(factory=dict[str, object])
    account: tuple[str, ...] = ()
    path: Path = Path()
    sheet: str | None = None


def given_history(options: argparse.Namespace, mapping: FileMapping | None) -> HistoryLines | None:
    """
    Read the stage history that a command was given, if any.

    >>> given_history(argparse.Namespace(history=None), None)
    """
    if not options.history:
        return None
    has_history = mapping is not None and mapping.history.columns
    reading = read_stage_history(
        Path(options.history),
        mapping=mapping if has_history else None,
        encoding=options.encoding,
        sheet=options.history_sheet,
        strict=options.strict,
    )
    reading = by_given_format(reading, options)
    with ImportReport() as report, closing(watched(reading)) as rows:
        lines = [row.entity for row in report.accepted_of(rows)]
        account = tuple(told_of_rows(report, reading, of=options.history))
        path, sheet = Path(options.history), reading.how.get("sheet")
        return HistoryLines(lines, rows_as_data(report), account, path, sheet)


def check_apart(told: HistoryLines | None, path: Path, reading: FileReading[Any]) -> None:
    """
    Refuse a history that is the list itself; a workbook may hold both, each in its sheet.

    >>> from io import StringIO
    >>> from salesfunnel.interop.opportunities import read_opportunities
    >>> at = datetime.fromisoformat("2026-03-02T09:00Z")
    >>> check_apart(None, Path("deals.csv"), read_opportunities(StringIO("Deal,Stage"), at=at))
    """
    if told and path.samefile(told.path) and reading.how.get("sheet") == told.sheet:
        raise InvalidValue("--history", _NOT_APART)


def history_put_in(
    told: HistoryLines,
    mapping: FileMapping | None,
    *,
    at: datetime,
    leads: Iterable[Lead] = (),
    opportunities: Iterable[Opportunity] = (),
) -> HistoryRead:
    """Put the lines of a history on the timelines of the leads and deals of a command."""
    nouns: dict[str, Any] = {"leads": leads, "opportunities": opportunities}
    combined = combine(**nouns, history=told.lines, at=at, mapping=mapping)
    # Of one that no line is about it is not known how long it stood where.
    named = {line.of for line in told.lines}
    every: list[Any] = [*combined.leads, *combined.opportunities]
    known = [noun for noun in every if noun.id in named]
    times = _times(known, len(every), at=at) if known else None
    return HistoryRead(combined, told.rows, times, told.account)


def _times(known: list[Any], count: int, *, at: datetime) -> StageTimes:
    """Tell how long those stood in their stages of which the history tells, and of how many not."""
    times = stage_times(known, at=at)
    if count == len(known):
        return times
    untold = _UNTOLD.problem(is_error=False, count=count - len(known))
    return attrs.evolve(times, problems=(*times.problems, untold))


def write_history(
    history: HistoryRead | None, language: Language, *, calendar: CalendarKind
) -> None:
    """Print it for people, if a history was given."""
    if history is not None:
        write(history.lines(language, calendar), end="\n")
