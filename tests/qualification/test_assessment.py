"""Assessments: what they say, and how they show it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.qualification import (
    BANT,
    IDEAL_CUSTOMER,
    Assessment,
    Criterion,
    Finding,
    Scorecard,
    Verdict,
    compare_assessments,
)
from salesfunnel.qualification.assessment import recycle_on
from salesfunnel.rules import field, yes
from salesfunnel.values import Answer
from tests.qualification.examples import MONDAY, MUSTS_MET, broken

UNKNOWN = BANT.assess({}, at=MONDAY)


def named(name, **more):
    """Make a scorecard of one criterion."""
    return Scorecard("one", criteria=[Criterion(name, yes("x"), weight=1, **more)], threshold=1)


def test_a_score_upside_down_is_refused():
    """The floor never lies above the ceiling."""
    with pytest.raises(InvalidValue, match="is above the ceiling"):
        attrs.evolve(UNKNOWN, floor=101)


@pytest.mark.parametrize("floor", [None, "60", Decimal("sNaN")])
def test_a_score_that_is_not_a_number_is_refused(floor):
    """A policy of one's own learns it where the assessment is made."""
    with pytest.raises(WrongKind, match="allowed: floor and ceiling in numbers"):
        attrs.evolve(UNKNOWN, floor=floor)


def test_a_policy_of_another_make_may_ask_its_own_questions():
    """Then they stand as they were given, also where nothing is left to ask."""
    last = UNKNOWN.next_questions[-1:]

    assert attrs.evolve(UNKNOWN, next_questions=last).next_questions == last
    assert attrs.evolve(UNKNOWN, next_questions=()).next_questions == ()


def test_a_misspelt_group_is_told():
    """A policy without any groups has nothing in any of them."""
    said = IDEAL_CUSTOMER.assess({}, at=MONDAY)

    with pytest.raises(
        InvalidValue, match=r"unknown group fti \(did you mean fit\?\); allowed: eng"
    ):
        said.within("fti")
    assert UNKNOWN.within("fit") == (0, 0)


@pytest.mark.parametrize("thing", [None, "BANT", BANT, Assessment])
def test_only_assessments_are_compared(thing):
    """A policy judges a lead first."""
    for pair in ((UNKNOWN, thing), (thing, UNKNOWN)):
        with pytest.raises(WrongKind, match="allowed: Assessment"):
            compare_assessments(*pair)


def test_a_day_beyond_the_calendar_is_told():
    """At the end of the year 9999 there is no day on which to come back."""
    last = datetime(9999, 12, 30, tzinfo=UTC)

    said = BANT.assess({"answers": {"timing": False}}, at=last)

    assert (said.verdict, said.recycle_on) == (Verdict.DISQUALIFIED, None)
    assert [str(found) for found in said.problems] == [
        "the day to come back lies beyond the year 9999"
    ]
    assert said.what_if({"need": False}).problems == ()


def test_a_no_to_timing_alone_suggests_a_date():
    """Not now is no rejection: the lead comes back after a while."""
    said = BANT.assess({"answers": {"timing": False}}, at=MONDAY)

    assert (said.verdict, said.recycle_on) == (
        Verdict.DISQUALIFIED,
        MONDAY + timedelta(days=90),
    )


@pytest.mark.parametrize("answers", [{"timing": False, "need": False}, {"need": False}, {}])
def test_any_other_no_suggests_none(answers):
    """Without a need there is nothing to come back for."""
    assert BANT.assess({"answers": answers}, at=MONDAY).recycle_on is None


@pytest.mark.parametrize(
    ("employees", "grade"), [(900, "D to B"), (None, "D to A"), (40, "D to A"), ("?", "D to A")]
)
def test_a_grade_is_open_while_the_score_is(employees, grade):
    """Until all is known a grade is a stretch of grades."""
    row = {"company": {"employees": employees}}

    assert IDEAL_CUSTOMER.assess(row, at=MONDAY).grade == grade


def test_the_last_grade_takes_all_that_is_left():
    """Somebody below every grade still has the lowest."""
    card = BANT.with_grades({"hot": 80, "warm": 50})

    assert card.assess({"answers": {"need": False}}, at=MONDAY).grade == "warm"


def test_the_longest_wait_decides_when_to_come_back():
    """Of two that say not now, the one who needs longer must be ready too."""
    waits = [
        Finding(name, False, points=0, weight=1, required=True, recycle_after=timedelta(days))
        for name, days in (("timing", 30), ("budget", 90), ("move", 60))
    ]

    assert recycle_on(tuple(waits), MONDAY) == MONDAY + timedelta(days=90)


def test_without_grades_there_is_none():
    """BANT gives no grades, unless it is told to."""
    assert UNKNOWN.grade == ""
    assert BANT.with_grades({"hot": 80, "cold": 0}).assess(MUSTS_MET, at=MONDAY).grade == "hot"


