"""Answers under a name that no criterion reads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT
from salesfunnel.testing import leads

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = Lead.capture(company="Novin", at=MONDAY)
NO_ROWS = [{}, {"answers": 5}, {"answers": {7: True}}, 5, None, object()]


def test_a_misspelt_question_is_reported_with_what_was_meant():
    """The budget was answered as "budgte": the assessment says so, and asks for the budget."""
    said = BANT.assess(LEAD.answer("budgte", True, at=MONDAY), at=MONDAY)

    (problem,) = said.problems
    assert str(problem) == "answers.budgte: no criterion reads it; answer budget, if that was meant"
    assert problem.message == problem.text.template.format(**problem.params)
    assert str(said).splitlines()[-1].strip() == str(problem)


@pytest.mark.parametrize("question", ["champion", "purchase_process", "need"])
def test_a_question_of_another_framework_or_of_your_own_is_no_mistake(question):
    """Neither a usual question, nor one that resembles none, is remarked on."""
    assert BANT.assess(LEAD.answer(question, True, at=MONDAY), at=MONDAY).problems == ()


def test_what_was_answered_under_its_right_name_too_is_no_mistake():
    """Once the budget itself is answered, the other answer is only one more."""
    lead = LEAD.answer({"budgte": True, "budget": None}, at=MONDAY)

    assert BANT.assess(lead, at=MONDAY).problems == ()


@pytest.mark.parametrize("row", NO_ROWS)
def test_what_has_no_answers_has_none_misnamed(row):
    """A row without answers, or with something else in their place, is judged as ever."""
    assert BANT.assess(row, at=MONDAY).remarks == ()


@given(lead=leads(), name=st.sampled_from(["nede", "budgte", "timming"]))
def test_a_remark_changes_no_verdict(lead, name):
    """Whatever is remarked on, score, verdict and findings stay as they are."""
    at = lead.timeline[-1].at
    before = BANT.assess(lead, at=at)

    after = BANT.assess(lead.answer(name, True, at=at), at=at)

    assert (after.verdict, after.findings) == (before.verdict, before.findings)
