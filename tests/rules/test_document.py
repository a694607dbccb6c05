"""Reading JSON of strangers: limited, exact, and with the place of each problem."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition
from salesfunnel.rules.document import read_document, read_keys

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


def test_an_object_has_the_keys_it_needs_and_no_others():
    """A misspelt key is an error, not a silent default."""
    with pytest.raises(InvalidDefinition) as refused:
        read_keys(
            {"treshold": 1}, what="policy", where="$.x", required=["threshold"], optional=["name"]
        )
    with pytest.raises(InvalidDefinition, match=r"policy: \$\.x: must be an object"):
        read_keys([], what="policy", where="$.x")

    assert [str(problem) for problem in refused.value.problems] == [
        "$.x: threshold is missing",
        "$.x: has an unknown key; known: name, threshold",
    ]


@given(st.text(alphabet='[]{}",:\\ 1e.NaN-x\u200b\ud800', max_size=60) | st.binary(max_size=40))
def test_nothing_but_our_error_escapes(text):
    """Any text at all is read or refused."""
    with suppress(InvalidDefinition):
        read_document(text, what="policy")