def test_coverage_is_the_share_of_what_is_answered():
    """Three of the four are answered."""
    assert BANT.assess(MUSTS_MET, at=MONDAY).coverage == Fraction(3, 4)


def test_an_assessment_without_findings_covers_nothing():
    """A policy of another make may say nothing but its verdict."""
    said = Assessment(
        "terse", version="1", at=MONDAY, floor=0, ceiling=1, threshold=1, verdict="undecided"
    )

    assert (said.coverage, said.within("fit")) == (0, (0, 0))


def test_evidence_is_kept_with_the_assessment():
    """What was read is kept as it was said: by whom, when and where."""
    answer = Answer(True, said_by="Sara", source="phone call", at=MONDAY, confidence=80)

    said = BANT.assess({"answers": {"need": answer}}, at=MONDAY)

    assert dict(said.evidence) == {"answers.need": answer}


def test_what_if_knows_no_other_criteria():
    """To suppose what the policy does not ask is a mistake."""
    with pytest.raises(InvalidValue, match="unknown criterion money; allowed: need, budget"):
        UNKNOWN.what_if({"money": True})


@pytest.mark.parametrize("answers", [None, "need", ["need"], 5])
def test_what_if_takes_answers_by_criterion(answers):
    """The name of a criterion alone says nothing about it."""
    with pytest.raises(WrongKind, match="allowed: answers by criterion"):
        UNKNOWN.what_if(answers)
    with pytest.raises(InvalidValue, match="names the unknown criterion int; allowed: need"):
        UNKNOWN.what_if({5: True})


def test_the_reasons_are_what_is_answered():
    """What nobody has said is no reason."""
    assert BANT.assess({"answers": {"need": False}}, at=MONDAY).reasons == ("need: no (0 of 30)",)


def test_a_moment_of_any_zone_will_do():
    """An hour in Tehran is an hour, and an hour without a zone is none."""
    tehran = timezone(timedelta(hours=3, minutes=30))

    assert BANT.verdict(MUSTS_MET, at=MONDAY.astimezone(tehran)) is Verdict.QUALIFIED
    with pytest.raises(InvalidValue, match="no time zone"):
        BANT.verdict(MUSTS_MET, at=MONDAY.replace(tzinfo=None))


def test_a_function_may_decide_before_the_rules():
    """What a model says first may put the threshold out of reach, or be enough."""
    model = Criterion("model", lambda lead, _at: lead.get("likely"), weight=90)
    card = Scorecard("ours", criteria=[model, Criterion("x", yes("x"), weight=10)], threshold=50)

    verdicts = [card.verdict({"likely": likely}, at=MONDAY) for likely in (0.9, 0.1, None)]

    assert verdicts == [Verdict.QUALIFIED, Verdict.DISQUALIFIED, Verdict.UNDECIDED]


def test_what_if_takes_an_answer_back():
    """To suppose that something is unknown opens the verdict again."""
    said = BANT.assess(MUSTS_MET, at=MONDAY)

    assert said.what_if({"need": None}).verdict is Verdict.UNDECIDED


def test_to_suppose_a_no_to_timing_suggests_a_date():
    """Not now is no rejection, not even in a supposition; and a yes suggests none."""
    later = UNKNOWN.what_if({"timing": False})

    assert later.recycle_on == MONDAY + timedelta(days=90)
    assert later.what_if({"timing": True}).recycle_on is None


def test_to_suppose_a_no_to_a_must_disqualifies():
    """Whatever points are still within reach, the knock-out decides, also in a supposition."""
    said = IDEAL_CUSTOMER.assess({}, at=MONDAY).what_if({"size": False})

    assert (said.ceiling >= said.threshold, said.verdict) == (True, Verdict.DISQUALIFIED)


def test_what_if_supposes_a_part():
    """Half an answer is worth half the points."""
    assert UNKNOWN.what_if({"need": 0.5}).floor == 15


def test_the_explanation_names_the_evidence():
    """Text, table and page all say where the answer comes from."""
    answer = Answer(
        True,
        said_by="Sara",
        source="fair",
        at=MONDAY,
        confidence=80,
        expires=datetime.max.replace(tzinfo=UTC),
    )
    reasoning = named("need").assess({"x": answer}, at=MONDAY).explain()
    evidence = "x is yes (fair, Sara, 2026-03-02, 80% sure, until 9999-12-31)"

    assert str(reasoning) == (
        "one says qualified: the score is 1, the threshold is 1\n"
        f"  need: yes (1 of 1), since {evidence}"
    )
    assert reasoning.table.splitlines() == [
        "criterion  answer  points  evidence",
        f"---------  ------  ------  {'-' * len(evidence)}",
        f"need       yes     1 of 1  {evidence}",
    ]
    assert f"<bdi>{evidence}</bdi>" in reasoning._repr_html_()


