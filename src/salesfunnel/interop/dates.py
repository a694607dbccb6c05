"""Dates as people write them: the year, the day or the month first, or of the Persian calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from ..errors import InvalidValue, Text
from ..values.jalali import from_jalali

_TIME = r"(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?(?: ?([AP])\.?M\.?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.-])(\d\d?)\2(\d\d?){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d\d?)([/.-])(\d\d?)\2(\d{{4}}|\d\d){_TIME}", re.IGNORECASE)
_MONTHS = 12
_PIVOT = 69  # as `strptime` has it: 68 is 2068, 69 is 1969

# The years 1900 to 2050. A lunar year of the same numbers would lie in the last century.
_JALALI_YEARS = range(1279, 1430)
_DAY_OR_MONTH = Text(
    "day_or_month",
    "{field} may begin with its day or with its month",
    "2026-03-31, or day_first in [format] of a mapping",
)


def read_date(written: str, *, day_first: bool | None) -> datetime | None:
    """
    Read a date whose order is plain, or known; ``None`` if it is not a date.

    Between dots the day comes first. ``05/01/2026`` is refused while the order is not known.

    >>> read_date("31/03/2026 2:05 PM", day_first=None)
    datetime.datetime(2026, 3, 31, 14, 5)
    >>> read_date("1405/01/11", day_first=None)
    datetime.datetime(2026, 3, 31, 0, 0)
    """
    if found := _YEAR_FIRST.fullmatch(written):
        year, _, month, day_of_month, *clock = found.groups()
        return _moment(int(year), int(month), int(day_of_month), clock)
    if not (found := _YEAR_LAST.fullmatch(written)):
        return None
    first, mark, second, year, *clock = found.groups()
    known = True if mark == "." else day_first
    if known is None and first != second and max(int(first), int(second)) <= _MONTHS:
        raise InvalidValue("date", _DAY_OR_MONTH)
    day_comes_first = int(first) > _MONTHS if known is None else known
    month, day_of_month = (second, first) if day_comes_first else (first, second)
    whole = (
        int(year) if len(year) > len("26") else int(year) + (1900 if int(year) >= _PIVOT else 2000)
    )
    return _moment(whole, int(month), int(day_of_month), clock)


def day_comes_first(written: str) -> bool | None:
    """
    Tell what a date says about the order of its file: nothing while both parts could be months.

    >>> day_comes_first("31/03/2026"), day_comes_first("3/31/2026"), day_comes_first("3/4/2026")
    (True, False, None)
    """
    found = _YEAR_LAST.fullmatch(written)
    if not found or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    return first > second if (first > _MONTHS) != (second > _MONTHS) else None


def order_is_in_doubt(written: str) -> bool:
    """
    Tell whether a date can be read with its day first as well as with its month first.

    >>> order_is_in_doubt("05/01/2026"), order_is_in_doubt("05.01.2026")
    (True, False)
    """
    found = _YEAR_LAST.fullmatch(written)
    if found is None or found[2] == ".":
        return False
    return found[1] != found[3] and max(int(found[1]), int(found[3])) <= _MONTHS


def is_jalali(written: str) -> bool:
    """
    Tell whether a date is written by the Persian calendar.

    >>> is_jalali("1404/12/29"), is_jalali("2026-03-20")
    (True, False)
    """
    found = _YEAR_FIRST.match(written)
    return found is not None and int(found[1]) in _JALALI_YEARS


def _moment(year: int, month: int, day: int, clock: list[str | None]) -> datetime | None:
    hour, minute, second, half = clock
    try:
        whole = from_jalali(year, month, day) if year in _JALALI_YEARS else date(year, month, day)
        return datetime.combine(whole, time(_hour(hour, half), int(minute or 0), int(second or 0)))
    except ValueError:
        return None


def _hour(hour: str | None, half: str | None) -> int:
    if half is None:
        return int(hour or 0)
    if not 1 <= int(hour or 0) <= _MONTHS:
        raise ValueError
    return int(hour or 0) % _MONTHS + (_MONTHS if half in "Pp" else 0)
