"""Reading JSON of strangers: limited, exact, and with the place of each problem."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition
from salesfunnel.values.codecs import TEXT
from salesfunnel.values.document import (
    STORED,
    check_written,
    part_of,
    read_at,
    read_document,
    read_head,
    write_as,
)

CONTROL = "holds a control or direction character; write visible characters only"


def problems(text):
    """Return all problems of a document that is refused."""
    with pytest.raises(InvalidDefinition) as refused:
        read_document(text, what="policy")
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("text", ['{"a": [1, 0.10, "x", null, true]}', b'\xef\xbb\xbf{"a": 1}'])
def test_a_document_is_read(text):
    """Texts and bytes will do, with a byte order mark or without."""
    assert set(read_document(text, what="policy")) == {"a"}


def test_fractions_are_exact():
    """No number ever passes through a float."""
    assert read_document("[0.10, 12345678901234567.89]", what="policy") == [
        Decimal("0.1"),
        Decimal("12345678901234567.89"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": {"b": 1, "b": 2}}', ["$.a: a key occurs twice"]),
        ('{"a": [1, {"c": NaN}]}', ["$.a[1].c: NaN and Infinity are not numbers"]),
        ('{"x y": Infinity}', ["$.(key 0): NaN and Infinity are not numbers"]),
        ('{"x\\ny": 1}', [f"$.(key 0): {CONTROL}"]),
        ('{"grades": [["A\\u202e", 80]]}', [f"$.grades[0][0]: {CONTROL}"]),
        ('{"label": "\\ud800"}', [f"$.label: {CONTROL}"]),
        ('{"' + "k" * 50 + '": Infinity}', ["$.(key 0): NaN and Infinity are not numbers"]),
        ("[1, " + "9" * 41 + "]", ["$[1]: a number is too large; up to 40 digits"]),
        ('{"a": ', ["$: is not JSON (line 1, column 7)"]),
        (b"\xff", ["$: is not UTF-8"]),
        (5, ["$: must be JSON in a text or in bytes"]),
        ("[" * 49 + "]" * 49, ["$: is nested more than 48 deep"]),
        ("[" + "[]," * 5_001 + "1]", ["$: holds more than 10000 values"]),
    ],
)
def test_a_problem_is_named_with_its_place(text, expected):
    """Keys that could spoil a log are numbered instead."""
    assert problems(text) == expected


def test_brackets_and_quotes_inside_texts_do_not_count():
    """Only the structure is limited, not what people write."""
    text = '["' + "[" * 100 + '\\"[\\\\", "]"]'

    assert read_document(text, what="policy") == ["[" * 100 + '"[\\', "]"]


def test_problems_are_reported_together_up_to_twenty():
    """A broken file does not fill the log."""
    assert len(problems("[NaN, NaN]")) == 2
    assert len(problems("[" + "NaN," * 50 + "1]")) == 20


def test_the_deepest_document_is_read():
    """The limit itself is allowed."""
    assert read_document("[" * 48 + "]" * 48, what="policy")


def test_a_stored_document_may_hold_notes():
    """Line ends and tabs are part of what people write, and more is allowed in all."""
    assert read_document('["two\\nlines"]', what="lead", limits=STORED) == ["two\nlines"]
    assert len(read_document("[" + "1," * 20_000 + "1]", what="lead", limits=STORED)) == 20_001


def test_what_was_written_is_held_to_the_same_limits():
    """Nobody writes what nobody can read."""
    with pytest.raises(InvalidDefinition, match="holds more than 200000 values"):
        check_written("[" + "1," * 200_000 + "1]", what="lead", limits=STORED)


def test_one_thing_stands_beside_the_head():
    """A misspelt key is an error, not a silent default."""
    document = {"format": "salesfunnel.rule", "version": 1, "ruel": []}

    with pytest.raises(InvalidDefinition) as refused:
        part_of(document, "rule", what="rule")

    assert [str(problem) for problem in refused.value.problems] == [
        "$: rule is missing",
        "$.ruel: is not a known key; did you mean rule?",
    ]
    assert part_of({"rule": 1}, "rule", what="rule") == 1


def test_a_piece_is_read_and_written_at_its_place():
    """Whoever reads or writes a document is led to the very place."""
    assert read_at("$.name", TEXT, "BANT", what="policy") == "BANT"
    with pytest.raises(InvalidDefinition, match=r"policy: \$\.name: must be a text"):
        read_at("$.name", TEXT, 5, what="policy")
    with pytest.raises(InvalidDefinition, match=r"policy: \$: text holds a control"):
        write_as(TEXT, "\0", what="policy")


def test_the_head_of_a_document_is_an_object():
    """A list has no format."""
    with pytest.raises(InvalidDefinition, match=r'\$\.format: must be "salesfunnel\.rule"'):
        read_head([], what="rule", form="rule", version=1)


@given(st.text(alphabet='[]{}",:\\ 1e.NaN-x\u200b\ud800', max_size=60) | st.binary(max_size=40))
def test_nothing_but_our_error_escapes(text):
    """Any text at all is read or refused."""
    with suppress(InvalidDefinition):
        read_document(text, what="policy")
