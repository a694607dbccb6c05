"""Periods that a question is about, and as plain data; one that has not begun is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ..errors import InvalidValue, Text
from ..values.calendar import Period
from ..values.converters import maybe
from ..values.instants import day

_NOT_BEGUN = Text("period_not_begun", "{field} begins after {day}", "one that begins earlier")


def begun_period(period: Period | None, field: str, *, at: datetime) -> Period | None:
    """
    Let in a period, or none. Raises `InvalidValue` for one that begins after the instant.

    >>> from datetime import UTC, date
    >>> spring = Period(date(2026, 3, 1), date(2026, 6, 1))
    >>> begun_period(spring, "entered", at=datetime(2026, 1, 1, tzinfo=UTC))
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: entered begins after 2026-01-01; allowed: one that begins ...
    """
    found = maybe(Period, period, field)
    if found is not None and at < found.begins:
        raise InvalidValue(field, _NOT_BEGUN, {"day": at.date()})
    return found


def period_as_data(period: Period) -> dict[str, Any]:
    """
    Give a period as plain data; days are texts, and ``None`` where it is open.

    >>> period_as_data(Period(date(2026, 3, 1), date(2026, 4, 1)))["until"]
    '2026-04-01'
    """
    return {
        "period": period.label,
        "since": period.since.isoformat() if period.has_beginning else None,
        "until": period.until.isoformat() if period.has_end else None,
    }


def begun_day(given: date, field: str, *, today: date) -> date:
    """
    Let in a day. Raises `InvalidValue` for one that is still to come.

    >>> begun_day(date(2026, 3, 2), "since", today=date(2026, 3, 2))
    datetime.date(2026, 3, 2)
    """
    found = day(given, what=field)
    if today < found:
        raise InvalidValue(field, _NOT_BEGUN, {"day": today})
    return found
