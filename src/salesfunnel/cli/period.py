"""The options ``--from``, ``--to`` and ``--calendar``: which days are asked for, and by whose."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from ..errors import InvalidValue, Text
from ..interop.cells.dates import read_date
from ..values.calendar import Calendar, CalendarKind, Period
from ..values.converters import choice

_NOT_A_DAY = Text("day_of_command", "{field} is not a day", "2026-03-31, or 1405-01-11")
_FIRST, _LAST = date(1900, 1, 1), date(9990, 1, 1)


def given_calendar(options: argparse.Namespace) -> Calendar:
    """
    Take the calendar that a command was given, in UTC.

    >>> given_calendar(argparse.Namespace(calendar="jalali")).week_starts
    'sat'
    """
    return Calendar(choice(CalendarKind, options.calendar, "--calendar"))


def given_period(options: argparse.Namespace) -> Period | None:
    """
    Read the first and the last day that are asked for, if either was given.

    >>> print(given_period(argparse.Namespace(since="2026-01-01", until="2026-03-31")))
    2026-01-01 to 2026-03-31
    """
    since, until = _day(options.since, "--from"), _day(options.until, "--to")
    if since is None and until is None:
        return None
    ends = _LAST if until is None else until + timedelta(days=1)
    return Period(since or _FIRST, ends)


def _day(written: str | None, option: str) -> date | None:
    if not written:
        return None
    found = read_date(written, day_first=None)
    if found is None:
        raise InvalidValue(option, _NOT_A_DAY)
    return found.date()
