"""Steps that any noun can take on its walk: logging, planning, consent, erasing and the like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ..activities.events import ActivityLogged
from ..activities.logging import correct, withdraw
from ..activities.planning import drop_step, move_step, plan_step
from ..errors import MoveRefused
from ..history.contributed import Contributed, contribute, withdraw_contribution
from ..history.recorded import record
from ..opportunities.contacts import Involvement
from ..pipeline.transferring import transfer
from ..privacy import consent
from ..privacy.erasing import erase_person
from ..values.contribution import Contribution
from . import _drawn as drawn
from .merge_steps import merge_and_undo, merge_people

NounStep = Callable[[DrawFn, Any, datetime], Any]
"""One step of a walk: it draws what it needs, and returns the noun as it is afterwards."""


def _log(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    noun = noun.log(
        draw(drawn.kinds),
        inbound=draw(drawn.maybe_booleans),
        reached=draw(drawn.maybe_booleans),
        outcome=draw(drawn.outcomes),
        when=draw(st.none() | st.just(at - draw(drawn.gaps))),
        person=draw(drawn.lines),
        campaign=draw(drawn.campaigns),
        note=draw(drawn.notes),
        id=draw(drawn.activity_ids),
        by=draw(drawn.lines),
        at=at,
    )
    known = [event.id for event in noun.timeline if isinstance(event, ActivityLogged)]
    then = draw(drawn.second_thoughts)
    if then == "correct":
        return correct(
            noun, known[-1], kind=draw(drawn.kinds), reached=draw(drawn.maybe_booleans), at=at
        )
    return noun if then == "keep" else withdraw(noun, known[-1], note=draw(drawn.notes), at=at)


def _plan(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    due = draw(drawn.days | drawn.instants)
    noun = plan_step(
        noun,
        draw(drawn.kinds),
        due=due,
        owner=draw(drawn.owners),
        note=draw(drawn.notes),
        id=draw(drawn.activity_ids),
        by=draw(drawn.lines),
        at=at,
    )
    step = draw(st.sampled_from(noun.steps.open)).id
    then = draw(drawn.further_plans)
    if then == "move":
        return move_step(
            noun, step, due=draw(drawn.days | drawn.instants), note=draw(drawn.notes), at=at
        )
    if then == "drop":
        return drop_step(noun, step, note=draw(drawn.notes), at=at)
    return noun if then == "keep" else noun.log(draw(drawn.kinds), reached=False, done=step, at=at)


def _assign(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    return noun.assign(draw(drawn.owners), team=draw(drawn.owners), note=draw(drawn.notes), at=at)


def _record(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    return record(noun, "invoice_sent", draw(drawn.facts), by=draw(drawn.lines), at=at)


def _consent(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    if draw(drawn.booleans):
        return consent.withdraw(noun, source=draw(drawn.lines), by=draw(drawn.lines), at=at)
    return consent.give(
        noun,
        draw(drawn.channels),
        basis=draw(drawn.bases),
        purpose=draw(drawn.purposes),
        until=at + draw(drawn.gaps),
        source=draw(drawn.lines),
        when=at - draw(drawn.gaps),
        at=at,
    )


def _erase(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    involved = [contact.person for contact in getattr(noun, "contacts", ())]
    people = [*involved, *getattr(noun, "people", ()), getattr(noun, "person", None)]
    known = next((person for person in people if person), None)
    who = known or getattr(noun, "name", "").strip() or draw(drawn.people)
    return erase_person(who, noun, token=draw(drawn.tokens), at=at).nouns[0]


def _contribute(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    known = {
        "person": draw(drawn.people),
        "company": draw(drawn.companies),
        "people": draw(drawn.crowd),
        "contact_points": draw(drawn.points),
        "contacts": [Involvement(person, draw(drawn.roles)) for person in draw(drawn.crowd)],
        "answers": draw(drawn.answers_by_question),
        "details": draw(drawn.details),
        "lead_ids": draw(drawn.ids),
    }
    values = {field: value for field, value in known.items() if hasattr(noun, field)}
    ways = {field: draw(drawn.merges) for field in values}
    contributed = contribute(noun, Contribution(values, ways=ways), by=draw(drawn.lines), at=at)
    if draw(drawn.booleans):
        return contributed
    brought = next(e for e in contributed.timeline if isinstance(e, Contributed))
    try:
        return withdraw_contribution(contributed, brought.id, by=draw(drawn.lines), at=at)
    except MoveRefused:
        return contributed  # the first one was withdrawn already


def _answer(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.answer(draw(drawn.questions), draw(drawn.answers), at=at)


def _remind(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.move("remind", note=draw(drawn.notes), at=at)


def _transfer(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    version = draw(drawn.versions)
    return transfer(
        noun, attrs.evolve(noun.pipeline, version=version), note=draw(drawn.notes), at=at
    )


SHARED_STEPS: Mapping[str, NounStep] = MappingProxyType(
    {
        "log": _log,
        "plan": _plan,
        "assign": _assign,
        "record": _record,
        "consent": _consent,
        "erase": _erase,
        "contribute": _contribute,
        "merge people": merge_people,
    }
)
"""What can happen to any noun."""

ANSWERING: Mapping[str, NounStep] = MappingProxyType({"answer": _answer})
"""What can happen to a lead and to a deal, wherever it stands."""

STAYING: Mapping[str, NounStep] = MappingProxyType({"remind": _remind, "transfer": _transfer})
"""What leaves a lead or a deal where it stands, but asks its pipeline."""

MERGING: Mapping[str, NounStep] = MappingProxyType({"merge and undo": merge_and_undo})
"""What can happen to a lead and to an account."""
