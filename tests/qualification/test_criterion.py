"""Criteria: what they may be made of, and how their points fade."""

from __future__ import annotations

import copy
import decimal
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition
from salesfunnel.qualification import (
    BANT,
    Criterion,
    Scorecard,
    policy_from_json,
    policy_to_json,
)
from salesfunnel.qualification.criterion import LONGEST_STRETCH
from salesfunnel.qualification.points import MOST_POINTS, remaining
from salesfunnel.rules import answered, field, yes
from salesfunnel.values import Answer
from tests.qualification.examples import MONDAY

NEED = yes("answers.need")
DAY = timedelta(days=1)
MONTH = 30 * DAY


def said(days):
    """Make a lead whose need was told some days ago."""
    return {"answers": {"need": Answer(True, at=MONDAY - timedelta(days))}}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": " "}, "a criterion needs a name"),
        ({"name": "a\nb"}, "a criterion needs a name"),
        ({"name": 5}, "a criterion needs a name"),
        ({"question": "a\u202eb"}, "one line of text"),
        ({"group": "x" * 1000}, "one line of text"),
        ({"weight": 1.5}, "the weight must be a whole number"),
        ({"weight": True}, "the weight must be a whole number"),
        ({"weight": MOST_POINTS + 1}, "the weight must be a whole number"),
        ({"required": "no"}, "must each be True or False"),
        ({"deferrable": None}, "must each be True or False"),
        ({"rule": lambda _lead: True}, "takes a lead and the instant; such as lambda lead, at"),
        ({"rule": Criterion}, "a criterion needs a rule, a function"),
        ({"rule": SimpleNamespace(holds=max, facts=["__class__"])}, "names joined by dots"),
        ({"rule": SimpleNamespace(holds=max, facts=[5, "a"])}, "names joined by dots"),
        ({"facts": str}, "facts must be paths"),
        ({"cost": 0}, "the cost must be a whole number"),
        ({"cost": 1.0}, "the cost must be a whole number"),
        ({"deferrable": True}, "only a required"),
        ({"half_life": 30}, "the half-life must be a positive"),
        ({"half_life": timedelta(0)}, "the half-life must be a positive"),
        ({"half_life": timedelta(microseconds=1)}, "the half-life must be a positive"),
        ({"half_life": MONTH, "rule": NEED & yes("x")}, "this criterion reads 2"),
        ({"half_life": MONTH, "rule": lambda _lead, _at: True}, "this criterion reads 0"),
        ({"rule": ~answered("phone")}, "cannot be part of another rule"),
        ({"facts": ["x"]}, "a rule knows its facts"),
        ({"rule": lambda _lead, _at: True, "facts": ["__class__"]}, "names joined by dots"),
    ],
)
def test_a_criterion_that_would_break_a_law_is_refused(fields, problem):
    """Each mistake is found when the criterion is defined, not when a lead is judged."""
    with pytest.raises(InvalidDefinition, match=problem):
        Criterion(**{"name": "need", "rule": NEED, **fields})


@pytest.mark.parametrize(("days", "points"), [(0, 40), (30, 20), (60, 10), (-5, 40), (9999, 0)])
def test_points_fade_with_the_age_of_the_answer(days, points):
    """A half is left after one half-life, and a quarter after two; the future does not age."""
    finding = Criterion("need", NEED, weight=40, half_life=MONTH).find(said(days), at=MONDAY)

    assert (finding.answer, finding.points) == (True, points)


@pytest.mark.parametrize("row", [{"answers": {"need": True}}, {"answers": {"need": Answer(True)}}])
def test_what_bears_no_date_does_not_age(row):
    """A bare fact is as good as new."""
    assert Criterion("n", NEED, weight=40, half_life=MONTH).find(row, at=MONDAY).points == 40


def test_a_function_may_age_with_the_one_fact_that_it_names():
    """Whoever names the fact tells how old the answer is."""
    criterion = Criterion(
        "n", lambda _lead, _at: True, weight=40, half_life=MONTH, facts=["answers.need"]
    )

    assert criterion.find(said(30), at=MONDAY).points == 20


@pytest.mark.parametrize(("weight", "ends"), [(40, (20, 40)), (-40, (-40, -20))])
def test_faded_points_are_unknown_again(weight, ends):
    """The same answer, given again, would bring all of them: a reward, or a penalty."""
    finding = Criterion("n", NEED, weight=weight, half_life=MONTH).find(said(30), at=MONDAY)

    assert (finding.points, finding.points + finding.spread) == ends
    assert str(finding) == f"n: yes ({ends[0]} of {weight}, 20 faded)"


