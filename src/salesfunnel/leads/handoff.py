"""Offering a lead to sales, and what sales says: accepted, or declined for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, TypeVar

import attrs

from ..activities.events import ActivityCorrected, ActivityLogged
from ..errors import InvalidValue, MoveRefused, Objection, Refusal, Text
from ..history.timeline import apply, standing_in_the_way
from ..pipeline.codes import Codes, must_be_listed
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..rules.fingerprint import fingerprint_of
from ..values import converters
from ..values.instants import instant, moment_of
from .deciding import assessed_by, objections_to
from .lead import Lead
from .moved import LeadMoved
from .offers import HandOff, LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn

LeadT = TypeVar("LeadT", bound=Lead)

_OPEN_OFFER = Text("offer_open", "it is offered to {to} already", "wait for the answer")
_CLOSED = Text("offer_of_closed", "the lead is {stage}", "offer an open lead")
_NO_OFFER = Text("no_open_offer", "no offer waits for an answer", "offer it first")
_NOT_BACK = Text(
    "not_an_earlier_stage", "{back_to} is not an open stage before {stage}", "one of: {stages}"
)
_TWO_WAYS = Text("two_ways_back", "{field} is given beside recycle_on", "one of them")


def offer(
    lead: LeadT, judge: Policy | Assessment, *, to: str = "sales", at: datetime, by: str = ""
) -> LeadT:
    """
    Offer a lead to sales, for what a policy says; refused unless it qualifies the lead.

    The policy, its version and fingerprint, and the findings stay on the timeline. One offer at a
    time waits for an answer.

    Args:
        lead: the lead, in an open stage.
        judge: the policy that both sides agreed on, or its assessment of the lead as it is now.
        to: to whom.
        at: when.
        by: who offers.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> offer(lead, BANT, at=monday).hand_off.to
    'sales'
    """
    converters.one(Lead, lead, "lead")
    assessment = assessed_by(judge, lead, at=at)
    if found := tuple(_objections_to_offer(lead, assessment, at=instant(at))):
        raise MoveRefused(Refusal("offer", lead.stage, found))
    offered = LeadOffered(
        at=at,
        by=by,
        to=to,
        policy=assessment.policy,
        policy_version=assessment.version,
        fingerprint=fingerprint_of(judge),
        floor=assessment.floor,
        ceiling=assessment.ceiling,
        findings=assessment.findings,
    )
    return apply(lead, offered, verb="offer")


def accept(lead: LeadT, *, owner: str = "", note: str = "", at: datetime, by: str = "") -> LeadT:
    """
    Accept the open offer of a lead, and name the one who works on it from now on.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> lead = accept(offer(lead, BANT, at=monday), owner="Reza", at=monday)
    >>> lead.hand_off.is_accepted, lead.owner
    (True, 'Reza')
    """
    _check_open(lead, "accept")
    accepted = apply(lead, LeadAccepted(at=at, by=by, note=note), verb="accept")
    if owner in {"", lead.owner}:
        return accepted
    return accepted.assign(owner, team=lead.team, at=at, by=by)


def decline(
    lead: LeadT,
    reason: str,
    *,
    note: str = "",
    recycle_on: date | None = None,
    back_to: str = "",
    at: datetime,
    by: str = "",
) -> LeadT:
    """
    Decline the open offer of a lead; the lead goes on where it stands, unless it is said where.

    Args:
        lead: the lead.
        reason: a code out of ``pipeline.reasons["decline"]``, such as poor_fit or not_now.
        note: more about the reason.
        recycle_on: the day, or the moment, until which the lead is nurtured.
        back_to: an earlier open stage, to which it goes back.
        at: when.
        by: who declines.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday, june = (datetime(2026, month, 2, tzinfo=UTC) for month in (3, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> lead = decline(offer(lead, BANT, at=monday), "not_now", recycle_on=june, at=monday)
    >>> lead.stage, lead.nurture_until == june
    ('nurturing', True)
    """
    _check_open(lead, "decline")
    reasons = lead.pipeline.reasons.get("decline", Codes())
    place = f"the reasons to decline of {lead.pipeline.name}"
    must_be_listed(reason, reasons, field="reason", place=place, verb="decline", stage=lead.stage)
    again = None if recycle_on is None else moment_of(recycle_on, at=at, what="recycle_on")
    declined = LeadDeclined(at=at, by=by, reason=reason, recycle_on=again, note=note)
    after = apply(lead, declined, verb="decline")
    if again is not None and back_to:
        raise InvalidValue("back_to", _TWO_WAYS)
    if again is not None:
        return after.nurture(until=again, at=at, by=by)
    return _sent_back(after, back_to, at=at, by=by) if back_to else after


def withdraw(lead: LeadT, *, note: str = "", at: datetime, by: str = "") -> LeadT:
    """
    Take the open offer of a lead back before it is answered; the lead stays where it stands.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> lead = withdraw(offer(lead, BANT, at=monday), at=monday)
    >>> lead.hand_off.is_open, lead.hand_off.is_accepted
    (False, None)
    """
    _check_open(lead, "withdraw")
    return apply(lead, LeadOfferWithdrawn(at=at, by=by, note=note), verb="withdraw")


def hand_offs(timeline: Iterable[Any]) -> tuple[HandOff, ...]:
    """
    List all offers of a lead with their answers, and when sales first tried to reach it.

    An attempt is any activity of ours, with any outcome, from the offer on; it counts when it
    happened. What is part of a campaign, or was withdrawn, is none.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> lead = offer(lead, BANT, at=monday).log("call", reached=False, at=monday)
    >>> [offered.response_at == monday for offered in hand_offs(lead.timeline)]
    [True]
    """
    events = tuple(timeline)
    attempts = tuple(_attempts(events))
    found: list[HandOff] = []
    for place, event in enumerate(events):
        if isinstance(event, LeadOffered):
            made = event.changes(None)["hand_off"]
            tried = (when for since, when in attempts if since > place and when >= made.offered_at)
            found.append(attrs.evolve(made, first_attempt=min(tried, default=None)))
        elif isinstance(event, (LeadAccepted, LeadDeclined, LeadOfferWithdrawn)) and found:
            before = SimpleNamespace(hand_off=found[-1])
            found[-1] = event.changes(before)["hand_off"]
    return tuple(found)


def _attempts(events: Iterable[Any]) -> Iterator[tuple[int, datetime]]:
    """Go through the attempts of ours to reach the lead: at which place, and when it was."""
    standing: dict[object, tuple[int, ActivityLogged]] = {}
    for place, event in enumerate(events):
        before = standing.pop(getattr(event, "withdraws", None), (place, None))
        activity = event.activity if isinstance(event, ActivityCorrected) else event
        if isinstance(activity, ActivityLogged):
            standing.setdefault(activity.key or place, (before[0], activity))
    for place, activity in standing.values():
        if activity.inbound is not True and not activity.campaign:
            yield place, activity.happened


def _objections_to_offer(lead: Lead, said: Assessment, *, at: datetime) -> Iterator[Objection]:
    if objection := standing_in_the_way(lead, at=at):
        yield objection
        return
    if not lead.pipeline.stage(lead.stage).is_open:
        yield _CLOSED.objection(stage=lead.stage)
    if lead.hand_off is not None and lead.hand_off.is_open:
        yield _OPEN_OFFER.objection(to=lead.hand_off.to)
    yield from objections_to(said, lead=lead, at=at)


def _check_open(lead: Lead, verb: str) -> None:
    converters.one(Lead, lead, "lead")
    if lead.hand_off is None or not lead.hand_off.is_open:
        raise MoveRefused(Refusal(verb, lead.stage, (_NO_OFFER.objection(),)))


def _sent_back(lead: LeadT, back_to: str, *, at: datetime, by: str) -> LeadT:
    """Send a lead back to an earlier stage; what that stage asks for is asked again."""
    stages = [stage.name for stage in lead.pipeline.stages if stage.is_open]
    earlier = stages[: stages.index(lead.stage)] if lead.stage in stages else []
    if back_to in earlier:
        objections = lead.pipeline.entry_objections(back_to, lead, at=instant(at))
    else:
        said = {"back_to": back_to, "stage": lead.stage, "stages": ", ".join(earlier) or "none"}
        objections = (_NOT_BACK.objection(**said),)
    if objections:
        raise MoveRefused(Refusal("decline", lead.stage, objections))
    back = LeadMoved(at=at, by=by, trigger="decline", from_stage=lead.stage, to_stage=back_to)
    return apply(lead, back, verb="decline")
