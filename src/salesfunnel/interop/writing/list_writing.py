"""How a list is written: each noun becomes a row, in a file whose kind its name tells."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from ...errors import WrongKind
from ..inputs.input_file import file_name
from ..mapping.mapping import FileMapping, load_mapping
from ..mapping.mapping_choice import Kind
from ..rows.row_fault import Refused
from ..rows.row_outcomes import Accepted, Joined, Repeated
from ..rows.told_parts import Cells, Told
from .list_target import Target
from .own_columns import own_mapping
from .read_back import ReadBack
from .sheet_names import sheet_name
from .tables import Cell, Table
from .written import Missing, Written

NounT = TypeVar("NounT")
AnyMapping: TypeAlias = "str | os.PathLike[str] | FileMapping | None"
"""A mapping, its name, or its TOML file; ``None`` stands for the columns of this library."""

AFTER_ALL = datetime(9990, 1, 1, tzinfo=UTC)
"""When what was written is read back: after all that it tells."""


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
    back = ReadBack(columns, read, target.as_found(), cells.values.format.blanks)
    demanded = [place for place, field in enumerate(columns.fields) if columns.demands(field)]
    missing: Counter[int] = Counter()
    count = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal count
        for noun in nouns:
            told = tell(noun)
            row = columns.row(told.cells)
            count += 1
            for place in demanded:
                if row[place] == "":
                    row[place] = columns.default(place)
                    missing[place] += row[place] == ""
            back.look_at(noun, told, row)
            yield row

    sheet = target.sheet or sheet_name(name, [])
    target.write(Table(columns.header, rows(), sheet))
    found = tuple(Missing(columns.header[place], missing[place]) for place in sorted(+missing))
    return Written(file_name(target.path), count, back.left_out(), found)
