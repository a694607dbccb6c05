"""What a later row, or a later list, tells of a lead that is known: put in as events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

import attrs

from ...activities.owners import Owned, assigned
from ...errors import Text
from ...history.contributed import contribute
from ...history.timeline import apply
from ...leads.events import LeadConverted, LeadDisqualified, LeadEvent, LeadMoved
from ...leads.lead import Lead
from ...pipeline.pipeline import Pipeline
from ...pipeline.stage import StageKind
from ...qualification.events import QuestionAnswered
from ...values.answer import Answer
from ...values.company import Company
from ...values.contribution import Contribution
from ...values.frozen_map import FrozenMap
from ...values.person import Person
from ...values.text import fold, fold_letters

OTHER_BEGINNING = Text(
    "other_beginning", "{field} tells another day than an earlier row: the earlier row is believed"
)
_FACTS = ("person", "company", "contact_points", "source", "source_words", "details")
_BY_SPELLING = ("person.name", "company.name")
_LINKS = ("account_id", "opportunity_id", "contact_id")
OwnedT = TypeVar("OwnedT", bound=Owned)


class Answered(Protocol):
    """A lead, or a deal, that was asked questions."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What was said, by question."""
        ...


def told_later(lead: Lead, told: Lead, *, tells_stage: bool = True) -> Lead:
    """
    Return a lead with all that a later row tells of it, as events; the same lead if that is known.

    New addresses are added, blanks are filled, and other values take the place of those before,
    which stay on the timeline. Another spelling of a name is no news. Where the row has no stage
    (``tells_stage``), the lead stays where it is.

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
    lead = with_facts(lead, told, _FACTS, at=at)
    for event in answers_told(lead, told, at=at):
        lead = apply(lead, event)
    lead = with_owner(lead, told, at=at)
    return _moved(lead, told, at=at) if tells_stage else lead


def later(known: Any, told: Any) -> datetime:  # noqa: ANN401 - what has a timeline
    """Return when a row was true: on the last day that it gives, and never before what is known."""
    moment: datetime = max(known.timeline[-1].at, told.timeline[-1].at)
    return moment


def with_facts(known: Any, told: Any, fields: tuple[str, ...], *, at: datetime) -> Any:  # noqa: ANN401 - a noun, and the like
    """Put in the values of some fields, if one of them is news."""
    values = {field: getattr(told, field) for field in fields if getattr(told, field)}
    ways = dict.fromkeys(
        (field for field in values if not isinstance(values[field], tuple)), "replace"
    )
    ways |= dict.fromkeys(_respelt_in(known, values), "keep")
    for place in _BY_SPELLING:
        field = place.partition(".")[0]
        if field in values and is_same(getattr(known, field), values[field]):
            ways[place] = "keep"
    if "name" in values and ("company.name" in ways or fold(known.name) == fold(told.name)):
        ways["name"] = "keep"
    offered = Contribution(values, ways=ways)
    if not any(change.is_taken for change in offered.differences(known)):
        return known
    return contribute(known, offered, at=at)


def is_respelt(before: object, told: object) -> bool:
    """
    Tell whether a text is another in other letters, such as ي for ی, or in capitals.

    >>> is_respelt("تهران، خيابان ۷", "تهران، خیابان 7"), is_respelt("12.5", "125")
    (True, False)
    """
    if not isinstance(before, str) or not isinstance(told, str):
        return False
    return before != told and fold_letters(before) == fold_letters(told)


def _respelt_in(known: Any, values: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401 - a noun
    """List the places in which a row writes what is known, and only in another spelling."""
    for field, told in values.items():
        before = getattr(known, field)
        parts: Mapping[str, Any] = {"": told}
        was: Mapping[str, Any] = {"": before}
        if isinstance(told, (Person, Company)):
            parts = {one.name: getattr(told, one.name) for one in attrs.fields(type(told))}
            was = {name: getattr(before, name, None) for name in parts}
        elif isinstance(told, FrozenMap):
            parts, was = told, before
        for name, part in parts.items():
            if is_respelt(was.get(name), part):
                yield f"{field}.{name}" if name else field


def is_same(known: Any, told: Any) -> bool:  # noqa: ANN401 - a person, or a company
    """Tell whether two names are one in two spellings."""
    return known is not None and known.key == told.key


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
    if kind is StageKind.WON:
        links = {link: getattr(told, link) or getattr(lead, link) for link in _LINKS}
        is_known = is_there and all(links[link] == getattr(lead, link) for link in _LINKS)
        return None if is_known else LeadConverted(**way, **links)
    if kind is StageKind.LOST:
        is_known = is_there and told.rejection in (lead.rejection, "unknown")
        note = getattr(told.timeline[-1], "note", "")
        reason = told.rejection or "unknown"
        return None if is_known else LeadDisqualified(**way, reason=reason, note=note)
    return None if is_there else LeadMoved(**way)
