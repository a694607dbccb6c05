"""
Time in stage: how long the way takes, and where it is lost.

Any event that enters a stage says so with ``to_stage``; the stays between them add up to the age.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest

import attrs

from ..errors import InvalidValue
from ..values.instants import instant
from .order import Dated, entered_stage, in_order


@attrs.frozen(kw_only=True)
class StageEntered:
    """
    A line in the stage history of another system: when which stage was entered, maybe from where.

    >>> from datetime import UTC, datetime
    >>> line = StageEntered(at=datetime(2026, 3, 2, tzinfo=UTC), to_stage="proposal")
    >>> [stay.stage for stay in stays([line])]
    ['proposal']
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    from_stage: str = ""
    to_stage: str


def _left(at: datetime | None) -> datetime | None:
    return None if at is None else instant(at, what="left")


@attrs.frozen
class StageStay:
    """
    One stay in one stage, from entering it until leaving it (``None`` while it is still there).

    Raises `InvalidValue` for a stay that ends before it begins.

    >>> from datetime import UTC, datetime
    >>> StageStay("proposal", datetime(2026, 3, 2, tzinfo=UTC), None).stage
    'proposal'
    """

    stage: str
    entered: datetime = attrs.field(converter=instant)
    left: datetime | None = attrs.field(converter=_left)

    def __attrs_post_init__(self) -> None:
        """Refuse a stay of negative length."""
        if self.left is not None and self.left < self.entered:
            raise InvalidValue("left", "lies before the stage was entered", "a later time, or None")

    def length(self, *, at: datetime) -> timedelta:
        """
        Say how long the stay has lasted until an instant; nothing if it had not begun by then.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageStay("proposal", monday, None).length(at=friday).days
        4
        """
        now = instant(at)
        return max(min(self.left or now, now) - self.entered, timedelta())


def stays(timeline: Iterable[Dated]) -> tuple[StageStay, ...]:
    """
    List every stay in a stage, re-entries included, oldest first.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).touch("phone", at=friday)
    >>> [stay.stage for stay in stays(lead.timeline)]
    ['new', 'contacted']
    """
    entries = [event for event in in_order(timeline) if entered_stage(event)]
    return tuple(
        StageStay(entered_stage(event), event.at, following.at if following else None)
        for event, following in zip_longest(entries, entries[1:])
    )


def time_in_stage(timeline: Iterable[Dated], *, at: datetime) -> dict[str, timedelta]:
    """
    Add up the time spent in each stage until an instant; the sum is the age.

    A stage that was entered several times counts with all its stays, and one that was passed
    through in no time is listed with none.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> time_in_stage(lead.timeline, at=friday)
    {'new': datetime.timedelta(days=4)}
    """
    total: dict[str, timedelta] = {}
    for stay in stays(timeline):
        if stay.entered <= instant(at):
            total[stay.stage] = total.get(stay.stage, timedelta()) + stay.length(at=at)
    return total


def current_stay(timeline: Iterable[Dated], *, at: datetime) -> StageStay | None:
    """
    Say in which stage it stood at an instant, and since when without a break.

    A move back into the same stage is no break. ``None`` before the first stage was entered.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> current_stay(lead.timeline, at=friday).entered == monday
    True
    """
    now = instant(at)
    current: StageStay | None = None
    for stay in stays(timeline):
        if stay.entered <= now and (current is None or stay.stage != current.stage):
            current = stay
    return None if current is None else StageStay(current.stage, current.entered, None)
