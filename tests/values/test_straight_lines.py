"""Code from templates: words and values that are given never become part of it."""

from __future__ import annotations

import unicodedata
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values.straight_lines import Lines, function_of, numbered

COUNTING = [
    Lines("def run(lead, field0=3, again=True):", {}),
    Lines("    if again:\n        return run(lead, again=False)", {}),
    Lines("    lead.field1 = field0 + {step}\n    return lead.field1", {"step": 4}),
]


@given(st.dictionaries(st.text(), st.text(), min_size=1))
def test_no_word_that_is_given_becomes_code(values):
    """The text holds a template and numbers, whatever the values are."""
    text, bound = numbered([Lines("return {word}", {"word": values}, 7)])

    assert text == "return v0"
    assert bound == {"v0": values}


@given(st.text(min_size=1), st.integers())
def test_a_field_may_have_any_name(name, value):
    """A name with a ligature, an accent or a line break is read as it is, and never parsed."""
    subject = SimpleNamespace()
    setattr(subject, name, value)

    read = function_of([Lines("def run(subject): return subject.field0", {})], fields=[name])

    assert read(subject) == value


def test_a_name_is_not_rewritten():
    """The parser would turn a ligature into two letters; a field keeps its own."""
    assert unicodedata.normalize("NFKC", "ﬁrm") == "firm"
    subject = SimpleNamespace(firm="Sevan")
    vars(subject)["ﬁrm"] = "Novin"

    read = function_of([Lines("def run(subject): return subject.field0", {})], fields=["ﬁrm"])

    assert read(subject) == "Novin"


def test_a_function_keeps_its_defaults_and_may_call_itself():
    """Arguments are called like the fields they stand for."""
    lead = SimpleNamespace()
    count = function_of(COUNTING, fields=["start", "reached"])

    assert count(lead) == 7
    assert lead.reached == 7
    assert count(lead, start=5, again=False) == 9


def test_definitions_of_one_shape_share_their_code():
    """What is compiled is the shape alone, and that only once."""
    template = "def run(lead): return {points}, 'of', 100"
    one, other = (function_of([Lines(template, {"points": n})]) for n in (1, 2))

    assert one.__code__.co_consts is other.__code__.co_consts
    assert (one({}), other({})) == ((1, "of", 100), (2, "of", 100))
