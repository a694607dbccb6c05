"""Recognising a file: the mapping that knows most of its columns, and how it writes its cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from operator import itemgetter
from typing import TypeAlias

import attrs

from ...errors import UnreadableFile, WrongKind, did_you_mean
from ...values.text import shown
from ..inputs.empty_input import EmptyInput
from ..inputs.inputs import Readable, open_input
from ..inputs.json_input import JsonInput
from ..rows.header import headers_of
from ..rows.proofs import proven_format
from ..rows.records import Input, Records
from .list_kind import another_kind
from .mapped_columns import MappedColumns
from .mapping import KNOWN, SHIPPED, FileMapping, load_mapping
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .prose import prose
from .status_words import leads_by_words
from .unknown_list import begins_with_an_entry, unknown_columns

_LONGEST_COLUMN = 40
Opened: TypeAlias = tuple[Records, FileMapping, MappedColumns]
"""A list with the mapping by which it is read, and its columns."""


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

    A mapping that names no columns of this kind of list is put on top of that one. The header may
    stand below a title. Where no mapping is named the rows themselves may prove
    how dates and amounts are written. Raises `UnreadableFile` when none of the fields that are
    needed is among the columns.
    """
    if mapping is not None and not isinstance(mapping, FileMapping):
        raise WrongKind.of("mapping", mapping, wanted=_as_mapping(mapping))
    given = open_input(input, encoding=encoding, delimiter=delimiter, sheet=sheet)
    if mapping is not None and mapping.header:
        noun = mapping_of_kind(mapping, kind)
        columns = MappedColumns(mapping.header, noun, mapping.format)
        return Records(given, mapping.header, 0), mapping, columns
    if isinstance(given, EmptyInput):
        return _of_nothing(given, mapping, kind)
    if mapping is not None and mapping_of_kind(mapping, kind).columns:
        found = _described(given, mapping, kind, needed)
    else:
        found = _recognised(given, mapping, kind, needed)
    if isinstance(found, tuple):
        return found
    if isinstance(given, JsonInput) and (nothing := given.nothing()):
        return _of_nothing(nothing, mapping, kind)
    raise found


def _candidates(
    given: Input,
    kind: Kind,
    needed: Collection[str],
    chosen: Callable[[tuple[str, ...]], FileMapping],
) -> Iterator[Opened]:
    """
    Give each row that may be the header, with a mapping that knows what is needed of it.

    Of the rows of one list the one that knows most comes first: a wider one below another has the
    names of the columns, and that the names of their groups.
    """
    first: Records | None = None
    for way in given.ways():
        found: list[tuple[int, Opened]] = []
        for candidate in headers_of(way):
            first = first or candidate
            mapping = chosen(candidate.header)
            noun = mapping_of_kind(mapping, kind)
            columns = MappedColumns(candidate.header, noun, mapping.format)
            known = sum(map(len, columns.places.values()))
            if columns.tells(*needed) and (candidate is first or known > 1):
                found.append((known, (candidate, mapping, columns)))
        found.sort(key=itemgetter(0), reverse=True)
        yield from (opened for _, opened in found)


def _described(
    given: Input, mapping: FileMapping, kind: Kind, needed: Collection[str]
) -> Opened | UnreadableFile:
    """
    Look the columns up in a mapping that names them, in the first sheet of the kind.

    By one that comes with the library a list of another kind is read all the same.
    """
    refused: list[tuple[Opened, UnreadableFile]] = []
    for found in _candidates(given, kind, needed, lambda _: mapping):
        records, columns = found[0], found[-1]
        another = another_kind(records, columns, kind, by=mapping) or _by_words(
            records, columns, kind
        )
        if another is None:
            return found
        refused.append((found, another))
    if refused:
        opened, another = refused[0]
        return opened if mapping.name.partition(".")[0] in KNOWN else another
    return unknown_columns(given, mapping, kind, needed)


def _recognised(
    given: Input, over: FileMapping | None, kind: Kind, needed: Collection[str]
) -> Opened | UnreadableFile:
    """Look the columns up in the mapping that knows most of them, and what the rows prove."""

    def chosen(header: tuple[str, ...]) -> FileMapping:
        found = recognise_mapping(header, kind=kind, needed=needed)
        return found if over is None else over.over(found.name)

    refused: list[tuple[Records, UnreadableFile]] = []
    text: UnreadableFile | None = None
    for candidate, mapping, columns in _candidates(given, kind, needed, chosen):
        if refused and candidate.input is refused[-1][0].input:
            continue
        if found := prose(candidate, columns):
            text = text or found
            continue
        another = another_kind(candidate, columns, kind) or _by_words(candidate, columns, kind)
        if another is not None:
            refused.append((candidate, another))  # the next sheet may be of this kind
            continue
        if begins_with_an_entry(candidate, columns):
            break
        form, guesses = proven_format(columns, candidate)
        proven = MappedColumns(candidate.header, columns.noun, form, guesses)
        return candidate, attrs.evolve(mapping, format=form), proven
    if refused:
        return refused[0][1]
    return text or unknown_columns(given, None, kind, needed)


def _by_words(records: Records, columns: MappedColumns, kind: Kind) -> UnreadableFile | None:
    return leads_by_words(records, columns) if kind == "opportunity" else None


def _of_nothing(given: EmptyInput, mapping: FileMapping | None, kind: Kind) -> Opened:
    """Read a list in which nothing stands: it has no row, and no column that could be unknown."""
    chosen = mapping or load_mapping(SHIPPED[0])
    columns = MappedColumns((), mapping_of_kind(chosen, kind), chosen.format)
    return Records(given, (), 0), chosen, columns


def _as_mapping(found: object) -> str:
    """Say what to write instead of a thing that is no mapping, such as its name."""
    name = found if isinstance(found, str) else ""
    meant = name if name in SHIPPED else did_you_mean(name, SHIPPED)
    example = meant or shown(name, limit=_LONGEST_COLUMN) or "salesforce"
    return f"mapping=load_mapping({example!r})"
