"""The table of duplicates that a command writes: a line for each entry of each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..duplicates.groups import Duplicates, Link
from ..interop.writing.tables import Cell, Table

Place = tuple[str, int]
HEADER = ("Group", "List", "Row", "Id", "How sure", "Rests on", "Linked to")
_SHARED = "shared by several, and so no proof"


def table_of(found: Duplicates, places: Sequence[Place]) -> Table:
    """
    Put the groups into a table: of each entry where it stands, and which links hold it by what.

    Below them stands what several people share. Names and addresses do not.

    >>> table_of(Duplicates(groups=(), shared=(), looked_through=3), []).header[:3]
    ('Group', 'List', 'Row')
    """
    return Table(HEADER, _rows(found, places), name="Duplicates", right_to_left=False)


def _rows(found: Duplicates, places: Sequence[Place]) -> Iterator[Sequence[Cell]]:
    for number, group in enumerate(found.groups, start=1):
        at = dict(zip(group.ids, group.places, strict=True))
        for id_, place in zip(group.ids, group.places, strict=True):
            links = [link for link in group.links if id_ in {link.one, link.other}]
            by = dict.fromkeys(name for link in links for name in link.by)
            others = (places[at[_other(link, id_)]] for link in links)
            linked = "; ".join(f"{file} row {row}" for file, row in others)
            yield number, *places[place], id_, group.sureness.value, ", ".join(by), linked
    for shared in found.shared:
        for id_ in shared.ids:
            yield None, None, None, id_, _SHARED, shared.key, None


def _other(link: Link, id_: str) -> str:
    return link.other if link.one == id_ else link.one
