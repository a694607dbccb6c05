"""Working hours: how much time people had to react, and until when they have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import attrs

from ..errors import InvalidDefinition, InvalidValue, Text, WrongKind
from .frozen_map import FrozenMap
from .instants import day, instant, time_zone
from .text import shown

Span = tuple[time, time]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_LONGEST_NAME = 20

_UNKNOWN_DAY = Text("unknown_weekday", "{day!r} is not a day of the week", "one of: {days}")
_NO_SPAN = Text(
    "working_span", "the hours of {day} are not a span", 'such as ("09:00", "17:00"), the end later'
)
_NO_HOURS = Text("no_working_hours", "no day of the week has any hours")
_NEGATIVE = Text("negative_length", "{field} is negative", "a length of nothing or more")
_TOO_FAR = Text("beyond_calendar", "{field} lies beyond the calendar", "a shorter length")


def _shown(name: object) -> str:
    """Show the name of a day without what a screen would obey; what is no text by its class."""
    return shown(name, limit=_LONGEST_NAME) if isinstance(name, str) else type(name).__name__


def _week(week: Mapping[str, tuple[str, str]]) -> FrozenMap[str, Span]:
    if not isinstance(week, Mapping):
        raise WrongKind.of("week", week, wanted='hours by day, such as {"mon": ("09:00", "17:00")}')
    known = ", ".join(_DAYS)
    strange = [_shown(name) for name in week if name not in _DAYS]
    problems = [_UNKNOWN_DAY.problem(day=name, days=known) for name in strange]
    spans: dict[str, Span] = {}
    for name, hours in week.items():
        try:
            opens, closes = map(time.fromisoformat, hours)
        except (TypeError, ValueError):
            problems.append(_NO_SPAN.problem(day=_shown(name)))
            continue
        if opens.tzinfo or closes.tzinfo or opens >= closes:
            problems.append(_NO_SPAN.problem(day=_shown(name)))
        spans[name] = (opens, closes)
    if not week:
        problems.append(_NO_HOURS.problem())
    if problems:
        raise InvalidDefinition("working hours", tuple(problems))
    return FrozenMap(spans)


def _holidays(days: Iterable[date]) -> frozenset[date]:
    return frozenset(day(holiday, what="holidays") for holiday in days)


@attrs.frozen
class WorkingHours:
    """
    The hours of each day of the week in which people work, in one time zone, without holidays.

    Args:
        week: for each working day, mon to sun, when work begins and ends.
        zone: the time zone of the place.
        holidays: days without work.

    >>> from datetime import timezone
    >>> tehran = timezone(timedelta(hours=3, minutes=30))
    >>> week = {"wed": ("09:00", "17:00"), "thu": ("09:00", "13:00")}
    >>> office = WorkingHours(week, zone=tehran)
    >>> wednesday = datetime(2026, 3, 4, 16, tzinfo=tehran)
    >>> office.after(wednesday, timedelta(hours=2)).astimezone(tehran).isoformat()
    '2026-03-05T10:00:00+03:30'
    """

    week: FrozenMap[str, Span] = attrs.field(converter=_week)
    zone: tzinfo = attrs.field(default=UTC, converter=time_zone, kw_only=True)
    holidays: frozenset[date] = attrs.field(default=frozenset(), converter=_holidays, kw_only=True)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """
        Add up the working time from one instant to another; nothing if the end is not later.

        >>> office = WorkingHours({"mon": ("09:00", "17:00")})
        >>> monday, tuesday = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
        >>> office.between(monday, tuesday)
        datetime.timedelta(seconds=28800)
        """
        since, until = instant(start, what="start"), instant(end, what="end")
        total = timedelta()
        for opens, closes in self._spans(since):
            if opens >= until:
                break
            total += max(min(closes, until) - max(opens, since), timedelta())
        return total

    def after(self, start: datetime, length: timedelta) -> datetime:
        """
        Give the earliest instant by which so much working time has passed, in UTC.

        >>> office = WorkingHours({"mon": ("09:00", "17:00")})
        >>> monday = datetime(2026, 3, 2, 16, tzinfo=UTC)
        >>> office.after(monday, timedelta(hours=2)).isoformat()
        '2026-03-09T10:00:00+00:00'
        """
        since = instant(start, what="start")
        if length < timedelta():
            raise InvalidValue("length", _NEGATIVE)
        left = length
        for opens, closes in self._spans(since):
            begins = max(opens, since)
            if left <= max(closes - begins, timedelta()):
                return begins + left if left else since
            left -= max(closes - begins, timedelta())
        raise InvalidValue("length", _TOO_FAR)

    def _spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Go through the working spans from a day on, in UTC, until the calendar ends."""
        today = since.astimezone(self.zone).date()
        while today < date.max - _DAY:
            span = self.week.get(_DAYS[today.weekday()])
            if span and today not in self.holidays:
                opens, closes = (
                    datetime.combine(today, moment, tzinfo=self.zone).astimezone(UTC)
                    for moment in span
                )
                yield opens, closes
            today += _DAY
