"""
Calendars: whose days, weeks, months, quarters and years are meant when something is counted.

A day is a civil day in one time zone. A period is half-open, so each day lies in exactly one week,
one month, one quarter and one year, and the label comes from the same arithmetic as the bounds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text, WrongKind
from . import converters
from .instants import day, instant, time_zone
from .jalali import MONTHS, from_jalali, to_jalali

EARLIEST, LATEST = date(1900, 1, 1), date(9989, 12, 31)
"""The first and the last day that a period without a beginning or an end may hold."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR_BEFORE, _LAST_YEAR = 1_899, 9_990
_MONTH = Text("first_month", "{field} is not a month", "a whole number from 1 to 12")
_WEEKDAY = Text("first_weekday", "{field} is not a day of the week", "one of: {days}")
_NO_LENGTH = Text("empty_period", "{field} does not lie after its beginning", "a later day")
_TOO_FAR = Text("day_too_far", "{field} lies beyond the calendar", "a day up to the year {year}")


class CalendarKind(StrEnum):
    """
    By which calendar the months and years are counted.

    >>> CalendarKind("jalali").name
    'JALALI'
    """

    GREGORIAN = "gregorian"
    JALALI = "jalali"


class Every(StrEnum):
    """
    The periods that a calendar knows.

    >>> [every.value for every in Every]
    ['week', 'month', 'quarter', 'year']
    """

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _bound(value: date, what: str) -> date:
    # The week or the year of the first day that is let in may begin before it.
    return value if type(value) is date and value.year == _YEAR_BEFORE else day(value, what=what)


def _since(value: date) -> date:
    return _bound(value, "since")


def _until(value: date) -> date:
    return _bound(value, "until")


