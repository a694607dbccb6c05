"""A table as a CSV file: any delimiter, any encoding, and nothing in it that acts as a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ...errors import InvalidValue, Text
from ..cells.cell_values import as_cell
from ..cells.formula_guard import with_formula_guard
from ..inputs.dialect import check_delimiter
from .tables import Cell, Table

WITH_MARK = "utf-8-sig"
"""UTF-8 with a mark in front, by which Excel knows it."""

# With these begins all that could be taken for a formula, and all that looks guarded already.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
_MAY_ACT = frozenset(f"'=+-@＝＋－＠{_BLANKS}")
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
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerow(map(with_formula_guard, table.header))
        guard = with_formula_guard if guard_numbers else _but_for_numbers
        rows.writerows(_guarded(row, guard) for row in table.rows)


def check_encoding(encoding: str) -> None:
    """
    Refuse an encoding that Python does not know, or that is none of texts.

    >>> check_encoding("cp1256")
    """
    try:
        "".encode(encoding)
    except (LookupError, TypeError, ValueError):
        raise InvalidValue("encoding", _NO_ENCODING) from None


def _but_for_numbers(cell: str) -> str:
    return with_formula_guard(cell, numbers=False)


def _guarded(row: Sequence[Cell], guard: Callable[[str], str]) -> Sequence[str]:
    """Write the cells of a row as texts, none of which is a formula."""
    texts: Any = row
    try:
        return [
            text if text == "" or text[:1] not in _MAY_ACT else guard(text)
            for text in texts  # as nearly all are
        ]
    except TypeError:
        return _guarded([as_cell(cell)[0] for cell in row], guard)
