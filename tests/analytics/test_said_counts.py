"""What is counted is said in words that fit one as well as many."""

from __future__ import annotations

import re

from hypothesis import given

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
