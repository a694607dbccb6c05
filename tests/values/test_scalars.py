"""Numbers, truths and days of other libraries."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values.scalars import plain_scalar


def scalar(letter, item, *, words="", shape=()):
    """Make a value as numpy has it: a kind of data, and what it is in Python."""

    class Scalar:
        dtype = SimpleNamespace(kind=letter)

        def __init__(self):
            self.shape = shape

        def item(self):
            if isinstance(item, Exception):
                raise item
            return item

        def __str__(self):
            return words or str(item)

    return Scalar()


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (scalar("b", True), True),
        (scalar("i", -5), -5),
        (scalar("u", 200), 200),
        (scalar("f", 0.10000000149011612, words="0.1"), Decimal("0.1")),
        (scalar("M", date(2026, 3, 2)), date(2026, 3, 2)),
    ],
)
def test_a_single_value_is_what_it_is_in_python(value, plain):
    """A short float is the decimal as which it is written."""
    found = plain_scalar(value)

    assert (found, type(found)) == (plain, type(plain))


@pytest.mark.parametrize(
    "value",
    [
        scalar("f", 0.5, words="half"),
        scalar("i", 5, shape=(1,)),
        scalar("M", datetime(2026, 3, 2)),  # noqa: DTZ001 - numpy knows no time zones
        scalar("M", 1_772_000_000),
        scalar("m", 5),
        scalar("c", 1j),
        scalar("i", "five"),
        scalar("i", ZeroDivisionError()),
        *(True, 5, 0.5, "yes", None, [1], object()),
    ],
)
def test_all_else_is_left_alone(value):
    """Lists of numbers, moments without a zone, and objects that fail are no single values."""
    assert plain_scalar(value) is value


@given(st.integers() | st.text() | st.floats() | st.booleans() | st.none())
def test_what_is_plain_stays_as_it_is(value):
    """Nothing of Python itself is touched."""
    assert plain_scalar(value) is value


def test_the_scalars_of_numpy_are_read():
    """With the real library, where it is installed."""
    numpy = pytest.importorskip("numpy")

    assert plain_scalar(numpy.bool_(True)) is True
    assert plain_scalar(numpy.int16(-5)) == -5
    assert plain_scalar(numpy.float32(0.1)) == Decimal("0.1")
    assert plain_scalar(numpy.array(0.5, dtype="float32")) == Decimal("0.5")
    assert plain_scalar(numpy.datetime64("2026-03-02")) == date(2026, 3, 2)
    assert isinstance(plain_scalar(numpy.array([1, 2])), numpy.ndarray)
