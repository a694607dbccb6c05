"""Rows that are about one lead, deal or account: found in a list of any length, and kept by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .perhaps_seen import PerhapsSeen
from .records import Record
from .row_fault import Refused


def rows_told_again(
    rows: Iterable[Record | Refused], keys_in: Callable[[Record], tuple[str, ...]]
) -> dict[str, list[Record]]:
    """
    List by each of their keys the rows of which a key has perhaps stood in a row above.

    A few rows are listed that are the first of their keys, so who uses the list looks at the
    numbers of the rows.

    >>> rows = [Record(2, ("7", "a")), Record(3, ("8", "b")), Record(4, ("7", "c"))]
    >>> rows_told_again(rows, lambda row: row.cells)
    {'7': [Record(row=4)], 'c': [Record(row=4)]}
    """
    seen = PerhapsSeen()
    again: dict[str, list[Record]] = {}
    for row in rows:
        if not isinstance(row, Record):
            continue
        keys = keys_in(row)
        found = [seen.add(key) for key in keys]
        if any(found):
            for key in keys:
                again.setdefault(key, []).append(row)
    return again
