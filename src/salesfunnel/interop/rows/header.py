"""The header of a list: the names of its columns, or why no row below it could be understood."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..cells.cell_text import without_controls
from .grouped_header import in_groups
from .records import Input, Record, Records
from .row_fault import Refused

_MOST_COLUMNS = 16_384
_LONGEST_HEADER = 1_000
_LONGEST_TITLE = 20
_FAULTY = Text("faulty_header", "its header {fault}")
_MISSING = Text(
    "no_header", "its header is missing", "let the names of the columns stand in the first row"
)
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")


def first_header(given: Input) -> Records:
    """Take the first row of a list that is not blank for its header."""
    found = next(given.rows(), None)
    return Records(given, column_names(given.name, found), found.row if found else 1)


def headers(given: Input) -> Iterator[Records]:
    """
    Give a list with each of its first rows for a header, in each way in which it may be meant.

    For lists that begin with a title; who knows the names of columns can tell. A title has fewer
    cells than the header below it, so a row with as many as one above it is never given.
    """
    for way in given.ways():
        yield from headers_of(way)


def headers_of(way: Input) -> Iterator[Records]:
    """
    Give a list with each of its first rows for a header, as it is meant in one way.

    Where the row above names groups of columns, what stands in it fills the blanks below, as in
    cells that are joined; and of names that come twice it says of which group each is.
    """
    widest, above = 0, None
    for found in islice(way.rows(), 1 if way.names_columns else _LONGEST_TITLE):
        filled = sum(map(bool, map(str.strip, found.cells))) if isinstance(found, Record) else 0
        if filled > widest:
            widest = filled
            for row in in_groups(found, above):
                with suppress(UnreadableFile):
                    yield Records(way, column_names(way.name, row), row.row)
        above = found if isinstance(found, Record) and filled > 1 else None


def column_names(list_name: str, found: Record | Refused | None) -> tuple[str, ...]:
    """
    Name the columns by the row that is the header; one without a name goes by its place.

    A header in two lines of one cell is one name, and what no one can see is left out.

    >>> column_names("leads.csv", Record(1, ("Name ", "", "City")))
    ('Name', 'column 2', 'City')
    """
    if isinstance(found, Refused):
        raise UnreadableFile(list_name, _FAULTY, {"fault": found.problem})
    if found is None:
        raise UnreadableFile(list_name, _MISSING)
    if len(found.cells) > _MOST_COLUMNS:
        raise UnreadableFile(list_name, _TOO_WIDE, {"most": _MOST_COLUMNS})
    names = (shown(without_controls(cell)[0], limit=_LONGEST_HEADER) for cell in found.cells)
    return tuple(name or f"column {place}" for place, name in enumerate(names, start=1))
