"""Scorers that somebody else wrote: what they may answer, and what their faults cost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.qualification import BANT, Criterion, Scorecard, Verdict
from salesfunnel.qualification.scoring import ReadOnly, ask
from salesfunnel.rules import predicate
from tests.qualification.examples import MONDAY, MUSTS_MET

ALLOWED = "return True, False, None, or a number from 0 to 1"


class Row:
    """A mutable object, as an object-relational mapper makes them."""

    def __init__(self, **fields):
        """Take any fields."""
        vars(self).update(fields)


def recurse(lead, at):
    """Never come to an end."""
    return recurse(lead, at)


def rename(lead, _at):
    """Overwrite a name."""
    lead.name = "other"
    return True


def note_down(lead, _at):
    """Leave a mark."""
    lead["seen"] = True
    return True


def note_down_inside(lead, _at):
    """Leave a mark further in."""
    lead["answers"]["seen"] = True
    return True


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (True, 1),
        (False, 0),
        (None, None),
        (1, 1),
        (0, 0),
        (0.25, Fraction(1, 4)),
        (Decimal("0.5"), Fraction(1, 2)),
        (Fraction(3, 4), Fraction(3, 4)),
    ],
)
def test_a_scorer_answers_with_a_truth_or_a_share(answer, share):
    """Yes, no, unknown, or a number from 0 to 1."""
    assert ask(lambda _lead, _at: answer, {}, at=MONDAY) == (share, None)


@pytest.mark.parametrize(
    ("scorer", "problem"),
    [
        (lambda _lead, _at: 1 / 0, "the scorer raised ZeroDivisionError"),
        (lambda lead, _at: lead["absent"], "the scorer raised KeyError"),
        (recurse, "the scorer raised RecursionError"),
        (note_down, "the scorer raised TypeError"),
        (note_down_inside, "the scorer raised TypeError"),
        (lambda lead, _at: lead["tags"].append(1), "the scorer raised AttributeError"),
        (lambda lead, _at: lead["marks"].add(1), "the scorer raised AttributeError"),
        (lambda _lead, _at: "yes", f"the scorer returned str; {ALLOWED}"),
        (lambda _lead, _at: [], f"the scorer returned list; {ALLOWED}"),
        (lambda _lead, _at: 1.1, "the scorer returned a number that is not between 0 and 1"),
        (lambda _lead, _at: -1, "the scorer returned a number that is not between 0 and 1"),
        (
            lambda _lead, _at: float("nan"),
            "the scorer returned a number that is not between 0 and 1",
        ),
        (
            lambda _lead, _at: float("inf"),
            "the scorer returned a number that is not between 0 and 1",
        ),
        (
            lambda _lead, _at: Decimal("sNaN"),
            "the scorer returned a number that is not between 0 and 1",
        ),
        (lambda _lead, _at: 10**400, "the scorer returned a number that is not between 0 and 1"),
    ],
)
def test_a_faulty_scorer_is_named_and_costs_only_its_criterion(scorer, problem):
    """The fault is told by its kind, the others are judged as ever, and the lead is unchanged."""
    lead = {**MUSTS_MET, "answers": dict(MUSTS_MET["answers"]), "tags": [], "marks": {1}}
    before = repr(lead)
    card = BANT.with_criterion(Criterion("odd", scorer, weight=10))

    said = card.assess(lead, at=MONDAY)

    assert (said.findings[-1].answer, str(said.findings[-1].problem)) == (None, problem)
    assert (said.verdict, repr(lead)) == (Verdict.QUALIFIED, before)


def test_whoever_is_strict_hears_of_a_fault_at_once():
    """Then a broken scorer is an error instead of an unknown."""
    card = BANT.with_criterion(Criterion("odd", recurse, weight=10))

    with pytest.raises(InvalidValue, match=r"criterion odd could not be answered: .*Recursion"):
        card.assess(MUSTS_MET, at=MONDAY, strict=True)
    assert BANT.assess(MUSTS_MET, at=MONDAY, strict=True).verdict is Verdict.QUALIFIED


def mark(lead, _at):
    """Leave a mark on an object."""
    lead.seen = True
    return True


def forget(lead, _at):
    """Take a name away."""
    del lead.name
    return True


@pytest.mark.parametrize("scorer", [rename, mark, forget])
def test_a_change_to_an_object_is_noticed(scorer):
    """An object of a host cannot be locked, but it is seen that its attributes changed."""
    lead = Row(name="ours")

    share, problem = ask(scorer, lead, at=MONDAY)

    assert (share, str(problem)) == (None, "the scorer changed the lead")


def test_a_scorer_may_look_at_an_object():
    """Reading attributes is what a scorer is for."""
    assert ask(lambda lead, _at: lead.name == "ours", Row(name="ours"), at=MONDAY) == (1, None)


def test_a_row_reads_as_ever():
    """A scorer sees a mapping with all its keys, and lists as tuples."""
    seen = ReadOnly({"a": [1, {"b": 2}], "c": {"d"}})

    assert (len(seen), list(seen), seen["a"][0], seen["a"][1]["b"], seen["c"]) == (
        2,
        ["a", "c"],
        1,
        2,
        {"d"},
    )


def test_an_object_with_an_answer_of_its_own_joins():
    """Whatever has ``holds`` can be a criterion, in one line."""

    class InTown:
        def holds(self, lead, *, at):
            del at
            return lead.get("city") == "Yerevan"

    card = BANT.with_criterion(Criterion("in town", InTown(), weight=10))

    assert card.assess({"city": "Yerevan"}, at=MONDAY).findings[-1].points == 10


def test_a_rule_made_of_a_function_names_its_faults():
    """A decorated function is asked itself, so that it can be named."""

    @predicate("budget")
    def rich(lead, _at):
        return lead["budget"] / 0 > 1

    said = Criterion("rich", rich).find({"budget": 1}, at=MONDAY)

    assert (str(said.problem), said.facts) == ("the scorer raised ZeroDivisionError", ("budget",))


def test_half_an_answer_is_worth_half_the_points():
    """Points are rounded once, to whole points."""
    card = Scorecard(
        "shares", criteria=[Criterion("half", lambda _lead, _at: 0.5, weight=5)], threshold=1
    )

    assert card.assess({}, at=MONDAY).floor == 2


@pytest.mark.parametrize("rule", [None, 5, "answers.need"])
def test_what_cannot_be_asked_is_no_criterion(rule):
    """A criterion needs something that answers."""
    with pytest.raises(InvalidDefinition, match="needs a rule, a function"):
        Criterion("odd", rule)


def test_a_bare_function_is_no_criterion_yet():
    """It wants a name and a weight, and the error says where they are given."""
    with pytest.raises(InvalidDefinition, match="criteria must be a list of Criterion"):
        BANT.with_criterion(lambda _lead, _at: True)


@pytest.mark.parametrize("grades", ["AB", 5, [("A",)], [None]])
def test_what_are_no_grades_is_told_what_would_be(grades):
    """Letters alone do not say how many points they take."""
    with pytest.raises(InvalidDefinition, match="grades must be the fewest points"):
        BANT.with_grades(grades)


def test_what_holds_no_criteria_is_told_how_they_are_made():
    """A number is no list of criteria, and no list of facts."""
    with pytest.raises(InvalidDefinition, match="criteria must be a list of Criterion"):
        Scorecard("odd", criteria=5, threshold=0)
    with pytest.raises(InvalidDefinition, match="facts must be paths"):
        Criterion("odd", lambda _lead, _at: True, facts=5)


def test_a_single_fact_may_be_named_without_a_list():
    """One path is one fact, and not as many as it has letters."""
    assert Criterion("keen", lambda _lead, _at: True, facts="visits").facts == ("visits",)
