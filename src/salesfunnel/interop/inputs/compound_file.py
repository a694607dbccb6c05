"""
The streams of a compound file, in which old Excel workbooks and other old documents lie.

Such a file is a small disk of sectors, each of which names the next. To follow them without care
may lead in circles, so a sector that comes up twice in a stream makes the file odd.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a compound file begins with."""

_HEADER = 512
_SECTOR_SIZES = {9: 512, 12: 4_096}
_MINI_SHIFT = 6
_MINI_SIZE = 64
_SMALLEST_STREAM = 4_096
_ENTRY = 128
_LONGEST_NAME = 64
_END = 0xFFFF_FFFE
_NO_SECTOR = 0xFFFF_FFFC  # from here on a number is no sector
_MOST_SMALL_SECTORS = 1_024


@attrs.frozen
class CompoundFile:
    """The sectors of a compound file, and which of them comes next after each."""

    content: bytes
    size: int
    next: Sequence[int]
    start_of_entries: int
    next_small: Sequence[int] = ()
    small: bytes = b""

    @classmethod
    def of(cls, content: bytes) -> CompoundFile:
        """
        Take the content of a file apart; raises `ValueError` where that would go in circles.

        >>> CompoundFile.of(b"name,company")
        Traceback (most recent call last):
        ValueError
        """
        if len(content) < _HEADER or not content.startswith(SIGNATURE):
            raise ValueError
        size = _SECTOR_SIZES.get(_short(content, 30))
        if size is None or _short(content, 32) != _MINI_SHIFT:
            raise ValueError
        tables, entries, small, small_tables, more = (
            _long(content, place) for place in (44, 48, 60, 64, 68)
        )
        if tables > len(content) // size + 1 or small_tables > _MOST_SMALL_SECTORS:
            raise ValueError
        disk = cls(content, size, (), entries)
        places = _table_places(disk, more)
        table = b"".join(map(disk.sector, places))
        disk = attrs.evolve(disk, next=_numbers(table))
        if not small_tables:
            return disk
        root = disk.entries()[0]
        return attrs.evolve(
            disk,
            next_small=_numbers(b"".join(disk.chain(small))),
            small=b"".join(disk.chain(root.start)),
        )

    def sector(self, number: int) -> bytes:
        """Give a sector by its number; the last may be cut."""
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise ValueError
        return self.content[start : start + self.size]

    def chain(self, start: int) -> Iterator[bytes]:
        """Give the sectors from one on."""
        return map(self.sector, _chained(start, self.next))

    def entries(self) -> list[DiskEntry]:
        """List what lies on the disk; the first is the disk itself."""
        table = b"".join(self.chain(self.start_of_entries))
        found = [table[place : place + _ENTRY] for place in range(0, len(table), _ENTRY)]
        if not found or len(found[-1]) < _ENTRY:
            raise ValueError
        return [DiskEntry.of(entry) for entry in found]

    def stream(self, entry: DiskEntry) -> bytes:
        """Put the sectors of a stream together."""
        if entry.size >= _SMALLEST_STREAM:
            return b"".join(self.chain(entry.start))[: entry.size]
        places = _chained(entry.start, self.next_small)
        parts = (self.small[n * _MINI_SIZE : (n + 1) * _MINI_SIZE] for n in places)
        return b"".join(parts)[: entry.size]


@attrs.frozen
class DiskEntry:
    """A stream on the disk: its name, its first sector and its size."""

    name: str
    start: int
    size: int

    @classmethod
    def of(cls, entry: bytes) -> DiskEntry:
        """Read an entry of the table."""
        name = entry[:_LONGEST_NAME].decode("utf-16-le", "replace").partition("\0")[0]
        return cls(name, _long(entry, 116), _long(entry, 120))


def _table_places(disk: CompoundFile, more: int) -> list[int]:
    """List the sectors that say which sector is the next."""
    found = list(_numbers(disk.content[76:_HEADER]))
    seen: set[int] = set()
    while more < _NO_SECTOR:
        if more in seen:
            raise ValueError
        seen.add(more)
        *places, more = _numbers(disk.sector(more)) or (_END,)
        found += places
    places = [place for place in found if place < _NO_SECTOR]
    if len(set(places)) < len(places):
        raise ValueError
    return places


def _chained(start: int, following: Sequence[int]) -> Iterator[int]:
    """Go from sector to sector, and never to one twice."""
    seen: set[int] = set()
    while start != _END:
        if start in seen or start >= len(following):
            raise ValueError
        seen.add(start)
        yield start
        start = following[start]


def _numbers(table: bytes) -> tuple[int, ...]:
    count = len(table) // 4
    return struct.unpack(f"<{count}I", table[: 4 * count])


def _short(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 2], "little")


def _long(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 4], "little")
