"""A header in two rows: names of groups of columns, and below them the names of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import zip_longest

from ...values.text import fold
from .records import Record
from .row_fault import Refused


def in_groups(found: Record | Refused, above: Record | None) -> Iterator[Record | Refused]:
    """
    Give a row that may be a header with what stands right above it, the likeliest first.

    A blank takes what stands above it, as cells that are joined do. Names that come twice are told
    apart by their groups: all of them, or all but the first, or none.

    >>> groups = Record(1, ("No", "Person", "", "Company"))
    >>> for row in in_groups(Record(2, ("", "Name", "Phone", "Name")), groups):
    ...     print(row.cells)
    ('No', 'Person Name', 'Phone', 'Company Name')
    ('No', 'Name', 'Phone', 'Company Name')
    ('No', 'Name', 'Phone', 'Name')
    """
    if not isinstance(found, Record) or above is None or above.row + 1 != found.row:
        yield found
        return
    names, joined, group = list[str](), list[str](), ""
    for name, told in zip_longest(found.cells, above.cells, fillvalue=""):
        group = told if told.strip() else group
        names.append(name if name.strip() else told)
        joined.append(f"{group} {name}".strip())
    for places in _told_twice(found.cells):
        cells = (joined[place] if place in places else name for place, name in enumerate(names))
        yield Record(found.row, tuple(cells))
    yield Record(found.row, tuple(names))


def _told_twice(cells: Collection[str]) -> Iterator[Collection[int]]:
    """Give the places of names that come twice: of all of them, and of those behind the first."""
    keys = [fold(cell) for cell in cells]
    counts = Counter(keys)
    twice = [place for place, name in enumerate(keys) if name and counts[name] > 1]
    if twice:
        yield twice
        yield [place for place in twice if keys.index(keys[place]) < place]
