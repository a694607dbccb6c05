"""A table as a CSV file: any delimiter, any encoding, and nothing in it that acts as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import attrs

from ...errors import InvalidValue, Text
from ..cells.cell_values import as_cell
from ..cells.formula_guard import with_formula_guards
from ..inputs.dialect import check_delimiter
from ..inputs.encoding import encoding_of_lists
from .tables import Cell, Table

WITH_MARK = "utf-8-sig"
"""UTF-8 with a mark in front, by which Excel knows it."""

_AT_ONCE = 100
_END = "\r\n"
_QUOTED = ('"', "\r", "\n")
_NO_ENCODING = Text(
    "unknown_encoding_to_write", "{field} is not known", "utf-8, cp1256 or the like"
)


def write_csv(
    table: Table,
    path: Path,
    *,
    delimiter: str = ",",
    encoding: str = WITH_MARK,
    guard_numbers: bool = True,
) -> None:
    r"""
    Write a table to a CSV file. What a spreadsheet would take for a formula gets an apostrophe.

    So do telephone numbers with a plus and amounts below zero, unless ``guard_numbers`` is false.
    Letters that the encoding lacks become question marks. Raises `InvalidValue` for an encoding
    that is not known and for a delimiter that is not one sign.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(Table(["Name", "Phone"], [("Sara", "+98 21")]), Path(folder, "a.csv"))
    ...     Path(folder, "a.csv").read_text("utf-8-sig")
    "Name,Phone\nSara,'+98 21\n"
    """
    check_delimiter(delimiter)
    check_encoding(encoding)
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        lines = _Lines(delimiter)
        file.write(lines.of([table.header], numbers=True))
        several = iter(table.rows)
        while rows := list(islice(several, _AT_ONCE)):
            file.write(lines.of(rows, numbers=guard_numbers))


def check_encoding(encoding: str) -> None:
    """
    Refuse an encoding in which no list is read.

    >>> check_encoding("cp1256")
    """
    if encoding_of_lists(encoding) is None:
        raise InvalidValue("encoding", _NO_ENCODING)


@attrs.frozen
class _Lines:
    """
    Writes rows as lines, as `csv.writer` does, but column by column: what is odd is rare.

    A column of which no cell could be a formula, or needs quotation marks, stays as it is.
    """

    delimiter: str

    def of(self, rows: Sequence[Sequence[Cell]], *, numbers: bool) -> str:
        """Write several rows; those of one length are gone through by their columns."""
        width = len(rows[0])
        if width > 1 and all(len(row) == width for row in rows):
            columns = [self._texts(column, numbers=numbers) for column in zip(*rows, strict=True)]
            lines: Iterable[Sequence[str]] = zip(*columns, strict=True)
        else:
            lines = [self._texts(row, numbers=numbers) for row in rows]
            lines = [['""'] if line == [""] else line for line in map(list, lines)]
        return _END.join([*map(self.delimiter.join, lines), ""])

    def _texts(self, cells: Sequence[Cell], *, numbers: bool) -> Sequence[str]:
        """Write cells as texts, none of which is a formula."""
        texts: Any = cells
        try:
            joined = "".join(texts)
        except TypeError:  # some are numbers, or days
            texts = [as_cell(cell)[0] for cell in cells]
            joined = "".join(texts)
        if not joined:
            return cast("Sequence[str]", texts)
        guarded = with_formula_guards(texts, numbers=numbers)
        if any(sign in joined for sign in (self.delimiter, *_QUOTED)):
            return [self._quoted(text) for text in guarded]
        return guarded

    def _quoted(self, text: str) -> str:
        if any(sign in text for sign in (self.delimiter, *_QUOTED)):
            return '"' + text.replace('"', '""') + '"'
        return text
