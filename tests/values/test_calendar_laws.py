"""Calendars: each day lies in exactly one period, and its label sorts as it does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.values.calendar import EARLIEST, LATEST, Calendar, CalendarKind, Every, Period
from salesfunnel.values.instants import said_instant
from salesfunnel.values.jalali import from_jalali, to_jalali

FIRST, LAST = from_jalali(1300, 1, 1), from_jalali(1451, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(CalendarKind),
    zone=st.sampled_from([UTC, timezone(timedelta(hours=3, minutes=30)), timezone.max]),
    year_starts=st.integers(1, 12),
    week_starts=st.sampled_from(["", "mon", "sat", "sun"]),
)
SPANS = {"week": {7}, "month": {28, 29, 30, 31}, "quarter": set(range(89, 94)), "year": {365, 366}}


@pytest.mark.parametrize(
    "calendar", [Calendar(), Calendar("jalali"), Calendar("jalali", year_starts=7)]
)
@pytest.mark.parametrize("every", Every)
def test_each_day_of_150_years_lies_in_exactly_one_period(calendar, every):
    """Periods follow one another without a gap, each with a label of its own that sorts with it."""
    periods = calendar.periods(DAYS[0], DAYS[-1], every)
    found = [calendar.period(today, every) for today in DAYS[::7]]

    assert periods[0].since <= DAYS[0] < periods[0].until
    assert periods[-1].since <= DAYS[-1] < periods[-1].until
    assert all(before.until == after.since for before, after in pairwise(periods))
    assert all(before.label < after.label for before, after in pairwise(periods))
    assert {period.days for period in periods} <= SPANS[every]
    assert all(today in period for today, period in zip(DAYS[::7], found, strict=True))
    assert set(found) <= set(periods)


def test_persian_dates_are_days_and_days_are_persian_dates():
    """Both ways agree on each day of 150 years, and months have 31, 30 or 29 days."""
    dates = [to_jalali(today) for today in DAYS]
    months = {len(list(days)) for _, days in groupby(dates, key=lambda parts: parts[:2])}

    assert [from_jalali(*parts) for parts in dates] == DAYS
    assert months == {29, 30, 31}


@given(CALENDARS, st.dates(date(1900, 1, 1), date(9990, 12, 31)), st.sampled_from(Every))
def test_the_period_of_a_day_is_the_period_of_each_of_its_days(calendar, today, every):
    """The first, the last and the given day lie in it, and the days around it do not."""
    period = calendar.period(today, every)

    assert {today in period, period.last in period} == {True}
    assert period.until not in period
    assert calendar.period(period.last, every) == period
    assert (period.last - period.since).days + 1 == period.days


@given(CALENDARS, st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_an_instant_lies_where_its_civil_day_lies(calendar, moment):
    """A period has one clock: that of its zone, for days and for instants."""
    period = calendar.period(moment, "month")

    assert moment in period
    assert calendar.day_of(moment) in period
    assert period.begins <= moment < period.ends


@pytest.mark.parametrize(
    ("year", "began"),
    [(1399, 20), (1400, 21), (1403, 20), (1407, 20), (1408, 20), (1411, 20), (1410, 21)],
)
def test_a_persian_year_begins_on_the_20th_or_the_21st(year, began):
    """It is 20 March in 2020, 2024, 2028, 2029 and 2032."""
    period = Calendar("jalali").period(from_jalali(year, 6, 1), "year")

    assert (period.since, period.label) == (date(year + 621, 3, began), str(year))


def test_a_persian_year_has_quarters_of_93_93_90_and_89_days():
    """The last has 90 in a leap year. The week begins on Saturday."""
    persian = Calendar("jalali")
    quarters = persian.periods(from_jalali(1403, 1, 1), from_jalali(1404, 12, 1), "quarter")
    week = persian.period(date(2026, 3, 2), "week")

    assert [quarter.days for quarter in quarters] == [93, 93, 90, 90, 93, 93, 90, 89]
    assert (week.since.strftime("%a"), week.label) == ("Sat", "week of 1404-12-09")


def test_the_labels_of_a_fiscal_year_name_both_years():
    """A year that begins in January keeps its plain name, and so does every month."""
    april = Calendar(year_starts=4)
    today = date(2000, 2, 29)

    assert [str(april.period(today, every)) for every in ("year", "quarter", "month")] == [
        "FY1999/00",
        "FY1999/00 Q4",
        "2000-02",
    ]
    assert str(Calendar().period(today, "year")) == "2000"


def test_a_day_of_23_hours_is_a_day():
    """Where the clock was put forward at midnight, the day begins with its first hour."""
    tehran = Calendar(zone=ZoneInfo("Asia/Tehran"))
    day = Period(date(2021, 3, 22), date(2021, 3, 23), zone=tehran.zone)

    assert day.ends - day.begins == timedelta(hours=23)
    assert tehran.day_of(datetime(2021, 3, 21, 20, 30, tzinfo=UTC)) == date(2021, 3, 22)


def test_the_ends_of_the_calendar_are_days_too():
    """An instant whose civil day does not exist has that of Greenwich."""
    east, west = (Calendar(zone=zone) for zone in (timezone.max, timezone.min))

    assert east.day_of(datetime.max.replace(tzinfo=UTC)) == date.max
    assert said_instant(datetime.max.replace(tzinfo=UTC), east.zone) == "9999-12-31 23:59 UTC"
    assert west.day_of(datetime(1900, 1, 1, tzinfo=UTC)) == date(1899, 12, 31)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Calendar("lunar"), "kind is not in the list; allowed: gregorian, jalali"),
        (lambda: Calendar(year_starts=13), "year_starts is not a month; allowed: a whole number"),
        (lambda: Calendar(year_starts=True), "year_starts is not a month"),
        (lambda: Calendar(week_starts="monday"), "week_starts is not a day of the week; allowed: "),
        (lambda: Calendar().period(date.max, "week"), "moment lies beyond the calendar"),
        (lambda: Calendar().period(date(2026, 3, 2), "day"), "every is not in the list; allowed"),
        (lambda: Period(date(2026, 3, 2), date(2026, 3, 2)), "until does not lie after its beg"),
        (lambda: Period(date(1405, 1, 1), date(1406, 1, 1)), "since looks like a Jalali date"),
    ],
)
def test_what_is_no_calendar_and_no_period_is_told(make, message):
    """One sentence says what is allowed."""
    with pytest.raises(InvalidValue) as told:
        make()

    assert str(told.value).startswith(message)


def test_a_zone_is_a_time_zone():
    """A name has to be looked up first, since a library of values reads no files."""
    with pytest.raises(WrongKind, match="zone is of the wrong kind: str"):
        Calendar(zone="Asia/Tehran")


@pytest.mark.parametrize("parts", [(1404, 12, 30), (1404, 13, 1), (1404, 7, 31), (1404, 1, 0)])
def test_a_persian_day_that_there_is_not_is_refused(parts):
    """A common year has 29 days in its last month."""
    with pytest.raises(ValueError):  # noqa: PT011 - the readers say it in their words
        from_jalali(*parts)


BOUNDS = st.none() | st.dates(EARLIEST + timedelta(days=1), LATEST - timedelta(days=1))


@given(CALENDARS, BOUNDS, BOUNDS, st.dates(EARLIEST, LATEST))
def test_a_span_holds_the_days_between_its_ends_and_names_them(calendar, first, last, today):
    """An end that was not given is open, and no day is invented for it."""
    assume(first is None or last is None or first <= last)

    span = calendar.span(first=first, last=last)

    named = [calendar.said(each) for each in (first, last) if each is not None]
    assert (today in span) == ((first or EARLIEST) <= today <= (last or LATEST))
    assert (span.has_beginning, span.has_end) == (first is not None, last is not None)
    assert [word for word in span.label.split() if word[0].isdigit()] == named


def test_a_span_that_ends_before_it_begins_is_refused():
    """It would hold no day."""
    with pytest.raises(InvalidValue, match="last does not lie after its beginning"):
        Calendar().span(first=date(2026, 3, 2), last=date(2026, 3, 1))
