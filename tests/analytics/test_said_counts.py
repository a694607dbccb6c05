"""What is counted is said in words that fit one as well as many."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from salesfunnel import Money
from salesfunnel.analytics import Proportion, Velocity
from tests.analytics.test_eight_questions import HISTORIES, QUESTIONS, a_deal, day

ONE_OF_MANY = re.compile(
    r"(?<![\d.,–])1 (opportunities|deals|leads|days|times|rows|have|are|were)\b"
)
CLOCK = re.compile(r"\d:\d\d:\d\d")


@given(HISTORIES)
def test_one_deal_is_not_said_in_the_plural(history):
    """And a length of time is never said as a clock shows it."""
    for question in QUESTIONS.values():
        said = str(question([a_deal(*history)], at=day(99), group="source"))
        assert not ONE_OF_MANY.search(said), said
        assert not CLOCK.search(said), said


@pytest.mark.parametrize("days", [0.5, 1.0, 1.5, 2.0, 11.0])
def test_one_day_to_win_is_not_said_in_the_plural(days):
    """Half a day more is."""
    each = Velocity(open=2, median_won=Money(9, "EUR"), win_rate=Proportion(1, 2), median_days=days)

    assert f"won in {days:g} day{'s' * (days != 1)})" in str(each)
