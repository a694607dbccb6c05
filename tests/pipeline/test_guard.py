"""Guards, and what they say when they do not agree."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

import pytest

from salesfunnel.errors import GuardFailed, InvalidDefinition, InvalidValue
from salesfunnel.pipeline import (
    Guard,
    Move,
    Pipeline,
    Stage,
    pipeline_from_json,
    pipeline_to_json,
    requires,
)
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import field, yes

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
PAID = Criterion("paid", yes("paid"), weight=1, required=True, question="Was it paid?")
AGREED = requires(yes("agreed"), "the amount is not agreed", remedy="agree it")


def pipeline_with(*guards, entry=()):
    """Define a pipeline whose only win has these guards."""
    stages = [Stage("offer"), Stage("won", kind="won", entry=entry)]
    return Pipeline("guarded", stages=stages, moves=[Move("win", "offer", "won", guards=guards)])


def broken(_deal, _at):
    """Break down."""
    raise KeyError


def test_a_rule_that_holds_objects_to_nothing():
    """A guard that agrees has no objection."""
    assert AGREED.objection({"agreed": True}, at=MONDAY) is None


def said(objection):
    """Return an objection as its code, its sentence, its remedy and its parameters."""
    assert objection.message == objection.text.template.format(**objection.params)
    return objection.code, objection.message, objection.remedy, objection.params.get("guard")


def test_a_rule_that_does_not_hold_says_what_is_missing():
    """The objection names the guard, and what would satisfy it."""
    assert said(AGREED.objection({"agreed": False}, at=MONDAY)) == (
        "guard",
        "the amount is not agreed",
        "agree it",
        "agreed is True",
    )


def test_an_unknown_fact_refuses_and_says_so():
    """Unknown is not no, but it is no yes either; the path of the fact is a parameter."""
    objection = AGREED.objection({}, at=MONDAY)

    assert said(objection)[:3] == (
        "unknown_fact",
        "the amount is not agreed (unknown: agreed)",
        "agree it",
    )
    assert objection.params["unknown"] == "agreed"


def test_a_guard_without_a_message_goes_by_its_name():
    """There is always something to show, under the code that the host chose."""
    odd = Guard("signed", lambda _deal, _at: False, code="unsigned")

    assert said(odd.objection({}, at=MONDAY)) == ("unsigned", "signed does not hold", "", "signed")


def test_a_fact_that_a_stage_requires_is_named():
    """So that a form can ask for it."""
    (asked,) = Stage("offer", requires="expected_close").conditions

    objection = asked.objection({}, at=MONDAY)

    assert said(objection) == (
        "missing",
        "expected_close is not known",
        "find out expected_close",
        None,
    )
    assert objection.params["fact"] == "expected_close"
    assert asked.objection({"expected_close": "May"}, at=MONDAY) is None


BROKEN = {
    "raises": (broken, "raised KeyError"),
    "nothing": (lambda _deal, _at: None, "returned NoneType"),
    "a text": (lambda _deal, _at: "yes", "returned str"),
    "one": (lambda _deal, _at: 1, "returned int"),
    "not a number": (lambda _deal, _at: float("nan"), "returned float"),
}


@pytest.mark.parametrize(("check", "problem"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("place", range(3))
def test_a_broken_guard_is_an_error_that_names_it(check, problem, place):
    """Alone, as second guard, or at the entry of a stage: nobody moves past a broken guard."""
    fine, odd = Guard("fine", lambda _deal, _at: True), Guard("odd", check)
    pipeline = [pipeline_with(odd), pipeline_with(fine, odd), pipeline_with(entry=odd)][place]

    with pytest.raises(GuardFailed) as failed:
        pipeline.decide("offer", "win", {}, at=MONDAY)

    assert (failed.value.guard, failed.value.problem) == ("odd", problem)


def test_a_plain_no_is_the_same_value_each_time():
    """Unlike that of a deal of which less is known."""
    pipeline = pipeline_with(AGREED)

    first, second, unknown, third = (
        pipeline.decide("offer", "win", facts, at=MONDAY)
        for facts in ({"agreed": False}, {"agreed": False}, {}, {"agreed": False})
    )

    assert first == second == third
    assert unknown.objections[0].code == "unknown_fact"
    assert pipeline.decide("offer", "win", {"agreed": True}, at=MONDAY)


def test_all_guards_object_together():
    """A refusal lists every objection, in order, and each once."""
    signed = Guard("signed", lambda _deal, _at: False, message="it is not signed")
    pipeline = pipeline_with(signed, AGREED, entry=[AGREED, yes("paid")])

    refusal = pipeline.decide("offer", "win", {"agreed": False, "paid": False}, at=MONDAY)

    assert [o.message for o in refusal.objections] == [
        "it is not signed",
        "the amount is not agreed",
        "paid is True does not hold",
    ]


def test_the_objections_of_all_ways_are_told_together():
    """Where one trigger leads two ways and both are closed, each objection is told once."""
    ends = [Stage("won", kind="won", entry=yes("paid")), Stage("sold", kind="won", entry=AGREED)]
    pipeline = Pipeline(
        "forked",
        stages=[Stage("offer"), *ends],
        moves=[Move("end", "offer", end.name, guards=yes("signed")) for end in ends],
    )

    refusal = pipeline.decide(
        "offer", "end", dict.fromkeys(["agreed", "paid", "signed"], False), at=MONDAY
    )

    assert [objection.params["guard"] for objection in refusal.objections] == [
        "signed is True",
        "paid is True",
        "agreed is True",
    ]


def test_a_guard_may_be_a_bare_rule_or_function():
    """A rule goes by its words, and a function by its name."""

    def signed(_deal, _at):
        return True

    move = Move("win", "offer", "won", guards=[yes("paid"), signed])

    assert [guard.name for guard in move.guards] == ["paid is True", "signed"]
    assert Move("win", "offer", "won", guards=signed).guards == (Guard("signed", signed),)


@pytest.mark.parametrize("check", [None, "deal.signed", 3])
def test_a_guard_checks_something(check):
    """A text is no code here, and neither is a number."""
    with pytest.raises(InvalidDefinition, match="a rule, or a function"):
        Guard("signed", check)


@pytest.mark.parametrize("given", ["paid", ["paid"], 3, None, field("paid")])
def test_what_is_no_guard_is_told_what_would_be_one(given):
    """A text, a bare fact or nothing at all is no guard, and the error says what to write."""
    with pytest.raises(InvalidDefinition, match=r"is not a guard; a rule such as yes"):
        Move("win", "offer", "won", guards=given)
    with pytest.raises(InvalidDefinition, match="is not a guard"):
        Stage("won", entry=given)


def test_a_function_without_a_name_is_given_one():
    """A part of a function has no name of its own; `Guard` gives it one."""
    signed = functools.partial(getattr, "signed")

    with pytest.raises(
        InvalidDefinition, match=r"without a name needs one; Guard\(name, function\)"
    ):
        Move("win", "offer", "won", guards=signed)
    assert Move("win", "offer", "won", guards=Guard("signed", signed)).guards[0].name == "signed"


def test_a_guard_has_a_name():
    """A guard that nobody can name explains nothing."""
    with pytest.raises(InvalidDefinition, match="a guard needs a name"):
        Guard(" ", yes("signed"))


def test_a_naive_datetime_is_refused():
    """Nobody can say when that was."""
    with pytest.raises(InvalidValue, match="has no time zone"):
        AGREED.objection({}, at=datetime(2026, 3, 2))  # noqa: DTZ001 - the point


def test_a_policy_guards_a_move():
    """The objection is the verdict with the next question, and then the stage is free."""
    policy = Scorecard("paid", criteria=[PAID], threshold=1)
    pipeline = pipeline_with(Guard.verdict(policy))

    refusal = pipeline.decide("offer", "win", {}, at=MONDAY)

    assert said(refusal.objections[0])[:3] == (
        "verdict_open",
        "paid says undecided: the score lies between 0 and 1, the threshold is 1",
        "ask: Was it paid?",
    )
    assert pipeline.decide("offer", "win", {"paid": True}, at=MONDAY)


def test_a_policy_that_says_no_has_nothing_to_ask():
    """What it found is the remedy."""
    guard = Guard.verdict(Scorecard("paid", criteria=[PAID], threshold=1), name="is paid")
    no = guard.objection({"paid": False}, at=MONDAY)

    assert guard.name == "is paid"
    assert (no.code, no.remedy) == ("verdict_no", "look at what it found")
    assert guard.check({"paid": True}, MONDAY) is True


def test_a_policy_as_guard_stands_by_its_name_in_json():
    """As a function does, it is given again where the pipeline is read."""
    guard = Guard.verdict(Scorecard("paid", criteria=[PAID], threshold=1))
    pipeline = pipeline_with(guard)
    text = pipeline_to_json(pipeline)

    assert '"guards": ["paid"]' in text
    assert pipeline_from_json(text, guards=guard) == pipeline
    with pytest.raises(InvalidDefinition, match="names guard paid, which was not given"):
        pipeline_from_json(text)


class Broken:
    """A policy that breaks, or says nothing that is an assessment."""

    name = "broken"

    def assess(self, lead, /, *, at):  # noqa: ARG002 - what a policy is asked with
        """Break down where there is nothing."""
        return lead["said"]


@pytest.mark.parametrize("lead", [{}, {"said": True}])
def test_a_policy_that_breaks_is_a_broken_guard(lead):
    """Neither a crash nor another answer opens a stage."""
    with pytest.raises(GuardFailed, match="guard 'broken' raised"):
        Guard.verdict(Broken()).objection(lead, at=MONDAY)


@pytest.mark.parametrize("thing", ["BANT", None, Broken])
def test_a_verdict_is_that_of_a_policy(thing):
    """A name, or a class, assesses nothing."""
    with pytest.raises(InvalidDefinition, match="policy cannot assess anything"):
        Guard.verdict(thing)
