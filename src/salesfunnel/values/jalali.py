"""The Persian calendar: which Gregorian day a Jalali date is, and the other way round."""

from __future__ import annotations

from datetime import date

MONTHS = 12
_MONTHS_OF_31 = 6
_BEGINNING = 226143
_EARLIER = 622  # by how many years the Gregorian year is ahead in spring


def from_jalali(year: int, month: int, day: int) -> date:
    """
    Turn a Jalali date into the Gregorian one. Raises `ValueError` where there is no such day.

    >>> from_jalali(1403, 12, 30)
    datetime.date(2025, 3, 20)
    """
    if not (1 <= month <= MONTHS and 1 <= day <= 30 + (month <= _MONTHS_OF_31)):
        raise ValueError
    began = _new_year(year)
    passed = 30 * (month - 1) + min(month - 1, _MONTHS_OF_31) + day - 1
    if began + passed >= _new_year(year + 1):
        raise ValueError
    return date.fromordinal(began + passed)


def to_jalali(day: date) -> tuple[int, int, int]:
    """
    Turn a Gregorian day into year, month and day of the Persian calendar.

    >>> to_jalali(date(2026, 3, 21))
    (1405, 1, 1)
    """
    ordinal = day.toordinal()
    year = day.year - _EARLIER
    if _new_year(year + 1) <= ordinal:
        year += 1
    passed = ordinal - _new_year(year)
    long = 31 * _MONTHS_OF_31
    if passed < long:
        return year, passed // 31 + 1, passed % 31 + 1
    return year, (passed - long) // 30 + _MONTHS_OF_31 + 1, (passed - long) % 30 + 1


def _new_year(year: int) -> int:
    """Give the ordinal of Nowruz: eight leap years in each cycle of 33."""
    cycles, rest = divmod(year + 1595, 33)
    return _BEGINNING + 365 * year + 8 * cycles + (rest + 3) // 4
