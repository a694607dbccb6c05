"""
A list in a CSV file: its letters, its delimiter, and its rows, read anew each time.

The list was typed at a stand, mended at home and cut short by a mail program, and still each good
row must arrive. So a bad row is `Refused` alone, with its number and a sentence that says why,
and a quotation mark that was opened and never closed costs the line it stands in, not the leads
below it. Below such a mark each line of the file counts as a row again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice

import attrs

from ...errors import Text
from ..rows.records import Input, Record, SpoiltRow, fitted
from ..rows.row_fault import Refused, RowFault
from .csv_rows import Mended, csv_rows
from .dialect import (
    DELIMITERS,
    blank_lines,
    check_delimiter,
    named_delimiter,
    recognised_delimiter,
    refuse_other_texts,
    sample_of,
)
from .encoding import Encoding, encoding_of
from .input_file import InputFile
from .line_reader import FileLines

_OTHER_ENCODING = Text(
    "other_encoding", "is written in another encoding than the file: read as {encoding}"
)


@attrs.frozen
class CsvInput:
    """
    A CSV file whose encoding and delimiter are known.

    >>> from io import StringIO
    >>> typed = csv_input(InputFile.of(StringIO("name;city")))
    >>> typed.delimiter, [row.cells for row in typed.rows()]
    (';', [('name', 'city')])
    """

    file: InputFile
    encoding: Encoding
    delimiter: str
    is_named: bool = False
    """Whether the caller or the file named the delimiter."""
    lines_above: int = 0
    """Lines above the first row, which no spreadsheet shows: one where the file says ``sep=;``."""
    names_columns: bool = False
    state: tuple[int, int] = attrs.field(default=(0, 0), repr=False)
    """What the file was when its encoding and delimiter were recognised."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.file.name

    @property
    def how(self) -> Mapping[str, str]:
        """Name the encoding."""
        return {"encoding": self.encoding.name}

    def ways(self) -> Iterator[Input]:
        """Give the file by its delimiter, and where that is a guess by any other."""
        yield self
        for delimiter in "" if self.is_named else DELIMITERS.replace(self.delimiter, ""):
            yield attrs.evolve(self, delimiter=delimiter)

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the rows below one of a number, a line at a time."""
        self.file.refuse_another(self.state)
        other = RowFault(_OTHER_ENCODING, {"encoding": self.encoding.second})
        with self.file.opened() as file:
            lines = FileLines(file, self.encoding.name)
            deque(islice(lines, self.lines_above), maxlen=0)
            deque(islice(csv_rows(lines, self.delimiter), below), maxlen=0)
            found = csv_rows(lines, self.delimiter, width, encoding=self.encoding)
            for row, cells in enumerate(found, start=below + 1):
                if type(cells) is list and len(cells) == width:  # as nearly always
                    yield Record(row, tuple(cells))
                elif isinstance(cells, RowFault):
                    yield Refused(
                        row, (cells,), cells.cells if isinstance(cells, SpoiltRow) else ()
                    )
                elif cells:
                    notes = (other,) if isinstance(cells, Mended) else ()
                    yield fitted(row, cells, width, notes)


def csv_input(
    file: InputFile, *, encoding: str | None = None, delimiter: str | None = None
) -> CsvInput:
    """
    Recognise the encoding and the delimiter of a file, unless they are told.

    >>> from io import BytesIO
    >>> csv_input(InputFile.of(BytesIO("نام|شرکت".encode("cp1256")))).encoding.name
    'cp1256'
    """
    check_delimiter(delimiter)
    state = file.state()
    recognised = encoding_of(file, told=encoding)
    with file.opened() as content:
        lines = FileLines(content, recognised.name)
        named = named_delimiter(lines)
        sample = sample_of(lines)
    sample = sample[blank_lines(sample) :] or sample
    refuse_other_texts(file.name, sample)
    told = delimiter or named
    above = 0 if named is None else 1
    chosen = told or recognised_delimiter(sample)
    return CsvInput(file, recognised, chosen, bool(told), above, state=state)
