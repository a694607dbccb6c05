"""
Stage history: how long the way takes, and where it is lost.

Any event that enters a stage says so with ``to_stage``; the intervals between them add up to the
age.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest

import attrs

from ..errors import InvalidValue, Text
from ..values.instants import instant
from .order import Dated, entered_stage, in_order

_NEGATIVE = Text(
    "negative_interval", "{field} lies before the stage was entered", "a later time, or None"
)


@attrs.frozen(kw_only=True)
class StageEntered:
    """
    A line in the stage history of another system: when which stage was entered, maybe from where.

    >>> from datetime import UTC, datetime
    >>> line = StageEntered(at=datetime(2026, 3, 2, tzinfo=UTC), to_stage="proposal")
    >>> [interval.stage for interval in stage_history([line])]
    ['proposal']
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    from_stage: str = ""
    to_stage: str


def _left(at: datetime | None) -> datetime | None:
    return None if at is None else instant(at, what="left")


@attrs.frozen
class StageInterval:
    """
    One interval in one stage, from entering it until leaving it (``None`` while still there).

    Raises `InvalidValue` for an interval that ends before it begins.

    >>> from datetime import UTC, datetime
    >>> StageInterval("proposal", datetime(2026, 3, 2, tzinfo=UTC), None).stage
    'proposal'
    """

    stage: str
    entered: datetime = attrs.field(converter=instant)
    left: datetime | None = attrs.field(converter=_left)

    def __attrs_post_init__(self) -> None:
        """Refuse an interval of negative length."""
        if self.left is not None and self.left < self.entered:
            raise InvalidValue("left", _NEGATIVE)

    def length(self, *, at: datetime) -> timedelta:
        """
        Return how long the interval has lasted until an instant; zero if it had not begun by then.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageInterval("proposal", monday, None).length(at=friday).days
        4
        """
        now = instant(at)
        return max(min(self.left or now, now) - self.entered, timedelta())


def stage_history(timeline: Iterable[Dated]) -> tuple[StageInterval, ...]:
    """
    List every interval in a stage, re-entries included, oldest first.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).log("call", inbound=True, at=friday)
    >>> [interval.stage for interval in stage_history(lead.timeline)]
    ['new', 'contacted']
    """
    entries = [event for event in in_order(timeline) if entered_stage(event)]
    return tuple(
        StageInterval(entered_stage(event), event.at, following.at if following else None)
        for event, following in zip_longest(entries, entries[1:])
    )


def time_in_stage(timeline: Iterable[Dated], *, at: datetime) -> dict[str, timedelta]:
    """
    Add up the time spent in each stage until an instant; the sum is the age.

    A stage that was entered several times counts with all its intervals, and one that was passed
    through in no time is listed with zero.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> time_in_stage(lead.timeline, at=friday)
    {'new': datetime.timedelta(days=4)}
    """
    now = instant(at)
    total: dict[str, timedelta] = {}
    for interval in stage_history(timeline):
        if interval.entered <= now:
            total[interval.stage] = total.get(interval.stage, timedelta()) + interval.length(at=now)
    return total


def current_interval(timeline: Iterable[Dated], *, at: datetime) -> StageInterval | None:
    """
    Return the stage in which it stood at an instant, and since when without a break.

    A move back into the same stage is no break. ``None`` before the first stage was entered.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> current_interval(lead.timeline, at=friday).entered == monday
    True
    """
    now = instant(at)
    current: StageInterval | None = None
    for interval in stage_history(timeline):
        if interval.entered <= now and (current is None or interval.stage != current.stage):
            current = interval
    return None if current is None else StageInterval(current.stage, current.entered, None)
