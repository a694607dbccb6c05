"""The options ``--from``, ``--to`` and ``--calendar``: which days are asked for, and by whose."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date, datetime

from ..analytics.periods import begun_period
from ..errors import InvalidValue, Text
from ..interop.cells.dates import order_is_in_doubt, read_date
from ..values.calendar import EARLIEST, LATEST, Calendar, CalendarKind, Period
from ..values.converters import choice
from .clock import given_zone

_NOT_A_DAY = Text("day_of_command", "{field} is not a day", "2026-03-31, or 1405-01-11")
_IN_DOUBT = Text(
    "day_or_month_of_command",
    "{field} may begin with its day or with its month",
    "2026-03-31, or --day-first, or --no-day-first",
)
_NO_YEAR = Text(
    "year_of_command", "{field} lies beyond the calendar", "a day of the years {first} to {last}"
)
_REVERSED = Text("days_reversed", "--to lies before --from", "a later day")


def given_calendar(options: argparse.Namespace) -> Calendar:
    """
    Take the calendar that a command was given, in its zone; without one that of its language.

    >>> given_calendar(argparse.Namespace(calendar="", language="fa", timezone="")).week_starts
    'sat'
    """
    usual = CalendarKind.JALALI if options.language == "fa" else CalendarKind.GREGORIAN
    kind = choice(CalendarKind, options.calendar or usual, "--calendar")
    return Calendar(kind, zone=given_zone(options))


def given_period(options: argparse.Namespace, calendar: Calendar, *, at: datetime) -> Period | None:
    """
    Read the first and the last day that are asked for, if either was given.

    >>> from datetime import UTC
    >>> asked = argparse.Namespace(since="2026-01-01", until="", day_first=None)
    >>> print(given_period(asked, Calendar(), at=datetime(2026, 3, 2, tzinfo=UTC)))
    from 2026-01-01 on
    """
    day_first = options.day_first
    if day_first is None:
        day_first = _proven_order(filter(None, (options.since, options.until)))
    first = _day(options.since, "--from", day_first=day_first)
    last = _day(options.until, "--to", day_first=day_first)
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        raise InvalidValue("--to", _REVERSED)
    return begun_period(calendar.span(first=first, last=last), "--from", at=at)


def _proven_order(days: Iterable[str]) -> bool | None:
    """Tell the order of day and month that one of the days proves, as 30/09/2026 does."""
    orders = (True, False)
    for written in days:
        possible = [order for order in orders if read_date(written, day_first=order) is not None]
        if len(possible) == 1:
            return possible[0]
    return None


def _day(written: str | None, option: str, *, day_first: bool | None) -> date | None:
    if not written:
        return None
    if day_first is None and order_is_in_doubt(written):
        raise InvalidValue(option, _IN_DOUBT)
    found = read_date(written, day_first=day_first)
    if found is None:
        raise InvalidValue(option, _NOT_A_DAY)
    if not EARLIEST <= found.date() <= LATEST:
        raise InvalidValue(option, _NO_YEAR, {"first": EARLIEST.year, "last": LATEST.year})
    return found.date()
