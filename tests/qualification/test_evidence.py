"""Evidence: what was said, by whom and when, and what contradicts it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.pipeline import Permit
from salesfunnel.qualification import (
    BANT,
    QuestionAnswered,
    contradictions,
)
from salesfunnel.qualification.evidence import find_evidence, places, read_evidence
from salesfunnel.values import Answer, FrozenMap
from tests.qualification.examples import MONDAY, MUSTS_MET

DAY = timedelta(days=1)
LEAD = Lead.capture(company="Novin Tejarat", at=MONDAY)


def test_an_answer_remembers_when_it_was_given():
    """An answer without a time of its own has that of its event; another time is kept."""
    lead = LEAD.answer("need", True, at=MONDAY).answer(
        "budget", Answer(True, at=MONDAY - DAY), at=MONDAY
    )

    assert [lead.answers[slot].at for slot in ("need", "budget")] == [MONDAY, MONDAY - DAY]


def test_a_later_answer_counts_and_the_earlier_stays():
    """The timeline keeps both, and the contradiction is reported."""
    lead = LEAD.answer("budget", True, at=MONDAY).answer("budget", False, at=MONDAY + DAY)

    (found,) = contradictions(lead.timeline)

    assert lead.answers["budget"].value is False
    assert (found.slot, found.earlier.value, found.later.value) == ("budget", True, False)


@pytest.mark.parametrize(
    "answers",
    [
        [Answer(True), Answer(True)],
        [Answer(None), Answer(True)],
        [Answer(True), Answer(None), Answer(True)],
        [Answer(True, expires=MONDAY), Answer(False)],
    ],
)
def test_what_fits_together_is_no_contradiction(answers):
    """Neither the same again, nor news after an expiry, nor an answer that became open."""
    lead = LEAD
    for answer in answers:
        lead = lead.answer("budget", answer, at=MONDAY)

    assert contradictions(lead.timeline) == ()


def test_an_open_answer_does_not_hide_a_contradiction():
    """Yes, then unknown, then no: the yes and the no still contradict each other."""
    lead = LEAD
    for value in (True, None, False):
        lead = lead.answer("budget", value, at=MONDAY)

    assert len(contradictions(lead.timeline)) == 1


def test_contradictions_stand_on_a_timeline():
    """A lead is told to be a lead, and not a list of events."""
    for thing in (None, Lead.capture(company="Novin", at=MONDAY), Lead):
        with pytest.raises(WrongKind, match="allowed: the timeline of a lead or a deal"):
            contradictions(thing)


def test_a_slot_is_a_word():
    """A question is stored under a name that a rule can read."""
    with pytest.raises(InvalidValue, match="not the name of a question"):
        QuestionAnswered(at=MONDAY, slot="__class__", answer=Answer(True))


class Hostile:
    """Raises when it is asked for a fact."""

    @property
    def a(self):
        """Refuse."""
        raise RuntimeError


class Column:
    """A column of a data frame: whether it equals itself is a column again."""

    __hash__ = None

    def __eq__(self, other):
        """Refuse to be one answer."""
        raise ValueError("ambiguous")


@pytest.mark.parametrize(
    ("lead", "found"),
    [
        ({"a": {"b": 1}}, {"a.b": 1}),
        ({"a": {"b": "word"}}, {"a.b": "word"}),
        ({"a": {"b": "two words"}}, {"a.b": "two words"}),
        ({"a": {"b": "واژه"}}, {"a.b": "واژه"}),
        ({"a": {"b": " "}}, {}),
        ({"a": {"b": None}}, {}),
        ({"a": {"b": float("nan")}}, {}),
        ({"a": {"b": [1]}}, {"a.b": [1]}),
        ({"a": {"b": Column()}}, {}),
        (SimpleNamespace(a=SimpleNamespace(b=Column())), {}),
        ({"a": FrozenMap({"b": True})}, {"a.b": True}),
        ({"a": FrozenMap({"b": None})}, {}),
        ({"a": Answer(5)}, {}),
        ({}, {}),
        (SimpleNamespace(a=SimpleNamespace(b=True)), {"a.b": True}),
        (Hostile(), {}),
    ],
)
def test_evidence_is_whatever_says_something(lead, found):
    """Facts are found in rows and objects alike; what says nothing is no evidence."""
    assert dict(read_evidence(lead, places(["a.b"]), at=MONDAY)) == found


def test_an_expired_answer_stays_evidence():
    """It counts no more, but tells why."""
    answer = Answer(True, expires=MONDAY)

    said = BANT.assess({"answers": {"need": answer}}, at=MONDAY)

    assert (said.findings[0].answer, said.evidence["answers.need"]) == (None, answer)


def test_what_stands_behind_an_answer_rests_on_the_answer():
    """A rule about the currency of a budget has the budget as its evidence."""
    answer = Answer("words")

    assert find_evidence({"budget": answer}, ("budget", "currency"), at=MONDAY) is answer


class Unspeakable:
    """A row that cannot even be asked for its name."""

    @property
    def id(self):
        """Lose the connection."""
        raise RuntimeError


class Unsayable:
    """A name that cannot be written."""

    def __str__(self):
        """Lose the words."""
        raise RuntimeError


@pytest.mark.parametrize(
    ("lead", "named"),
    [
        (LEAD, (LEAD.id, 1)),
        ({"id": "7"}, ("7", None)),
        ({"id": 7, "version": 3}, ("7", None)),
        (FrozenMap({"id": "7"}), ("7", None)),
        (SimpleNamespace(id=UUID(int=7), version=2), (str(UUID(int=7)), 2)),
        (SimpleNamespace(id="7", version="2.0"), ("7", None)),
        ({"id": " "}, ("", None)),
        ({"id": None}, ("", None)),
        ({"id": Unsayable()}, ("", None)),
        (Unspeakable(), ("", None)),
        (None, ("", None)),
    ],
)
def test_an_assessment_says_which_lead_it_is_of(lead, named):
    """An id is read by key or by attribute, like any fact; whoever has none is not named."""
    said = BANT.assess(lead, at=MONDAY)

    assert (said.lead_id, said.lead_version) == named


def test_an_assessment_of_the_row_of_another_lead_qualifies_nobody():
    """A lead takes the assessment of its own row, and of a row that names nobody; no other."""
    lead = Lead.capture(id="7", company="Novin Tejarat", at=MONDAY)
    rows = [{**MUSTS_MET, "id": "7"}, MUSTS_MET, {**MUSTS_MET, "id": "8"}]

    own, unnamed, others = (
        lead.decide("qualify", assessment=BANT.assess(row, at=MONDAY), at=MONDAY) for row in rows
    )

    assert (type(own), type(unnamed)) == (Permit, Permit)
    assert [objection.code for objection in others.objections] == ["other_lead"]
