"""Fingerprints of plain data: one way to write it, and one name for it."""

from __future__ import annotations

import json

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.qualification import policy
from salesfunnel.rules import predicate, rule_to_data, yes
from salesfunnel.rules.fingerprint import canonical, fingerprint, fingerprint_of, rule_decides

KEYS = st.sampled_from(["criteria", "name", "rule", "weight", "kind"])
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
DATA = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_fingerprint_equals_rfc8785(data):
    """Any other program that writes canonical JSON finds the same text, and so the same name."""
    assert canonical(data).encode() == rfc8785.dumps(data)


@given(DATA)
def test_a_fingerprint_is_that_of_the_content(data):
    """What has been through a database, with its keys in another order, has the same name."""
    again = json.loads(json.dumps(data, sort_keys=True))

    assert fingerprint(again) == fingerprint(data)
    assert len(fingerprint(data)) == 16


@given(testing.rules(), testing.rules())
def test_rules_have_one_name_if_they_are_equal(one, other):
    """Equal rules are written alike, and different ones are not."""
    written = canonical(rule_decides(one))

    assert (written == canonical(rule_decides(other))) is (one == other)
    assert written.encode() == rfc8785.dumps(rule_decides(one))


def test_a_function_in_a_rule_is_told_by_its_name():
    """It is no data, so that its name is all that is known of it."""

    @predicate("visits")
    def keen(deal, _at):
        return deal["visits"] > 3

    assert rule_decides(yes("paid") & ~keen) == [
        "all",
        rule_to_data(yes("paid")),
        ["not", ["function", "keen"]],
    ]


def test_what_has_no_fingerprint_has_a_blank_one():
    """A function, an odd object, and a policy with a function in it."""

    class Odd:
        fingerprint = 7

    broken = policy("model", lambda _lead: 70, threshold=60)

    assert [fingerprint_of(odd) for odd in (len, Odd(), broken)] == ["", "", ""]


def test_a_lone_half_of_a_character_has_a_name_too():
    """No definition holds one today; a name that did would not break the program of a host."""
    assert fingerprint("\ud800") != fingerprint("\udc00")
