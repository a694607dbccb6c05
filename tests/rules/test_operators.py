"""The table of operators: each row is whole, documented, drawn by the strategies, and judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from salesfunnel.rules import Fact, Rule, fields, rule_from_data, rule_to_data
from salesfunnel.rules.operators import JOINTS, OPERATORS
from salesfunnel.testing import rules as drawn_rules
from salesfunnel.testing.rules import OPERANDS
from tests.rules import examples, oracle

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "rules.md").read_text("utf-8")
TESTS_OF_ONE_FACT, _, REST = PAGE.partition("## Tests of one fact")[2].partition("\n## ")
JSON = REST.partition("## JSON")[2]
SYMBOLS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
MANY_TRIES = settings(max_examples=2_000, database=None, phases=[Phase.generate])

each_operator = pytest.mark.parametrize("name", OPERATORS)


def test_there_is_a_table():
    """Its rows stand under their own names, which no joint has."""
    assert len(OPERATORS) > 10
    assert [row.name for row in OPERATORS.values()] == list(OPERATORS)
    assert not OPERATORS.keys() & JOINTS.keys()


@each_operator
def test_an_operator_stands_on_the_reference_page(name):
    """It is listed as it is written, and as it stands in JSON."""
    method = OPERATORS[name].method
    written = f"{SYMBOLS[method]} v" if method in SYMBOLS else f"{method}("

    assert written in TESTS_OF_ONE_FACT
    assert f"`{name}`" in JSON


@pytest.mark.parametrize("name", JOINTS)
def test_a_joint_stands_on_the_reference_page(name):
    """It is listed as it stands in JSON."""
    assert f"`{name}`" in JSON


@each_operator
def test_an_operator_is_drawn(name):
    """Strategies of ours, for users and for our own laws, know what it is compared with."""
    assert name in OPERANDS
    assert name in examples.OPERANDS
    drawn = find(
        drawn_rules(), lambda rule: f"'{name}'" in str(rule_to_data(rule)), settings=MANY_TRIES
    )
    assert drawn.size > 0


def test_nothing_else_is_drawn_or_judged():
    """What is taken out of the table is taken out everywhere."""
    assert OPERANDS.keys() == examples.OPERANDS.keys() == oracle.TESTS.keys() == OPERATORS.keys()
    assert oracle.JOINTS.keys() == JOINTS.keys()


@each_operator
@given(data=st.data())
def test_an_operator_says_what_its_plainest_reading_says(name, data):
    """The oracle judges the same fact in the same way."""
    rule = data.draw(examples.tests_of([name]))
    row = data.draw(examples.rows)

    assert rule.holds(row, at=examples.AT) is oracle.verdict(rule, row, examples.AT)


@each_operator
def test_an_operator_is_made_by_a_method(name):
    """A fact, or a function beside it, makes rules of each operator."""
    row = OPERATORS[name]

    assert callable(getattr(Fact, row.method, None) or getattr(fields, row.method, None))


@each_operator
@given(data=st.data())
def test_an_operator_survives_json_and_says_itself(name, data):
    """It is written with its path and what it is compared with, and read again."""
    rule = data.draw(examples.tests_of([name]))

    written = rule_to_data(rule)

    assert written[:2] == [name, rule.path]
    assert rule_from_data(written) == rule
    assert str(rule) == f"{rule.path} {OPERATORS[name].in_words(rule.operand)}"
    assert "{" not in OPERATORS[name].in_words(rule.operand)


@each_operator
@given(data=st.data())
def test_a_shortcut_says_what_the_comparison_says(name, data):
    """Facts of the expected class are judged faster, and not otherwise."""
    operator = OPERATORS[name]
    operand = data.draw(examples.tests_of([name])).operand
    fact = data.draw(examples.facts | st.sampled_from([True, False, 0, 1, 200, "IR", "TÉHÉRAN"]))
    kind, decide, wanted = operator.shortcut(operand)

    if type(fact) is kind:
        assert decide(fact, wanted) is operator.compare(operand)(fact, examples.AT)


@each_operator
@given(data=st.data())
def test_a_fact_of_another_kind_is_named(name, data):
    """Where the kind of the fact leaves a rule undecided, the rule says which one is needed."""
    rule = data.draw(examples.tests_of([name]))
    row = data.draw(examples.rows)

    problem = rule.problem(row, at=examples.AT)

    assert problem is None or rule.holds(row, at=examples.AT) is None
    assert problem is None or (problem.where, problem.code) == (rule.path, "wrong_kind_of_fact")


def test_a_rule_is_made_as_a_method_makes_it():
    """The method and the row of the table mean the same."""
    it = Fact("x")

    assert it.ends_with(".ir") == Rule("ends_with", "x", ".ir")
    assert str(it.ends_with(".ir")) == "x ends with .ir"
