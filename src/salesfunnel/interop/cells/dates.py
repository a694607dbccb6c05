"""Dates as people write them: the year, the day or the month first, or of the Persian calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from ...errors import InvalidValue, Text
from ...values.jalali import from_jalali
from .month_names import jalali_year, named_date

_TIME = r"(?:,?[ T]+(\d{1,2})[:h](\d\d)(?::(\d\d)(?:\.\d{1,6})?)?(?: ?([AP])\.?M\.?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.-])(\d\d?)\2(\d\d?){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d\d?)([/.-])(\d\d?)\2(\d{{4}}|\d\d){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TWO_DIGITS = re.compile(rf"(\d\d)([/.-])(\d\d?)\2(\d\d){_TIME}", re.IGNORECASE)
_BEHIND = re.compile(rf"{_TIME}(?: ?(Z|UTC|GMT|([+-])(\d\d):?(\d\d)))?", re.IGNORECASE)
_CLOCK = re.compile(rf"(){_TIME}", re.IGNORECASE)
_ZONE = re.compile(r" (?:GMT|UTC) ?(?:([+-])(\d\d?)(?::?(\d\d))?)?$")
_MONTHS = 12
_LONGEST_MONTH = 31
_DAY_NUMBER = re.compile(r"[2-7]\d{4}(?:\.\d{1,12})?")
_LONGEST_NUMBER = 20
_SECONDS = 24 * 60 * 60
# Spreadsheets count from here, since they believe in a leap day in 1900.
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of no zone
_A_DAY = timedelta(days=1)
_PIVOT = 69  # as `strptime` has it: 68 is 2068, 69 is 1969

# The years 1900 to 2050. A lunar year of the same numbers would lie in the last century.
_JALALI_YEARS = range(1279, 1430)
_DAY_OR_MONTH = Text(
    "day_or_month",
    "{field} may begin with its day or with its month",
    "2026-03-31, or day_first in [format] of a mapping (--day-first, --no-day-first)",
)


JALALI = "jalali"
"""Declares that two digits are a year of the Persian calendar."""


def read_date(written: str, *, day_first: bool | None, calendar: str = "") -> datetime | None:
    """
    Read a date whose order is plain, or known; ``None`` if it is not a date.

    Between dots the day comes first, and in a Persian date that ends with its year.
    ``05/01/2026`` is refused while the order is not known.

    >>> read_date("31/03/2026 2:05 PM", day_first=None)
    datetime.datetime(2026, 3, 31, 14, 5)
    >>> read_date("2026/03/31 2:05:00 PM GMT+4", day_first=None).isoformat()
    '2026-03-31T14:05:00+04:00'
    >>> read_date("1405/01/11", day_first=None), read_date("20260331", day_first=None)
    (datetime.datetime(2026, 3, 31, 0, 0), datetime.datetime(2026, 3, 31, 0, 0))
    >>> read_date("30/05/97", day_first=None, calendar=JALALI)
    datetime.datetime(2018, 8, 21, 0, 0)
    """
    if written.isascii() and (found := _ZONE.search(written)):
        told = read_date(written[: found.start()], day_first=day_first, calendar=calendar)
        return _in_zone(told, *found.groups())
    return _read_in_order(written, day_first=day_first, calendar=calendar)


def _read_in_order(written: str, *, day_first: bool | None, calendar: str) -> datetime | None:
    if found := _YEAR_FIRST.fullmatch(written):
        year, _, month, day_of_month, *clock = found.groups()
        return _moment(int(year), int(month), int(day_of_month), clock)
    if found := _COMPACT.fullmatch(written):
        year, month, day_of_month = found.groups()
        return _moment(int(year), int(month), int(day_of_month), _NO_CLOCK)
    if calendar == JALALI and (found := _TWO_DIGITS.fullmatch(written)):
        first, _, month, last, *clock = found.groups()
        year_last = day_first or int(last) > _LONGEST_MONTH
        year, day_of_month = (last, first) if year_last else (first, last)
        return _moment(jalali_year(int(year)), int(month), int(day_of_month), clock)
    if any(map(str.isalpha, written)) and (named := _named(written)):
        return named
    if not (found := _YEAR_LAST.fullmatch(written)):
        return None
    first, mark, second, year, *clock = found.groups()
    known = True if mark == "." or _is_jalali_year(year) else day_first
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
    if not found or found[2] == "." or _is_jalali_year(found[4]):
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
    if found is None or found[2] == "." or _is_jalali_year(found[4]):
        return False
    return found[1] != found[3] and max(int(found[1]), int(found[3])) <= _MONTHS


def is_jalali(written: str, *, calendar: str = "") -> bool:
    """
    Tell whether a date is written by the Persian calendar.

    >>> is_jalali("1404/12/29"), is_jalali("5 Bahman 1404"), is_jalali("2026-03-20")
    (True, True, False)
    """
    if found := _YEAR_FIRST.match(written) or _COMPACT.fullmatch(written):
        return int(found[1]) in _JALALI_YEARS
    if found := _YEAR_LAST.fullmatch(written):
        return _is_jalali_year(found[4]) or (calendar == JALALI and len(found[4]) == len("97"))
    named = named_date(written)
    return named is not None and named.is_jalali


def day_of_number(written: str) -> datetime | None:
    """
    Return the day that a spreadsheet means by a number, from 1954 on; ``None`` for any other text.

    >>> day_of_number("45992"), day_of_number("45992.5"), day_of_number("2026")
    (datetime.datetime(2025, 12, 1, 0, 0), datetime.datetime(2025, 12, 1, 12, 0), None)
    """
    if len(written) > _LONGEST_NUMBER or not _DAY_NUMBER.fullmatch(written):
        return None
    days, _, part = written.partition(".")
    seconds = round(int(part or 0) * _SECONDS / 10 ** len(part))
    return _DAY_ZERO + timedelta(days=int(days), seconds=seconds)


def read_clock(written: str) -> time | None:
    """
    Read a time of day that stands in a column of its own.

    >>> read_clock("2:05 PM"), read_clock("14h05"), read_clock("soon")
    (datetime.time(14, 5), datetime.time(14, 5), None)
    """
    found = _CLOCK.fullmatch(f" {written.strip()}")
    try:
        return _time(found.groups()[1:]) if found else None
    except ValueError:
        return None


_NO_CLOCK = (None,) * 4


def _named(written: str) -> datetime | None:
    found = named_date(written)
    behind = _BEHIND.fullmatch(found.rest) if found else None
    if found is None or behind is None or (found.is_jalali and found.year not in _JALALI_YEARS):
        return None
    *clock, zone, sign, hours, minutes = behind.groups()
    moment = _moment(found.year, found.month, found.day, clock, is_jalali=found.is_jalali)
    return _in_zone(moment, sign, hours, minutes) if zone else moment


def _in_zone(
    moment: datetime | None, sign: str | None, hours: str | None, minutes: str | None
) -> datetime | None:
    if moment is None:
        return None
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if offset >= _A_DAY:
        return None
    return moment.replace(tzinfo=timezone(-offset if sign == "-" else offset))


def _is_jalali_year(year: str) -> bool:
    return len(year) > len("97") and int(year) in _JALALI_YEARS


def _moment(
    year: int,
    month: int,
    day: int,
    clock: Sequence[str | None],
    *,
    is_jalali: bool | None = None,
) -> datetime | None:
    by_jalali = year in _JALALI_YEARS if is_jalali is None else is_jalali
    try:
        whole = from_jalali(year, month, day) if by_jalali else date(year, month, day)
        return datetime.combine(whole, _time(clock))
    except ValueError:
        return None


def _time(clock: Sequence[str | None]) -> time:
    hour, minute, second, half = clock
    return time(_hour(hour, half), int(minute or 0), int(second or 0))


def _hour(hour: str | None, half: str | None) -> int:
    if half is None:
        return int(hour or 0)
    if not 1 <= int(hour or 0) <= _MONTHS:
        raise ValueError
    return int(hour or 0) % _MONTHS + (_MONTHS if half in "Pp" else 0)
