"""Rows that are in memory: dictionaries, or a frame of pandas, polars or pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from ...errors import Text, UnreadableFile, WrongKind
from ..cells.cell_values import record_of
from ..rows.records import Input, Record
from ..rows.row_fault import Refused
from .empty_input import EmptyInput

_MOST_COLUMNS = 16_384
_ROWS = "the rows"
_WANTED = (
    'the name of a file, such as "leads.csv", an open file, rows that are dictionaries, or a '
    "frame of pandas, polars or pyarrow"
)
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")
_NO_COLUMNS = Text("rows_without_columns", "have no columns", "give at least one dictionary")


@attrs.frozen
class RowInput:
    """
    Rows of values under names of columns; the names stand in row 1, as in a spreadsheet.

    >>> typed = row_input([{"name": "Sara", "city": None}, {"name": "Ani", "age": 40}])
    >>> [row.cells for row in typed.rows()]
    [('name', 'city', 'age'), ('Sara', '', ''), ('Ani', '', '40')]
    """

    name: str
    columns: tuple[str, ...]
    values: Callable[[], Iterable[Iterable[object]]] = attrs.field(repr=False)
    how: Mapping[str, str] = attrs.field(factory=dict)
    encoding: None = None
    names_columns: bool = True

    def ways(self) -> Iterator[Input]:
        """Give the rows themselves: they have but one meaning."""
        yield self

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the names of the columns, and below them the rows."""
        if below == 0:
            yield Record(1, self.columns)
        for row, values in enumerate(self.values(), start=2):
            if row > below and (found := record_of(row, values, width)) is not None:
                yield found


def row_input(given: Any) -> RowInput | EmptyInput:  # noqa: ANN401 - of packages that may not be there
    """
    Take a frame as it is, and rows that can be read only once into memory.

    >>> row_input("Sara")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: input is of the wrong kind: str; allowed: the name of a file, ...
    """
    if hasattr(given, "itertuples"):  # pandas
        return _of_pandas(given)
    if hasattr(given, "iter_rows"):  # polars
        return _framed(given.columns, given.iter_rows)
    if hasattr(given, "to_batches"):  # pyarrow
        return _framed(given.column_names, lambda: _batched(given))
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise WrongKind.of("input", given, wanted=_WANTED)
    rows: list[Any] = given if isinstance(given, list) else list(given)
    if not all(isinstance(row, Mapping) for row in rows):
        raise WrongKind.of("input", given, wanted=_WANTED)
    if not rows:
        return EmptyInput(_ROWS)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return _framed(keys, lambda: ([row.get(key) for key in keys] for row in rows))


def _of_pandas(frame: Any) -> RowInput:  # noqa: ANN401 - of pandas
    """Take the columns of a frame, and before them those of its index that have a name."""
    index = frame.index
    named = {place: name for place, name in enumerate(index.names) if name is not None}

    def values() -> Iterator[tuple[object, ...]]:
        levels = [index.get_level_values(place) for place in named]
        for row in zip(*levels, frame.itertuples(index=False, name=None), strict=True):
            yield (*row[:-1], *row[-1])

    return _framed([*named.values(), *frame.columns], values)


def _framed(
    columns: Iterable[object], values: Callable[[], Iterable[Iterable[object]]]
) -> RowInput:
    names = tuple(map(str, columns))
    if not names:
        raise UnreadableFile(_ROWS, _NO_COLUMNS)
    if len(names) > _MOST_COLUMNS:
        raise UnreadableFile(_ROWS, _TOO_WIDE, {"most": _MOST_COLUMNS})
    return RowInput(_ROWS, names, values)


def _batched(table: Any) -> Iterator[tuple[object, ...]]:  # noqa: ANN401 - of pyarrow
    for batch in table.to_batches(max_chunksize=1_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
