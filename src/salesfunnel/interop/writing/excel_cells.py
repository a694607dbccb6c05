"""What a cell of Excel can hold as it is: a number, a day, a yes; all else stands there as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from ..cells.cell_values import as_cell
from .tables import Cell

ExcelValue: TypeAlias = "str | float | bool | datetime | None"
"""What Excel holds in a cell."""

LONGEST_TEXT = 32_767
"""Letters of a cell, where those beyond the first plane of Unicode count twice."""

_MOST_DIGITS = 15
# Excel believes in a 29 February 1900, so days before it would come back as others.
_FIRST_DAY = date(1900, 3, 1)
_NO_LETTERS: Mapping[int, str] = MappingProxyType({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})


def excel_value(value: Cell) -> ExcelValue:
    """
    Give what Excel can hold without loss; a number of more than 15 digits is written as text.

    A moment is written by the clock of UTC, since Excel knows no zones, and as text where it has
    parts of a second.

    >>> excel_value(Decimal("12.50")), excel_value(10**20 + 1), excel_value(date(1850, 1, 1))
    (12.5, '100000000000000000001', '1850-01-01')
    """
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        return as_cell(value)[0] if moment.microsecond else _from_first_day(moment, value)
    if isinstance(value, date):
        return _from_first_day(datetime(value.year, value.month, value.day), value)  # noqa: DTZ001
    text = as_cell(value)[0]
    return float(value) if _fits(text) else text


def _from_first_day(moment: datetime, value: date) -> datetime | str:
    return moment if moment.date() >= _FIRST_DAY else as_cell(value)[0]


def _fits(digits: str) -> bool:
    """Tell whether a number comes back as it was: not if it has too many digits, or is none."""
    number = Decimal(digits)
    return (
        number.is_finite()
        and len(number.normalize().as_tuple().digits) <= _MOST_DIGITS
        and (Decimal(repr(float(number))) == number)
    )


def cut_text(text: str) -> str:
    """
    Cut a text to what a cell can hold, with a mark for what is no letter; mostly it is as it was.

    >>> len(cut_text("x" * 40_000)), cut_text("x" * 40_000)[-1], cut_text("Sara")
    (32767, '…', 'Sara')
    """
    if len(text) <= LONGEST_TEXT // 2 and text.isprintable():
        return text
    units = text.translate(_NO_LETTERS).encode("utf-16-le", "replace")
    if len(units) > 2 * LONGEST_TEXT:
        units = units[: 2 * (LONGEST_TEXT - 1)] + "…".encode("utf-16-le")
    return units.decode("utf-16-le", "ignore")