@pytest.mark.parametrize("threshold", [50, 90])
def test_a_faded_answer_is_asked_again(threshold):
    """It may still qualify the lead, so nothing is decided; given again, it does."""
    demo = Criterion("demo", yes("answers.demo"), weight=100, half_life=MONTH, question="A demo?")
    card = Scorecard("ours", criteria=[demo], threshold=threshold)
    row = {"answers": {"demo": Answer(True, at=MONDAY - MONTH - timedelta(days=1))}}

    said = card.assess(row, at=MONDAY)

    assert (
        said.summary
        == f"undecided: the score lies between 49 and 100, the threshold is {threshold}"
    )
    assert (card.verdict(row, at=MONDAY), *map(str, said.next_questions)) == (
        "undecided",
        "A demo?",
    )
    assert said.what_if({"demo": True}).verdict == "qualified"
    assert said.what_if({"demo": False}).verdict == "disqualified"


def test_a_faded_must_is_a_yes_still():
    """It is asked again only where its points decide."""
    demo = Criterion("demo", yes("demo"), weight=100, half_life=MONTH, required=True)
    row = {"demo": Answer(True, at=MONDAY - MONTH)}

    said = Scorecard("ours", criteria=[demo], threshold=50).assess(row, at=MONDAY)

    assert (said.verdict, said.next_questions) == ("qualified", ())


def test_a_no_does_not_fade():
    """It has no points that could."""
    row = {"answers": {"need": Answer(False, at=MONDAY - MONTH)}}

    assert Criterion("n", NEED, weight=40, half_life=MONTH).find(row, at=MONDAY).spread == 0


def test_waiting_for_an_answer_is_never_a_no():
    """Nobody has given the number yet, which is no reason against the lead."""
    criterion = Criterion("phone known", answered("phone"), weight=5)

    answers = [criterion.find(row, at=MONDAY) for row in ({}, {"phone": "+374 10 000000"})]

    assert [(f.answer, f.problem) for f in answers] == [(None, None), (True, None)]


def test_a_function_can_be_asked_like_a_rule():
    """A criterion is judged by one function, whatever it is made of."""
    judge = Criterion("half", lambda _lead, _at: 0.5).judge()

    assert judge({}, MONDAY) is True


@given(
    st.timedeltas(timedelta(0), timedelta(days=4000)),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
)
def test_fading_is_the_same_in_one_step_and_in_two(first, second):
    """What is left after two stretches of time is what is left of what was left."""
    together = remaining(first + second, MONTH)
    apart = remaining(first, MONTH) * remaining(second, MONTH)

    assert abs(together - apart) < 1e-18
    assert 0 <= together <= remaining(first, MONTH) <= 1


def test_points_do_not_depend_on_the_decimal_context_of_the_host():
    """A host that rounds to one digit gets the same points."""
    criterion = Criterion("n", NEED, weight=1000, half_life=MONTH)
    here = criterion.find(said(7), at=MONDAY)

    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP):
        there = criterion.find(said(7), at=MONDAY)

    assert here == there


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"criteria": []}, "at least one criterion"),
        ({"criteria": [NEED]}, "criteria must be a list of Criterion"),
        ({"criteria": tuple}, "criteria must be a list of Criterion"),
        ({"grades": dict}, "grades must be the fewest points for each grade"),
        ({"criteria": BANT.criteria * 2}, "the same name"),
        ({"threshold": 101}, "no lead can qualify"),
        ({"threshold": 80.0}, "the threshold must be a whole number"),
        ({"threshold": -MOST_POINTS - 1}, "the threshold must be a whole number"),
        ({"name": ""}, "a name and a version"),
        ({"version": 2}, "a name and a version"),
        ({"recycle_after": 90}, "recycle_after must be a positive"),
        ({"recycle_after": timedelta.max // DAY * DAY}, "at most 126 years"),
        ({"grades": {"A": 1, "B": 2}}, "from the best down"),
        ({"grades": [("A", 2), ("A", 1)]}, "two grades have the same name"),
        ({"grades": {"A": 0.5}}, "a grade must begin at"),
        (
            {"criteria": [Criterion(f"c{n}", NEED, weight=1) for n in range(201)]},
            "at most 200 criteria",
        ),
    ],
)
def test_a_scorecard_that_contradicts_itself_is_refused(fields, problem):
    """Each mistake is found when the scorecard is defined."""
    sound = {"name": "ours", "criteria": BANT.criteria, "threshold": 80}

    with pytest.raises(InvalidDefinition, match=problem):
        Scorecard(**{**sound, **fields})


