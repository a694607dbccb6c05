"""How much the sheets of a binary Excel workbook (.xlsb) would take, told from their records."""

from __future__ import annotations

from array import array
from collections import Counter

import attrs

from .excel_bounds import MOST_CELLS

_ROW, _TEXT_CELL, _TEXT, _SIZE, _CELLS_BEGIN = 0, 7, 19, 148, 145
_CELLS = range(1, 12)
_LONGEST_TEXT = 2**22
_OF_A_CELL = 16  # bytes that say where it stands and which text it tells
_MOST_BYTES_OF_A_NUMBER = 4
_THERE_IS_MORE = 0x80


@attrs.define
class BinaryBounds:
    """
    How far the cells of a part of a workbook reach, and which shared texts they tell.

    >>> bounds = BinaryBounds()
    >>> bounds.look_at(bytes([0x94, 1, 0, 0x91, 1, 0, 0, 4, 6, 0, 0, 0, 1, 4, 2, 0, 0, 0]))
    >>> bounds.height, bounds.width
    (7, 3)
    """

    width: int = 0
    height: int = 0
    row: int = 0
    told: Counter[int] = attrs.field(factory=Counter)
    """How many cells tell the shared text of a place."""
    texts: array[int] = attrs.field(factory=lambda: array("I"))
    """The letters of each shared text."""
    wanted: tuple[int, ...] = (_SIZE, _CELLS_BEGIN)
    """What has to come before cells do."""
    before: bytes = b""
    skip: int = 0

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes; a record may begin in one chunk and end in the next."""
        skipped, self.skip = chunk[: self.skip], max(0, self.skip - len(chunk))
        text, place = self.before + chunk[len(skipped) :], 0
        while True:
            kind, start = _number(text, place, most=2)
            size, start = _number(text, start, most=_MOST_BYTES_OF_A_NUMBER)
            if start < 0 or start + min(size, _OF_A_CELL) > len(text):
                break
            self._look_at_record(kind, text[start : start + min(size, _OF_A_CELL)])
            place = start + size
        self.skip += max(0, place - len(text))  # of a record that is longer than what is here
        self.before = text[place:]

    def _look_at_record(self, kind: int, data: bytes) -> None:
        if kind == _TEXT:
            self.texts.append(min(_long(data, 1), _LONGEST_TEXT))
        if self.wanted:
            self.wanted = self.wanted[kind == self.wanted[0] :]
        elif kind == _ROW:
            self.row = _long(data, 0)
        elif kind in _CELLS:
            self.height = max(self.height, self.row + 1)
            self.width = max(self.width, _long(data, 0) + 1)
            if kind == _TEXT_CELL:
                self.told[_long(data, 8)] += 1

    def is_large(self) -> bool:
        """Tell at its end whether the part is too large, from its first cell to its last."""
        return self.width * self.height > MOST_CELLS


def letters_told(parts: list[BinaryBounds]) -> int:
    """Count the letters of all cells that tell a shared text, of whichever part that is."""
    texts = [part.texts for part in parts if part.texts]
    return sum(
        times * max((found[place] for found in texts if place < len(found)), default=0)
        for part in parts
        for place, times in part.told.items()
    )


def _number(text: bytes, place: int, *, most: int) -> tuple[int, int]:
    """Read a number of one byte or more, and tell where it ends; less than zero if it is cut."""
    found, end = 0, place
    for shift in range(0, 7 * most, 7):
        if not 0 <= end < len(text):
            return 0, -1
        found |= (text[end] & 0x7F) << shift
        end += 1
        if text[end - 1] < _THERE_IS_MORE:
            break
    return found, end


def _long(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "little")
