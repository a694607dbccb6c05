"""A table that is to be written: the names of its columns, and rows of cells that have a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import attrs

Cell: TypeAlias = "str | bool | int | Decimal | date | datetime | None"
"""What a cell can hold: a text, a yes or no, a number, a day, a moment without zone, or nothing."""


def _names(header: Iterable[str]) -> tuple[str, ...]:
    return tuple(header)


@attrs.frozen
class Table:
    """
    What every writer of files takes, be it for CSV, JSON lines or Excel.

    The rows are gone through once, so they may be made one at a time.

    >>> Table(("Name", "Employees"), [("Novin Tejarat", 40)]).header
    ('Name', 'Employees')
    """

    header: tuple[str, ...] = attrs.field(converter=_names)
    rows: Iterable[Sequence[Cell]] = attrs.field(repr=False)
    name: str = ""
    """What the table is called, such as a sheet; blank where it does not matter."""
    right_to_left: bool | None = None
    """Whether it is read from the right; ``None`` leaves that to the letters of its header."""
