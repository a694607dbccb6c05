"""Rows that are about one lead, deal or account: found in a list of any length, and kept by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .perhaps_seen import PerhapsSeen
from .records import Record
from .row_fault import Refused

_BETWEEN = "\0"


def rows_told_again(
    rows: Iterable[Record | Refused], keys_in: Callable[[Record], tuple[str, ...]]
) -> dict[str, list[Record]]:
    """
    List by each of their keys the rows of which a key has perhaps stood in a row above.

    A row with the number of one row and the address of another joins these two, which share nothing
    else: so the rows above such a one are listed, too. A few rows are listed that are the first of
    their keys, so who uses the list looks at the numbers of the rows.

    >>> rows = [Record(2, ("7", "a")), Record(3, ("8", "b")), Record(4, ("7", "c"))]
    >>> rows_told_again(rows, lambda row: row.cells)
    {'7': [Record(row=4)], 'c': [Record(row=4)]}
    >>> rows = [Record(2, ("7",)), Record(3, ("b",)), Record(4, ("7", "b"))]
    >>> [row.row for row in rows_told_again(rows, lambda row: row.cells)["b"]]
    [3, 4]
    """
    seen = PerhapsSeen()
    again: dict[str, list[Record]] = {}
    joined: set[str] = set()
    for row in rows:
        if not isinstance(row, Record):
            continue
        keys = keys_in(row)
        found = [seen.add(key) for key in keys]
        if any(found):
            for key in keys:
                again.setdefault(key, []).append(row)
        if len(keys) > 1:
            are_one = seen.add(_BETWEEN.join(keys))
            if not are_one and sum(found) > 1:
                joined.update(keys)
    return _with_first(again, joined, rows, keys_in) if joined else again


def _with_first(
    again: dict[str, list[Record]],
    joined: set[str],
    rows: Iterable[Record | Refused],
    keys_in: Callable[[Record], tuple[str, ...]],
) -> dict[str, list[Record]]:
    """List the first rows of some keys as well, for which the list is read once more."""
    first: dict[str, Record] = {}
    for row in rows:
        if isinstance(row, Record):
            for key in joined.intersection(keys_in(row)):
                first.setdefault(key, row)
    for key, row in first.items():
        if row not in (known := again.setdefault(key, [])):
            known.insert(0, row)
    return again
