"""Examples of what is strange about histories from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.activities import ActivityLogged
from salesfunnel.history import Anomaly, anomalies
from salesfunnel.history.anomalies import _TEXTS
from tests.history.examples import (
    FRIDAY,
    MONDAY,
    NEVER,
    TUESDAY,
    WEDNESDAY,
    entered,
    leads,
    paths,
)


def odd(*events, at=FRIDAY):
    """List code and place of each anomaly."""
    return [(anomaly.code, anomaly.place) for anomaly in anomalies(events, at=at)]


@given(leads().map(lambda lead: lead.timeline) | paths(), st.randoms(use_true_random=False))
def test_what_the_verbs_have_written_is_never_strange(timeline, random):
    """The library finds nothing odd in its own histories, in any order of reading."""
    shuffled = random.sample(timeline, len(timeline))

    assert anomalies(timeline, at=NEVER) == anomalies(shuffled, at=NEVER) == ()


def test_two_steps_that_cannot_be_ordered_are_a_tie():
    """Two stages of one minute without a word on where they were entered from."""
    assert odd(entered("b", TUESDAY), entered("a", MONDAY), entered("c", TUESDAY)) == [("tie", 0)]


def test_the_same_stage_twice_in_one_minute_is_no_tie():
    """A system that writes a line for each change of the amount repeats the stage."""
    assert odd(entered("a", MONDAY), entered("a", MONDAY)) == []


def test_a_circle_out_of_nowhere_is_a_tie():
    """Where nothing says where the circle began, nothing says where it ended."""
    circle = entered("b", MONDAY, leaving="a"), entered("a", MONDAY, leaving="b")

    assert odd(*circle) == [("tie", 0)]
    assert odd(entered("b", MONDAY), *circle) == []
    assert odd(entered("a", MONDAY, leaving="a")) == []


def test_a_step_from_where_it_did_not_stand_breaks_the_chain():
    """A proposal that left the meeting cannot leave it again."""
    way = entered("a", MONDAY), entered("b", TUESDAY, leaving="a")

    assert odd(*way, entered("c", WEDNESDAY, leaving="a")) == [("broken_chain", 2)]
    assert odd(*way, entered("c", WEDNESDAY, leaving="b")) == []


def test_steps_that_share_an_instant_and_no_stage_are_a_tie_and_break_the_chain():
    """Both is said, since the one is about the order and the other about the way."""
    steps = entered("b", MONDAY, leaving="a"), entered("d", MONDAY, leaving="c")

    assert odd(*steps) == [("tie", 0), ("broken_chain", 1)]


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NEVER, "end_of_time"),
        (datetime(2050, 1, 1, tzinfo=UTC), "end_of_time"),
        (datetime(2049, 12, 31, 20, 30, tzinfo=UTC), "end_of_time"),
        (datetime(2099, 12, 31, tzinfo=UTC), "end_of_time"),
        (datetime(2098, 12, 31, tzinfo=UTC), "future"),
        (datetime(2026, 3, 6, 9, 0, 0, 1, tzinfo=UTC), "future"),
        (datetime(1970, 1, 1, tzinfo=UTC), "beginning_of_time"),
        (datetime(1901, 12, 31, tzinfo=UTC), "beginning_of_time"),
        (datetime(1, 1, 1, tzinfo=UTC), "beginning_of_time"),
    ],
)
def test_a_date_that_cannot_be_is_reported(at, code):
    """Placeholders and the future are told apart."""
    assert odd(entered("won", at)) == [(code, 0)]


@pytest.mark.parametrize("at", [FRIDAY, datetime(1902, 1, 1, tzinfo=UTC)])
def test_a_date_that_can_be_is_not_reported(at):
    """The present and the past are no anomaly."""
    assert odd(entered("won", at)) == []


def test_what_happened_before_the_beginning_is_reported():
    """A call before the lead was there cannot be replayed."""
    call = ActivityLogged(at=MONDAY, kind="call")

    assert odd(entered("new", TUESDAY), call) == [("before_beginning", 1)]
    assert odd(entered("new", MONDAY), call) == []


@pytest.mark.parametrize("code", _TEXTS)
def test_every_anomaly_has_a_sentence(code):
    """An anomaly is printed as a sentence without its full stop, and needs no parameters."""
    assert str(Anomaly(code, 0)) == Anomaly(code, 0).message == _TEXTS[code].template.format()
    assert not str(Anomaly(code, 0)).endswith(".")
