"""What a later row, or a later list, tells of a lead that is known: put in as events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

import attrs

from ...activities.owners import Owned, assigned
from ...errors import Text
from ...history.timeline import apply
from ...leads.converted import LeadConverted
from ...leads.events import LeadEvent
from ...leads.lead import Lead
from ...leads.moved import LeadMoved
from ...leads.qualified import LeadDisqualified
from ...leads.told import has_day
from ...pipeline.pipeline import Pipeline
from ...pipeline.stage import StageKind
from ...qualification.events import QuestionAnswered
from ...values.answer import Answer
from ...values.frozen_map import FrozenMap
from ..mapping.lead_words import lead_word
from .kept_beside import is_respelt
from .told_facts import with_facts

OTHER_BEGINNING = Text(
    "other_beginning", "{field} tells another day than is known: the day known first is believed"
)
_FACTS = ("person", "company", "contact_points", "source", "source_words", "details")
_LINKS = ("account_id", "opportunity_id", "contact_id")
OwnedT = TypeVar("OwnedT", bound=Owned)
BegunT = TypeVar("BegunT")


class Answered(Protocol):
    """A lead, or a deal, that was asked questions."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What was said, by question."""
        ...


def told_later(lead: Lead, told: Lead, *, tells_stage: bool = True, keeps: bool = False) -> Lead:
    """
    Return a lead with all that a later row tells of it, as events; the same lead if that is known.

    New addresses are added, blanks are filled, and other values take the place of those before,
    which stay on the timeline. Another spelling of a name is no news. Where the row has no stage
    (``tells_stage``), the lead stays where it is. Where it ``keeps`` its words, those that differ
    are put beside them, into the details.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> before = Lead.capture(person="Sara Ahmadi", email="sara@novin.example", at=monday)
    >>> row = Lead.capture(person="SARA AHMADI", email="sara@novin.example", at=friday)
    >>> told_later(before, row) is before
    True
    >>> row = Lead.capture(email="sara@novin.example", company="Novin", at=friday)
    >>> [type(event).__name__ for event in told_later(before, row).timeline]
    ['LeadCaptured', 'Contributed']
    """
    at = later(lead, told)
    if tells_stage:
        told = _with_word(lead, told)
    lead = with_facts(lead, told, _FACTS, at=at, keeps=keeps)
    for event in answers_told(lead, told, at=at):
        lead = apply(lead, event)
    lead = with_owner(lead, told, at=at)
    return _moved(lead, told, at=at) if tells_stage else lead


def _with_word(lead: Lead, told: Lead) -> Lead:
    """Let the usual word of a stage take the place of the file's own that is known of a lead."""
    usual = told.pipeline.stage(told.stage).title
    if "stage" in told.details or lead_word(lead) in ("", usual):
        return told
    return attrs.evolve(told, details=FrozenMap({**told.details, "stage": usual}))


def begun_as_told(known: BegunT, told: BegunT, **more: object) -> BegunT:
    """Let what began on no day that was told begin when a row tells, before all that is known."""
    noun: Any = known
    beginning, *rest = noun.timeline
    first: Any = told
    began = min(event.at for event in (first.timeline[0], *rest))
    begun: BegunT = noun.replay([attrs.evolve(beginning, at=began, **more), *rest])
    return begun


def later(known: Any, told: Any) -> datetime:  # noqa: ANN401 - what has a timeline
    """Return when a row was true: on the last day that it gives, and never before what is known."""
    moment: datetime = max(known.timeline[-1].at, told.timeline[-1].at)
    return moment


def answers_told(known: Answered, told: Answered, *, at: datetime) -> Iterator[QuestionAnswered]:
    """List the answers that are news."""
    for slot, answer in told.answers.items():
        if known.answers.get(slot) != answer:
            yield QuestionAnswered(at=at, slot=slot, answer=answer)


def with_owner(known: OwnedT, told: OwnedT, *, at: datetime) -> OwnedT:
    """Give it to the owner whom a row names."""
    if told.owner in ("", known.owner) or is_respelt(known.owner, told.owner):
        return known
    return assigned(known, told.owner, team="", note="", at=at, by="")


def trigger_of(pipeline: Pipeline, from_stage: str, to_stage: str) -> str:
    """Name the move that leads from one stage to another; where there is none, say only that."""
    return next(
        (
            move.trigger
            for move in pipeline.moves
            if move.destination == to_stage and from_stage in move.sources
        ),
        "move",
    )


def _moved(lead: Lead, told: Lead, *, at: datetime) -> Lead:
    """Let a lead go where the row says that it stands; no gate is asked: it happened elsewhere."""
    stage = lead.pipeline.find_stage(told.stage)
    event = None if stage is None else _way(lead, told, stage.kind, at=at)
    return lead if event is None else apply(lead, event)


def _way(lead: Lead, told: Lead, kind: StageKind, *, at: datetime) -> LeadEvent | None:
    """Say how it came to where it stands; nothing where that is known."""
    is_there = told.stage == lead.stage
    way: dict[str, Any] = {
        "at": at,
        "trigger": trigger_of(lead.pipeline, lead.stage, told.stage),
        "from_stage": lead.stage,
        "to_stage": told.stage,
    }
    # The day that a row tells is lost where the lead has lived on since.
    is_dated = has_day(told.timeline[-1]) and told.timeline[-1].at == at
    if kind is StageKind.WON:
        links = {link: getattr(told, link) or getattr(lead, link) for link in _LINKS}
        is_known = is_there and all(links[link] == getattr(lead, link) for link in _LINKS)
        return None if is_known else LeadConverted(**way, **links, is_day_told=is_dated)
    if kind is StageKind.LOST:
        is_known = is_there and told.rejection in (lead.rejection, "unknown")
        note = getattr(told.timeline[-1], "note", "")
        reason = told.rejection or "unknown"
        if is_known:
            return None
        return LeadDisqualified(**way, reason=reason, note=note, is_day_told=is_dated)
    return None if is_there else LeadMoved(**way)
