"""Reading JSON of strangers: limited, exact, and with the place of each problem."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, Text
from salesfunnel.values import Money
from salesfunnel.values.codecs import duration_to_data
from salesfunnel.values.document import (
    made_at,
    read_document,
    read_duration,
    read_each,
    read_flag,
    read_head,
    read_keys,
    read_list,
    read_text,
    read_whole_number,
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
        "$.x.treshold: is not a known key; did you mean threshold?",
    ]


def test_a_key_like_no_other_is_answered_by_all_that_are_known():
    """Only a few are guessed at, since a document may hold thousands."""
    with pytest.raises(InvalidDefinition) as refused:
        read_keys({"treshold": 1, "colour": 2}, what="a", where="$", optional=["threshold"])

    assert str(refused.value) == (
        "a: $.treshold: is not a known key; did you mean threshold?; "
        "$.colour: is not a known key; known: threshold"
    )

    many = {f"threshold{number}": 1 for number in range(9_000)}
    with pytest.raises(InvalidDefinition) as refused:
        read_keys({"ثrshold": 1, **many}, what="policy", where="$", optional=["threshold"])

    codes = [problem.code for problem in refused.value.problems]
    assert refused.value.problems[0].where == "$.(key 0)"
    assert (codes.count("key_misspelt"), codes.count("unknown_key")) == (3, 17)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (read_text, "BANT", "BANT"),
        (read_text, 5, "must be a text"),
        (read_flag, False, False),
        (read_flag, 0, "must be true or false"),
        (read_whole_number, -5, -5),
        (read_whole_number, True, "must be a whole number"),
        (read_whole_number, Decimal("0.5"), "must be a whole number"),
        (read_list, [True, {}], [(True, "$.x[0]"), ({}, "$.x[1]")]),
        (read_list, "ab", "must be a list"),
        (read_duration, 60, timedelta(minutes=1)),
        (read_duration, "1.500000", timedelta(seconds=1.5)),
        (read_duration, Decimal("0.5"), timedelta(seconds=0.5)),
        (read_duration, True, "must be a number of seconds, of at most 12 digits"),
        (read_duration, 10**12, "must be a number of seconds, of at most 12 digits"),
        (read_duration, "999999999999", timedelta(seconds=999_999_999_999)),
        (read_duration, "0.0000001", "must be a number of seconds, of at most 12 digits"),
        (read_duration, [1], "must be a number of seconds, of at most 12 digits"),
    ],
    ids=str,
)
def test_a_piece_is_read_or_refused_at_its_place(read, value, expected):
    """Each piece of a definition is of the kind that is wanted, and True is not 1."""
    if isinstance(expected, str) and expected.startswith("must"):
        with pytest.raises(InvalidDefinition) as refused:
            read(value, what="policy", where="$.x")
        assert str(refused.value) == f"policy: $.x: {expected}"
    else:
        assert read(value, what="policy", where="$.x") == expected


def test_the_head_of_a_document_is_an_object():
    """A list has no format."""
    with pytest.raises(InvalidDefinition, match=r'\$\.format: must be "salesfunnel\.rule"'):
        read_head([], what="rule", form="rule", version=1)


def test_the_problems_of_a_list_are_reported_together():
    """Up to twenty, each at its own place."""
    items = read_list([1, "a"] * 30, what="policy", where="$")

    def read(value, where):
        return read_text(value, what="policy", where=where)

    with pytest.raises(InvalidDefinition) as refused:
        read_each(items, read, what="policy")

    assert [problem.where for problem in refused.value.problems] == [
        f"$[{number}]" for number in range(0, 40, 2)
    ]
    assert read_each(items[1:2], read, what="policy") == ("a",)


def test_what_is_made_is_refused_at_its_place():
    """A problem that names a place of its own keeps it."""
    inner = InvalidDefinition("stage", (Text("a", "is odd").problem(),))
    other = InvalidDefinition("stage", (Text("a", "is odd").problem(where="$.b"),))

    def fail(error):
        raise error

    for error, place in ((inner, "$.a"), (other, "$.b")):
        with pytest.raises(InvalidDefinition) as refused:
            made_at("$.a", "pipeline", fail, error)
        assert str(refused.value) == f"pipeline: {place}: is odd"
    assert made_at("$.a", "pipeline", Money, 5, currency="EUR") == Money(5, "EUR")


@given(st.timedeltas(timedelta(0), timedelta(days=365_000)))
def test_a_duration_is_written_and_read_again(duration):
    """To the microsecond, and never by way of a float."""
    written = duration_to_data(duration)

    assert type(written) is (str if duration.microseconds else int)
    assert read_duration(written, what="policy", where="$") == duration


@given(st.text(alphabet='[]{}",:\\ 1e.NaN-x\u200b\ud800', max_size=60) | st.binary(max_size=40))
def test_nothing_but_our_error_escapes(text):
    """Any text at all is read or refused."""
    with suppress(InvalidDefinition):
        read_document(text, what="policy")
