"""Moments and calendar days: when something happened, and on which day it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from ..errors import InvalidValue, Text, WrongKind

_FIRST_YEAR = 1900

_AWARE = "a datetime with a time zone, such as datetime(2026, 3, 2, 9, tzinfo=UTC)"
_NOT_A_MOMENT = Text("not_a_moment", "{field} is not a moment", _AWARE)
_NO_ZONE = Text("no_time_zone", "{field} has no time zone", _AWARE)
_BROKEN_ZONE = Text("broken_time_zone", "{field} has a time zone that fails", _AWARE)
_OUT_OF_YEARS = Text("moment_out_of_years", "{field} lies outside the years 1 to 9999 in UTC")

_DAY = "a calendar day, such as date(2026, 6, 30)"
_NOT_A_DAY = Text("not_a_day", "{field} is not a day", _DAY)
_MOMENT = Text("moment_for_day", "{field} is a moment, not a day", _DAY)
_NOT_GREGORIAN = Text("no_gregorian_day", "{field} has no Gregorian counterpart", _DAY)
_JALALI = Text(
    "jalali_day",
    "{field} looks like a Jalali date",
    "a day from 1900 on, or a Jalali date object",
)

# How the Jalali dates of persiantools, jdatetime and khayyam turn into Gregorian ones.
_JALALI_EXITS = ("to_gregorian", "togregorian", "todate")


def instant(at: datetime, *, what: str = "at") -> datetime:
    """
    Read a moment, in UTC. A moment without a time zone is refused: it could be any of two days.

    >>> from datetime import timedelta, timezone
    >>> tehran = timezone(timedelta(hours=3, minutes=30))
    >>> instant(datetime(2026, 3, 2, 12, 30, tzinfo=tehran))
    datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if type(at) is datetime and at.tzinfo is UTC:
        return at
    if not isinstance(at, datetime):
        raise InvalidValue(what, _NOT_A_MOMENT)
    try:
        is_aware = at.tzinfo is not None and at.utcoffset() is not None
        utc = at.astimezone(UTC) if is_aware else at
        # A host may hand in its own kind of datetime; a stored moment is always the plain one.
        plain = datetime.combine(date(utc.year, utc.month, utc.day), utc.time(), tzinfo=UTC)
    except OverflowError:
        raise InvalidValue(what, _OUT_OF_YEARS) from None
    except Exception:  # noqa: BLE001 - a time zone of a host may raise anything
        raise InvalidValue(what, _BROKEN_ZONE) from None
    if not is_aware:
        raise InvalidValue(what, _NO_ZONE)
    return plain


def said_instant(at: datetime, zone: tzinfo = UTC) -> str:
    """
    Say an instant, to the minute, by the clock of a zone.

    >>> from zoneinfo import ZoneInfo
    >>> said_instant(datetime(2026, 5, 31, 20, 30, tzinfo=UTC), ZoneInfo("Asia/Tehran"))
    '2026-06-01 00:00 Asia/Tehran'
    """
    moment = instant(at)
    try:
        moment = moment.astimezone(zone)
    except OverflowError:  # on the first and the last day of the calendar
        zone = UTC
    return f"{moment:%Y-%m-%d %H:%M} {zone}"


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
        raise InvalidValue(what, _MOMENT)
    if not isinstance(value, date):
        raise InvalidValue(what, _NOT_A_DAY)
    if value.year < _FIRST_YEAR:
        raise InvalidValue(what, _JALALI)
    return date(value.year, value.month, value.day)


def moment_of(value: date, *, at: datetime, what: str) -> datetime:
    """
    Read a moment, or a day, which begins at midnight where ``at`` was taken.

    >>> from datetime import timedelta, timezone
    >>> tehran = timezone(timedelta(hours=3, minutes=30))
    >>> moment_of(date(2026, 6, 1), at=datetime(2026, 3, 2, tzinfo=tehran), what="until").hour
    20
    """
    if isinstance(value, datetime) or not isinstance(value, date):
        return instant(value, what=what)  # what is neither is refused
    instant(at)  # so that a moment without a zone is named as what it is
    midnight = time(tzinfo=at.tzinfo)
    return instant(datetime.combine(day(value, what=what), midnight), what=what)


def time_zone(zone: tzinfo) -> tzinfo:
    """
    Let in a time zone.

    >>> time_zone(UTC)
    datetime.timezone.utc
    """
    if isinstance(zone, tzinfo):
        return zone
    raise WrongKind.of("zone", zone, wanted='a time zone, such as ZoneInfo("Asia/Tehran")')


def _from_jalali(value: object, what: str) -> object:
    for name in _JALALI_EXITS:
        convert = getattr(value, name, None)
        if callable(convert):
            try:
                converted: object = convert()
            except Exception:  # noqa: BLE001 - a date of a host may raise anything
                raise InvalidValue(what, _NOT_GREGORIAN) from None
            return converted
    return value
