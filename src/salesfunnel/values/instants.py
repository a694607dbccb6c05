"""Moments and calendar days: when something happened, and on which day it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ..errors import InvalidValue

_FIRST_YEAR = 1900

_AWARE = "a datetime with a time zone, such as datetime(2026, 3, 2, 9, tzinfo=UTC)"
_DAY = "a calendar day, such as date(2026, 6, 30)"

# How the Jalali dates of persiantools, jdatetime and khayyam turn into Gregorian ones.
_JALALI_EXITS = ("to_gregorian", "togregorian", "todate")


def instant(at: datetime, *, what: str = "at") -> datetime:
    """
    Read a moment, in UTC. A moment without a time zone is refused: nobody can say when it was.

    >>> from datetime import timedelta, timezone
    >>> tehran = timezone(timedelta(hours=3, minutes=30))
    >>> instant(datetime(2026, 3, 2, 12, 30, tzinfo=tehran))
    datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if type(at) is datetime and at.tzinfo is UTC:
        return at
    if not isinstance(at, datetime):
        raise InvalidValue(what, "is not a moment", _AWARE)
    if at.tzinfo is None or at.utcoffset() is None:
        raise InvalidValue(what, "has no time zone", _AWARE)
    try:
        utc = at.astimezone(UTC)
    except OverflowError:
        raise InvalidValue(what, "lies outside the years 1 to 9999 in UTC", _AWARE) from None
    # A host may hand in its own kind of datetime; a stored moment is always the plain one.
    return datetime.combine(date(utc.year, utc.month, utc.day), utc.time(), tzinfo=UTC)


def day(value: object, *, what: str = "date") -> date:
    """
    Read a calendar day, also from the Jalali dates of persiantools, jdatetime and khayyam.

    A moment is refused, since its day depends on where one stands, and so is a year before 1900:
    it is nearly always a Jalali year that was read as a Gregorian one.

    >>> day(date(2026, 6, 30))
    datetime.date(2026, 6, 30)
    >>> day(date(1405, 4, 9))
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: date looks like a Jalali date; allowed: ...
    """
    if not isinstance(value, date):
        value = _from_jalali(value, what)
    if isinstance(value, datetime):
        raise InvalidValue(what, "is a moment, not a day", _DAY)
    if not isinstance(value, date):
        raise InvalidValue(what, "is not a day", _DAY)
    if value.year < _FIRST_YEAR:
        raise InvalidValue(
            what, "looks like a Jalali date", "a day from 1900 on, or a Jalali date object"
        )
    return date(value.year, value.month, value.day)


def _from_jalali(value: object, what: str) -> object:
    for name in _JALALI_EXITS:
        convert = getattr(value, name, None)
        if callable(convert):
            try:
                converted: object = convert()
            except (ValueError, TypeError, OverflowError):
                raise InvalidValue(what, "has no Gregorian counterpart", _DAY) from None
            return converted
    return value
