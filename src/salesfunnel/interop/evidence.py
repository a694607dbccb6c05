"""What the rows of a file prove together of how it writes dates and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import attrs

from ..values.numbers import ascii_digits
from .columns import AMOUNTS, Columns
from .dates import day_comes_first
from .formats import FileFormat, without_currency
from .records import Record, Refused

_ENOUGH_ROWS = 1_000
_DATES = ("captured", "converted_on", "opened", "expected_close", "closed", "close")

# A fraction of one, two or four digits, or groups: ``1,234`` alone proves nothing.
_GROUP = r"[+-]?\d{1,3}"
_COMMA = re.compile(rf"[+-]?[\d.\s]*\d,(?:\d\d?|\d{{4,}})|{_GROUP}(?:\.\d{{3}})+(?:\.\d{{3}}|,\d+)")
_POINT = re.compile(rf"[+-]?[\d,\s]*\d\.(?:\d\d?|\d{{4,}})|{_GROUP}(?:,\d{{3}})+(?:,\d{{3}}|\.\d+)")


def proven_format(columns: Columns, rows: Iterable[Record | Refused]) -> FileFormat:
    """
    Complete the format of a file by its first thousand rows, where they do not contradict.

    One ``31/03/2026`` proves that the day comes first, one ``1.234,50`` that a comma divides off
    the cents.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> columns = Columns(("Stage", "Amount"), plain, plain.opportunity)
    >>> proven_format(columns, [Record(2, ("won", "1.234,50"))]).decimal_mark
    ','
    """
    if columns.places.keys().isdisjoint((*_DATES, *AMOUNTS)):
        return columns.mapping.format
    orders: set[bool] = set()
    marks: set[str] = set()
    for row in islice(rows, _ENOUGH_ROWS):
        if isinstance(row, Record):
            orders |= {
                order
                for text in _cells(columns, row, _DATES)
                if (order := day_comes_first(text)) is not None
            }
            for text in _cells(columns, row, AMOUNTS):
                number = without_currency(text)[0]
                marks |= {m for m, form in ((",", _COMMA), (".", _POINT)) if form.fullmatch(number)}
    proven = columns.mapping.format
    if orders:
        proven = attrs.evolve(proven, day_first=orders.pop() if len(orders) == 1 else None)
    if marks:
        proven = attrs.evolve(proven, decimal_mark=marks.pop() if len(marks) == 1 else "")
    return proven


def _cells(columns: Columns, row: Record, fields: Iterable[str]) -> Iterator[str]:
    for field in fields:
        for place, _ in columns.places.get(field, ()):
            yield ascii_digits(row.cells[place].strip())
