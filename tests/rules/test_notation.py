"""Rules as JSON: how they are written, and what is refused, with its place."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.rules import (
    all_of,
    answered,
    at_least,
    field,
    predicate,
    rule_from_data,
    rule_from_json,
    rule_to_data,
    rule_to_json,
    yes,
)
from salesfunnel.values import Money

# Counting branches slows everything down by far.
MOST_SECONDS = 0.5 if "coverage" in sys.modules else 0.05
HEAD = '{"format": "salesfunnel.rule", "version": 1, "rule": '


def problems(data, read=rule_from_data):
    """Return all problems of a definition that is refused."""
    with pytest.raises(InvalidDefinition) as refused:
        read(data)
    return [str(problem) for problem in refused.value.problems]


def nested(depth):
    """Write a rule of that depth."""
    return '["not", ' * (depth - 1) + '["answered", "a"]' + "]" * (depth - 1)


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        (yes("need"), ["eq", "need", True]),
        (answered("need"), ["answered", "need"]),
        (all_of(), ["all"]),
        (at_least(0), ["at_least", 0]),
        (field("c").one_of("IR"), ["one_of", "c", "IR"]),
        (field("s").between(1, 200), ["between", "s", 1, 200]),
        (field("s") < Decimal("0.5"), ["lt", "s", {"decimal": "0.5"}]),
        (field("b") >= Money("9.90", "EUR"), ["ge", "b", {"money": "9.9", "currency": "EUR"}]),
        (field("d") > date(2026, 3, 2), ["gt", "d", {"day": "2026-03-02"}]),
        (
            field("d") <= datetime(2026, 3, 2, 9, tzinfo=UTC),
            ["le", "d", {"moment": "2026-03-02T09:00:00+00:00"}],
        ),
        (field("d").within(days=30), ["within", "d", 30]),
        (
            at_least(1, yes("a"), ~yes("b")),
            ["at_least", 1, ["eq", "a", True], ["not", ["eq", "b", True]]],
        ),
    ],
)
def test_a_rule_is_written_as_lists(rule, data):
    """The form is short enough to be written by hand."""
    assert rule_to_data(rule) == data
    assert rule_from_data(data) == rule
    assert rule_from_json(HEAD + json.dumps(data) + "}") == rule


def test_texts_are_written_as_they_are():
    """A definition in Persian stays readable."""
    assert "تهران" in rule_to_json(field("city").is_("تهران"))


def test_a_fraction_by_hand_is_exact():
    """A tenth in a document is a tenth."""
    assert rule_from_json(HEAD + '["le", "a", 0.1]}') == (field("a") <= Decimal("0.1"))


@pytest.mark.parametrize("thing", [None, field("a"), len, ["eq", "a", 1]])
def test_only_a_rule_is_written(thing):
    """What is compared with nothing yet, or is data already, is not a rule."""
    for write in (rule_to_data, rule_to_json):
        with pytest.raises(WrongKind, match="allowed: a rule, such as yes"):
            write(thing)


def test_a_plain_function_is_no_data():
    """It says so, and names itself."""
    rule = yes("a") & predicate()(max)

    with pytest.raises(InvalidDefinition, match="max is a plain function"):
        rule_to_json(rule)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], "$: a rule is a list that begins with an operator"),
        ("all", "$: a rule is a list"),
        ([["all"]], "$: a rule is a list"),
        (["matches", "a", ".*"], "$: unknown operator; use one of all"),
        (["__class__", "a"], "$: unknown operator"),
        (["function", "os.system"], "$[0]: a plain function cannot be read"),
        (["eq"], "$: the path of a field"),
        (["eq", 5, 5], "$[1]: must be a text"),
        (["eq", "a.__class__", 1], "$: the path of a field"),
        (["eq", "a"], "$: a fact is compared with"),
        (["eq", "a", 1, 2], "$: a fact is compared with"),
        (["eq", "a", None], "$[2]: a value is true, false"),
        (["eq", "a", [1]], "$[2]: a value is true, false"),
        (["eq", "a", 0.5], "$[2]: a value is true, false"),
        (["eq", "a", {}], "$[2]: a value is true"),
        (["eq", "a", {"day": "2026-03-02", "x": "y"}], "$[2]: a value is true"),
        (["eq", "a", {"day": 5}], "$[2]: a value is true, false"),
        (["eq", "a", {"day": "tomorrow"}], "$[2]: must be a day"),
        (["eq", "a", {"moment": "noon"}], "$[2]: must be a moment"),
        (["eq", "a", {"moment": "2026-03-02"}], "$[2]: must be a moment with its zone"),
        (["eq", "a", {"money": "1E+9", "currency": "EUR"}], "$[2]: amount is not a plain number"),
        (["eq", "a", {"money": "1", "currency": "euro"}], "$[2]: currency"),
        (["eq", "a", {"money": "1"}], "$[2]: a value is true"),
        (["eq", "a", {"decimal": "NaN"}], "$[2]: number is not a plain number"),
        (["le", "a", 10**40], "$[2]: must be a whole number"),
        (["one_of", "a"], "$: one_of takes 1 to 1000 values"),
        (["between", "a", 2, 1], "$: between takes two values, the lower one first"),
        (["at_least"], "$: how many rules must hold is a whole number from"),
        (["at_least", 2, ["answered", "a"]], "$: how many rules must hold is a whole number from"),
        (["not"], "$: not turns exactly one rule around"),
        (["all", ["answered", "a"], "b"], "$[2]: a rule is a list"),
        (["not", ["all", ["le", "a", "M"]]], "$[1][1]: only numbers, amounts and dates"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(data, expected):
    """The path in the document leads to the problem."""
    (only,) = problems(data)

    assert only.startswith(expected)


def test_all_problems_are_reported_together():
    """Who writes a definition need not run it once per mistake."""
    data = ["all", ["le", "a", "M"], ["not", ["eq", "_b", 1]], ["answered", "c"], 5]

    assert [problem.split(":")[0] for problem in problems(data)] == ["$[1]", "$[2][1]", "$[4]"]
    assert len(problems(["all"] + [5] * 900)) == 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"format": "salesfunnel.policy", "version": 1}', '$.format: must be "salesfunnel.rule"'),
        ('{"format": "salesfunnel.rule", "version": 2}', "$.version: only version 1 can be read"),
        ('{"format": "salesfunnel.rule", "version": true}', "$.version: only version 1"),
        ('{"format": "salesfunnel.rule", "version": 1}', "$: rule is missing"),
        (HEAD + '["all"], "more": 1}', "$.more: is not a known key; known: format, rule, version"),
        ('["all"]', "$.format: must be"),
        (HEAD + '["eq", "a.b.c", {"day": 5}]}', "$.rule[2]: a value is"),
    ],
)
def test_a_document_says_what_it_is(text, expected):
    """A rule of a later version is never half understood."""
    assert problems(text, rule_from_json)[0].startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("", "nil", "[" * 400_000, "[" * 60 + "]" * 60, '{"a":' * 20_000, b"\xff\xfe", None, 5),
        *("[" + "1," * 200_000 + "1]", "[" + "9" * 400_000 + "]", '["' + "\\" * 400_000),
        *('"' + "\\u0000" * 80_000 + '"', "[1E+999999999]", "[-Infinity]", '{"a":1,"a":2}'),
        HEAD + nested(10_000) + "}",
        HEAD + nested(33) + "}",
        HEAD + '["all"' + ', ["answered", "a"]' * 4_000 + "]}",
        HEAD + '["all"' + ', ["all"]' * 1_000 + "]}",
        HEAD + '["one_of", "a"' + ", 1" * 9_000 + "]}",
        HEAD + '["eq", "a", "' + "x" * 400_000 + '"]}',
        HEAD + '["eq", "' + "a." * 200_000 + 'b", 1]}',
        HEAD + '["eq", "a", {"decimal": "' + "9" * 400_000 + '"}]}',
        HEAD + '["eq", "a", "\\ud800"]}',
        "x" * 2_000_000,
    ],
    ids=lambda text: repr(text)[:24],
)
def test_a_hostile_definition_is_refused_at_once(text):
    """Whatever a stranger sends costs less than 50 ms of work, and is an error of ours."""
    spent = []
    for _ in range(3):
        begin = time.process_time()
        assert problems(text, rule_from_json)
        spent.append(time.process_time() - begin)

    assert min(spent) < MOST_SECONDS


def test_the_deepest_rule_may_be_read():
    """The limit is the same in Python and in JSON."""
    rule = rule_from_json(HEAD + nested(32) + "}")

    assert rule.depth == 32
    assert rule_from_json(rule_to_json(rule)) == rule


def test_the_largest_rule_is_read_in_time():
    """A rule of a thousand parts is read within 50 ms."""
    rule = all_of(*(field(f"f{n}").is_("x") for n in range(999)))
    text = rule_to_json(rule)
    spent = []
    for _ in range(3):
        begin = time.process_time()
        assert rule_from_json(text).size == 1000
        spent.append(time.process_time() - begin)

    assert min(spent) < MOST_SECONDS


def test_data_that_is_too_deep_is_refused_before_it_is_walked():
    """Nine hundred lists in each other are few enough, but no rule is so deep."""
    data = ["answered", "a"]
    for _ in range(900):
        data = ["not", data]

    assert problems(data) == ["$: a rule has at most 1000 parts, 32 deep"]


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("9" * 24, True),
        ("9" * 25, False),
        ("0." + "1" * 12, True),
        ("0." + "1" * 13, False),
    ],
)
def test_numbers_have_as_many_digits_as_amounts(number, fits):
    """The limit is the same for numbers by hand, in JSON, and in objects of JSON."""
    data = ["le", "a", {"decimal": number}]

    if fits:
        assert rule_from_data(data) == (field("a") <= Decimal(number))
        assert rule_from_json(HEAD + f'["le", "a", {number}]}}') == (field("a") <= Decimal(number))
    else:
        assert problems(data)
        assert problems(HEAD + f'["le", "a", {number}]}}', rule_from_json)
        with pytest.raises(InvalidDefinition):
            _ = field("a") <= Decimal(number)


def test_data_that_contains_itself_is_refused():
    """Data need not come from JSON; a list may be its own item."""
    endless = ["all"]
    endless += [endless, endless]

    assert problems(endless) == ["$: a rule has at most 1000 parts, 32 deep"]
