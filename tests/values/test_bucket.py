"""Size brackets."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.bucket import Bucket


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-10", Bucket(1, 10)),
        ("51–200", Bucket(51, 200)),
        ("51 — 200", Bucket(51, 200)),
        ("1,001-5,000", Bucket(1001, 5000)),
        ("10\u202f001+", Bucket(10001, None)),
        ("۱۱-۵۰", Bucket(11, 50)),
        ("0-0", Bucket(0, 0)),
        ("999999999+", Bucket(999_999_999, None)),
    ],
)
def test_brackets_are_read_as_systems_write_them(text, expected):
    """Dashes, group marks and digits of several kinds are understood."""
    assert Bucket.read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "200", "-", "51-", "+", "a-b", "1-2-3", "200-51", "1000000000+", None, "1-10" + " " * 40],
)
def test_other_texts_are_no_brackets(text):
    """What does not say both ends clearly is refused."""
    with pytest.raises(InvalidValue, match=r"^bucket is not a bracket; allowed: "):
        Bucket.read(text)


@pytest.mark.parametrize(
    ("low", "high"), [(-1, 5), (5, 4), (1.0, 2), (True, 2), (1, True), ("1", 2), (None, 2)]
)
def test_the_ends_are_counts_in_order(low, high):
    """A bracket of staff begins at nobody, and ends where it began or later."""
    with pytest.raises(InvalidValue, match=r"^bucket is not a bracket; allowed: two whole numbers"):
        Bucket(low, high)


@given(st.integers(0, 10**8), st.none() | st.integers(0, 10**8))
def test_a_bracket_can_be_written_down_and_read_again(low, more):
    """Writing a bracket and reading it gives the same bracket."""
    bucket = Bucket(low, None if more is None else low + more)

    assert Bucket.read(str(bucket)) == bucket


@given(st.text(max_size=12) | st.text("0123456789-+, ", max_size=12))
def test_nothing_else_than_our_own_error_escapes(text):
    """A text is a bracket or is refused."""
    with suppress(InvalidValue):
        assert Bucket.read(text).low >= 0
