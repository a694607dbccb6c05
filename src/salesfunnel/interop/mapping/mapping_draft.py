"""The draft of a mapping for a list that no one has described yet: its headers, with guesses."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ...errors import did_you_mean
from ...values.text import shown
from ..calls.call_headers import call_sheet_columns
from ..cells.amounts import unit_of_header
from ..inputs.inputs import Readable, open_input
from ..inputs.json_input import JsonInput
from ..rows.header import first_header, headers
from ..rows.proofs import proven_format
from ..rows.records import Input, Record, Records
from ..rows.row_person import half_of_name
from .drafted_words import bare_key, unknown_words
from .likelier_kind import likelier_kind
from .list_kind import LISTS, another_kind
from .mapped_columns import MappedColumns
from .mapped_fields import FIELDS
from .mapping import SHIPPED
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .noun_mapping import CONSENT, key
from .prose import prose
from .word_problems import fits_in_a_mapping

_ENOUGH_ROWS = 1_000
_MOST_COLUMNS = 200
_FEW_WORDS = 12
_LONGEST_SHOWN = 60
_NOT_IN_A_NAME = re.compile(r"\W+")


def draft_mapping(
    input: Readable, *, encoding: str | None = None, sheet: str | None = None
) -> Iterator[str]:
    r"""
    Write the draft of a mapping, line by line: it reads the list, and is to be completed by hand.

    Columns that are known stand under their fields. The others go into the details, each with what
    it may mean; and where a column holds few words, those are listed. What the rows prove of dates
    and numbers is written down, since a list that is read by a mapping is read by that alone.

    >>> from io import StringIO
    >>> deals = StringIO("Deal,Stage,Weather\n1,Won,fine\n2,Won,fine\n")
    >>> print("\n".join(line for line in draft_mapping(deals) if not line.startswith("#")))
    <BLANKLINE>
    [opportunity.columns]
    name = "Deal"
    stage = "Stage"
    <BLANKLINE>
    [opportunity.details]
    weather = "Weather"  # fine (2)
    <BLANKLINE>
    """
    given = open_input(input, encoding=encoding, sheet=sheet)
    records, kind, system, columns = _likeliest(given)
    rows = [row for row in islice(records, _ENOUGH_ROWS) if isinstance(row, Record)]
    yield f"# A draft for a list of {LISTS[kind]}: complete it by hand."
    if system != SHIPPED[0]:
        yield f'extends = "{system}"'
    yield ""
    yield from _format(columns, rows)
    written: set[str] = set()
    yield from _table(kind, "columns", columns, written, half=half_of_name(columns, rows))
    yield from _table(kind, "answers", columns, written)
    details = [*_table(kind, "details", columns, written)][:-1]
    if unknown := [*_unknown(kind, columns, rows, written)]:
        details = [*(details or [f"[{kind}.details]"]), *unknown]
    yield from (*details, "") if details else ()
    yield from unknown_words(kind, columns, rows)


def _likeliest(given: Input) -> tuple[Records, Kind, str, MappedColumns]:
    """Find the header and the kind of a list of which most columns are known."""
    kinds: tuple[Kind, ...] = ("lead", "opportunity")
    found: list[tuple[Records, Kind, str, MappedColumns]] = [
        (records, kind, *_columns(records, kind))
        for records in (first_header(given), *headers(given))
        for kind in kinds
    ]
    best = max(found, key=lambda one: sum(map(bool, map(one[3].noun.field_of, one[0].header))))
    records, kind, _, columns = best
    if not columns.places and isinstance(given, JsonInput) and (nothing := given.nothing()):
        first_header(nothing)  # which it does not have
    _refuse_what_is_none(records, columns, kind)
    rather, _ = likelier_kind(records, columns, kind)
    return best if rather == kind else (records, rather, *_columns(records, rather))


def _columns(records: Records, kind: Kind) -> tuple[str, MappedColumns]:
    mapping = recognise_mapping(records.header, kind=kind)
    columns = MappedColumns(records.header, mapping_of_kind(mapping, kind), mapping.format)
    return mapping.name, columns


def _refuse_what_is_none(records: Records, columns: MappedColumns, kind: Kind) -> None:
    """Refuse a text, and a call sheet, which is read without a mapping."""
    none = prose(records, columns)
    if none is None and call_sheet_columns(records.header):
        none = another_kind(records, columns, kind)
    if none is not None:
        raise none


def _format(columns: MappedColumns, rows: list[Record]) -> Iterator[str]:
    """Write what the rows prove of dates and numbers: under a mapping nothing is guessed."""
    form, _ = proven_format(columns, rows)
    lines = []
    if form.day_first != columns.format.day_first:
        lines.append(f"day_first = {json.dumps(form.day_first)}")
    if form.decimal_mark != columns.format.decimal_mark:
        lines.append(f'decimal_mark = "{form.decimal_mark}"')
    if numbered := sorted(form.day_numbers - columns.format.day_numbers):
        lines.append(f"day_numbers = {json.dumps(numbered)}")
    if lines:
        yield from ("[format]", *(f"{line}  # as the rows prove" for line in lines), "")


def _table(
    kind: Kind, part: str, columns: MappedColumns, written: set[str], *, half: str = ""
) -> Iterator[str]:
    """Write the columns that are known, under their fields; a person may be half of a name."""
    lines = []
    for field, places in columns.places.items():
        prefix, _, name = field.rpartition(".")
        if (prefix or "columns") != part:
            continue
        headers = [_as_mapped(header, columns) for _, header in places]
        taken = set[str]() if field in CONSENT else written
        fresh = [header for header in dict.fromkeys(headers) if _may_be_written(header, taken)]
        if fresh:
            name = half if half and field == "person" else name
            lines.append(f"{name} = {_quoted(fresh)}")
    if lines:
        yield from (f"[{kind}.{part}]", *lines, "")


def _as_mapped(header: str, columns: MappedColumns) -> str:
    """Leave the unit of an amount to the file: it is read from the header each time."""
    found = unit_of_header(header) if header in columns.units else None
    return found[0] if found else header


def _may_be_written(header: str, written: set[str]) -> bool:
    if not fits_in_a_mapping(header) or key(header) in written:
        return False
    written.add(key(header))
    return True


def _unknown(
    kind: Kind, columns: MappedColumns, rows: list[Record], written: set[str]
) -> Iterator[str]:
    """Write the columns that are not known into the details, with what each may mean."""
    taken = {field.rpartition(".")[2] for field in columns.places} | FIELDS[kind]
    known = list(columns.noun.columns)
    lines = []
    for place, header in enumerate(columns.header):
        if header not in columns.unread or not _may_be_written(header, written):
            continue
        name = _NOT_IN_A_NAME.sub("_", header.lower()).strip("_")
        if not name.isidentifier() or name in taken:
            name = f"column_{place + 1}"
        taken.add(name)
        meant = did_you_mean(key(header), known)
        told = [f"{columns.noun.columns[meant]}?"] if meant else []
        told += [", ".join(_few(columns, rows, place))]
        remark = " ".join(filter(None, told))
        lines.append(
            f"{bare_key(name)} = {_quoted([header])}" + (f"  # {remark}" if remark else "")
        )
    yield from lines[:_MOST_COLUMNS]
    if len(lines) > _MOST_COLUMNS:
        yield f"# and {len(lines) - _MOST_COLUMNS:,} columns more"


def _few(columns: MappedColumns, rows: list[Record], place: int) -> list[str]:
    """List the words of a column that has few, each with how often; a list of names has many."""
    cells = (row.cells[place].strip() for row in rows)
    counted = Counter(cell for cell in cells if cell and cell not in columns.blanks)
    if len(counted) > _FEW_WORDS or sum(counted.values()) < 2 * len(counted):
        return []
    return [f"{shown(cell, limit=_LONGEST_SHOWN)} ({n:,})" for cell, n in counted.most_common()]


def _quoted(headers: list[str]) -> str:
    texts = [json.dumps(header, ensure_ascii=False) for header in headers]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
