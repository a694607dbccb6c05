"""The frameworks and question sets: what each of them asks, and when it is content."""

from __future__ import annotations

import pytest

from salesfunnel.leads import Lead
from salesfunnel.qualification import (
    ANUM,
    ASKED_FOR_A_QUOTE,
    BANT,
    BUDGET_APPROVED,
    CHAMP,
    FAINT,
    GPCTBA_CI,
    IDEAL_CUSTOMER,
    LEAD_QUESTIONS,
    MEDDIC,
    MEDDPICC,
    NEAT,
    OPPORTUNITY_QUESTIONS,
    Verdict,
)
from salesfunnel.testing.policies import check_policy
from tests.qualification.examples import MONDAY

FRAMEWORKS = [ANUM, BANT, CHAMP, FAINT, GPCTBA_CI, MEDDIC, MEDDPICC, NEAT]
RULES_OF_THUMB = [ASKED_FOR_A_QUOTE, BUDGET_APPROVED]
ALL = [*FRAMEWORKS, *RULES_OF_THUMB, IDEAL_CUSTOMER, LEAD_QUESTIONS, OPPORTUNITY_QUESTIONS]


@pytest.mark.parametrize("policy", ALL, ids=lambda policy: policy.name)
def test_each_keeps_the_laws(policy):
    """What we ship keeps what we ask of others."""
    assert check_policy(policy, examples=25) is None


@pytest.mark.parametrize("policy", FRAMEWORKS, ids=lambda policy: policy.name)
def test_points_make_a_hundred(policy):
    """A hundred is the most in each framework, so that their scores can be read alike."""
    assert sum(criterion.weight for criterion in policy.criteria) == 100


@pytest.mark.parametrize("policy", ALL, ids=lambda policy: policy.name)
def test_each_criterion_has_a_question(policy):
    """Nothing is asked without words, and nothing twice."""
    questions = {criterion.question for criterion in policy.criteria}

    assert "" not in questions
    assert len(questions) == len(policy.criteria)


@pytest.mark.parametrize(
    ("policy", "names"),
    [
        (BANT, "need budget timing authority"),
        (ANUM, "authority need urgency money"),
        (CHAMP, "challenges authority money prioritisation"),
        (FAINT, "funds authority interest need timing"),
        (NEAT, "core need|economic impact|access to authority|timeline"),
    ],
)
def test_a_framework_asks_what_its_name_says(policy, names):
    """The initials of a framework are its criteria."""
    separator = "|" if "|" in names else " "

    assert [criterion.name for criterion in policy.criteria] == names.split(separator)


def test_three_musts_of_bant_make_exactly_its_bar():
    """Need, budget and timing are enough, and nothing less is."""
    assert BANT.threshold == sum(c.weight for c in BANT.criteria if c.required) == 80


def test_an_answer_serves_every_framework():
    """A need that was told to one framework is known to the others."""
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY).answer("need", True, at=MONDAY)

    known = [policy.assess(lead, at=MONDAY).coverage > 0 for policy in FRAMEWORKS]

    assert all(known)


def test_more_than_two_hundred_staff_are_a_knock_out():
    """However great the wish to buy, a great firm is no customer of a vendor for small ones."""
    row = {
        "company": {"employees": 201},
        "answers": dict.fromkeys(("need", "demo", "meeting"), True),
    }

    verdicts = [
        IDEAL_CUSTOMER.verdict({**row, "company": {"employees": staff}}, at=MONDAY)
        for staff in (200, 201)
    ]

    assert verdicts == [Verdict.QUALIFIED, Verdict.DISQUALIFIED]


def test_fit_and_engagement_are_two_sums():
    """A good fit that does not care is told from a poor fit that does."""
    said = IDEAL_CUSTOMER.assess({"company": {"employees": 40}}, at=MONDAY)

    assert (said.within("fit"), said.within("engagement")) == ((30, 60), (0, 40))


@pytest.mark.parametrize(
    ("policy", "slot"), [*zip(RULES_OF_THUMB, ["quote", "budget"], strict=True)]
)
def test_a_rule_of_thumb_needs_one_yes(policy, slot):
    """One answer decides, and until then it is the one question."""
    yes, no = ({"answers": {slot: said}} for said in (True, False))

    assert policy.assess(yes, at=MONDAY).verdict is Verdict.QUALIFIED
    assert policy.assess(no, at=MONDAY).verdict is Verdict.DISQUALIFIED
    assert [q.criterion for q in policy.assess({}, at=MONDAY).next_questions] == [slot]
