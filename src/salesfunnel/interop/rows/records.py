"""
A list row by row, with every row of it accounted for.

Rows are numbered as a spreadsheet shows them: the header is row 1, and a record is one row, even
if a cell of it holds several lines. A blank row has a number but is not handed out, so a number
that is missing from the records and the refusals was blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import attrs

from ...errors import Text
from ..inputs.encoding import Encoding
from .row_fault import Refused, RowFault

_NOTHING_EXACT: frozenset[int] = frozenset()
_SHORT = Text(
    "short_row", "has {found} of {wanted} cells: those that are missing are taken as blank"
)
_CELL_COUNT = Text("cell_count", "has {found} where the header has {wanted}")


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
    exact: frozenset[int] = attrs.field(default=_NOTHING_EXACT, repr=False)
    """The places of cells that are numbers or days and no text: with a point, and by ISO."""


def fitted(
    row: int,
    cells: list[str],
    width: int | None,
    notes: tuple[RowFault, ...] = (),
    exact: frozenset[int] = _NOTHING_EXACT,
) -> Record | Refused:
    """
    Make a record of cells that are as many as the header has, or fewer, which is noted.

    >>> fitted(7, ["a"], 2).cells, str(fitted(8, ["a", "b", "c"], 2))
    (('a', ''), 'row 8: has 3 cells where the header has 2')
    """
    if width is None or len(cells) == width:
        return Record(row, tuple(cells), notes, exact)
    if len(cells) < width:
        short = RowFault(_SHORT, {"found": len(cells), "wanted": width})
        blank = [""] * (width - len(cells))
        return Record(row, (*cells, *blank), (*notes, short), exact)
    if any(map(str.strip, cells[width:])):
        return Refused(row, (SpoiltRow.too_wide(cells, width),), tuple(cells))
    return Record(row, tuple(cells[:width]), notes, exact)


@attrs.frozen
class SpoiltRow(RowFault):
    """
    What is wrong with a row as a whole; its cells are kept as they are, so that it can be mended.

    >>> print(SpoiltRow.too_wide(["a", "b", "c"], 2))
    has 3 cells where the header has 2
    """

    cells: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, kw_only=True)

    @classmethod
    def too_wide(cls, cells: list[str], width: int) -> SpoiltRow:
        """Say of a row that it has more cells than the header."""
        found = f"{len(cells):,} cells"
        return cls(_CELL_COUNT, {"found": found, "wanted": width}, cells=tuple(cells))


class Input(Protocol):
    r"""
    A list from outside: a CSV file, a sheet, JSON, a frame. The reader does not know which.

    Made by `open_input`. Its rows come from the first to the last, as often as asked.

    >>> from io import StringIO
    >>> from salesfunnel.interop import open_input
    >>> typed = open_input(StringIO("name,city\nSara,Paris"))
    >>> typed.name, dict(typed.how), [row.cells for row in typed.rows(below=1)]
    ('the file', {'encoding': 'utf-8'}, [('Sara', 'Paris')])
    """

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    @property
    def how(self) -> Mapping[str, str]:
        """How it is read: its encoding, its sheet."""
        ...

    @property
    def encoding(self) -> Encoding | None:
        """How its bytes became letters; ``None`` where it has no bytes."""
        ...

    @property
    def names_columns(self) -> bool:
        """Whether its first row is certainly its header."""
        ...

    def ways(self) -> Iterator[Input]:
        """Give the ways in which it may be meant, the likeliest first: by delimiter, by sheet."""
        ...

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the rows below one of a number that are not blank, each as wide as told."""
        ...


@attrs.frozen
class Records:
    r"""
    The rows of one list below its header. Each iteration reads it anew, a row at a time.

    Made by `read_records`.

    >>> from io import StringIO
    >>> from salesfunnel.interop import read_records
    >>> leads = read_records(StringIO("name,city\nSara,Paris"))
    >>> leads.header, [row.cells for row in leads]
    (('name', 'city'), [('Sara', 'Paris')])
    """

    input: Input = attrs.field(repr=False)
    header: tuple[str, ...]
    header_row: int = 1

    def __iter__(self) -> Iterator[Record | Refused]:
        """Hand out every row below the header that is not blank, in the order of the list."""
        return self.input.rows(below=self.header_row, width=len(self.header))
