"""The call sheet: whom to call, how, why, and what to ask, with a cell for each answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path

import attrs

from ...analytics.ranking import Ranked
from ...errors import InvalidValue, Text, WrongKind
from ...leads.judging import stage_kind
from ...leads.lead import Lead
from ...pipeline.stage import StageKind
from ...qualification.scorecard import Scorecard
from ...values import converters
from ..writing.csv_output import write_csv
from ..writing.excel_output import write_workbook
from ..writing.excel_sheet import SheetLook
from ..writing.replaced_file import path_of, replaced
from ..writing.tables import Table
from .call_questions import asked
from .call_tables import call_tables, look_of
from .call_translations import question_in
from .call_words import call_words

_KINDS = Text(
    "kind_of_call_sheet", "{field} is neither a workbook nor CSV", "calls.xlsx, calls.csv"
)
_TOP = Text("top_of_ranking", "{field} is not a number of leads", "such as 50")


@attrs.frozen
class CallSheet:
    """
    What a call sheet holds: how many leads, on which sheets, and how many were left out.

    >>> print(CallSheet(50, ("Ani",), closed=3, below=120))
    50 leads on 1 sheet; left out: 3 that are closed, 120 below the top
    """

    leads: int
    sheets: tuple[str, ...]
    closed: int = attrs.field(default=0, kw_only=True)
    """How many leads are converted or given up, and so not called."""
    below: int = attrs.field(default=0, kw_only=True)
    """How many stand below the ``top``."""

    def __str__(self) -> str:
        """Say it in one line."""
        sheets = len(self.sheets)
        line = f"{self.leads:,} {'lead' if self.leads == 1 else 'leads'} on "
        line += f"{sheets} {'sheet' if sheets == 1 else 'sheets'}"
        left = [f"{self.closed:,} that are closed"] * bool(self.closed)
        left += [f"{self.below:,} below the top"] * bool(self.below)
        return f"{line}; left out: {', '.join(left)}" if left else line


def write_ranking(
    ranked: Iterable[Ranked[Lead]],
    target: str | os.PathLike[str],
    *,
    questions: Mapping[str, str] | Scorecard | None = None,
    top: int | None = None,
    language: str = "",
    zone: tzinfo = UTC,
) -> CallSheet:
    """
    Write a ranking as a call sheet, ``.xlsx`` or ``.csv``, to be filled in for `read_calls`.

    A row says who it is, how to reach them, why they stand there, what is planned and what to ask
    first; then comes a cell for each answer, in which stands what is known, and cells for the call.
    In a workbook each owner has a sheet. Leads that are closed are left out, and so is an address
    by which they do not want to be approached.

    Args:
        ranked: what `analytics.rank` gives.
        target: the file; what stands there stays until the new one is whole.
        questions: what to ask, by the names of the answers, or the criteria of a scorecard; all
            that the policy of the ranking asks, unless given.
        top: how many leads at most, the best of all that are open.
        language: of headers and words: en, fa, hy or fr; that of the questions, unless given. The
            questions that come with the library are asked in it; others stay as they are. A
            Persian sheet runs from right to left.
        zone: in which zone the days are.

    Raises `UnwritableFile` where the target cannot be written, and `InvalidValue` where Excel
    cannot hold the sheet or XlsxWriter is not installed.

    >>> import tempfile
    >>> from datetime import datetime
    >>> from salesfunnel.analytics import rank
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", phone="+98 912 123 4567", at=monday)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write_ranking(rank([lead], BANT, at=monday), Path(folder, "calls.xlsx")))
    1 lead on 1 sheet
    """
    save = _writer_of(path_of(target))
    if top is not None and (type(top) is not int or top < 0):
        raise InvalidValue("top", _TOP)
    given = converters.several(Ranked, ranked, "ranked")
    if odd := next((one.lead for one in given if not isinstance(one.lead, Lead)), None):
        raise WrongKind.of("ranked", odd, wanted="leads, since rows have no timeline")
    called = [one for one in given if stage_kind(one.lead) is StageKind.OPEN]
    chosen = called[:top]
    told = asked(questions, [one.assessment for one in chosen])
    slots = {slot: question_in(language, text) for slot, text in told.items()}
    words = call_words(language, slots.values())
    tables = call_tables(chosen, slots, words, by_owner=save is _save_workbook, zone=zone)
    with replaced(target) as path:
        save(tables, path, look_of(slots, words))
    return CallSheet(
        len(chosen),
        tuple(table.name for table in tables),
        closed=len(given) - len(called),
        below=len(called) - len(chosen),
    )


def _writer_of(target: Path) -> Callable[[Sequence[Table], Path, SheetLook], None]:
    kinds = {".xlsx": _save_workbook, ".csv": _save_csv}
    if target.suffix.lower() not in kinds:
        raise InvalidValue("target", _KINDS)
    return kinds[target.suffix.lower()]


def _save_workbook(tables: Sequence[Table], path: Path, look: SheetLook) -> None:
    write_workbook(tables, path, look=look)


def _save_csv(tables: Sequence[Table], path: Path, _look: SheetLook) -> None:
    write_csv(tables[0], path)
