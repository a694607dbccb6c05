"""What no list told of a lead or a deal: the day of an event, and the stage that it left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..history.order import entered_stage
from ..leads.lead import Lead
from ..leads.told import has_day
from ..opportunities.moving import closings_of
from ..opportunities.opened import OpportunityOpened
from ..opportunities.opportunity import Opportunity
from ..opportunities.outcomes import Closing


def has_origin(event: object) -> bool:
    """
    Tell whether anyone told from which stage an event led; of a deal its closing names it.

    >>> has_origin(object())
    True
    """
    closing: Closing | None = getattr(event, "closing", None)
    told: bool = getattr(event, "is_from_told", True)
    return told if closing is None else bool(closing.stage)


def undated_entries(noun: Lead | Opportunity, *, at: datetime) -> list[Any]:
    """
    List what entered a stage on a day that no one had told by then.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> undated_entries(Opportunity.open(id="7", at=monday), at=monday)
    []
    """
    timeline: tuple[Any, ...] = noun.timeline
    undated = [
        event
        for event in timeline
        if entered_stage(event) and not _has_day(event) and event.at <= at
    ]
    if not undated or isinstance(noun, Lead):
        return undated
    # How a deal was closed may have been corrected since.
    known = [event for event in timeline if event.at <= at]
    closed = [event for event in known if hasattr(event, "closing")]
    closings = zip(closed, closings_of(known), strict=True)
    corrected = [event for event, closing in closings if closing.closed_on is not None]
    return [event for event in undated if not any(event is other for other in corrected)]


def is_in(event: object, events: list[Any]) -> bool:
    """
    Tell whether an event is one of some, and not only equal to one.

    >>> is_in(1, [])
    False
    """
    return any(event is one for one in events)


def _has_day(event: object) -> bool:
    if isinstance(event, OpportunityOpened):
        return event.opened_on is not None
    closing: Closing | None = getattr(event, "closing", None)
    return has_day(event) if closing is None else closing.closed_on is not None
