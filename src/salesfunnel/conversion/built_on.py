"""What has been built on a contribution, so that it cannot be taken back without that."""

from __future__ import annotations

from typing import Any

from ..accounts.account import Account
from ..errors import SalesFunnelError
from ..history.contributed import standing_contribution
from ..history.timeline import follow, replay
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity

Noun = Lead | Account | Opportunity


def built_on(noun: Noun, contribution_id: str) -> str:
    """
    Name the later events that could not have happened without a contribution.

    The noun is told anew without it: what does not fit then, names a person or a step that it
    brought, or would have been refused by the pipeline, rests on the contribution.

    >>> from datetime import UTC, datetime
    >>> built_on(Lead.capture(id="7", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC)), "8")
    ''
    """
    place = standing_contribution(noun, contribution_id)
    if place is None:
        return ""
    without: Any = replay(type(noun), noun.timeline[:place])
    told: Any = replay(type(noun), noun.timeline[: place + 1])
    built: dict[str, None] = {}
    for event in noun.timeline[place + 1 :]:
        if _refused(without, event) - _refused(told, event) or (
            _named(event) & (_people_and_steps(told) - _people_and_steps(without))
        ):
            built[type(event).__name__] = None
        told = follow(told, event)
        try:
            without = follow(without, event)
        except SalesFunnelError:
            built[type(event).__name__] = None
    return ", ".join(built)


def _named(event: object) -> set[str]:
    """List the step that an event moves, drops or does, and the person whom it reached."""
    return {getattr(event, name, "") for name in ("id", "done", "person")} - {""}


def _people_and_steps(noun: Noun) -> set[str]:
    """List what an event may name: open steps by their ids, and people by name or id."""
    match noun:
        case Account():
            people = noun.people
        case Opportunity():
            people = tuple(contact.person for contact in noun.contacts)
        case _:
            people = (noun.person,) if noun.person else ()
    named = {name for person in people for name in (person.name, person.id)} - {""}
    return {*(step.id for step in noun.steps), *named}


def _refused(noun: Noun, event: Any) -> set[str]:  # noqa: ANN401 - of any kind
    """List what the pipeline has against a move, if the event is one."""
    trigger = getattr(event, "trigger", "")
    if not trigger or isinstance(noun, Account):
        return set()
    verdict = noun.pipeline.decide(noun.stage, trigger, noun, at=event.at)
    return set() if verdict else {str(objection) for objection in verdict.objections}
