"""Examples of reading the intervals that another system kept."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.history import anomalies, read_intervals, time_in_stage
from tests.history.examples import DAY, FRIDAY, MONDAY, NEVER, THURSDAY, TUESDAY, WEDNESDAY


def odd(*rows):
    """List code and place of each anomaly."""
    return [(anomaly.code, anomaly.place) for anomaly in read_intervals(rows, at=FRIDAY).anomalies]


def days(*rows):
    """Count the days in each stage."""
    spent = time_in_stage(read_intervals(rows, at=FRIDAY).timeline, at=FRIDAY)
    return {stage: time / DAY for stage, time in spent.items()}


def test_a_sound_history_is_read_as_it_stands():
    """Where each exit is the next entry, nothing is odd."""
    rows = [("meeting", MONDAY, WEDNESDAY), ("proposal", WEDNESDAY, None)]

    assert days(*rows) == {"meeting": 2, "proposal": 2}
    assert odd(*rows) == []


def test_an_interval_that_goes_on_over_the_next_is_cut():
    """Nothing stands in two stages."""
    rows = [("proposal", TUESDAY, None), ("meeting", MONDAY, WEDNESDAY)]

    assert days(*rows) == {"meeting": 1, "proposal": 3}
    assert odd(*rows) == [("overlap", 1)]


def test_an_interval_that_never_ended_ends_where_the_next_begins():
    """An exit that was never filled in is no exit."""
    assert odd(("meeting", MONDAY, None), ("won", TUESDAY, None)) == [("overlap", 0)]


def test_a_gap_counts_with_the_interval_before_it():
    """Nothing stands nowhere."""
    rows = [("meeting", MONDAY, TUESDAY), ("proposal", THURSDAY, None)]

    assert days(*rows) == {"meeting": 3, "proposal": 1}
    assert odd(*rows) == [("gap", 0)]


def test_of_a_interval_of_negative_length_the_beginning_counts():
    """An exit before the entry is believed less than the entry."""
    rows = [("meeting", TUESDAY, MONDAY), ("proposal", WEDNESDAY, None)]

    assert days(*rows) == {"meeting": 1, "proposal": 2}
    assert odd(*rows) == [("negative", 0)]


def test_a_last_interval_that_ended_goes_on():
    """Where it went is not said."""
    assert odd(("won", MONDAY, TUESDAY)) == [("unfollowed", 0)]
    assert days(("won", MONDAY, TUESDAY)) == {"won": 4}


@pytest.mark.parametrize("never", [NEVER, datetime(9999, 12, 31), NEVER.replace(hour=23)])  # noqa: DTZ001
def test_the_end_of_time_means_still_there(never):
    """A placeholder for no date is read as none, with or without a time zone."""
    assert days(("won", MONDAY, never)) == {"won": 4}
    assert odd(("won", MONDAY, never)) == [("end_of_time", 0)]


@pytest.mark.parametrize("hours", [-12, 14])
def test_the_ends_of_the_calendar_are_read_in_any_time_zone(hours):
    """Some of them have no counterpart in UTC; that is no reason to stumble."""
    zone = timezone(timedelta(hours=hours))
    rows = [("a", datetime(1, 1, 1, tzinfo=zone), datetime(9999, 12, 31, 23, tzinfo=zone))]

    assert odd(*rows) == [("beginning_of_time", 0), ("end_of_time", 0)]


def test_an_interval_in_the_future_is_reported():
    """What lies ahead counts as not yet happened."""
    rows = [("meeting", MONDAY, FRIDAY + DAY), ("won", FRIDAY + DAY, None)]

    assert odd(*rows) == [("future", 0), ("future", 1)]
    assert days(*rows) == {"meeting": 4}


def test_an_interval_of_no_length_comes_first():
    """Of two intervals that begin at once, the one that ended at once was before the other."""
    rows = [("proposal", MONDAY, None), ("meeting", MONDAY, MONDAY)]

    read = read_intervals(rows, at=FRIDAY)

    assert [line.to_stage for line in read.timeline] == ["meeting", "proposal"]
    assert read.anomalies == ()


def test_two_intervals_that_begin_at_once_are_a_tie():
    """Nothing says which came first, so the rows keep their order, whatever their exits."""
    assert odd(("b", MONDAY, FRIDAY), ("a", MONDAY, None)) == [("overlap", 0), ("tie", 0)]
    assert odd(("b", MONDAY, None), ("a", MONDAY, TUESDAY)) == [
        *(("overlap", 0), ("tie", 0)),
        ("unfollowed", 1),
    ]
    tied = read_intervals([("b", MONDAY, FRIDAY), ("a", MONDAY, WEDNESDAY)], at=FRIDAY)
    assert [line.to_stage for line in tied.timeline] == ["b", "a"]
    assert odd(("b", MONDAY, MONDAY), ("a", MONDAY, MONDAY), ("c", MONDAY, None)) == [("tie", 0)]


def test_what_was_read_is_a_sound_timeline():
    """Its lines are in order, and strange only where a date or a tie is."""
    read = read_intervals([("won", FRIDAY, MONDAY), ("meeting", MONDAY, None)], at=FRIDAY)

    assert anomalies(read.timeline, at=FRIDAY) == ()


def test_an_entry_needs_a_time_zone():
    """A naive time may mean any of several instants."""
    with pytest.raises(InvalidValue, match="no time zone"):
        read_intervals([("won", datetime(2026, 3, 2), None)], at=FRIDAY)  # noqa: DTZ001


def test_an_entry_is_a_moment():
    """A row without an entry is no row of a history."""
    with pytest.raises(InvalidValue, match="not a moment"):
        read_intervals([("won", None, None)], at=FRIDAY)


@pytest.mark.parametrize("row", [("meeting",), ("meeting", MONDAY), 5])
def test_what_is_no_row_is_named_by_its_place(row):
    """A row of too few cells is refused with its place, counted from 0."""
    with pytest.raises(InvalidValue, match="row 1 is not an interval; allowed: stage, entry"):
        read_intervals([("meeting", MONDAY, None), row], at=FRIDAY)
