"""The sheets of a filled-in call sheet: those on which leads stand, and the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..inputs.inputs import Readable, open_input
from ..rows.header import headers
from ..rows.records import Records
from ..rows.row_fault import RowFault
from .call_words import CALL_WORDS
from .filled_sheet import FilledSheet

_LONGEST_NAME = 60
_NO_LEADS = Text(
    "no_column_of_leads",
    "has no column {column}, by which its rows find back to their leads",
    "put it back from the sheet as it was written",
)
_NO_CALL_SHEET = Text("no_call_sheet", "the sheet {sheet} has no column {column}: it was not read")


def filled_sheets(
    input: Readable, *, encoding: str | None = None, sheet: str | None = None
) -> tuple[list[FilledSheet], list[RowFault]]:
    r"""
    Open a call sheet: each sheet on which leads stand, and what is to be said of the others.

    Raises `UnreadableFile` where no sheet has a column of leads.

    >>> from io import StringIO
    >>> filled_sheets(StringIO("Name,City\nSara,Paris"))
    Traceback (most recent call last):
    salesfunnel.errors.UnreadableFile: the file: has no column Lead, by which its rows find back ...
    """
    given = open_input(input, encoding=encoding, sheet=sheet)
    found: dict[str, FilledSheet] = {}
    others: dict[str, None] = {}
    for records in _first_fitting(headers(given), found):
        name = records.input.how.get("sheet", "")
        filled = FilledSheet.of(records, name)
        if filled is None:
            others[name] = None
        else:
            found[name] = filled
    if not found:
        raise UnreadableFile(given.name, _NO_LEADS, {"column": CALL_WORDS["en"].headers["lead"]})
    column = next(iter(found.values())).words.headers["lead"]
    unread = [
        RowFault(_NO_CALL_SHEET, {"sheet": shown(name, limit=_LONGEST_NAME), "column": column})
        for name in others
        if name not in found
    ]
    return list(found.values()), unread


def _first_fitting(
    candidates: Iterable[Records], found: Mapping[str, FilledSheet]
) -> Iterator[Records]:
    """Give each row that may be the header of a sheet, until one of that sheet was taken."""
    for records in candidates:
        if records.input.how.get("sheet", "") not in found:
            yield records
