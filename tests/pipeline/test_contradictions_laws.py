"""What is said of conditions without asking them is never wrong about a deal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesfunnel.pipeline.contradictions import ask_no_more, conditions_of, contradiction
from salesfunnel.pipeline.guard import Guard
from salesfunnel.rules import Rule, answered, at_least, field, yes
from salesfunnel.values import Bucket

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
VALUES = {
    "size": [None, 1, 2, 3, 4, Bucket(1, 3), Bucket(2, 2), Bucket(3, None), "2", True],
    "city": [None, "Novin", "nov", "Nova Ani", "Ani", "★", 2, ["Ani", "nov"]],
    "seen": [None, *(MONDAY + timedelta(days=days) for days in (-3, -2, -1, 0, 1, 2)), "soon"],
    "signed": [None, True, False, "yes"],
}
size, city, seen, signed = map(field, VALUES)
TESTS = [
    *(compare(n) for n in (1, 2, 3) for compare in (size.__lt__, size.__le__, size.__gt__)),
    *(compare(n) for n in (1, 2, 3) for compare in (size.__ge__, size.is_)),
    *(size.between(1, 2), size.between(2, 3), size.one_of(1, 3), size.one_of(2, "2")),
    *(city.starts_with("Nov"), city.starts_with("Novin"), city.starts_with("A"), city.is_("ANI")),
    *(city.one_of("Nova Ani", "Ani"), city.one_of("nov", "★"), city.contains("Ani")),
    *(seen.within(days=1), seen.older_than(days=2), seen.due_within(days=1)),
    *(seen >= MONDAY, seen < MONDAY, seen.is_(MONDAY), seen <= MONDAY.date()),
    *(yes("signed"), signed.is_(False), signed.one_of(True, False)),
    *map(answered, VALUES),
]


@st.composite
def joined(draw, parts):
    """Join some rules by a count of them."""
    some = draw(st.lists(parts, min_size=1, max_size=3))
    return at_least(draw(st.integers(0, len(some))), *some)


rules = st.recursive(
    st.sampled_from(TESTS), lambda parts: parts.map(Rule.__invert__) | joined(parts), max_leaves=4
)
deals = st.fixed_dictionaries({path: st.sampled_from(found) for path, found in VALUES.items()})


@settings(max_examples=300)
@given(st.lists(rules, min_size=1, max_size=4), st.lists(deals, min_size=1, max_size=20))
@example([size.is_(2), ~size.one_of(1, 3)], [{"size": Bucket(2, 2)}])
def test_conditions_that_a_deal_meets_are_no_contradiction(asked, met):
    """A pipeline is never refused for a way that somebody could take."""
    guards = [Guard(f"g{number}", rule) for number, rule in enumerate(asked)]

    found = contradiction(conditions_of(guards))

    meeting = [deal for deal in met if all(rule.holds(deal, at=MONDAY) for rule in asked)]
    assert found is None or meeting == []


DEALS = [{path: fact} for path, facts in VALUES.items() for fact in facts]
MET = {rule: [rule.holds(deal, at=MONDAY) for deal in DEALS] for rule in TESTS}


@pytest.mark.parametrize("some", TESTS, ids=str)
def test_who_meets_what_asks_for_more_meets_what_asks_for_no_more(some):
    """A move is never called shadowed that somebody could take."""
    for other in TESTS:
        if ask_no_more(
            conditions_of([Guard("some", some)]), conditions_of([Guard("other", other)])
        ):
            assert all(less for less, more in zip(MET[some], MET[other], strict=True) if more)


@given(rules)
def test_a_rule_and_its_opposite_are_a_contradiction(rule):
    """Whatever a condition asks for, nobody meets it and its opposite."""
    assert contradiction(conditions_of([Guard("a", rule), Guard("b", ~rule)])) is not None
