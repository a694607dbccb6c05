"""Logging an activity, and correcting or withdrawing one that was entered wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import attrs

from ..errors import MoveRefused, Objection, Refusal, Text
from ..history.event import Chronicled
from ..history.timeline import apply
from ..pipeline.codes import must_be_listed
from ..values import converters
from ..values.ids import derived_id
from ..values.instants import instant
from .engagement import Engagement
from .events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from .steps import Step, Steps

_UNKNOWN_ACTIVITY = Text(
    "unknown_activity", "no activity {id} counts", "give the id of an activity on the timeline"
)
_NOT_OPEN = Text("step_not_open", "no step {id} is open", "give the id of one of its open steps")


class Engaged(Chronicled, Protocol):
    """What activities want to know of a lead, a deal or an account."""

    @property
    def id(self) -> str:
        """Which one it is."""
        ...

    @property
    def engagement(self) -> Engagement:
        """What its activities come to."""
        ...

    @property
    def steps(self) -> Steps:
        """Its open steps."""
        ...


EngagedT = TypeVar("EngagedT", bound=Engaged)


def id_in_place(noun: Engaged, what: str, kind: str, *, at: datetime, by: str) -> str:
    """
    Derive the id of something that happens to a noun now: from what it is, and its place.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> one, same = (id_in_place(lead, "step", "call", at=monday, by="Ani") for _ in range(2))
    >>> one == same
    True
    """
    place = str(len(noun.timeline)), instant(at).isoformat()
    return derived_id(what, noun.id, *place, converters.kind(kind), converters.by(by))


def logged(
    noun: EngagedT,
    kind: str,
    *,
    at: datetime,
    id: str = "",
    by: str = "",
    **told: Any,  # noqa: ANN401 - a field each
) -> EngagedT:
    """
    Return a noun with one activity more; the same noun where one of that id counts already.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = logged(Lead.capture(company="Novin", at=monday), "email", id="m7", at=monday)
    >>> logged(lead, "email", id="m7", at=monday) is lead
    True
    """
    given = id or id_in_place(noun, "activity", kind, at=at, by=by)
    activity = ActivityLogged(at=at, by=by, kind=kind, id=given, **told)
    if noun.engagement.knows(activity.id):
        return noun
    must_be_kind(noun, activity.kind, verb="log")
    if activity.done:
        open_step(noun, activity.done, verb="log")
    return apply(noun, activity, verb="log")


def correct(
    noun: EngagedT,
    id: str,
    *,
    at: datetime,
    by: str = "",
    **corrected: Any,  # noqa: ANN401 - a field each
) -> EngagedT:
    """
    Correct an activity that was entered wrongly. The stage stays; the engagement is counted anew.

    Args:
        noun: the lead, opportunity or account.
        id: which activity.
        at: when it is corrected.
        by: who corrects it.
        **corrected: kind, inbound, reached, outcome, when, person, campaign, done, or note.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).log("call", reached=True, id="c1", at=monday)
    >>> deal = correct(deal, "c1", reached=False, outcome="no_answer", at=monday)
    >>> deal.engagement.attempts, deal.engagement.last_contact
    (1, None)
    """
    activity = _activity_of(noun, id, "correct")
    right = attrs.evolve(activity, **converters.fields(corrected, _CORRECTABLE, "correct"))
    if right.kind != activity.kind:
        must_be_kind(noun, right.kind, verb="correct")
    return apply(noun, ActivityCorrected(at=at, by=by, activity=right), verb="correct")


def withdraw(noun: EngagedT, id: str, *, at: datetime, note: str = "", by: str = "") -> EngagedT:
    """
    Withdraw an activity that never happened, or happened elsewhere. It stays on the timeline.

    Args:
        noun: the lead, opportunity or account.
        id: which activity.
        at: when it is withdrawn.
        note: why.
        by: who withdraws it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).log("call", reached=True, id="c1", at=monday)
    >>> withdraw(deal, "c1", note="another customer", at=monday).engagement.activities
    0
    """
    activity = _activity_of(noun, id, "withdraw")
    return apply(noun, ActivityWithdrawn(at=at, by=by, id=activity.id, note=note), verb="withdraw")


def _activity_of(noun: Engaged, id: str, verb: str) -> ActivityLogged:
    """Find an activity that counts, as it was corrected last."""
    converters.identity(id)
    told = (getattr(event, "activity", event) for event in reversed(noun.timeline))
    found = next((one for one in told if isinstance(one, ActivityLogged) and one.id == id), None)
    if found is None or not noun.engagement.knows(id):
        raise _refused(noun, verb, _UNKNOWN_ACTIVITY.objection(id=id))
    return found


def open_step(noun: Engaged, id: str, *, verb: str) -> Step:
    """
    Return the open step of that id, or refuse a verb that needs it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> open_step(lead, "7", verb="drop a step")
    Traceback (most recent call last):
    salesfunnel.errors.MoveRefused: cannot drop a step: no step 7 is open (...)
    """
    step = noun.steps.find(converters.identity(id))
    if step is None:
        raise _refused(noun, verb, _NOT_OPEN.objection(id=id))
    return step


def must_be_kind(noun: Engaged, kind: str, *, verb: str) -> None:
    """Refuse a kind of activity that the pipeline of a noun does not list; accounts have none."""
    pipeline = getattr(noun, "pipeline", None)
    if pipeline is not None:
        place = f"the kinds of activity of {pipeline.name}"
        stage = getattr(noun, "stage", "")
        known = pipeline.activity_kinds
        must_be_listed(kind, known, field="kind", place=place, verb=verb, stage=stage)


def _refused(noun: Engaged, verb: str, objection: Objection) -> MoveRefused:
    return MoveRefused(Refusal(verb, getattr(noun, "stage", ""), (objection,)))


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - the event checks it
    return value


_CORRECTABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    dict.fromkeys(
        (
            *("kind", "inbound", "reached", "outcome", "when"),
            *("person", "campaign", "done", "note"),
        ),
        _as_it_is,
    )
)
