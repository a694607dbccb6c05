"""The check of an outsider's rule: each law catches a rule that breaks it."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from salesfunnel.errors import InvalidValue
from salesfunnel.rules import (
    answered,
    at_least,
    field,
    predicate,
    rule_from_json,
    rule_to_json,
    yes,
)
from salesfunnel.testing.rules import check_rule, rules
from salesfunnel.values import Money

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SIZES = {"size": [1, 200]}


class Outsider:
    """A rule of somebody else, who has never seen ours: small firms only."""

    def __init__(self, *, most=100, facts=("size",)):
        """Take a limit."""
        self.most, self.facts = most, facts

    def holds(self, lead, *, at):  # noqa: ARG002 - no date in it
        """Judge by the size, if it is known."""
        return lead["size"] <= self.most if "size" in lead else None


class Forgetful(Outsider):
    """It forgets its own limit when it is written down."""

    def to_json(self):
        """Write nothing."""
        return "{}"

    @classmethod
    def from_json(cls, _text):
        """Begin anew."""
        return cls(most=1000)


class Faithful(Outsider):
    """It keeps its limit."""

    def to_json(self):
        """Write the limit."""
        return json.dumps(self.most)

    @classmethod
    def from_json(cls, text):
        """Read the limit."""
        return cls(most=json.loads(text))


class Unreadable(Faithful):
    """What it writes it cannot read."""

    @classmethod
    def from_json(cls, _text):
        """Fail."""
        raise KeyError


def complaint(rule, **options):
    """Return the report on a rule that breaks a law."""
    with pytest.raises(AssertionError) as broken:
        check_rule(rule, **options)
    return str(broken.value)


def made(function, *facts):
    """Make a rule of a function."""
    return predicate(*facts)(function)


@pytest.mark.parametrize(
    "rule",
    [
        field("company.employees") <= 200,
        at_least(2, yes("a"), ~yes("b"), field("c").one_of("IR", "AM")),
        field("budget") >= Money(100, "EUR"),
        field("last").within(days=30) & (field("due") <= date(2026, 3, 2)),
        field("share") > Decimal("0.5"),
        answered("budget") | yes("need"),
        Outsider(),
        Faithful(),
    ],
)
def test_a_sound_rule_passes(rule):
    """All of our own rules and a careful outsider's keep the laws."""
    check_rule(rule, facts=SIZES if isinstance(rule, Outsider) else None)


def test_a_careful_function_passes():
    """A function that says unknown where it cannot know is a good rule."""

    @predicate("company.size")
    def small(lead, _at):
        size = getattr(getattr(lead, "company", None), "size", None)
        return size < 100 if isinstance(size, int) else None

    check_rule(small)
    check_rule(small & (field("company.age") >= 2))
    check_rule(small | yes("need"))


def test_only_what_answers_can_be_checked():
    """The path of a fact is no rule."""
    with pytest.raises(
        InvalidValue, match="rule is of the wrong kind: str; allowed: an object with holds"
    ):
        check_rule("company.employees")


def test_a_function_that_raises_is_caught():
    """The smallest lead on which it fails is the one of which nothing is known."""
    assert complaint(made(lambda lead, _at: lead["size"] < 100, "size"), facts=SIZES) == (
        "<lambda> breaks a law: a rule answers yes, no or unknown about every lead.\n"
        "It raised KeyError.\nKnown at first: nothing.\nThen also: nothing."
    )


def test_an_answer_that_is_no_truth_is_caught():
    """One is not yes, also inside a larger rule, which would hide it."""
    one = made(lambda _lead, _at: 1)

    assert "It answered with int." in complaint(one)
    assert "It answered with int." in complaint(one & yes("need"))


def test_a_rule_that_changes_its_mind_is_caught():
    """It says yes and no by turns."""
    turns = itertools.cycle([True, False])

    assert "asked again, a rule says the same" in complaint(made(lambda _lead, _at: next(turns)))


def test_a_rule_that_draws_lots_now_and_then_is_caught():
    """Even one that cannot be made to break the law twice."""
    calls = itertools.count()

    report = complaint(made(lambda _lead, _at: next(calls) == 3, "size"), facts=SIZES)

    assert "Asked again, it said something else." in report


def test_a_rule_that_changes_the_lead_is_caught():
    """It fills in what nobody said."""

    def meddling(lead, _at):
        lead["size"] = 5

    assert "It changed the lead." in complaint(made(meddling, "size"), facts=SIZES)


def test_a_rule_that_hides_what_it_reads_is_caught():
    """Otherwise nobody would ever ask for that fact."""
    hidden = made(lambda lead, _at: lead.get("name") == "x" or None, "size")

    assert "It read name, which its facts do not list." in complaint(hidden, facts=SIZES)
    assert "It read owner, which" in complaint(made(lambda lead, _at: hasattr(lead, "owner")))


def test_a_rule_that_takes_unknown_for_no_is_caught():
    """The commonest mistake of all, with the answer that shows it."""
    hasty = made(lambda lead, _at: lead.get("size", 0) > 100, "size")

    assert complaint(hasty, facts=SIZES).endswith(
        "It said no, and after more answers yes.\nKnown at first: nothing.\nThen also: size = 200."
    )


def test_a_rule_that_does_not_survive_json_is_caught():
    """It comes back as another one, or not at all."""
    assert "read again, it said something else" in complaint(Forgetful(), facts=SIZES)
    assert "read again, it raised KeyError" in complaint(Unreadable(), facts=SIZES)


def test_a_report_shows_what_was_known_at_first():
    """A counterexample is a lead before and after."""

    def moody(lead, _at):
        if "need" not in lead:
            return None
        return "size" in lead

    report = complaint(made(moody, "need", "size"), facts={"need": [True], **SIZES})

    assert report.endswith("Known at first: need = True.\nThen also: size = 1.")


@given(rules(paths=("need", "company.size")))
def test_drawn_rules_are_data(rule):
    """Each keeps to its paths and survives JSON."""
    assert rule.facts <= {"need", "company.size"}
    assert rule_from_json(rule_to_json(rule)) == rule
