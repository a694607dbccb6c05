"""Whether a list tells stages over time: of one deal or lead where it stood since when."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from ..rows.records import Record, Records
from .mapped_columns import MappedColumns
from .mapping_choice import Kind
from .noun_mapping import NounMapping

# What a deal or a lead has, and a line of its history need not have.
ITSELF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lead": ("person", "given_name", "family_name", "company"),
        "opportunity": ("name", "account"),
    }
)
_ONLY_OF_LINES = frozenset({"left", "from_stage"})
_VALUES = ("amount", "expected_close", "close")
_ENDINGS = ("closed", "outcome", "reason", "competitor")
_MOST_LOOKED_AT = 200
_OFTEN = 3


def tells_stages(
    records: Records, header: list[str], columns: MappedColumns, kind: Kind, noun: NounMapping
) -> bool:
    """
    Tell whether a list that shall be one of deals or leads has the lines of their histories.

    Its rows have an id that is not their own; or a day on which a stage was entered or left, which
    no deal tells, and nothing else of it; or they tell of one deal several stages. A
    row that tells how one ended is of the deal itself.

    Args:
        records: the list.
        header: the names of its columns that may tell the kind.
        columns: its columns as those of the kind.
        kind: that of deals, or that of leads.
        noun: how lines of histories are read.
    """
    if any(field in columns.places for field in (*ITSELF[kind], *_ENDINGS)):
        return False
    fields = {noun.field_of(name): name for name in header}
    if not {"id", "stage", "entered"} <= fields.keys():
        return False
    own = [name for _, name in columns.places.get("id", ())]
    if own != [fields["id"]]:
        return True
    has_values = any(field in columns.places for field in _VALUES)
    is_day_of_its = columns.noun.field_of(fields["entered"]) is not None
    if not has_values and (not is_day_of_its or _ONLY_OF_LINES & fields.keys()):
        return True
    return repeats_what_moves(records, MappedColumns(tuple(header), noun))


def repeats_what_moves(records: Records, columns: MappedColumns) -> bool:
    r"""
    Tell whether the first rows name often again, in another stage, what a row above them named.

    A list of deals names each once; of what moved on, a history has a line for each stage.

    >>> from io import StringIO
    >>> from salesfunnel.interop.inputs.inputs import read_records
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> rows = read_records(StringIO("Deal ID,Stage,Date\n7,Meeting,2026-03-02\n7,Won,2026-04-02"))
    >>> repeats_what_moves(rows, MappedColumns(rows.header, load_mapping("salesfunnel").history))
    True
    """
    ids, stages = ([place for place, _ in columns.places.get(one, ())] for one in ("id", "stage"))
    if not ids or not stages:
        return False
    stood: dict[str, str] = {}
    count = again = 0
    for row in islice(records, _MOST_LOOKED_AT):
        if isinstance(row, Record) and (named := row.cells[ids[0]].strip()):
            count += 1
            again += stood.get(named, row.cells[stages[0]]) != row.cells[stages[0]]
            stood[named] = row.cells[stages[0]]
    return again * _OFTEN >= count > 0
