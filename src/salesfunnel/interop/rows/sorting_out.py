"""Rows that share a key, sorted out: which are about one entity, and which are not after all."""

from __future__ import annotations

from ...errors import Text
from .row_reader import EntityT, RowReader
from .rows_of_one import RowOutcome, RowsOfOne, ToldRow
from .shared_address import other_person

_EQUAL = Text("equal_row", "is equal to another row, and neither is named: taken as one of its own")


def sorted_out(
    rows: list[ToldRow[EntityT]], reader: RowReader[EntityT]
) -> dict[int, RowOutcome[EntityT]]:
    """Say what becomes of rows that share a key; two people are told apart in spite of it."""
    groups: list[RowsOfOne[EntityT]] = []
    for row in rows:
        _put(row, groups, reader)
    return {
        number: outcome for group in groups for number, outcome in group.outcomes(reader).items()
    }


def _put(
    row: ToldRow[EntityT], groups: list[RowsOfOne[EntityT]], reader: RowReader[EntityT]
) -> None:
    own = reader.equal(groups[-1].rows[-1].told, row.told, row.row) if groups else None
    if own is not None:
        row.row.note(_EQUAL)
        row.told = own
        groups.append(RowsOfOne(reader.known(own), [row]))
        return
    known = reader.known(row.told)
    heads = [*groups] or ([RowsOfOne(known)] if known is not None else [])
    told, is_other = row.told, False
    for group in heads:
        other = reader.part(group.head, told, row.row)
        if other is not None:
            told, is_other = other, True
        elif known is None or group.known in (None, known):
            group.known = known if group.known is None else group.known
            group.rows.append(row)
            if not groups:
                groups.append(group)
            return
    if is_other:  # than each of those above, so its id is that of none of them
        row.row.notes.append(other_person(row.told, heads))
        row.told = told
        known = reader.known(told)
    groups.append(RowsOfOne(known, [row]))
