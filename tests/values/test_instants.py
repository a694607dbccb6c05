"""When something happened, and on which day it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.instants import day, instant

TEHRAN = timezone(timedelta(hours=3, minutes=30))


class Vague(tzinfo):
    """A time zone that does not know its offset."""

    def utcoffset(self, _dt):
        """Know nothing."""


class HostMoment(datetime):
    """A host's own kind of moment, such as pandas has."""


def jalali(method, answer):
    """Make a Jalali date with the spelling of one of the libraries."""
    convert = answer if callable(answer) else lambda _self: answer
    return type("JalaliDay", (), {method: convert})()


def test_a_moment_is_kept_in_utc():
    """Half past noon in Tehran is nine o'clock in UTC."""
    at = datetime(2026, 3, 2, 12, 30, 1, 5, tzinfo=TEHRAN)

    assert instant(at).isoformat() == "2026-03-02T09:00:01.000005+00:00"


def test_a_moment_in_utc_stays_as_it_is():
    """A moment that is in UTC already is not built anew."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert instant(at) is at


def test_a_moment_of_another_class_becomes_a_plain_one():
    """A host's own kind of datetime never gets into a timeline."""
    kept = instant(HostMoment(2026, 3, 2, 9, tzinfo=UTC))

    assert type(kept) is datetime
    assert kept == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("at", [datetime(2026, 3, 2), datetime(2026, 3, 2, tzinfo=Vague())])  # noqa: DTZ001 - naive on purpose
def test_a_moment_without_time_zone_is_refused(at):
    """Nobody can say when «nine o'clock» without a time zone was."""
    with pytest.raises(
        InvalidValue, match=r"^at has no time zone; allowed: a datetime with a time"
    ):
        instant(at)


@pytest.mark.parametrize("at", ["2026-03-02T09:00Z", date(2026, 3, 2), 0, None])
def test_only_moments_are_moments(at):
    """A text, a day and a number are no moments."""
    with pytest.raises(InvalidValue, match=r"^captured is not a moment; allowed: a datetime with"):
        instant(at, what="captured")


def test_a_moment_before_the_year_one_is_refused():
    """The first morning of the calendar in Tehran has no date in UTC."""
    with pytest.raises(InvalidValue, match=r"^at lies outside the years 1 to 9999"):
        instant(datetime(1, 1, 1, tzinfo=TEHRAN))


@pytest.mark.parametrize("method", ["to_gregorian", "togregorian", "todate"])
def test_a_jalali_date_is_a_day(method):
    """9 Tir 1405 is 30 June 2026, whichever library says so."""
    assert day(jalali(method, date(2026, 6, 30))) == date(2026, 6, 30)


def test_a_day_of_another_class_becomes_a_plain_one():
    """A host's own kind of date never gets into a value."""
    kept = day(type("HostDay", (date,), {})(2026, 6, 30))

    assert type(kept) is date
    assert kept == date(2026, 6, 30)


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 6, 30, tzinfo=UTC), jalali("to_gregorian", datetime(2026, 6, 30, tzinfo=UTC))],
)
def test_a_moment_is_no_day(moment):
    """Which day a moment falls on depends on where one stands."""
    with pytest.raises(
        InvalidValue, match=r"^date is a moment, not a day; allowed: a calendar day"
    ):
        day(moment)


def test_a_year_before_1900_looks_jalali():
    """1405 is a year of the Jalali calendar that was read as a Gregorian one."""
    assert day(date(1900, 1, 1)) == date(1900, 1, 1)
    with pytest.raises(
        InvalidValue, match=r"^date looks like a Jalali date; allowed: a day from 1900"
    ):
        day(date(1899, 12, 31))


@pytest.mark.parametrize("value", ["2026-06-30", 20260630, None, jalali("todate", "2026-06-30")])
def test_only_days_are_days(value):
    """A text is read by those who know its format, not here."""
    with pytest.raises(InvalidValue, match=r"^close date is not a day; allowed: a calendar day"):
        day(value, what="close date")


@pytest.mark.parametrize("error", [ValueError, OverflowError, ZeroDivisionError, RecursionError])
def test_a_time_zone_that_fails_is_refused(error):
    """A zone of a host may raise anything; what escapes is our error."""

    class Failing(tzinfo):
        def utcoffset(self, _at):
            raise error

    with pytest.raises(InvalidValue, match=r"^at (has a time zone that fails|lies outside)"):
        instant(datetime(2026, 3, 2, tzinfo=Failing()))


def test_a_moment_after_the_year_9999_is_refused():
    """The last evening of the calendar in the west has no date in UTC."""
    west = timezone(timedelta(hours=-3))

    with pytest.raises(InvalidValue, match=r"^at lies outside the years 1 to 9999 in UTC$"):
        instant(datetime(9999, 12, 31, 23, tzinfo=west))


@pytest.mark.parametrize("error", [ValueError, TypeError, OverflowError, ZeroDivisionError])
def test_a_jalali_date_beyond_the_calendar_is_refused(error):
    """A Jalali date that its own library cannot convert is refused with our error."""

    def convert(_self):
        raise error

    with pytest.raises(InvalidValue, match=r"^date has no Gregorian counterpart; allowed: a cal"):
        day(jalali("to_gregorian", convert))
