"""The law of questions: the next one of each row is the one that an object would be asked."""

from __future__ import annotations

from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.frames import assess
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import yes
from tests.frames.engines import AT
from tests.frames.test_assess_laws import said

KNOWN = ("yes", "no", "", "perhaps")
ROWS = [dict(zip("abcd", values, strict=True)) for values in product(KNOWN, repeat=4)]
FRAME = pl.DataFrame(ROWS)


@st.composite
def asking_cards(draw):
    """Draw a card whose questions weigh, cost and are shared in ways that nearly tie."""
    criteria = [
        Criterion(
            f"c{number}",
            yes(draw(st.sampled_from("abcd"))),
            weight=draw(st.sampled_from([-20, 0, 1, 10, 10, 20, 30])),
            required=draw(st.booleans()),
            cost=draw(st.sampled_from([1, 1, 2, 3])),
            question=draw(st.sampled_from(["", "", "Which?", "When?"])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    points = sum(max(criterion.weight, 0) for criterion in criteria)
    return Scorecard("drawn", criteria=criteria, threshold=draw(st.integers(-20, points)))


@settings(max_examples=100, deadline=None)
@given(asking_cards())
def test_the_next_question_is_that_of_the_object(card):
    """Law: whatever is known of four facts, the row is asked what the object is asked."""
    judged = assess(card, FRAME, at=AT).select(
        "floor", "ceiling", "verdict", "grade", "next_question"
    )

    assert judged.rows() == [said(card, row) for row in ROWS]
