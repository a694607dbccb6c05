"""Planning the next steps of a lead, a deal or an account; logging an activity does one of them."""

from __future__ import annotations

from datetime import date, datetime

from ..errors import MoveRefused, Refusal, Text
from ..history.timeline import apply
from .logging import EngagedT, id_in_place, must_be_kind, open_step
from .steps import StepDropped, StepMoved, StepPlanned

_ALREADY_OPEN = Text("step_already_open", "step {id} is planned already", "move it, or drop it")


def plan_step(
    noun: EngagedT,
    kind: str,
    *,
    due: date,
    at: datetime,
    owner: str = "",
    note: str = "",
    id: str = "",
    by: str = "",
) -> EngagedT:
    """
    Plan what is to be done next, by a day or by a moment.

    Args:
        noun: the lead, opportunity or account.
        kind: a code, such as call, email or visit.
        due: the day, or the moment with its zone.
        at: when it is planned.
        owner: who is to do it; the owner of the noun, unless given.
        note: what it is about.
        id: the id of the step; derived from its kind and its place on the timeline, unless given.
        by: who plans it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> deal = plan_step(deal, "call", due=date(2026, 3, 9), at=monday)
    >>> deal = deal.log("call", reached=True, done=deal.steps.next.id, at=monday)
    >>> deal.steps.next is None
    True
    """
    planned = StepPlanned(
        at=at,
        by=by,
        id=id or id_in_place(noun, "step", kind, at=at, by=by),
        kind=kind,
        due=due,
        owner=owner,
        note=note,
    )
    must_be_kind(noun, planned.kind, verb="plan a step")
    if noun.steps.find(planned.id):
        objection = _ALREADY_OPEN.objection(id=planned.id)
        raise MoveRefused(Refusal("plan a step", getattr(noun, "stage", ""), (objection,)))
    return apply(noun, planned, verb="plan a step")


def move_step(
    noun: EngagedT, id: str, *, due: date, at: datetime, note: str = "", by: str = ""
) -> EngagedT:
    """
    Put a step off, or bring it forward. The day before stays on the timeline.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> deal = plan_step(deal, "call", due=date(2026, 3, 9), id="c", at=monday)
    >>> move_step(deal, "c", due=date(2026, 3, 16), at=monday).steps.next.due.day
    16
    """
    step = open_step(noun, id, verb="move a step")
    moved = StepMoved(at=at, by=by, id=step.id, before=step.due, due=due, note=note)
    return apply(noun, moved, verb="move a step")


def drop_step(noun: EngagedT, id: str, *, at: datetime, note: str = "", by: str = "") -> EngagedT:
    """
    Drop a step that will not be done. That it was planned stays on the timeline.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> deal = plan_step(deal, "call", due=date(2026, 3, 9), id="c", at=monday)
    >>> drop_step(deal, "c", note="she is away", at=monday).steps.count
    0
    """
    step = open_step(noun, id, verb="drop a step")
    return apply(noun, StepDropped(at=at, by=by, id=step.id, note=note), verb="drop a step")
