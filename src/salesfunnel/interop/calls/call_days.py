"""The days of a call sheet: on which day someone was called, and when to call again."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from ...errors import InvalidValue, Text
from ...leads.lead import Lead
from ...values.instants import instant, moment_of
from ...values.numbers import ascii_digits
from ..cells.dates import order_is_in_doubt, read_date

_LONGEST_DAY = 64
_NOT_A_DAY = Text("not_a_day_of_call", "{field} is not a day", "such as 2026-03-31 or 1405-01-11")
_DAY_OR_MONTH = Text(
    "day_or_month_of_call",
    "{field} may begin with its day or with its month",
    "such as 2026-03-31, or say which comes first (--day-first, day_first=True)",
)
_LATER = Text(
    "call_in_future", "{field} lies after the time of reading", "the day on which they were called"
)


def day_meant(text: str, *, at: datetime, day_first: bool | None = None) -> date:
    """
    Read a day, Jalali ones as well; with a time of day it is a moment where ``at`` was taken.

    >>> from datetime import UTC
    >>> day_meant("۱۴۰۵/۰۱/۱۱", at=datetime(2026, 3, 2, tzinfo=UTC))
    datetime.date(2026, 3, 31)
    """
    written = ascii_digits(" ".join(text[: _LONGEST_DAY + 1].split()))
    found = None if len(text) > _LONGEST_DAY else _read(written, day_first=day_first)
    if found is None:
        raise InvalidValue("day", _NOT_A_DAY)
    if found.tzinfo is None and found.time() == time():
        return found.date()
    return found if found.tzinfo else found.replace(tzinfo=at.tzinfo)


def _read(written: str, *, day_first: bool | None) -> datetime | None:
    """Read a day as people write it, or a moment as programs do."""
    if day_first is None and order_is_in_doubt(written):
        raise InvalidValue("day", _DAY_OR_MONTH)
    if found := read_date(written, day_first=day_first):
        return found
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def moment_of_call(called: date, lead: Lead, *, at: datetime) -> datetime | None:
    """
    Say when a call was, of which the day is told: after all that is known of the lead on that day.

    Nothing where it is the day of reading. Raises `InvalidValue` for a day after it.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> moment_of_call(date(2026, 3, 2), lead, at=friday) == monday
    True
    """
    if isinstance(called, datetime):
        moment = instant(called)
        if moment > instant(at):
            raise InvalidValue("day", _LATER)
        return moment
    if called > at.date():
        raise InvalidValue("day", _LATER)
    if called == at.date():
        return None
    begin = moment_of(called, at=at, what="day")
    end = moment_of(called + timedelta(days=1), at=at, what="day")
    known = [event.at for event in lead.timeline if begin <= event.at < end]
    return max(known, default=begin)
