"""
A list of leads from a CSV file, record by record, with every row accounted for.

The list was typed at a stand, mended at home and cut short by a mail program, and still each good
row must arrive. So a bad row is `Refused` alone, with its number and a sentence that says why,
and a quotation mark that was opened and never closed costs the line it stands in, not the leads
below it.

Rows are numbered as a spreadsheet shows them: the header is row 1, and a record is one row, even
if a cell of it holds several lines. A blank row has a number but is not handed out, so a number
that is missing from the records and the refusals was blank. Below a quotation mark that was never
closed each line of the file counts as a row again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import attrs

from ..errors import Text, UnreadableFile
from .csv_rows import csv_rows, lines_of
from .dialect import (
    DELIMITERS,
    again,
    blank_lines,
    check_delimiter,
    named_delimiter,
    recognised_delimiter,
    refuse_other_texts,
    sample_of,
)
from .encoding import Encoding, recognise
from .header import column_names
from .input_file import opened
from .row_fault import Refused, RowFault

_LONGEST_TITLE = 20
_SHORT = Text(
    "short_row", "has {found} of {wanted} cells: those that are missing are taken as blank"
)


@attrs.frozen
class Record:
    """
    One row of the list that could be read: as many cells as the header has, as they were written.

    >>> Record(2, ("Sara Ahmadi", "Novin Tejarat")).cells
    ('Sara Ahmadi', 'Novin Tejarat')
    """

    row: int
    cells: tuple[str, ...] = attrs.field(repr=False)
    notes: tuple[RowFault, ...] = attrs.field(default=(), repr=False)
    """What is odd about the row as a whole."""


@attrs.frozen
class Records:
    """
    The rows of one file. Each iteration reads the file anew, a line at a time.

    Made by `read_records`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     leads = Path(folder, "leads.csv")
    ...     _ = leads.write_text("name;city")
    ...     read_records(leads).header
    ('name', 'city')
    """

    path: Path
    header: tuple[str, ...]
    encoding: Encoding
    delimiter: str
    header_row: int = 1
    lines_above: int = 0
    """Lines above the first row, which no spreadsheet shows: one where the file says ``sep=;``."""

    def __iter__(self) -> Iterator[Record | Refused]:
        """Hand out every row below the header that is not blank, in the order of the file."""
        with opened(self.path) as file:
            lines = lines_of(file, self.encoding.name)
            deque(islice(lines, self.lines_above), maxlen=0)
            deque(islice(csv_rows(lines, self.delimiter), self.header_row), maxlen=0)
            width = len(self.header)
            below = csv_rows(lines, self.delimiter, width)
            for row, found in enumerate(below, start=self.header_row + 1):
                if isinstance(found, RowFault):
                    yield Refused(row, (found,))
                elif len(found) == width:
                    yield Record(row, tuple(found))
                elif found:
                    short = RowFault(_SHORT, {"found": len(found), "wanted": width})
                    yield Record(row, (*found, *[""] * (width - len(found))), (short,))

    def below_a_title(self) -> Iterator[Records]:
        """
        Read the file with each of its first rows for a header, by each delimiter.

        For lists that begin with a title; who knows the names of columns can tell.
        """
        with opened(self.path) as file:
            lines = lines_of(file, self.encoding.name)
            named = named_delimiter(lines)
            sample = sample_of(lines)
        for delimiter in named or DELIMITERS:
            above = islice(csv_rows(again(sample), delimiter), _LONGEST_TITLE)
            for number, found in enumerate(above, start=1):
                with suppress(UnreadableFile):
                    header = column_names(self.path, found)
                    yield attrs.evolve(self, header=header, delimiter=delimiter, header_row=number)


def read_records(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None
) -> Records:
    r"""
    Open a list of leads: recognise its encoding and delimiter, and read its header.

    Blank rows above the header are left out. A column without a name is called "column 3" after
    its place. Raises `UnreadableFile` where not one row could be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     leads = Path(folder, "leads.csv")
    ...     _ = leads.write_text("name;company\nSara;Novin\nAram;Faradis;9", encoding="utf-8")
    ...     for found in read_records(leads):
    ...         print(found)
    Record(row=2)
    row 3: has 3 cells where the header has 2
    """
    check_delimiter(delimiter)
    recognised = recognise(path, encoding=encoding)
    with opened(path) as file:
        lines = lines_of(file, recognised.name)
        named = named_delimiter(lines)
        sample = sample_of(lines)
    blank = blank_lines(sample)
    sample = sample[blank:] or sample
    refuse_other_texts(path, sample)
    delimiter = delimiter or named or recognised_delimiter(sample)
    header = column_names(path, next(csv_rows(again(sample), delimiter), None))
    above = 0 if named is None else 1
    return Records(path, header, recognised, delimiter, blank + 1, above)
