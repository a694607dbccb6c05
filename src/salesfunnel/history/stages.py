"""
Time in stage: how long the way takes, and where it is lost.

Any event that enters a stage says so with ``to_stage``; the stays between them add up to the age.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from ..values.instants import instant
from .timeline import Event, in_order


@attrs.frozen
class StageStay:
    """
    One stay in one stage, from entering it until leaving it (``None`` while it is still there).

    >>> from datetime import UTC, datetime
    >>> StageStay("proposal", datetime(2026, 3, 2, tzinfo=UTC), None).stage
    'proposal'
    """

    stage: str
    entered: datetime
    left: datetime | None


def stays(timeline: Iterable[Event]) -> tuple[StageStay, ...]:
    """
    List every stay in a stage, re-entries included, oldest first.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).touch("phone", at=friday)
    >>> [stay.stage for stay in stays(lead.timeline)]
    ['new', 'contacted']
    """
    entries = [
        (event.at, stage)
        for event in in_order(timeline)
        if (stage := getattr(event, "to_stage", None))
    ]
    ends: list[datetime | None] = [at for at, _ in entries[1:]]
    return tuple(
        StageStay(stage, entered, left)
        for (entered, stage), left in zip(entries, [*ends, None], strict=False)
    )


def time_in_stage(timeline: Iterable[Event], *, at: datetime) -> dict[str, timedelta]:
    """
    Add up the time spent in each stage until an instant; the sum is the age.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> time_in_stage(lead.timeline, at=friday)
    {'new': datetime.timedelta(days=4)}
    """
    now = instant(at)
    total: dict[str, timedelta] = {}
    for stay in stays(timeline):
        entered, left = min(stay.entered, now), min(stay.left or now, now)
        total[stay.stage] = total.get(stay.stage, timedelta()) + (left - entered)
    return total
