"""What holds a list: a CSV file, a workbook, JSON, an open file, a frame, rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from ..rows.header import first_header
from ..rows.records import Input, Records
from .csv_input import csv_input
from .empty_input import EmptyInput
from .input_file import InputFile
from .json_input import is_json, json_input
from .row_input import row_input
from .sheet_input import BEGINNINGS, sheet_input

_ENOUGH = 1_024
_OF_LINES = (".jsonl", ".ndjson")

Readable: TypeAlias = "str | os.PathLike[str] | IO[Any] | Iterable[Mapping[str, Any]]"
"""
What a list can be read from: the name of a file, ``-`` for the standard input, an open file, a
pandas, polars or pyarrow frame, or rows that are dictionaries.
"""


def open_input(
    input: Readable,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Input:
    """
    Open what holds a list, and recognise how it is written.

    >>> import io
    >>> [row.cells for row in open_input(io.StringIO("name,city")).rows()]
    [('name', 'city')]
    """
    if isinstance(input, (str, os.PathLike)):
        file = InputFile.of(Path(input))
    elif hasattr(input, "read"):
        file = InputFile.of(cast("IO[Any]", input))
    else:
        return row_input(input)
    beginning = _beginning(file)
    if beginning.startswith(BEGINNINGS):
        return sheet_input(file, sheet=sheet)
    if not beginning and file.name.lower().endswith(_OF_LINES):
        return EmptyInput(file.name)  # of no object there is no line
    if is_json(beginning.decode("latin-1").replace("\0", "").lstrip("ÿþï»¿")):
        return json_input(file, encoding=encoding, sheet=sheet)
    return csv_input(file, encoding=encoding, delimiter=delimiter)


def _beginning(file: InputFile) -> bytes:
    with file.opened() as content:
        return content.read(_ENOUGH)


def read_records(
    input: Readable,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Records:
    r"""
    Open a list, recognise how it is written, and take its first row for the header.

    Blank rows above the header are left out. A column without a name is called "column 3" after
    its place. Raises `UnreadableFile` where not one row could be read.

    >>> import io
    >>> for found in read_records(io.StringIO("name;company\nSara;Novin\nAram;Faradis;9")):
    ...     print(found)
    Record(row=2)
    row 3: has 3 cells where the header has 2
    """
    return first_header(open_input(input, encoding=encoding, delimiter=delimiter, sheet=sheet))
