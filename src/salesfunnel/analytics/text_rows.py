"""Figures in a terminal: columns below each other, also where their words run from the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_GAP = "  "
_LEFTWARD, _RIGHTWARD = "\u200f", "\u200e"  # which way the line runs
_ISOLATE, _END = "\u2068", "\u2069"  # a cell whose letters change the place of no other cell


def text_rows(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    names: Sequence[bool],
    is_leftward: bool = False,
) -> Iterator[str]:
    """
    Write rows as lines of text with columns that stand below each other.

    Args:
        headings: of each column.
        rows: the cells.
        names: whether a column has names, which begin together; numbers end together.
        is_leftward: whether the lines are those of a language that runs from right to left.

    >>> for line in text_rows(["stage", "entered"], [["New", "12"]], names=[True, False]):
    ...     print(line)
    stage  entered
    New         12
    """
    table = [headings, *rows]
    widths = [max(_width(row[place]) for row in table) for place in range(len(headings))]
    has_leftward = any(_is_leftward(cell) for row in table for cell in row)
    way = (_LEFTWARD if is_leftward else _RIGHTWARD) if has_leftward else ""
    for row in table:
        columns = zip(row, widths, names, strict=True)
        cells = [_padded(cell, width, is_name=is_name) for cell, width, is_name in columns]
        yield (way + _GAP.join(cells)).rstrip()


def _padded(cell: str, width: int, *, is_name: bool) -> str:
    blanks = " " * (width - _width(cell))
    safe = f"{_ISOLATE}{cell}{_END}" if _is_leftward(cell) else cell
    return safe + blanks if is_name else blanks + safe


def _is_leftward(cell: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in cell)


def _width(cell: str) -> int:
    """Count the places that a text takes on a line of a terminal."""
    return sum(
        0
        if unicodedata.category(letter) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(letter) in {"W", "F"})
        for letter in cell
    )
