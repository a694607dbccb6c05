"""The table of duplicates that a command writes: a line for each entry of each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ..duplicates.groups import Duplicates
from ..interop.writing.tables import Cell, Table

Place = tuple[str, int]
HEADER = ("Group", "List", "Row", "Id", "How sure", "Rests on", "Linked to")
_SHARED = "shared by several, and so no proof"
_JOINED = "joined while reading"


@attrs.frozen
class SameRow:
    """A row that reading took for one with a row above, and what it tells of it."""

    place: Place
    of: int
    id: str
    why: str


def table_of(
    found: Duplicates, places: Sequence[Place], same_rows: Sequence[SameRow] = ()
) -> Table:
    """
    Put the groups into a table: of each entry where it stands, and which links hold it by what.

    Below them stand the rows that reading joined already, and what several people share, each
    with a number of its own. Names and addresses do not.

    >>> table_of(Duplicates(groups=(), shared=(), looked_through=3), []).header[:3]
    ('Group', 'List', 'Row')
    """
    rows = _rows(found, places, same_rows)
    return Table(HEADER, rows, name="Duplicates", right_to_left=False)


def _rows(
    found: Duplicates, places: Sequence[Place], same_rows: Sequence[SameRow]
) -> Iterator[Sequence[Cell]]:
    number_of: dict[Place, int] = {}
    for number, group in enumerate(found.groups, start=1):
        for id_, place in zip(group.ids, group.places, strict=True):
            links = [link for link in group.links if place in (link.places or ())]
            by = dict.fromkeys(name for link in links for name in link.by)
            others = (at for link in links for at in link.places or () if at != place)
            linked = "; ".join(_told(places[at]) for at in others)
            number_of[places[place]] = number
            yield number, *places[place], id_, group.sureness.value, ", ".join(by), linked
    last = len(found.groups)
    for row in same_rows:
        first = (row.place[0], row.of)
        if first not in number_of:
            last += 1
            number_of[first] = last
            yield last, *first, row.id, _JOINED, None, None
        yield number_of[first], *row.place, row.id, _JOINED, row.why, _told(first)
    for number, shared in enumerate(found.shared, start=last + 1):
        for id_, place in zip(shared.ids, shared.places, strict=True):
            yield number, *places[place], id_, _SHARED, shared.key, None


def _told(place: Place) -> str:
    return f"{place[0]} row {place[1]}"
