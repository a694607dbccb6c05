"""What a command was given, a file and a mapping, and what it says about the rows at the end."""

from __future__ import annotations

import argparse
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import InvalidValue, Text
from ..interop.cells.currency_names import SEVERAL, currency_meant
from ..interop.mapping.mapping import FileMapping, load_mapping
from ..interop.printing import kept_in_line, notes_as_data, report_as_text
from ..interop.rows.import_report import ImportReport
from ..interop.rows.reading import FileReading
from ..interop.rows.row_reader import EntityT
from ..values.text import shown
from .failures import NOTHING_READ
from .output import complain, write

_ALL_REFUSED = Text("all_rows_refused", "not one row could be read: every row was refused")
_NO_ROWS = Text("no_rows", "not one row could be read: the list has none")

_NOT_A_CURRENCY = Text("currency_of_command", "{field} is not a currency", "such as EUR or toman")

_MOST_COLUMNS = 20
SOME_REFUSED = 1
"""The exit status of a strict reading in which a row was refused, and others were not."""


@contextmanager
def given_file(
    options: argparse.Namespace, example: str, *, name: str = "file"
) -> Generator[Path, None, None]:
    """
    Name the file that a command shall read, or the example that comes with the library.

    >>> with given_file(argparse.Namespace(example=True, file=None), "deals.csv") as path:
    ...     path.name
    'deals.csv'
    """
    if not options.example:
        yield Path(getattr(options, name))
        return
    examples = resources.files("salesfunnel.interop").joinpath("examples")
    with resources.as_file(examples.joinpath(example)) as path:
        yield path


def given_mapping(options: argparse.Namespace) -> FileMapping | None:
    """
    Load the mapping that a command was given, if any.

    >>> given_mapping(argparse.Namespace(mapping=None))
    """
    return load_mapping(options.mapping) if options.mapping else None


def by_given_format(
    reading: FileReading[EntityT], options: argparse.Namespace
) -> FileReading[EntityT]:
    """Read a list by what a command was told of its dates, its amounts and its clock."""
    given: dict[str, Any] = {}
    if options.day_first is not None:
        given["day_first"] = options.day_first
    if options.timezone:
        given["timezone"] = options.timezone
    if options.currency:
        given["currency"] = given_currency(options.currency)
    return reading.with_format(**given) if given else reading


def given_currency(word: str) -> str:
    """
    Read the currency that a command was given, by its code or a name.

    >>> given_currency("eur"), given_currency("تومان")
    ('EUR', 'toman')
    """
    meant = currency_meant(word)
    if meant is None or meant == SEVERAL:
        raise InvalidValue("--currency", _NOT_A_CURRENCY)
    return meant


def how_read(reading: FileReading[Any], report: ImportReport) -> dict[str, object]:
    """Say how a file was read, for JSON, and why where it has no row at all."""
    missing = reading.missing_columns
    return {
        **({} if report.read else {"error": str(_NO_ROWS.problem())}),
        "mapping": reading.mapping.name,
        **reading.how,
        **({"header_row": reading.header_row} if reading.header_row > 1 else {}),
        **({"guesses": list(map(str, reading.guesses))} if reading.guesses else {}),
        "unread_columns": reading.unread_columns,
        **({"missing_columns": list(map(str, missing))} if missing else {}),
    }


def write_report(report: ImportReport, reading: FileReading[Any], *, of: str = "") -> None:
    """Print what became of the rows, for people; of several files each by its name."""
    write(told_of_rows(report, reading, of=of), end="\n")


def told_of_rows(report: ImportReport, reading: FileReading[Any], *, of: str = "") -> Iterator[str]:
    """Say line by line what became of the rows, and how the file was read."""
    named = kept_in_line(shown("the input" if of == "-" else Path(of).name)) if of else ""
    unread, header_row = reading.unread_columns, reading.header_row
    yield from report_as_text(report, unread, header_row=header_row, of=named)
    yield from islice(map(str, reading.missing_columns), _MOST_COLUMNS)
    yield from (f"assumed: {guess}" for guess in reading.guesses)
    encoding = reading.encoding
    notes = {} if encoding is None else {"encoding": f" ({encoding.note})"}
    yield from (f"{what}: {name}{notes.get(what, '')}" for what, name in reading.how.items())


def rows_as_data(report: ImportReport) -> dict[str, object]:
    """
    Give for JSON what became of the rows of a file beside the list itself.

    >>> with ImportReport() as nothing:
    ...     rows_as_data(nothing)["refused"]
    []
    """
    counts = ("read", "accepted", "repeated", "refused")
    rows = {count: getattr(report, count) for count in counts}
    return {"rows": rows, "notes": notes_as_data(report), "refused": [*report.refusals]}


def status_of(report: ImportReport, *, strict: bool = False) -> int:
    """
    Succeed if any row could be read, or where it is ``strict`` if all could; else say why not.

    >>> with ImportReport() as nothing:
    ...     status_of(nothing)
    2
    """
    if report.accepted or report.repeated:  # a row that is known already could be read
        return SOME_REFUSED if strict and report.refused else 0
    complain(str((_ALL_REFUSED if report.refused else _NO_ROWS).problem()))
    return NOTHING_READ
