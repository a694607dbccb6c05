"""The event of a move of a lead, whether it leads on or stays where it is."""

from __future__ import annotations

from datetime import datetime

from ..errors import InvalidValue
from ..history.timeline import Event
from ..pipeline.events import StageKept
from ..pipeline.permit import Permit
from ..pipeline.stage import StageKind
from .events import LeadMoved


def moved(
    permit: Permit,
    *,
    at: datetime,
    until: datetime | None = None,
    note: str = "",
    by: str = "",
) -> Event:
    """Make the event of a move. A move that closes the lead wants a verb of its own."""
    if not permit.enters:
        if until is not None:
            raise InvalidValue("until", "is given for a move that stays where it is", "None")
        return StageKept(at=at, by=by, trigger=permit.trigger, stage=permit.source.name, note=note)
    if permit.destination.kind is not StageKind.OPEN:
        verbs = "disqualify(reason, …), or plan_conversion(lead)"
        raise InvalidValue("trigger", "closes the lead, which wants more than a move", verbs)
    return LeadMoved(at=at, by=by, **permit.way, until=until, note=note)
