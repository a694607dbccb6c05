"""Answers on leads and deals: one question or several, and what is superseded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.qualification import QuestionAnswered
from salesfunnel.qualification.events import answers_given
from salesfunnel.testing import answers
from salesfunnel.values import Answer

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
NOUNS = [Lead.capture(company="Novin", at=MONDAY), Opportunity.open(id="7", at=MONDAY)]
each_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
QUESTIONS = st.sampled_from(["need", "budget", "timing", "purchase_process"])


@each_noun
@given(said=st.dictionaries(QUESTIONS, st.sampled_from([True, False, None, "June"]) | answers()))
def test_a_mapping_is_answered_as_its_questions_one_by_one(noun, said):
    """Several answers at once leave the same events as one after the other, in their order."""
    one_by_one = noun
    for question, value in said.items():
        one_by_one = one_by_one.answer(question, value, by="Sara", at=FRIDAY)

    assert noun.answer(said, by="Sara", at=FRIDAY) == one_by_one


@each_noun
def test_an_answer_keeps_when_by_whom_and_how_it_was_given(noun):
    """Without a time of its own an answer has that of the verb, also in what is read later."""
    asked = noun.answer("need", True, note="in the March meeting", by="Sara", at=FRIDAY)

    assert asked.timeline[-1] == QuestionAnswered(
        at=FRIDAY, by="Sara", slot="need", answer=Answer(True, note="in the March meeting")
    )
    assert asked.answers == {"need": Answer(True, note="in the March meeting", at=FRIDAY)}


@each_noun
def test_an_answer_with_a_time_of_its_own_keeps_it(noun):
    """What was said on Monday and noted on Friday was said on Monday."""
    said = Answer(True, at=MONDAY)

    assert noun.answer("need", said, at=FRIDAY).answers["need"] == said


@each_noun
def test_a_note_belongs_to_every_answer_of_a_mapping(noun):
    """One conversation answers several questions, and is noted at each."""
    asked = noun.answer({"need": True, "budget": False}, note="by phone", at=FRIDAY)

    assert [said.note for said in asked.answers.values()] == ["by phone", "by phone"]


@each_noun
def test_a_later_answer_supersedes_and_the_earlier_is_kept(noun):
    """The answers hold the last one; the timeline holds both."""
    asked = noun.answer("need", True, at=MONDAY).answer("need", None, at=FRIDAY)

    assert asked.answers["need"].value is None
    assert [event.answer.value for event in asked.events_since(1)] == [True, None]


@each_noun
@pytest.mark.parametrize("question", ["", "_need", "not a word", "need!", 5, None])
def test_a_question_has_a_name(noun, question):
    """Rules reach an answer by its name, so it is one word."""
    with pytest.raises(InvalidValue, match=r"^question "):
        noun.answer(question, True, at=FRIDAY)


@each_noun
def test_of_several_answers_all_are_taken_or_none(noun):
    """A mapping with one impossible answer records nothing, since the verb gives no noun back."""
    with pytest.raises(InvalidValue, match=r"^answer "):
        noun.answer({"need": True, "budget": object()}, at=FRIDAY)

    assert noun.answer({}, at=FRIDAY) is noun


@each_noun
def test_a_list_of_questions_is_not_a_mapping(noun):
    """Questions without answers are refused as a question, not taken for unknown."""
    with pytest.raises(InvalidValue, match=r"^question "):
        noun.answer(["need", "budget"], True, at=FRIDAY)


@each_noun
def test_nothing_is_answered_before_the_last_event(noun):
    """Too early an answer is refused in the name of the verb."""
    with pytest.raises(MoveRefused, match=r"^cannot answer: the time lies before the last event"):
        noun.answer("need", True, at=MONDAY - timedelta(days=1))


def test_a_stored_answer_is_an_answer():
    """A bare value in a stored event is refused by its field."""
    with pytest.raises(WrongKind, match=r"^answer is of the wrong kind: bool"):
        QuestionAnswered(at=MONDAY, slot="need", answer=True)


def test_one_question_makes_one_event():
    """The events of a verb can be made without a noun, by a host that stores them."""
    (event,) = answers_given("need", True, at=MONDAY, note="n", by="Sara")

    assert event == QuestionAnswered(
        at=MONDAY, by="Sara", slot="need", answer=Answer(True, note="n")
    )
