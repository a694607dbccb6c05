"""The laws of exact numbers."""

from __future__ import annotations

import contextlib
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.numbers import exact_decimal, read_number

numbers = st.builds(
    lambda n, places: Decimal(n).scaleb(-places), st.integers(-(10**17), 10**17), st.integers(0, 4)
)


@given(numbers)
def test_a_number_keeps_its_value(number):
    """However a number is handed over, it is the same number, written the same."""
    plain = exact_decimal(number, "amount")

    assert plain == number
    assert str(exact_decimal(str(plain), "amount")) == str(plain)
    assert "E" not in str(plain)


@given(numbers, st.sampled_from([".", ","]), st.sampled_from([" ", "'", "\u202f", "٬"]))
def test_a_number_that_people_wrote_is_read_back(number, decimal_mark, group_mark):
    """Writing in groups and reading again gives the number, with either decimal mark."""
    whole, point, fraction = f"{number:,f}".partition(".")
    written = whole.replace(",", group_mark) + (decimal_mark if point else "") + fraction

    assert read_number(written, decimal_mark=decimal_mark) == number


@given(st.text(max_size=20) | st.text("0123456789.,eE+-_ ٫٬۰۱۲²", max_size=12))
def test_every_other_text_is_refused_by_our_own_error(text):
    """A text is a finite number within the bounds, or an InvalidValue."""
    with contextlib.suppress(InvalidValue):
        assert abs(read_number(text)) < 10**18
    with contextlib.suppress(InvalidValue):
        assert abs(exact_decimal(text, "amount")) < 10**18


@given(st.decimals() | st.integers() | st.floats() | st.booleans())
def test_every_other_number_is_refused_by_our_own_error(value):
    """A Decimal or int of any size is kept exactly, or refused."""
    with contextlib.suppress(InvalidValue):
        assert exact_decimal(value, "amount") == value
