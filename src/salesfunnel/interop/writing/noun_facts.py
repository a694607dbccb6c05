"""The facts of a lead, a deal, an account or a line, place by place, and in which two differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from ...activities.consent_register import ConsentRegister
from ...opportunities.opportunity import Opportunity
from ...opportunities.outcomes import Closing
from ...opportunities.probability import Probability
from ...pipeline.stage import StageKind
from ...values.answer import Answer
from ...values.company import Company
from ...values.contact_points import ContactPoint
from ...values.money import Money
from ...values.person import Person
from ..cells.formats import NO_CURRENCY
from .lent_numbers import name_lent

# What is told by events, which are counted one by one.
_TOLD_BY_EVENTS = frozenset(
    {
        *("timeline", "_follows", "engagement", "steps", "nurtured_from", "hand_off", "rest"),
        *("merged_into", "amount_agreed"),
    }
)
_CERTAIN = re.compile(r"(0|1|100)(?:[.,]0{1,10})? ?%?")
_USUAL_TRIGGERS = frozenset({"", "convert", "disqualify", "win", "lose"})
_WORDS_BESIDE = frozenset(
    {"source_words", "details.stage", "rejection.note", "closing.note", "person.id"}
)
"""Where a reader keeps the words of a file beside what they mean, and the id of its row."""


def listed_facts(noun: object) -> dict[str, object]:
    """
    List what is known, by its place; what is blank is left out.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(person="Sara Ahmadi", id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> facts = listed_facts(lead)
    >>> facts["id"], facts["person.name"], "owner" in facts
    ('7', 'Sara Ahmadi', False)
    """
    found = {place: fact for place, fact in _facts(noun) if not _is_blank(fact)}
    timeline: Any = getattr(noun, "timeline", ())
    for event in timeline[:1]:
        found["captured"] = event.at
        # What was said at the beginning needs no evidence of when.
        usual = Answer(None, at=event.at)
        found = {place: fact for place, fact in found.items() if fact != usual}
    found.update((place, fact) for place, fact in _of_events(noun) if not _is_blank(fact))
    return found


def differing(told: object, read: object) -> Counter[str]:
    """
    Count the facts, place by place, in which what was read differs from what was told.

    Where nothing was told, the words of the file are no difference.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", id="7", at=monday)
    >>> differing(lead.assign("Ani", at=monday).log("call", at=monday), lead)
    Counter({'owner': 1, 'timeline.OwnerAssigned': 1, 'timeline.ActivityLogged': 1})
    """
    before, after = listed_facts(told), listed_facts(read)
    found: Counter[str] = Counter()
    for place in {**before, **after}:
        if place in _WORDS_BESIDE and place not in before:
            continue
        one, other = before.get(place), after.get(place)
        if one != other or type(one) is not type(other):
            found[place] += 1
    name_lent(found, before, after)
    lost = _events(told)
    lost.subtract(_events(read))
    # With an answer that is lost the event of it is, and needs no word of its own.
    answers = [place for place in before.keys() - after.keys() if place.startswith("answers.")]
    lost["QuestionAnswered"] -= sum(not place.endswith(".evidence") for place in answers)
    found.update({f"timeline.{name}": count for name, count in lost.items() if count > 0})
    return found


def _facts(noun: object, within: str = "") -> Iterator[tuple[str, object]]:
    for field in attrs.fields(type(noun)):  # type: ignore[arg-type]  # an attrs class
        if field.name == "details" and isinstance(noun, Opportunity) and noun.closing is not None:
            yield from _expanded("details", _with_chance(noun.details, noun.closing))
            continue
        if field.name in _TOLD_BY_EVENTS or (within and field.name.startswith("_")):
            continue
        fact = getattr(noun, field.name)
        if field.name != "is_erased" or fact:  # nearly none is
            yield from _expanded(f"{within}{field.name}", fact)


def _with_chance(details: Mapping[str, object], closing: Closing) -> Mapping[str, object]:
    """Take for one what all say of the chance of a deal that is won or lost: 100, 1 or 100 %."""
    said = details.get("probability")
    if isinstance(said, str) and (number := _CERTAIN.fullmatch(said)):
        is_won = number[1] != "0"
        if is_won is (closing.kind is StageKind.WON):
            return {**details, "probability": Decimal(is_won)}
    return details


def _expanded(place: str, fact: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - of a noun
    match fact:
        case Person() | Company() | Closing():
            yield from _facts(fact, f"{place}.")
        case Probability():
            yield place, fact.value
            yield f"{place}.origin", fact.origin
        case ConsentRegister():
            for word in fact.words:
                about = f"{place}.{word.channel}.{word.purpose}"
                yield about, word.is_given
                yield f"{about}.evidence", attrs.evolve(word, channel="any", purpose="any")
        case Money():
            yield place, fact.amount
            yield f"{place}.currency", "" if fact.currency == NO_CURRENCY else fact.currency
        case Answer():
            yield place, "unknown" if fact.value is None else fact.value
            yield f"{place}.evidence", attrs.evolve(fact, value=None)
        case Mapping():
            for name, part in fact.items():
                yield from _expanded(f"{place}.{name}", part)
        case tuple():
            yield from _members(place, fact)
        case _:
            yield place, fact


def _members(place: str, members: tuple[Any, ...]) -> Iterator[tuple[str, object]]:
    """Number the members; addresses and numbers by their kind."""
    kinds: Counter[str] = Counter()
    for number, member in enumerate(members, start=1):
        if isinstance(member, ContactPoint):
            kinds[member.kind] += 1
            yield f"{place}.{member.kind.value}.{kinds[member.kind]}", member
        else:
            yield f"{place}.{number}", member


def _of_events(noun: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - a noun, or a line
    """List what only events tell of a noun: who entered it, how it ended, what was before."""
    timeline: Any = getattr(noun, "timeline", ())
    if any(getattr(event, "by", "") for event in timeline):
        yield "entered_by", tuple(getattr(event, "by", "") for event in timeline)
    if getattr(noun, "rejection", None):
        yield "rejection.note", getattr(timeline[-1], "note", "")
    ending = timeline[-1] if timeline else None
    if getattr(ending, "conversion_id", ""):
        yield "conversion_id", getattr(ending, "conversion_id", "")
    if getattr(ending, "trigger", "") not in _USUAL_TRIGGERS and _has_ended(noun):
        yield "trigger", getattr(ending, "trigger", "")
    if isinstance(noun, Opportunity):
        earlier = noun.closings[:-1] if noun.closing else noun.closings
        for number, closing in enumerate(earlier, start=1):
            kind = "loss" if closing.kind is StageKind.LOST else "win"
            yield f"earlier_{kind}.{number}", closing


def _has_ended(noun: Any) -> bool:  # noqa: ANN401 - what has a pipeline, or has none
    pipeline = getattr(noun, "pipeline", None)
    stage = None if pipeline is None else pipeline.find_stage(noun.stage)
    return stage is not None and not stage.is_open


def _events(noun: object) -> Counter[str]:
    """Count the events by their kind; the first begins it, and is told by what is known."""
    timeline: Any = getattr(noun, "timeline", ())
    return Counter(type(event).__name__ for event in timeline[1:])


def _is_blank(fact: object) -> bool:
    return fact is None or fact in ("", ())
