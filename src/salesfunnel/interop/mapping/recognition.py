"""Recognising a file: the mapping that knows most of its columns, and how it writes its cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

import attrs

from ...errors import Text, UnreadableFile, WrongKind, did_you_mean
from ...values.text import shown
from ..inputs.inputs import Readable, open_input
from ..rows.header import first_header, headers
from ..rows.proofs import proven_format
from ..rows.records import Record, Records
from .list_kind import another_kind
from .mapped_columns import MappedColumns
from .mapping import SHIPPED, FileMapping
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .noun_mapping import key

_ENTRY = re.compile(
    r"\d{5}|@\w|(?:\d[ ().-]{0,3}){7}"
)  # stands in a list of people, and in no name of a column
_PART_OF_AN_ADDRESS = re.compile(r"\d|@|\.\w")
_ADDRESSES = frozenset({"email", "phone", "mobile", "fax", "website"})
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
    if mapping is not None and mapping.header:
        records = Records(given, mapping.header, 0)
        return (
            records,
            mapping,
            MappedColumns(mapping.header, mapping_of_kind(mapping, kind), mapping.format),
        )
    first: Records | None = None
    refused: list[tuple[Records, UnreadableFile]] = []
    for candidate in headers(given):
        if refused and candidate.input is refused[-1][0].input:
            continue
        first = first or candidate
        chosen = mapping or recognise_mapping(candidate.header, kind=kind, needed=needed)
        columns = MappedColumns(candidate.header, mapping_of_kind(chosen, kind), chosen.format)
        known = sum(map(len, columns.places.values()))
        if not columns.tells(*needed) or (candidate is not first and known == 1):
            continue
        if mapping is not None:
            return candidate, chosen, columns
        if another := another_kind(candidate, columns, kind):
            refused.append((candidate, another))  # the next sheet may be of this kind
            continue
        if _begins_with_an_entry(candidate, columns):
            break
        form, guesses = proven_format(columns, candidate)
        columns = MappedColumns(candidate.header, columns.noun, form, guesses)
        return candidate, attrs.evolve(chosen, format=form), columns
    if refused:
        raise refused[0][1]
    raise _unknown_columns(first or first_header(given), mapping, kind, needed)


def _begins_with_an_entry(records: Records, columns: MappedColumns) -> bool:
    """
    Tell whether a header is an entry that happens to have a word such as "phone" in it.

    Then all that is known of it are columns of addresses, others are not known, and below them
    there are no addresses.
    """
    if not columns.unread or not columns.places.keys() <= _ADDRESSES:
        return False
    places = [place for found in columns.places.values() for place, _ in found]
    rows = (row for row in islice(records, _MOST_LOOKED_AT) if isinstance(row, Record))
    below = [cell for row in rows for place in places if (cell := row.cells[place].strip())]
    return below != [] and not any(map(_PART_OF_AN_ADDRESS.search, below))


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
    is_named = mapping is not None
    mapping = mapping or recognise_mapping(records.header, kind=kind)
    columns = MappedColumns(records.header, mapping_of_kind(mapping, kind))
    if not is_named and (another := another_kind(records, columns, kind)):
        return another
    file = records.input.name
    params: dict[str, object] = {"mapping": mapping.name, "needed": ", ".join(needed)}
    if any(map(_ENTRY.search, records.header)) or _begins_with_an_entry(records, columns):
        return UnreadableFile(file, _NO_HEADER, {"needed": params["needed"]})
    noun = mapping_of_kind(mapping, kind)
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
