"""Whether a list tells stages over time: of one deal or lead where it stood since when."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from ..rows.records import Record, Records
from .loose_headers import loose_field
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
ENDINGS = ("closed", "outcome", "reason", "competitor")
"""How a deal or a lead ended, which no line of a history tells."""
_MOST_LOOKED_AT = 200
_OFTEN = 3


def tells_stages(
    records: Records, header: list[str], columns: MappedColumns, kind: Kind, noun: NounMapping
) -> bool:
    """
    Tell whether a list that shall be one of deals or leads has the lines of their histories.

    It has a day on which a stage was entered or left, which no deal tells, and nothing else of the
    deal; or its rows tell of one deal several stages. A row that tells how one ended is of the deal
    itself.

    Args:
        records: the list.
        header: the names of its columns that may tell the kind.
        columns: its columns as those of the kind.
        kind: that of deals, or that of leads.
        noun: how lines of histories are read.
    """
    if any(field in columns.places for field in (*ITSELF[kind], *ENDINGS)):
        return False
    fields = {_field(noun, name) for name in header}
    if not {"id", "stage", "entered"} <= fields:
        return False
    has_values = any(field in columns.places for field in _VALUES)
    days = headers_for(header, noun, "entered")
    has_day_of_stage = any(_is_of_lines(day, noun, columns.noun) for day in days)
    if not has_values and (has_day_of_stage or _ONLY_OF_LINES & fields):
        return True
    return repeats_what_moves(records, header, noun, of=columns.noun)


def headers_for(header: list[str], noun: NounMapping, field: str) -> list[str]:
    """
    Name the columns that hold a field.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> headers_for(["Deal ID", "Stage"], load_mapping("salesfunnel").history, "id")
    ['Deal ID']
    """
    return [name for name in header if _field(noun, name) == field]


def _field(noun: NounMapping, name: str) -> str | None:
    return noun.field_of(name) or loose_field(noun, name)


def _is_of_lines(day: str, noun: NounMapping, itself: NounMapping) -> bool:
    """Tell whether a day is rather one of the lines of a history than of a deal itself."""
    if itself.field_of(day) is not None:
        return False
    return noun.field_of(day) is not None or loose_field(itself, day) is None


def repeats_what_moves(
    records: Records, header: list[str], noun: NounMapping, *, of: NounMapping
) -> bool:
    r"""
    Tell whether the first rows name often again, in another stage, what a row above them named.

    A list of deals names each once, though it may name a lead often; of what moved on, a history
    has a line for each stage. Where its lines have ids of their own beside those of the deals, one
    deal in two stages is enough.

    >>> from io import StringIO
    >>> from salesfunnel.interop.inputs.inputs import read_records
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> rows = read_records(StringIO("Deal ID,Stage,Date\n7,Meeting,2026-03-02\n7,Won,2026-04-02"))
    >>> repeats_what_moves(rows, [*rows.header], plain.history, of=plain.opportunity)
    True
    """
    ids = headers_for(header, of, "id") or headers_for(header, noun, "id")
    stages = headers_for(header, noun, "stage")
    told = [_repeats(records, one, stages[0]) for one in ids if stages]
    has_ids_of_lines = any(again == 0 for again, _ in told)
    return any(
        again * _OFTEN >= count > 0 or (has_ids_of_lines and again > 0) for again, count in told
    )


def _repeats(records: Records, id: str, stage: str) -> tuple[int, int]:
    """Count the first rows that name again, in another stage, what one above named; and all."""
    named, told = records.header.index(id), records.header.index(stage)
    stood: dict[str, str] = {}
    count = again = 0
    for row in islice(records, _MOST_LOOKED_AT):
        if isinstance(row, Record) and (name := row.cells[named].strip()):
            count += 1
            again += stood.get(name, row.cells[told]) != row.cells[told]
            stood[name] = row.cells[told]
    return again, count
