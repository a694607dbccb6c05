"""Examples and a law of time limits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Opportunity
from salesfunnel.history import StageEntered, slips, stage_history
from salesfunnel.opportunities import CloseDateMoved, closing
from salesfunnel.pipeline import Move, Overdue, Pipeline, Stage, due_at, overdue

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
    assert str(Overdue("meeting", MONDAY, 2 * DAY)) == "meeting is overdue by 2 days"


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


@st.composite
def wandering_deals(draw):
    """Draw a deal that moves, repeats a stage, rests and goes on, each after some half days."""
    deal, at = a_deal(), MONDAY
    for verb in draw(st.lists(st.sampled_from(["move", "hold", "resume"]), max_size=8)):
        at += draw(st.integers(0, 4)) * DAY / 2
        if verb == "move":
            deal = deal.move(
                draw(st.sampled_from([w.trigger for w in deal.ways(at=at) if w])),
                reason="price",
                at=at,
            )
        elif verb == "hold":
            deal = closing.hold(deal, at=at)
        elif deal.rest.since is not None:
            deal = closing.resume(deal, at=at)
        if not deal.pipeline.stage(deal.stage).is_open:
            break
    return deal


@given(wandering_deals(), st.integers(0, 12))
def test_it_is_overdue_exactly_when_it_was_due_before(deal, half_days):
    """A query by the column finds what the library finds, at any time after the last event."""
    at = deal.timeline[-1].at + half_days * DAY / 2

    due = due_at(deal.timeline, deal.pipeline)

    assert (overdue(deal, at=at) is not None) == (due is not None and due < at)


def test_a_rest_that_begins_when_the_time_ends_puts_it_off():
    """Held at the very end of its two days and resumed a day later, it is due at that moment."""
    deal = closing.hold(a_deal(), at=MONDAY + 2 * DAY)
    deal = closing.resume(deal, at=MONDAY + 3 * DAY)

    assert due_at(deal.timeline, FLOW) == MONDAY + 3 * DAY
    assert overdue(deal, at=MONDAY + 3 * DAY) is None


def test_what_is_due_after_the_last_year_is_never_due():
    """The calendar ends before the time limit does."""
    at_the_end = datetime(9999, 12, 30, tzinfo=UTC)

    assert due_at([StageEntered(at=at_the_end, to_stage="meeting")], FLOW) is None


def test_rows_of_others_have_times_too():
    """The events that a driven row left tell its stage history, its slips, and when it is due."""
    row = SimpleNamespace(stage="meeting", last_open_stage="")
    events = [
        StageEntered(at=MONDAY, to_stage="meeting"),
        FLOW.drive(row, "propose", at=MONDAY + DAY),
        CloseDateMoved(at=MONDAY + DAY, before=date(2026, 6, 1), expected_close=date(2026, 6, 30)),
        FLOW.drive(row, "return", at=MONDAY + 3 * DAY),
    ]

    assert [interval.stage for interval in stage_history(events)] == [
        "meeting",
        "proposal",
        "meeting",
    ]
    assert due_at(events, FLOW) == MONDAY + 5 * DAY
    assert [slip.days for slip in slips(events)] == [29]
    assert due_at(events[:2], FLOW) is None
    assert due_at([], FLOW) is None
