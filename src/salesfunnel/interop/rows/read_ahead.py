"""Rows that a first look has made something of, kept for the second: so each is made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from .records import Record

_MOST = 5_000
"""Of a longer list the rows below are made twice, so that it need not be held in memory."""

MadeT = TypeVar("MadeT")


class ReadAhead(Generic[MadeT]):
    """
    Makes something of rows, and keeps what was made ahead of its time.

    >>> rows = ReadAhead(lambda record: record.cells)
    >>> rows.look_at(Record(2, ("Sara",))) is rows.take(Record(2, ("Sara",)))
    True
    """

    def __init__(self, make: Callable[[Record], MadeT], *, most: int = _MOST) -> None:
        """Begin with no row."""
        self._make = make
        self._most = most
        self._made: dict[int, MadeT] = {}

    def look_at(self, record: Record) -> MadeT:
        """Make something of a row that will be taken later."""
        made = self._made.get(record.row)
        if made is None:
            made = self._make(record)
            if len(self._made) < self._most:
                self._made[record.row] = made
        return made

    def take(self, record: Record) -> MadeT:
        """Give what was made of a row, and keep it no longer."""
        made = self._made.pop(record.row, None)
        return self._make(record) if made is None else made
