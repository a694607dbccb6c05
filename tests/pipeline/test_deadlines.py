"""Examples and a law of time limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Opportunity
from salesfunnel.pipeline import Move, Overdue, Pipeline, Stage, overdue

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FLOW = Pipeline(
    "flow",
    stages=(
        Stage("meeting", limit=2 * DAY),
        Stage("proposal"),
        Stage("won", kind="won"),
        Stage("lost", kind="lost", limit=DAY),
    ),
    moves=(
        Move("propose", "meeting", "proposal"),
        Move("return", "proposal", "meeting"),
        Move("repeat", "meeting", "meeting"),
        Move("win", "proposal", "won"),
        Move("lose", "meeting", "lost"),
    ),
)


def a_deal():
    """Open a deal on Monday that may stay in its meeting until Wednesday."""
    return Opportunity.open(id="7", pipeline=FLOW, at=MONDAY)


@pytest.mark.parametrize("hours", [0, 47, 48])
def test_what_still_has_time_is_not_overdue(hours):
    """Up to the very end of the time limit all is well."""
    assert overdue(a_deal(), at=MONDAY + timedelta(hours=hours)) is None


def test_what_has_stayed_too_long_is_overdue():
    """On Friday, it is overdue since Wednesday, by two days."""
    assert overdue(a_deal(), at=MONDAY + 4 * DAY) == Overdue("meeting", MONDAY + 2 * DAY, 2 * DAY)


def test_what_is_overdue_says_so():
    """The finding is a sentence."""
    assert str(Overdue("meeting", MONDAY, 2 * DAY)) == "meeting is overdue by 2 days, 0:00:00"


def test_before_it_began_nothing_is_overdue():
    """A deal that was not there has missed nothing."""
    assert overdue(a_deal(), at=MONDAY - DAY) is None


def test_a_stage_without_a_limit_is_never_overdue():
    """Nothing was said about how long a proposal may take."""
    assert overdue(a_deal().move("propose", at=MONDAY), at=MONDAY + 999 * DAY) is None


def test_what_is_closed_is_never_overdue():
    """Nobody expects a lost deal to go on, whatever limit its stage may have."""
    assert overdue(a_deal().lose("price", at=MONDAY), at=MONDAY + 999 * DAY) is None


def test_a_return_has_the_whole_time_again():
    """Back in the meeting on Thursday, it has until Saturday."""
    deal = a_deal().move("propose", at=MONDAY + DAY).move("return", at=MONDAY + 3 * DAY)

    assert overdue(deal, at=MONDAY + 5 * DAY) is None
    assert overdue(deal, at=MONDAY + 6 * DAY).since == MONDAY + 5 * DAY


def test_a_move_into_the_same_stage_gains_no_time():
    """Nobody buys time by entering a stage anew from itself."""
    deal = a_deal().move("repeat", at=MONDAY + 2 * DAY)

    assert overdue(deal, at=MONDAY + 3 * DAY) == Overdue("meeting", MONDAY + 2 * DAY, DAY)


@given(st.timedeltas(timedelta(), 9 * DAY))
def test_a_stay_is_the_limit_and_what_exceeds_it(stayed):
    """What is overdue has stayed for its limit and the excess, to the microsecond."""
    found = overdue(a_deal(), at=MONDAY + stayed)

    assert (found is None) == (stayed <= 2 * DAY)
    assert found is None or found.since + found.excess == MONDAY + stayed
    assert found is None or found.since == MONDAY + 2 * DAY
