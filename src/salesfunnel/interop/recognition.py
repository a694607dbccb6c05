"""Recognising a file: the mapping that knows most of its columns, and how it writes its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Literal, TypeVar

import attrs

from ..errors import Text, UnreadableFile, WrongKind, did_you_mean
from ..values.numbers import ascii_digits
from ..values.text import shown
from .dates import day_comes_first, day_of_number, order_is_in_doubt
from .decimal_marks import decimal_mark_of, may_be_thousands
from .formats import FileFormat, without_currency
from .header import first_header, headers
from .inputs import Readable, open_input
from .mapping import SHIPPED, FileMapping, load_mapping
from .noun_mapping import AMOUNTS, MappedColumns, NounMapping, key
from .records import Record, Records
from .row_fault import Refused

Kind = Literal["lead", "opportunity", "account", "person", "history", "activity"]

_ENTRY = re.compile(r"\d{5}|@\w")  # stands in a list of people, and in no name of a column
_LONGEST_COLUMN = 40
_MOST_LOOKED_AT = 100
_NO_HEADER = Text(
    "no_names_of_columns",
    "seems to begin without names of columns; none is known as one of: {needed}",
    "put a first row above it that names the columns, such as Name, Company, Phone",
)
_NO_COLUMN = Text(
    "no_known_column",
    "has no column that the mapping {mapping} knows as one of: {needed}",
    "rename a column, or name a mapping that knows it (--mapping FILE, mapping=…)",
)
_COLUMN_MISSPELT = Text(
    "column_misspelt",
    "has no column that the mapping {mapping} knows as one of: {needed}; did you mean {meant} by "
    "{column!r}?",
    "rename the column, or name a mapping that knows it (--mapping FILE, mapping=…)",
)
_ENCODING_IN_DOUBT = Text(
    "no_known_column_in_this_encoding",
    "has no column that the mapping {mapping} knows as one of: {needed}",
    "rename a column, or name a mapping that knows it (--mapping FILE, mapping=…); "
    "name the encoding if its letters are not those of {encoding}",
)

_ENOUGH_ROWS = 1_000
_DATES = (
    *("captured", "converted_on", "opened", "expected_close", "closed", "close"),
    *("created", "entered", "left", "happened", "due"),
)

_ENOUGH_PROOFS = 3
_FEW = (1, 2)
_JUST_BELOW_ONE = 0.9
GuessT = TypeVar("GuessT", bool, str)


def opened_list(
    input: Readable,
    mapping: FileMapping | None,
    *,
    kind: Kind,
    needed: Collection[str],
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> tuple[Records, FileMapping, MappedColumns]:
    """
    Open a list, and look its columns up in a mapping, or in the shipped one that knows most.

    The header may stand below a title. Where no mapping is named the rows themselves may prove
    how dates and amounts are written. Raises `UnreadableFile` when none of the fields that are
    needed is among the columns.
    """
    if mapping is not None and not isinstance(mapping, FileMapping):
        raise WrongKind.of("mapping", mapping, wanted=_as_mapping(mapping))
    given = open_input(input, encoding=encoding, delimiter=delimiter, sheet=sheet)
    first = first_header(given)
    for candidate in headers(given):
        chosen = mapping or recognise_mapping(candidate.header, kind=kind)
        columns = MappedColumns(candidate.header, _noun(chosen, kind), chosen.format)
        known = sum(map(len, columns.places.values()))
        if not columns.places.keys().isdisjoint(needed) and (candidate == first or known > 1):
            if mapping is None:
                chosen = attrs.evolve(chosen, format=proven_format(columns, candidate))
                columns = MappedColumns(candidate.header, columns.noun, chosen.format)
            return candidate, chosen, columns
    raise _unknown_columns(first, mapping, kind, needed)


def _as_mapping(found: object) -> str:
    """Say what to write instead of a thing that is no mapping, such as its name."""
    name = found if isinstance(found, str) else ""
    meant = name if name in SHIPPED else did_you_mean(name, SHIPPED)
    example = meant or shown(name, limit=_LONGEST_COLUMN) or "salesforce"
    return f"mapping=load_mapping({example!r})"


def _unknown_columns(
    records: Records, mapping: FileMapping | None, kind: Kind, needed: Collection[str]
) -> UnreadableFile:
    """Say why no row could be read, with what probably helps."""
    mapping = mapping or recognise_mapping(records.header, kind=kind)
    file = records.input.name
    params: dict[str, object] = {"mapping": mapping.name, "needed": ", ".join(needed)}
    if any(map(_ENTRY.search, records.header)):
        return UnreadableFile(file, _NO_HEADER, {"needed": params["needed"]})
    noun = _noun(mapping, kind)
    known = [header for header, field in noun.columns.items() if field in needed]
    for column in records.header[:_MOST_LOOKED_AT]:
        if meant := did_you_mean(key(column), known):
            params |= {"meant": noun.columns[meant], "column": shown(column, limit=_LONGEST_COLUMN)}
            return UnreadableFile(file, _COLUMN_MISSPELT, params)
    encoding = records.input.encoding
    if encoding is None or encoding.name == "utf-8" or encoding.certain:
        return UnreadableFile(file, _NO_COLUMN, params)
    params["encoding"] = encoding.name
    return UnreadableFile(file, _ENCODING_IN_DOUBT, params)


def recognise_mapping(header: tuple[str, ...], *, kind: Kind) -> FileMapping:
    """
    Choose the mapping that comes with the library and knows most columns of a header.

    Where a plain list may have as many, it is the export of a system if a column is only found
    there, or two are found in one more system at most.

    >>> recognise_mapping(("LastName", "IsConverted", "ConvertedDate"), kind="lead").name
    'salesforce'
    """
    plain, *systems = map(load_mapping, SHIPPED)
    known = {
        mapping.name: {name for name in header if _noun(mapping, kind).field_of(name)}
        for mapping in (plain, *systems)
    }
    systems_of = Counter(chain.from_iterable(known[system.name] for system in systems))

    def weight(mapping: FileMapping) -> tuple[int, float]:
        mine = known[mapping.name]
        own = sum(1 / systems_of[name] for name in mine if systems_of[name] in _FEW)
        return len(mine), _JUST_BELOW_ONE if mapping is plain else own

    return max((plain, *systems), key=weight)


def _noun(mapping: FileMapping, kind: Kind) -> NounMapping:
    noun: NounMapping = getattr(mapping, kind)
    return noun


def proven_format(columns: MappedColumns, rows: Iterable[Record | Refused]) -> FileFormat:
    """
    Complete the format of a file by its first thousand rows.

    One ``31/03/2026`` proves that the day comes first, one ``1.234,50`` that a comma divides off
    the cents. Three such cells decide; fewer do where no more than twice as many are in doubt, so
    that one odd cell does not change how the others are read. Three day numbers in a column of
    dates are days of a spreadsheet.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> columns = MappedColumns(("Stage", "Amount"), plain.opportunity)
    >>> proven_format(columns, [Record(2, ("won", "1.234,50"))]).decimal_mark
    ','
    """
    if columns.places.keys().isdisjoint((*_DATES, *AMOUNTS)):
        return columns.format
    seen = [row for row in islice(rows, _ENOUGH_ROWS) if isinstance(row, Record)]
    dates = [text for row in seen for text in _cells(columns, row, _DATES)]
    numbers = [without_currency(text)[0] for row in seen for text in _cells(columns, row, AMOUNTS)]
    orders = Counter(order for text in dates if (order := day_comes_first(text)) is not None)
    marks = Counter(mark for text in numbers if (mark := decimal_mark_of(text)))
    day_first = _decided(orders, len(set(filter(order_is_in_doubt, dates))))
    decimal_mark = _decided(marks, len(set(filter(may_be_thousands, numbers))))
    fields = {field for field in _DATES if _has_day_numbers(columns, seen, field)}
    return attrs.evolve(
        columns.format,
        day_numbers=columns.format.day_numbers | fields,
        day_first=columns.format.day_first if day_first is None else day_first,
        decimal_mark=decimal_mark or columns.format.decimal_mark,
    )


def _has_day_numbers(columns: MappedColumns, rows: Iterable[Record], field: str) -> bool:
    numbers = (text for row in rows for text in _cells(columns, row, [field]))
    return len([*islice(filter(day_of_number, numbers), _ENOUGH_PROOFS)]) == _ENOUGH_PROOFS


def _decided(proofs: Counter[GuessT], in_doubt: int) -> GuessT | None:
    """Return what most cells prove, where they are enough; nothing where as many contradict."""
    if not proofs:
        return None
    (most, times), *others = proofs.most_common()
    if others and others[0][1] == times:
        return None
    return most if times >= _ENOUGH_PROOFS or times * 2 >= in_doubt else None


def _cells(columns: MappedColumns, row: Record, fields: Iterable[str]) -> Iterator[str]:
    for field in fields:
        for place, _ in columns.places.get(field, ()):
            if place in row.exact:
                continue  # what is no text proves nothing of how texts are written
            yield ascii_digits(row.cells[place].strip())
