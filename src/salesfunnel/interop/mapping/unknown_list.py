"""A list of which no column is known: why, and what probably helps."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from pathlib import PurePath

from ...errors import Text, UnreadableFile, did_you_mean
from ...values.text import shown
from ..rows.header import first_header, headers
from ..rows.records import Input, Record, Records
from .list_kind import another_kind
from .mapped_columns import MappedColumns
from .mapping import FileMapping
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .noun_mapping import key

_ENTRY = re.compile(
    r"\d{5}|@\w|(?:\d[ ().-]{0,3}){7}"
)  # stands in a list of people, and in no name of a column
_PART_OF_AN_ADDRESS = re.compile(r"\d|@|\.\w")
_ADDRESSES = frozenset({"email", "phone", "mobile", "fax", "website"})
_LONGEST_COLUMN = 40
_MOST_LOOKED_AT = 100
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
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
_CALLED_A_WORKBOOK = Text(
    "text_called_a_workbook",
    "is not a workbook, though its name ends with {suffix}, and as a text it has no column that "
    "the mapping {mapping} knows as one of: {needed}",
    "open what it was made from and save it anew, as .xlsx or CSV",
)
_ENCODING_IN_DOUBT = Text(
    "no_known_column_in_this_encoding",
    "has no column that the mapping {mapping} knows as one of: {needed}",
    "rename a column, or name a mapping that knows it (--mapping FILE, mapping=…); "
    "name the encoding if its letters are not those of {encoding}",
)


def begins_with_an_entry(records: Records, columns: MappedColumns) -> bool:
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


def unknown_columns(
    given: Input, mapping: FileMapping | None, kind: Kind, needed: Collection[str]
) -> UnreadableFile:
    """Say why no row could be read, with what probably helps."""
    records = next(headers(given), None) or first_header(given)
    is_named = mapping is not None
    mapping = mapping or recognise_mapping(records.header, kind=kind)
    columns = MappedColumns(records.header, mapping_of_kind(mapping, kind))
    if not is_named and (another := another_kind(records, columns, kind, is_readable=False)):
        return another
    file = records.input.name
    params: dict[str, object] = {"mapping": mapping.name, "needed": ", ".join(needed)}
    if any(map(_ENTRY.search, records.header)) or begins_with_an_entry(records, columns):
        return UnreadableFile(file, _NO_HEADER, {"needed": params["needed"]})
    noun = mapping_of_kind(mapping, kind)
    known = [header for header, field in noun.columns.items() if field in needed]
    strange = [name for name in records.header if not noun.field_of(name)]
    for column in strange[:_MOST_LOOKED_AT]:
        if meant := did_you_mean(key(column), known):
            params |= {"meant": noun.columns[meant], "column": shown(column, limit=_LONGEST_COLUMN)}
            return UnreadableFile(file, _COLUMN_MISSPELT, params)
    encoding = records.input.encoding
    suffix = PurePath(file).suffix.casefold()
    if encoding is not None and suffix in _WORKBOOKS:
        return UnreadableFile(file, _CALLED_A_WORKBOOK, {**params, "suffix": suffix})
    if encoding is None or encoding.name == "utf-8" or encoding.certain:
        return UnreadableFile(file, _NO_COLUMN, params)
    params["encoding"] = encoding.name
    return UnreadableFile(file, _ENCODING_IN_DOUBT, params)