def test_the_greatest_scorecard_is_one():
    """Each limit itself is still allowed: of points, cost, criteria, threshold, grades and wait."""
    most = Criterion("c0", NEED, weight=MOST_POINTS, cost=MOST_POINTS)
    others = [Criterion(f"c{n}", NEED, weight=-MOST_POINTS) for n in range(1, 200)]

    card = Scorecard(
        "great",
        criteria=[most, *others],
        threshold=MOST_POINTS,
        grades={"A": MOST_POINTS, "B": -MOST_POINTS},
        recycle_after=timedelta(seconds=LONGEST_STRETCH),
    )

    assert policy_from_json(policy_to_json(card)) == card


def test_a_criterion_is_replaced_by_one_of_its_name():
    """Composing never leaves two criteria of one name."""
    heavier = attrs.evolve(BANT.criteria[0], weight=60)

    assert BANT.with_criterion(heavier).criteria[-1] == heavier
    assert len(BANT.with_criterion(heavier).criteria) == 4


def test_only_what_is_there_can_be_left_out():
    """A misspelt name is a mistake, not a wish fulfilled."""
    with pytest.raises(
        InvalidDefinition, match=r"no criterion autority \(did you mean authority\?\); known: need"
    ):
        BANT.without_criterion("autority")


@pytest.mark.parametrize("wrap", [dict, lambda row: SimpleNamespace(**row)])
@pytest.mark.parametrize(
    ("rule", "fact", "truth"),
    [
        (field("x") >= 10, 10, True),
        (field("x") >= 10, 9, False),
        (field("x") >= 10, "many", None),
        (field("x") >= 10, None, None),
        (field("x") <= 10, None, None),
        (field("x").is_("IR"), None, None),
        (yes("x"), None, None),
        (field("x") <= 10, 10, True),
        (field("x") <= 10, 11, False),
        (field("x") <= 10, Decimal("10.5"), False),
        (field("x").is_("IR"), "IR", True),
        (field("x").is_("IR"), "ir", True),
        (field("x").is_("IR"), "AM", False),
        (field("x").is_("IR"), 5, None),
        (yes("x"), True, True),
        (yes("x"), False, False),
        (yes("x"), "yes", True),
        (yes("x"), "Non", False),
        (yes("x"), "بله", True),
        (field("x").is_(False), "no", True),
        (yes("x"), "perhaps", None),
        (field("x").is_(False), False, True),
        (field("x").is_(False), True, False),
    ],
)
def test_a_limit_is_kept_to_the_point(rule, fact, truth, wrap):
    """A score says what the rule says, in rows and in objects, for points and for penalties."""
    gain, penalty = Criterion("gain", rule, weight=8), Criterion("penalty", rule, weight=-5)
    card = Scorecard("ours", criteria=[gain, penalty], threshold=0)

    scored = card.score(wrap({"x": fact}), at=MONDAY)

    ends = {True: (3, 3), False: (0, 0), None: (-5, 8)}
    assert (scored.floor, scored.ceiling) == ends[truth]
    assert [finding.answer for finding in scored.findings] == [truth, truth]
    assert sum(finding.points for finding in scored.findings) == scored.floor


@pytest.mark.parametrize(("answer", "ends"), [(True, (-8, -4)), (False, (0, 0)), (None, (-8, 0))])
def test_a_fading_penalty_counts_from_below(answer, ends):
    """Unknown it may cost nothing or everything, and answered at least what is left of it."""
    fading = Criterion("sin", yes("sin"), weight=-8, half_life=MONTH)
    card = Scorecard("ours", criteria=[fading], threshold=-8)

    scored = card.score({"sin": Answer(answer, at=MONDAY - MONTH)}, at=MONDAY)

    assert (scored.floor, scored.ceiling) == ends


@pytest.mark.parametrize(("answer", "verdict"), [(True, "disqualified"), (False, "qualified")])
def test_a_fading_penalty_decides_at_once(answer, verdict):
    """The quick way counts it as the long way does."""
    fading = Criterion("sin", yes("sin"), weight=-8, half_life=MONTH)
    card = Scorecard("ours", criteria=[fading], threshold=-3)
    row = {"sin": Answer(answer, at=MONDAY - MONTH)}

    assert card.verdict(row, at=MONDAY) == card.assess(row, at=MONDAY).verdict == verdict


def test_a_copy_of_a_scorecard_is_equal_and_works():
    """Copied after it was used, a scorecard judges as before."""
    BANT.verdict({}, at=MONDAY)
    twin = copy.deepcopy(BANT)

    assert (twin, twin.verdict({}, at=MONDAY)) == (BANT, "undecided")
