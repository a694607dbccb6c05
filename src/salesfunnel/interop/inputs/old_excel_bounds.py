"""How much the sheets of an old Excel workbook (.xls) would take, told from its records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import attrs

from .compound_file import CompoundFile
from .excel_bounds import MOST_CELLS, MOST_LETTERS

LARGEST = 2**27
"""Of a file, in bytes; Excel itself writes none that is nearly as large."""

_STREAMS = ("workbook", "book")
_BLANKS_OF_A_SHEET = 4  # times that a part of the stream may belong to several sheets
_LONGEST_NAME_IN_A_FORMULA = 160  # letters of a name for each byte that stands for it

_END, _CONTINUES, _SEALED = 0x000A, 0x003C, 0x002F
_SHEET, _TEXTS = 0x0085, 0x00FC
_SIZE, _BEGIN, _FORMULA, _SHARED, _NUMBERS = 0x0200, 0x0809, 0x0006, 0x00FD, 0x00BD
_CELLS = frozenset({0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, _FORMULA, _SHARED, _NUMBERS})
_OF_A_CELL = 4  # bytes that say its row and its column


@attrs.frozen
class _Record:
    kind: int
    parts: list[bytes]

    @property
    def data(self) -> bytes:
        return self.parts[0]

    def number(self, place: int, size: int = 2) -> int:
        found = self.data[place : place + size]
        if len(found) < size:
            raise ValueError
        return int.from_bytes(found, "little")


def is_workbook(content: bytes) -> bool:
    """Tell a workbook from another old document, such as a letter."""
    return any(entry.name.lower() in _STREAMS for entry in CompoundFile.of(content).entries())


def is_sealed(content: bytes) -> bool:
    """Tell whether a workbook is protected by a password: then its cells are no cells."""
    return any(
        record.kind == _SEALED and record.number(0) > 0
        for stream in _streams(content)
        for record in _globals(stream)
    )


def is_large(content: bytes) -> bool:
    """
    Tell whether what is in a workbook would fill the memory; raises `ValueError` if it is broken.

    Whichever of several streams a reader takes, each is looked at.
    """
    return len(content) > LARGEST or any(map(_is_large_stream, _streams(content)))


def _streams(content: bytes) -> Iterator[bytes]:
    disk = CompoundFile.of(content)
    return (disk.stream(one) for one in disk.entries() if one.name.lower() in _STREAMS)


def _globals(stream: bytes) -> Iterator[_Record]:
    """Give the records that stand before the sheets."""
    return takewhile(lambda record: record.kind != _END, _records(stream, 0))


def _is_large_stream(stream: bytes) -> bool:
    places: list[int] = []
    texts = [0]
    for record in _globals(stream):
        if record.kind == _SHEET:
            places.append(record.number(0, 4))
        elif record.kind == _TEXTS:
            texts = [*_lengths(record.parts), 0]
    bounds = _Bounds(texts, left=_BLANKS_OF_A_SHEET * len(stream))
    return not all(bounds.has_room_for(stream, place) for place in places)


@attrs.define
class _Bounds:
    """What all sheets take together, since all of them are read at once."""

    texts: list[int]
    left: int
    cells: int = 0
    letters: int = 0

    def has_room_for(self, stream: bytes, place: int) -> bool:
        """Add a sheet, and tell whether all is still within bounds."""
        height = width = depth = 0
        begun = False
        for record in _records(stream, place):
            self.left -= sum(map(len, record.parts)) + 4
            if self.left < 0 or self.letters > MOST_LETTERS:
                return False
            if (record.kind == _BEGIN and begun) or depth:  # a chart within a sheet
                depth += {_BEGIN: 1, _END: -1}.get(record.kind, 0)
                continue
            begun = begun or record.kind == _BEGIN
            if record.kind == _END:
                break
            if record.kind == _SIZE:
                self.cells += _told_size(record)
            elif record.kind in _CELLS:
                height = max(height, record.number(0) + 1)
                width = max(width, self._width(record))
        self.cells += height * width
        return self.cells <= 2 * MOST_CELLS and self.letters <= MOST_LETTERS

    def _width(self, record: _Record) -> int:
        """Count the columns up to a cell, and its letters."""
        column = record.number(2)
        if record.kind == _SHARED:
            index = record.number(6, 4)
            self.letters += self.texts[index] if index < len(self.texts) else 0
        elif record.kind == _FORMULA:
            self.letters += len(record.data) * _LONGEST_NAME_IN_A_FORMULA
        elif record.kind == _NUMBERS:
            column += len(record.data) // 6
        return column + 1


def _told_size(record: _Record) -> int:
    """Count the cells for which a sheet asks room, however few it has."""
    is_old = len(record.data) < 14  # noqa: PLR2004 - as before Excel 97
    size, places = (2, (0, 2, 4, 6)) if is_old else (4, (0, 4, 8, 10))
    first, last = (record.number(place, size) for place in places[:2])
    left, right = (record.number(place) for place in places[2:])
    if last < first:
        return 2 * MOST_CELLS + 1
    return (last - first + 1) * (max(right, left) + 1)


def _records(stream: bytes, place: int) -> Iterator[_Record]:
    """Give each record with what continues it."""
    held: _Record | None = None
    while place + 4 <= len(stream):
        kind = int.from_bytes(stream[place : place + 2], "little")
        size = int.from_bytes(stream[place + 2 : place + 4], "little")
        data = stream[place + 4 : place + 4 + size]
        if len(data) < size:
            break
        place += 4 + size
        if kind == _CONTINUES and held is not None:
            held.parts.append(data)
            continue
        if held is not None:
            yield held
        held = _Record(kind, [data])
    if held is not None:
        yield held


def _lengths(parts: list[bytes]) -> Iterator[int]:
    """Count the letters of each shared text, some of which go on in the next part."""
    place, rest = 8, [*parts]
    while True:
        while rest and place >= len(rest[0]):
            place -= len(rest.pop(0))
        if not rest:
            return
        head = rest[0][place : place + 3]
        left, flags = int.from_bytes(head[:2], "little"), head[-1] if len(head) > 2 else 0  # noqa: PLR2004
        place += 3
        yield left
        after = 0
        if flags & 8:
            after += 4 * int.from_bytes(rest[0][place : place + 2], "little")
            place += 2
        if flags & 4:
            after += int.from_bytes(rest[0][place : place + 4], "little")
            place += 4
        while left:
            letter = 1 + (flags & 1)
            taken = min(left, max(0, len(rest[0]) - place) // letter)
            left, place = left - taken, place + taken * letter
            if left:
                rest.pop(0)
                if not rest:
                    return
                flags, place = rest[0][0] if rest[0] else 0, 1
        place += after