def test_a_page_shows_everything_and_runs_nothing():
    """A name or an answer that looks like a tag is shown as it is written."""
    card = named("نیاز", question="<b>?")

    page = card.assess({}, at=MONDAY)._repr_html_()
    answered = card.assess({"x": "<script>\u202e"}, at=MONDAY)._repr_html_()

    assert '<td dir="auto"><bdi>نیاز</bdi></td>' in page
    assert '<ol><li dir="auto"><bdi>&lt;b&gt;?</bdi></li></ol>' in page
    assert "&lt;script&gt;<" in answered
    assert "<script>" not in answered


class Unspeakable:
    """An object of a host that cannot be written as a text."""

    def __str__(self):
        """Fail."""
        raise RuntimeError


@pytest.mark.parametrize("fact", [10**5000, Unspeakable()], ids=["an integer", "an object"])
def test_what_cannot_be_written_is_left_open(fact):
    """An explanation never fails because of a fact."""
    said = named("need").assess({"x": fact}, at=MONDAY)

    assert said.explain().rows[0][3] == "x is …"


def test_a_long_answer_is_cut_short():
    """A table is no place for a novel."""
    said = named("need").assess({"x": "word " * 50}, at=MONDAY)

    assert len(said.explain().rows[0][3]) < 80


@pytest.mark.parametrize(("letters", "shown"), [(60, "a" * 60), (61, "a" * 59 + "…")])
def test_sixty_letters_of_an_answer_are_shown(letters, shown):
    """Whatever is longer ends with the sign that there is more."""
    said = named("need").assess({"x": "a" * letters}, at=MONDAY)

    assert said.explain().rows[0][3] == f"x is {shown}"


def test_the_heading_names_grade_and_date():
    """Whoever reads one line reads the grade and when to come back."""
    card = BANT.with_grades({"hot": 80, "cold": 0})

    said = card.assess({"answers": {"timing": False}}, at=MONDAY)

    assert said.explain().heading.endswith("(grade cold to hot) (recycle on 2026-05-31)")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({}, {"x": True}, "it was answered"),
        ({"x": False}, {"x": True}, "it was answered differently"),
        ({"x": True}, {}, "it is no longer known"),
        ({"x": True}, {"x": Answer(True, expires=MONDAY)}, "its answer has expired"),
        ({"x": True}, {"x": Answer(True, at=MONDAY - timedelta(30))}, "its answer has aged"),
        ({"x": Answer(True, at=MONDAY - timedelta(30))}, {"x": True}, "it was answered anew"),
    ],
)
def test_a_change_says_why(before, after, why):
    """An answer, an expiry and the passing of time are told apart."""
    card = Scorecard(
        "one", criteria=[Criterion("x", yes("x"), weight=8, half_life=timedelta(30))], threshold=1
    )

    compared = compare_assessments(*(card.assess(row, at=MONDAY) for row in (before, after)))

    assert [str(change.why) for change in compared.changes] == [why]


def test_a_change_of_the_policy_is_told_as_such():
    """Another weight, a new criterion, a dropped one, a broken scorer: no news of the lead."""
    heavier = attrs.evolve(BANT.criteria[0], weight=40)
    other = BANT.with_criterion(heavier).without_criterion("authority")
    other = other.with_criterion(Criterion("odd", broken, weight=5)).with_criterion(
        Criterion("budget", broken, weight=30, required=True)
    )
    row = {"answers": {"budget": True}}

    compared = compare_assessments(BANT.assess(row, at=MONDAY), other.assess(row, at=MONDAY))

    assert {change.criterion: str(change.why) for change in compared.changes} == {
        "need": "the policy weighs it differently",
        "budget": "the scorer raised ZeroDivisionError",
        "authority": "the policy no longer asks it",
        "odd": "the policy asks it now",
    }
    assert str(compared.changes[1]) == (
        "budget: yes -> unknown (-30), the scorer raised ZeroDivisionError"
    )


def test_an_optional_criterion_that_became_required_is_told():
    """No points change by it, and yet another verdict may follow."""
    stricter = BANT.with_criterion(attrs.evolve(BANT.criteria[3], required=True))

    (change,) = compare_assessments(UNKNOWN, stricter.assess({}, at=MONDAY)).changes

    assert str(change) == "authority: unknown (+0), the policy weighs it differently"


def test_nothing_changed_is_told_as_nothing():
    """The same twice has no changes."""
    assert compare_assessments(UNKNOWN, UNKNOWN).changes == ()


def test_a_change_without_another_answer_says_it_once():
    """A yes that has aged is still a yes."""
    card = Scorecard(
        "one",
        criteria=[Criterion("x", field("n") > 1, weight=8, half_life=timedelta(30))],
        threshold=1,
    )
    rows = ({"n": 2}, {"n": Answer(2, at=MONDAY - timedelta(30))})

    compared = compare_assessments(*(card.assess(row, at=MONDAY) for row in rows))

    assert str(compared).splitlines()[1] == "  x: yes (-4), its answer has aged"
