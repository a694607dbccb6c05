"""How a list is written: each noun becomes a row, in a file whose kind its name tells."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from ...errors import WrongKind
from ..cells.blanks import Blanks
from ..inputs.input_file import file_name
from ..mapping.mapping import FileMapping, load_mapping
from ..mapping.mapping_choice import Kind
from ..rows.row_fault import Refused
from ..rows.row_outcomes import Accepted, Joined, Repeated
from ..rows.told_parts import Cells, Told
from .list_target import Target
from .over_its_list import refuse_over_its_list, refuse_over_its_mapping
from .own_columns import own_mapping
from .read_back import ReadBack
from .replaced_file import path_of
from .sheet_names import sheet_name
from .tables import Cell, Table
from .written import Missing, Written
from .written_columns import WrittenColumns

NounT = TypeVar("NounT")
AnyMapping: TypeAlias = "str | os.PathLike[str] | FileMapping | None"
"""A mapping, its name, or its TOML file; ``None`` stands for the columns of this library."""

AFTER_ALL = datetime(9990, 1, 1, tzinfo=UTC)
"""When what was written is read back: after all that it tells."""

_AT_ONCE = 100


def target_of(
    target: str | os.PathLike[str],
    source: object,
    mapping: AnyMapping,
    *,
    delimiter: str | None,
    encoding: str,
    sheet: str,
) -> Target:
    """Take the file to be written, unless the list stands there, or its mapping."""
    path = path_of(target)
    refuse_over_its_list(path, source)
    if isinstance(mapping, (str, os.PathLike)):
        refuse_over_its_mapping(path, mapping)
    return Target(
        path=path,
        delimiter=delimiter,
        encoding=encoding,
        sheet=sheet,
        guard_numbers=mapping is None,  # another system would take a sign for a part of them
    )


def mapping_given(mapping: AnyMapping, kind: Kind, nouns: Iterable[Any]) -> FileMapping:
    """Take a mapping as it is, by its name, or from its file; or that of our own columns."""
    if mapping is None:
        return own_mapping(kind, nouns)
    if isinstance(mapping, FileMapping):
        return mapping
    return load_mapping(Path(mapping) if isinstance(mapping, os.PathLike) else mapping)


def nouns_in(
    given: Iterable[Any], kind: type[NounT], what: str, *, all_at_once: bool = False
) -> Iterable[NounT]:
    """Give each noun of a list, or of a reading of one; what it refused is passed over."""
    nouns = _nouns(given, kind, what)
    return list(nouns) if all_at_once else nouns


def _nouns(given: Iterable[Any], kind: type[NounT], what: str) -> Iterator[NounT]:
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise WrongKind.of(what, given, wanted=f"several of {kind.__name__}")
    for one in given:
        noun = one.entity if isinstance(one, Accepted) else one
        if isinstance(noun, kind):
            yield noun
        elif not isinstance(noun, (Joined, Repeated, Refused)):
            raise WrongKind.of(what, noun, wanted=f"several of {kind.__name__}")


def write_list(
    nouns: Iterable[NounT],
    target: Target,
    cells: Cells,
    *,
    tell: Callable[[NounT], Told],
    read: Callable[[Sequence[Mapping[str, Any]]], Any],
    name: str,
) -> Written:
    """Write a list, and read it back as it is written."""
    columns = cells.columns
    blanks = Blanks(cells.values.format.blanks)
    back = ReadBack(columns, read, target.as_found(), target.why_not_found, blanks)
    demanded = list(columns.demanded())
    missing: Counter[tuple[str, ...]] = Counter()
    count = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal count
        several = iter(nouns)
        while batch := list(islice(several, _AT_ONCE)):
            told = [tell(noun) for noun in batch]
            count += len(batch)
            for one in told if columns.noun.rewritten else ():
                _write_back(one, columns)
            for fields in demanded:
                missing[fields] += sum(_is_missing(one, fields, columns) for one in told)
            lines = list(columns.rows([one.cells for one in told]))
            back.look_at(batch, told, lines)
            yield from lines

    sheet = target.sheet or sheet_name(name, [])
    target.write(Table(columns.header, rows(), sheet))
    blank = [fields for fields in demanded if missing[fields]]
    found = tuple(Missing(columns.header_of(fields), missing[fields]) for fields in blank)
    return Written(file_name(target.path), count, back.left_out(), found)


def _write_back(told: Told, columns: WrittenColumns) -> None:
    """Put in the words that are read as others; what they stand for tells one row from another."""
    for field, place in columns.rewritten():
        if place in told.cells:
            meaning = told.cells[place]
            told.cells[place] = columns.written_back(field, meaning)
            told.shape.append((place, meaning))


def _is_missing(told: Told, fields: Sequence[str], columns: WrittenColumns) -> bool:
    """Put in what the mapping has for a field without a fact, and tell whether that is nothing."""
    cells = told.cells
    for field in fields:
        if cells.get(field, "") != "":
            return False
    filling = columns.filling(fields[0], cells)
    cells[fields[0]] = filling
    told.shape.append((fields[0], filling != ""))  # one that is filled is not like one that tells
    return filling == ""
