"""How much the sheets of an OpenDocument workbook would take, told from their unpacked bytes."""

from __future__ import annotations

import re

import attrs

from .excel_bounds import MOST_CELLS, MOST_HELD, MOST_LETTERS, number_of

_START = re.compile(
    rb"<(?:table:(table-row|table-cell|covered-table-cell|table)|text:(s))(?=[\s/>])"
    rb"|<[^\s<>/]*+\Z"
)
_TAG = re.compile(rb"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_TIMES = re.compile(rb"(?:-repeated|text:c)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_NUMBER = re.compile(rb"\s*+\+?(\d++)\s*+")


@attrs.define
class OpenDocumentBounds:
    """
    How far the cells of the sheets of an OpenDocument workbook reach, and how long they are.

    >>> bounds = OpenDocumentBounds()
    >>> bounds.look_at(b'<table:table-row table:number-rows-repeated="9"><table:table-cell ')
    >>> bounds.look_at(b'office:value="1" table:number-columns-repeated="2"/></table:table-row>')
    >>> bounds.is_large(), bounds.width, bounds.height
    (False, 2, 9)
    """

    width: int = 0
    height: int = 0
    row_width: int = 0
    row_times: int = 0
    row_letters: int = 0
    blank_cells: int = 0
    blank_rows: int = 0
    cell_times: int = 0
    cell_start: int = 0
    letters: int = 0
    largest: int = 0
    seen: int = 0
    before: bytes = b""
    is_odd: bool = False

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes; a tag may begin in one chunk and end in the next."""
        text = self.before + chunk
        base = self.seen - len(self.before)
        self.before = b""
        self.seen += len(chunk)
        place = 0
        while start := _START.search(text, place):
            tag = _TAG.match(text, start.end())
            if tag is None:
                self.before = text[start.start() :]
                break
            self._look_at_tag(start[1] or start[2], tag[0], base + start.start())
            place = tag.end()
        self.is_odd = self.is_odd or len(self.before) > MOST_HELD
        if self.is_odd:
            self.before = b""

    def _look_at_tag(self, kind: bytes, tag: bytes, start: int) -> None:
        times = max(
            (_times(found[1] or found[2] or b"") for found in _TIMES.finditer(tag)), default=1
        )
        if kind == b"s":  # so many blanks
            self.row_letters += times * self.cell_times
            return
        self._end_cell(start)
        if kind == b"table":
            self._end_table()
        elif kind == b"table-row":
            self._end_row()
            self.row_times = times
        elif b"value" in tag or b"formula" in tag:
            self.row_width += self.blank_cells + times
            self.blank_cells = 0
            self.cell_times, self.cell_start = times, start
        else:  # a blank cell counts only where another stands behind it
            self.blank_cells += times

    def _end_cell(self, end: int) -> None:
        self.row_letters += (end - self.cell_start) * self.cell_times
        self.cell_times = 0

    def _end_row(self) -> None:
        if self.row_width:
            self.height += self.blank_rows + self.row_times
            self.width = max(self.width, self.row_width)
            self.blank_rows = 0
        else:
            self.blank_rows += self.row_times
        self.letters += self.row_letters * self.row_times
        self.row_width = self.row_times = self.blank_cells = self.row_letters = 0

    def _end_table(self) -> None:
        self._end_row()
        self.largest = max(self.largest, self.width * self.height)
        self.width = self.height = self.blank_rows = 0

    def is_large(self) -> bool:
        """Tell at its end whether a sheet is too large, from its first cell to its last."""
        self._end_cell(self.seen)
        self._end_row()
        largest = max(self.largest, self.width * self.height)
        return self.is_odd or largest > MOST_CELLS or self.letters > MOST_LETTERS


def _times(written: bytes) -> int:
    """Read how often something is repeated; what is no plain number may mean anything."""
    number = _NUMBER.fullmatch(written)
    return number_of(number[1]) if number else MOST_CELLS + 1
