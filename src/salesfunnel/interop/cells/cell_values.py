"""Cells that are no text where they come from: a number, a day, a yes, a list, nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ...errors import Text
from ..inputs.csv_rows import CELL_TOO_LONG, LONGEST_CELL
from ..rows.records import Record, fitted
from ..rows.row_fault import Refused, RowFault

_LONGEST_NUMBER = 400
_WHOLE = 10.0**16
_VALUES = ("value", "number", "email", "phone", "address")  # of a member of a list, by its name
_CANNOT_BE_WRITTEN = RowFault(
    Text("cell_cannot_be_written", "has a cell that cannot be written as text")
)


def record_of(row: int, values: Iterable[object], width: int | None) -> Record | Refused | None:
    """
    Make a record of values, or nothing of a row in which there are none.

    >>> found = record_of(2, ["Sara", 12.5, date(2026, 3, 2), None], 4)
    >>> found.cells, sorted(found.exact)
    (('Sara', '12.5', '2026-03-02', ''), [1, 2])
    """
    exact: set[int] = set()
    cells: list[str] = []
    for place, value in enumerate(values):
        if type(value) is str:
            text = value
        else:
            try:
                text, is_exact = as_cell(value)
            except Exception:  # noqa: BLE001 - a stranger's object may fail in any way
                return Refused(row, (_CANNOT_BE_WRITTEN,))
            if is_exact:
                exact.add(place)
        if len(text) > LONGEST_CELL:
            return Refused(row, (CELL_TOO_LONG,))
        cells.append(text)
    if not any(map(str.strip, cells)):
        return None
    return fitted(row, cells, width, exact=frozenset(exact))


def as_cell(value: object) -> tuple[str, bool]:
    """
    Write a value as a cell, and tell whether it is a number or a day: with a point, or by ISO.

    >>> as_cell(9121234567.0), as_cell(True), as_cell(["a@x.example", "b@x.example"])
    (('9121234567', True), ('true', False), ('a@x.example; b@x.example', False))
    """
    if hasattr(value, "dtype"):
        value = _plain(value)
    if value is None or _is_missing(value):
        return "", False
    for kind, write in _KINDS:
        if isinstance(value, kind):
            return write(value)
    return str(value), False


def _plain(value: Any) -> object:  # noqa: ANN401 - of numpy
    """Take a value of numpy for what it is in Python: an array is a list."""
    if getattr(value, "shape", ()):
        return value.tolist()
    if str(value.dtype).startswith("datetime64["):  # of nanoseconds, a whole number comes of it
        value = value.astype("datetime64[us]")
    return value.item() if callable(getattr(value, "item", None)) else value


def _is_missing(value: object) -> bool:
    """Tell whether a value says that there is none: only such a one differs from itself."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:  # as pandas' NA, which is neither true nor false
        return True


def _number(value: float | Decimal) -> tuple[str, bool]:
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _WHOLE:
            return str(int(value)), True
        value = Decimal(repr(value))
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        return str(number), False
    return format(number, "f"), True


def _moment(value: datetime) -> str:
    """Write an instant, or the day alone where there is neither time nor zone."""
    if value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(timespec="microseconds" if value.microsecond else "seconds")


def _listed(items: Iterable[object]) -> tuple[str, bool]:
    """Write the members of a list, and of those that have a label, such as "work", the value."""
    told = (_without_label(item) for item in items)
    return "; ".join(text for item in told if (text := as_cell(item)[0])), False


def _without_label(item: object) -> object:
    """Give the value of a member that tells beside it what it is, such as a number for work."""
    if not isinstance(item, Mapping):
        return item
    return next((item[name] for name in _VALUES if name in item), item)


# The first kind that a value is; a yes is a number, too, and an instant is a day.
_KINDS: tuple[tuple[Any, Callable[[Any], tuple[str, bool]]], ...] = (
    (str, lambda text: (str(text), False)),
    (bool, lambda yes: ("true" if yes else "false", False)),
    ((int, float, Decimal), _number),
    (datetime, lambda moment: (_moment(moment), True)),
    (date, lambda day: (day.isoformat(), True)),
    (Mapping, lambda inner: (json.dumps(inner, ensure_ascii=False, default=str), False)),
    ((list, tuple, set, frozenset), _listed),
)
