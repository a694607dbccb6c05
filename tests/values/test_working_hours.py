"""Examples and laws of working hours."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, InvalidValue, WrongKind
from salesfunnel.values import WorkingHours

TEHRAN = timezone(timedelta(hours=3, minutes=30))
WEEK = {"sat": ("09:00", "17:00"), "wed": ("09:00", "17:00"), "thu": ("09:00", "13:00")}
OFFICE = WorkingHours(WEEK, zone=TEHRAN, holidays=[date(2026, 3, 21)])
WEDNESDAY = datetime(2026, 3, 4, 16, tzinfo=TEHRAN)
PARIS = WorkingHours(
    {"sun": ("01:00", "04:00"), "mon": ("08:30", "16:15")}, zone=ZoneInfo("Europe/Paris")
)
OFFICES = st.sampled_from([OFFICE, PARIS])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given
LENGTHS = st.timedeltas(timedelta(), timedelta(hours=300))


def test_two_hours_from_wednesday_at_four_end_on_thursday_at_ten():
    """Marketing offers on Wednesday at four, two hours are agreed, and Thursday opens at nine."""
    due = OFFICE.after(WEDNESDAY, timedelta(hours=2))

    assert due == datetime(2026, 3, 5, 10, tzinfo=TEHRAN)


def test_a_holiday_has_no_hours():
    """From Thursday to the Wednesday after, a Saturday that is a holiday does not count."""
    thursday = datetime(2026, 3, 19, 12, tzinfo=TEHRAN)

    assert OFFICE.between(thursday, thursday + timedelta(days=6)) == timedelta(hours=4)


def test_nothing_has_passed_where_the_end_is_not_later():
    """An end before its start leaves no time, and no length is over at once."""
    assert OFFICE.between(WEDNESDAY, WEDNESDAY - timedelta(days=3)) == timedelta()
    assert OFFICE.after(WEDNESDAY, timedelta()) == WEDNESDAY


def test_time_ends_with_the_calendar():
    """What lies behind the last days of the calendar has no hours."""
    december = datetime(9999, 12, 1, tzinfo=UTC)

    assert OFFICE.between(december, datetime.max.replace(tzinfo=UTC)) > timedelta(days=3)


@given(office=OFFICES, moments=st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_working_time_is_additive(office, moments):
    """The time until noon and the time from noon on are the time of the day."""
    first, second, third = moments

    parts = office.between(first, second) + office.between(second, third)

    assert parts == office.between(first, third)


@given(office=OFFICES, start=MOMENTS, length=LENGTHS)
def test_after_inverts_between(office, start, length):
    """When so much time has passed, so much time has passed, and not a moment earlier."""
    end = office.after(start, length)

    assert office.between(start, end) == length
    assert not length or office.between(start, end - timedelta(microseconds=1)) < length


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ({}, "no day of the week has any hours"),
        ({"someday": ("09:00", "17:00")}, "'someday' is not a day of the week; one of: mon, tue"),
        ({"\u202e" + "x" * 999: None}, "'xxxxxxxxxxxxxxxxxxx…' is not a day of the week"),
        ({5: ("09:00", "17:00")}, "'int' is not a day of the week"),
        ({"mon": ("17:00", "09:00")}, "the hours of mon are not a span"),
        ({"mon": ("09:00", "17:00+01:00")}, "the hours of mon are not a span"),
        ({"mon": "nine to five"}, "the hours of mon are not a span"),
        ({"mon": None}, "the hours of mon are not a span"),
    ],
)
def test_a_week_without_sense_is_refused(week, sentence):
    """Unknown days, hours that end before they begin, and no hours at all are refused."""
    with pytest.raises(InvalidDefinition) as refused:
        WorkingHours(week)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "make",
    [lambda: WorkingHours(["mon"]), lambda: WorkingHours(WEEK, zone="Asia/Tehran")],
)
def test_the_wrong_kind_is_named(make):
    """A list of days, and the mere name of a time zone, are of the wrong kind."""
    with pytest.raises(WrongKind):
        make()


@pytest.mark.parametrize("length", [timedelta(hours=-1), timedelta.max])
def test_a_length_that_never_ends_is_refused(length):
    """A negative length, and one beyond the calendar, have no end."""
    with pytest.raises(InvalidValue, match="length"):
        OFFICE.after(datetime(9999, 12, 1, tzinfo=UTC), length)


def test_working_hours_travel():
    """Sent to another process, they are equal."""
    assert pickle.loads(pickle.dumps(OFFICE)) == OFFICE  # noqa: S301 - our own bytes
    assert hash(OFFICE) == hash(WorkingHours(WEEK, zone=TEHRAN, holidays=[date(2026, 3, 21)]))
