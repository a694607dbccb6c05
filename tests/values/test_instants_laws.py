"""The laws of moments and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values.instants import day, instant

offsets = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(datetime(1900, 1, 2), datetime(9000, 1, 1), timezones=offsets)  # noqa: DTZ001 - Hypothesis adds the zone


@given(moments)
def test_reading_a_moment_does_not_move_it(at):
    """A moment is the same moment in UTC, and reading it again changes nothing."""
    kept = instant(at)

    assert kept == at
    assert kept.tzinfo is UTC
    assert instant(kept) is kept


@given(moments, moments)
def test_the_order_of_moments_stays(one, other):
    """What came first still comes first."""
    assert (instant(one) < instant(other)) == (one < other)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_from_1900_on_is_itself(value):
    """A calendar day passes unchanged."""
    assert day(value) == value
