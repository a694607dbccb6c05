"""Days: the mean and the median of counted durations."""

from __future__ import annotations

import statistics
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import Days


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_mean_and_median_are_those_of_the_standard_library(durations):
    """Counting durations first gives what listing them all gives."""
    days = Days.of(Counter(durations))

    assert (days.count, days.mean, days.median) == (
        len(durations),
        statistics.mean(durations),
        statistics.median(durations),
    )


@given(st.dictionaries(st.integers(0, 9), st.just(0)))
def test_without_a_duration_nothing_is_measured(nothing):
    """There is no mean of nothing, and it prints as such."""
    assert Days.of(nothing) == Days(0, None, None)
    assert str(Days.of(nothing)) == "not measured"


def test_mean_and_median_print_on_one_line():
    """Large counts are grouped by threes."""
    assert str(Days.of({1: 1_000, 4: 1_000})) == "mean 2.50, median 2.5 (of 2,000)"
