"""The laws of rules: Kleene's algebra, and that what is decided stays decided."""

from __future__ import annotations

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.rules import (
    all_of,
    any_of,
    at_least,
    rule_from_data,
    rule_from_json,
    rule_to_data,
    rule_to_json,
)
from tests.rules import oracle
from tests.rules.examples import AT, PATHS, facts, known, monotone_rules, row_of, rows, rules


def say(rule, row):
    """Judge a row at the instant of all examples."""
    return rule.holds(row, at=AT)


@given(rules, rows)
def test_compiled_rules_say_what_the_tables_of_kleene_say(rule, row):
    """A rule says what its plainest reading says."""
    assert say(rule, row) is oracle.verdict(rule, row, AT)


@given(monotone_rules, known, st.sampled_from(PATHS), facts)
def test_an_answer_never_flips_what_is_decided(rule, found, path, answer):
    """Whatever an unknown turns out to be, a yes stays yes and a no stays no."""
    before = {name: fact for name, fact in found.items() if name != path}

    decided = say(rule, row_of(before))

    assert decided is None or say(rule, row_of({**before, path: answer})) is decided


@given(rules, rules, rows)
def test_de_morgan(a, b, row):
    """Not both is either not; not either is both not."""
    assert say(~(a & b), row) is say(~a | ~b, row)
    assert say(~(a | b), row) is say(~a & ~b, row)


@given(rules, rows)
def test_a_double_negation_says_the_same(rule, row):
    """Not not is as if nothing had been said."""
    assert say(~~rule, row) is say(rule, row)


@given(rules, rules, rows)
def test_the_order_of_two_rules_does_not_matter(a, b, row):
    """And, or, and counting commute."""
    assert say(a & b, row) is say(b & a, row)
    assert say(a | b, row) is say(b | a, row)
    assert say(at_least(1, a, b), row) is say(at_least(1, b, a), row)


@given(rules, rules, rules, rows)
def test_brackets_do_not_matter(a, b, c, row):
    """And and or are associative."""
    assert say((a & b) & c, row) is say(a & (b & c), row) is say(all_of(a, b, c), row)
    assert say((a | b) | c, row) is say(a | (b | c), row) is say(any_of(a, b, c), row)


@given(rules, rules, rules, rows)
def test_and_and_or_share_out_over_each_other(a, b, c, row):
    """Each distributes over the other."""
    assert say(a & (b | c), row) is say((a & b) | (a & c), row)
    assert say(a | (b & c), row) is say((a | b) & (a | c), row)


@given(rules, rules, rows)
def test_a_weaker_rule_is_absorbed(a, b, row):
    """A rule absorbs what can add nothing to it, and itself."""
    assert say(a & (a | b), row) is say(a | (a & b), row) is say(a, row)
    assert say(a & a, row) is say(a | a, row) is say(a, row)


@given(st.lists(rules, max_size=4), rows)
def test_counting_contains_and_and_or(several, row):
    """All of them is and, one of them is or, and none of them is always met."""
    assert say(at_least(len(several), *several), row) is say(all_of(*several), row)
    assert say(at_least(0, *several), row) is True
    if several:
        assert say(at_least(1, *several), row) is say(any_of(*several), row)


@given(rules, rows)
def test_an_explanation_says_what_the_rule_says(rule, row):
    """The root of the tree has the value of the rule, and the tree has as many parts."""
    tree = rule.explain(row, at=AT)

    assert tree.value is say(rule, row)
    assert len(str(tree).splitlines()) == rule.size


@given(rules, known, st.sampled_from(PATHS), facts)
def test_only_listed_facts_matter(rule, found, path, fact):
    """Changing a fact that the rule does not list changes nothing."""
    if path not in rule.facts:
        assert say(rule, row_of({**found, path: fact})) is say(rule, row_of(found))


@given(monotone_rules, rows)
def test_an_undecided_rule_lacks_a_fact_or_has_an_unusable_one(rule, row):
    """A rule of which every fact is unknown is undecided, or decided without any fact."""
    if rule.missing_facts(row, at=AT) == rule.facts:
        assert say(rule, row) is say(rule, {})


@given(rules)
def test_a_rule_survives_every_journey(rule):
    """JSON, pickle and copy give back an equal rule, with the same hash and words."""
    journeys = [
        rule_from_json(rule_to_json(rule)),
        rule_from_json(rule_to_json(rule).encode()),
        rule_from_data(rule_to_data(rule)),
        pickle.loads(pickle.dumps(rule)),  # noqa: S301 - our own bytes
        copy.deepcopy(rule),
    ]

    for arrived in journeys:
        assert (arrived, hash(arrived), repr(arrived)) == (rule, hash(rule), repr(rule))


@given(rules, rows)
def test_judging_leaves_everything_as_it_was(rule, row):
    """Neither the row nor the rule changes, and a second answer is the first."""
    row_before, rule_before = repr(row), repr(rule)

    first, second = say(rule, row), say(rule, row)

    assert first is second
    assert (repr(row), repr(rule)) == (row_before, rule_before)