@attrs.frozen
class Period:
    """
    The days from one day up to another, that day not included, in one time zone.

    An instant lies in it if its civil day in that zone does.

    >>> march = Period(date(2026, 3, 1), date(2026, 4, 1))
    >>> date(2026, 3, 31) in march, datetime(2026, 4, 1, tzinfo=UTC) in march, str(march)
    (True, False, '2026-03-01 to 2026-03-31')
    """

    since: date = attrs.field(converter=_since)
    until: date = attrs.field(converter=_until)
    label: str = attrs.field(default="", kw_only=True)
    zone: tzinfo = attrs.field(default=UTC, converter=time_zone, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a period without a day, and name one that has no name."""
        if self.until <= self.since:
            raise InvalidValue("until", _NO_LENGTH)
        if not self.label:
            object.__setattr__(self, "label", f"{self.since} to {self.last}")

    @property
    def last(self) -> date:
        """The last day that lies in it."""
        return self.until - timedelta(days=1)

    @property
    def has_beginning(self) -> bool:
        """Whether it begins on a day, and does not hold all that was before it ends."""
        return self.since > EARLIEST

    @property
    def has_end(self) -> bool:
        """Whether it ends on a day, and does not go on for ever."""
        return self.last < LATEST

    @property
    def days(self) -> int:
        """How many days lie in it."""
        return (self.until - self.since).days

    @property
    def begins(self) -> datetime:
        """The instant at which it begins, in UTC."""
        return datetime.combine(self.since, time(), tzinfo=self.zone).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The first instant that no longer lies in it, in UTC."""
        return datetime.combine(self.until, time(), tzinfo=self.zone).astimezone(UTC)

    def __contains__(self, moment: date) -> bool:
        """Tell whether a day, or the day of an instant, lies in it."""
        return self.since <= civil_day(moment, self.zone) < self.until

    def __str__(self) -> str:
        """Say its label."""
        return self.label


@attrs.frozen
class Calendar:
    """
    Whose days, weeks, months, quarters and years are meant.

    Args:
        kind: gregorian or jalali.
        zone: the time zone in which a day begins and ends.
        year_starts: the first month of the year; labels of a year that begins in another month than
            the first name both years.
        week_starts: the first day of the week, mon to sun; sat for jalali, else mon.

    >>> tehran = Calendar("jalali")
    >>> print(tehran.period(date(2026, 3, 21), "quarter"))
    1405 Q1
    >>> print(Calendar(year_starts=4).period(date(2026, 3, 31), "quarter"))
    FY2025/26 Q4
    """

    kind: CalendarKind = attrs.field(default=CalendarKind.GREGORIAN)
    zone: tzinfo = attrs.field(default=UTC, converter=time_zone, kw_only=True)
    year_starts: int = attrs.field(default=1, kw_only=True)
    week_starts: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Read the kind, and refuse a month or a day of the week that there is not."""
        kind = converters.choice(CalendarKind, self.kind, "kind")
        object.__setattr__(self, "kind", kind)
        if type(self.year_starts) is not int or not 1 <= self.year_starts <= MONTHS:
            raise InvalidValue("year_starts", _MONTH)
        first = self.week_starts or ("sat" if kind is CalendarKind.JALALI else "mon")
        if first not in _DAYS:
            raise InvalidValue("week_starts", _WEEKDAY, {"days": ", ".join(_DAYS)})
        object.__setattr__(self, "week_starts", first)

    def day_of(self, moment: datetime) -> date:
        """
        Return the civil day of an instant.

        >>> from datetime import timezone
        >>> hanoi = Calendar(zone=timezone(timedelta(hours=7)))
        >>> hanoi.day_of(datetime(2026, 8, 23, 22, tzinfo=UTC))
        datetime.date(2026, 8, 24)
        """
        return civil_day(instant(moment, what="moment"), self.zone)

    def said(self, today: date) -> str:
        """
        Say a day as this calendar counts it.

        >>> Calendar("jalali").said(date(2026, 3, 21))
        '1405-01-01'
        """
        return "{}-{:02}-{:02}".format(*self._parts(day(today, what="today")))

    def span(self, *, first: date | None = None, last: date | None = None) -> Period:
        """
        Take the days from a first to a last one, both included; without one, it is open there.

        >>> print(Calendar("jalali").span(first=date(2026, 3, 21)))
        from 1405-01-01 on
        >>> print(Calendar().span(last=date(2026, 3, 31)))
        up to 2026-03-31
        """
        since = EARLIEST if first is None else day(first, what="first")
        until = LATEST if last is None else min(day(last, what="last"), LATEST)
        if until < since:
            raise InvalidValue("last", _NO_LENGTH)
        label = f"{self.said(since)} to {self.said(until)}"
        if until == LATEST:
            label = "all days" if since == EARLIEST else f"from {self.said(since)} on"
        elif since == EARLIEST:
            label = f"up to {self.said(until)}"
        return Period(since, until + timedelta(days=1), label=label, zone=self.zone)

    def period(self, moment: date, every: Every | str) -> Period:
        """
        Return the week, month, quarter or year in which a day, or an instant, lies.

        >>> print(Calendar("jalali").period(date(2026, 3, 20), "month"))
        1404-12
        """
        unit = converters.choice(Every, every, "every")
        today = civil_day(moment, self.zone)
        if today.year > _LAST_YEAR:
            raise InvalidValue("moment", _TOO_FAR, {"year": _LAST_YEAR})
        if unit is Every.WEEK:
            since = today - timedelta(days=(today.weekday() - _DAYS.index(self.week_starts)) % 7)
            label = "week of {}-{:02}-{:02}".format(*self._parts(since))
            return Period(since, since + timedelta(days=7), label=label, zone=self.zone)
        year, month, _ = self._parts(today)
        months = year * MONTHS + month - 1  # since the year 0 of the calendar
        length = _MONTHS_IN[unit]
        passed = (months - (self.year_starts - 1)) % MONTHS % length
        first = months - passed
        since, until = self._first_day(first), self._first_day(first + length)
        return Period(since, until, label=self._label(first, unit), zone=self.zone)

    def periods(self, since: date, until: date, every: Every | str) -> tuple[Period, ...]:
        """
        List the periods from the one of a day up to the one of a later day, both included.

        >>> [str(p) for p in Calendar().periods(date(2026, 1, 31), date(2026, 3, 1), "month")]
        ['2026-01', '2026-02', '2026-03']
        """
        found = [self.period(since, every)]
        last = self.period(until, every)
        while found[-1].until <= last.since:
            found.append(self.period(found[-1].until, every))
        return tuple(found)

    def _parts(self, today: date) -> tuple[int, int, int]:
        if self.kind is CalendarKind.JALALI:
            return to_jalali(today)
        return today.year, today.month, today.day

    def _first_day(self, months: int) -> date:
        year, month = divmod(months, MONTHS)
        if self.kind is CalendarKind.JALALI:
            return from_jalali(year, month + 1, 1)
        return date(year, month + 1, 1)

    def _label(self, first: int, unit: Every) -> str:
        year, month = divmod(first, MONTHS)
        if unit is Every.MONTH:
            return f"{year}-{month + 1:02}"
        started, into = divmod(first - (self.year_starts - 1), MONTHS)
        name = str(started)
        if self.year_starts > 1:
            name = f"FY{started}/{(started + 1) % 100:02}"
        return name if unit is Every.YEAR else f"{name} Q{into // 3 + 1}"


def civil_day(moment: date, zone: tzinfo) -> date:
    """
    Return the day of an instant in a zone; a day is one already.

    >>> civil_day(date(2026, 3, 2), UTC)
    datetime.date(2026, 3, 2)
    """
    if not isinstance(moment, datetime):
        return day(moment, what="moment")
    utc = instant(moment, what="moment")
    if zone is UTC:
        return utc.date()
    try:
        return utc.astimezone(zone).date()
    except OverflowError:  # on the first and the last day of the calendar
        return utc.date()


_MONTHS_IN = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: MONTHS}


def calendar_of(given: Calendar | None) -> Calendar:
    """
    Let in a calendar, or take the Gregorian one in UTC for nothing.

    >>> calendar_of("jalali")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: calendar is of the wrong kind: str; allowed: Calendar("jalali")...
    """
    told: object = given
    if told is not None and not isinstance(told, Calendar):
        raise WrongKind.of("calendar", told, wanted='Calendar("jalali"), or another Calendar')
    return Calendar() if given is None else given
