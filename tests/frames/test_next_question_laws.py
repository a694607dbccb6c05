"""The law of questions: the next one of each row is the one that an object would be asked."""

from __future__ import annotations

from itertools import product

import polars as pl
from hypothesis import example, given, settings
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


def tied(threshold, *criteria):
    """Make a card whose questions tie but for one thing; a name is made of the fact."""
    made = [
        Criterion(fact if "question" in more else f"c {fact}", yes(fact), **more)
        for fact, more in zip("abcd", criteria, strict=False)
    ]
    return Scorecard("tied", criteria=made, threshold=threshold)


SHARED = {"question": "Which?"}
TIED = (
    # The first of a shared question is answered, and its second stands after the other question.
    tied(30, {"weight": 10, **SHARED}, {"weight": 10}, {"weight": 10, **SHARED}),
    # Both are open, and the first of them counts.
    tied(40, {"weight": 10, **SHARED}, {"weight": 20}, {"weight": 10, **SHARED}),
    # The points are enough, so that no points bring the verdict nearer.
    tied(0, {"required": True, "cost": 3}, {"required": True, "weight": 10, "cost": 4}),
    # The dearest of a shared question is its cost.
    tied(
        30, {"weight": 10, "cost": 3, **SHARED}, {"weight": 10, **SHARED}, {"weight": 10, "cost": 2}
    ),
    # Points that are taken away settle as much.
    tied(10, {"weight": -10, **SHARED}, {"weight": 20, **SHARED}, {"weight": 20}),
    # What is not asked any more was not answered amiss.
    tied(0, {"required": True, **SHARED}, {"weight": 10, **SHARED}, {"required": True}),
    # A criterion with the name of a question is asked in the words of the first.
    Scorecard(
        "named",
        criteria=[
            Criterion("Which?", yes("a"), weight=10),
            Criterion("which", yes("b"), weight=10, question="Which?"),
        ],
        threshold=20,
    ),
)


def _with_ties(test):
    for card in TIED:
        test = example(card)(test)
    return test


@_with_ties
@settings(max_examples=100, deadline=None)
@given(asking_cards())
def test_the_next_question_is_that_of_the_object(card):
    """Law: whatever is known of four facts, the row is asked what the object is asked."""
    judged = assess(card, FRAME, at=AT).select(
        "floor", "ceiling", "verdict", "grade", "next_question"
    )

    assert judged.rows() == [said(card, row) for row in ROWS]
