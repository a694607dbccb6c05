"""A policy of any function in one line: what it says, and what its faults cost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import compare_policies, rank
from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, Verdict, policy
from salesfunnel.testing import check_policy
from tests.qualification.examples import MONDAY

ALLOWED = "return None, or a number from 0 to 100"
OUT_OF_RANGE = "the scorer returned a number that is not between 0 and 100"


def visits(lead):
    """Score ten points a visit."""
    found = lead.get("visits")
    return None if found is None else found * 10


VISITS = policy("visits", visits, threshold=60)


@pytest.mark.parametrize(
    ("score", "floor", "verdict"),
    [
        (0, 0, Verdict.DISQUALIFIED),
        (59, 59, Verdict.DISQUALIFIED),
        (60, 60, Verdict.QUALIFIED),
        (100, 100, Verdict.QUALIFIED),
        (59.4, 59, Verdict.DISQUALIFIED),
        (59.6, 60, Verdict.QUALIFIED),
        (Decimal("60.2"), 60, Verdict.QUALIFIED),
        (Fraction(181, 3), 60, Verdict.QUALIFIED),
    ],
)
def test_a_score_counts_in_whole_points(score, floor, verdict):
    """A score is a number from 0 to 100, of any make, rounded to whole points."""
    said = policy("model", lambda _lead: score, threshold=60).assess({}, at=MONDAY)

    assert (said.floor, said.ceiling, said.verdict) == (floor, floor, verdict)


@pytest.mark.parametrize(
    ("score", "problem"),
    [
        (lambda _lead: True, f"the scorer returned bool; {ALLOWED}"),
        (lambda _lead: "high", f"the scorer returned str; {ALLOWED}"),
        (lambda _lead: float("nan"), OUT_OF_RANGE),
        (lambda _lead: Decimal("sNaN"), OUT_OF_RANGE),
        (lambda _lead: float("inf"), OUT_OF_RANGE),
        (lambda _lead: 10**400, OUT_OF_RANGE),
        (lambda _lead: -1, OUT_OF_RANGE),
        (lambda _lead: 100.5, OUT_OF_RANGE),
        (lambda lead: lead["absent"], "the scorer raised KeyError"),
    ],
)
def test_a_score_that_is_none_leaves_the_lead_undecided(score, problem):
    """Anything from 0 to 100 is possible, and the finding says what the function did."""
    said = policy("model", score, threshold=60).assess({}, at=MONDAY)

    assert (said.floor, said.ceiling, said.verdict) == (0, 100, Verdict.UNDECIDED)
    assert str(said.findings[0].problem) == problem
    assert said.next_questions


def test_a_function_may_say_why_it_cannot_tell():
    """A problem that it returns stands in the finding; None alone has none."""
    reason = BANT.assess({"answers": {"need": 5}}, at=MONDAY).findings[0].problem

    told = policy("model", lambda _lead: reason, threshold=60).assess({}, at=MONDAY)
    silent = policy("model", lambda _lead: None, threshold=60).assess({}, at=MONDAY)

    assert (told.findings[0].problem, silent.findings[0].problem) == (reason, None)


def test_what_is_no_function_is_told_at_once():
    """A number is no score of a lead, and a threshold beyond 100 is never reached."""
    with pytest.raises(WrongKind, match="allowed: a function of the lead"):
        policy("model", 60, threshold=60)
    with pytest.raises(InvalidDefinition, match="no lead can qualify: the threshold is 101"):
        policy("model", visits, threshold=101)
    with pytest.raises(InvalidDefinition, match="model: its function takes the lead and nothing"):
        policy("model", lambda _lead, _at: 50, threshold=60)


def test_it_works_where_every_policy_works():
    """It ranks, is compared, qualifies a lead, and keeps the laws."""
    rows = [{"visits": 3}, {"visits": 8}]

    assert [ranked.lead["visits"] for ranked in rank(rows, VISITS, at=MONDAY)] == [8, 3]
    assert len(compare_policies(rows, VISITS, BANT, at=MONDAY).movers) == 2
    check_policy(VISITS, facts={"visits": [0, 3, 6, 10, 11, None, "many"]}, examples=40)
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY)
    keen = policy("keen", lambda asked: 90 if asked.company else 0, threshold=60)
    assert lead.qualify(keen, at=MONDAY).stage == "qualified"


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_higher_score_is_never_judged_worse(one, other):
    """The verdict follows the score."""
    low, high = sorted([one, other])
    model = policy("model", lambda lead: lead["score"], threshold=60)

    verdicts = [model.verdict({"score": score}, at=MONDAY) for score in (low, high)]

    assert verdicts != [Verdict.QUALIFIED, Verdict.DISQUALIFIED]
