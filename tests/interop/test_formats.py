"""Dates, numbers, head counts, chances and amounts, as files write them."""

from __future__ import annotations

import decimal
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.values import Bucket, Money

US = FileFormat(dates=("%m/%d/%Y", "%m/%d/%y %I:%M %p"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-31", datetime(2026, 3, 31, tzinfo=UTC)),
        ("۲۰۲۶-۰۳-۳۱", datetime(2026, 3, 31, tzinfo=UTC)),
        ("2026-03-31T14:05:00Z", datetime(2026, 3, 31, 14, 5, tzinfo=UTC)),
        ("03/31/2026", datetime(2026, 3, 31, tzinfo=UTC)),
        ("3/1/2026", datetime(2026, 3, 1, tzinfo=UTC)),
        ("02/23/26 08:55 PM", datetime(2026, 2, 23, 20, 55, tzinfo=UTC)),
        ("9999-12-31", datetime(9999, 12, 31, tzinfo=UTC)),
        ("1403-12-30", datetime(2025, 3, 20, tzinfo=UTC)),
        ("۱۴۰۴/۲/۳", datetime(2025, 4, 23, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_as_the_file_writes_it(text, expected):
    """ISO dates are always understood, others as the mapping says; without a zone it is UTC."""
    assert US.instant(text) == expected


def test_a_date_keeps_its_zone():
    """The day of a date is the day at the place where it was written."""
    found = FileFormat().instant("2026-03-31T23:30:00-05:00")

    assert (found.date().isoformat(), found.utcoffset()) == ("2026-03-31", timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("30/02/2026", "is not a date from 1900 on"),
        ("2026-02-30", "is not a date from 1900 on"),
        ("31/03/2026", "is not a date from 1900 on"),
        ("1899-12-30", "is not a date from 1900 on"),
        ("soon", "is not a date from 1900 on"),
        ("2026-03-31T00:00:00." + "0" * 60, "is not a date from 1900 on"),
        ("0001-01-01T00:00:00+14:00", "is not a date from 1900 on"),
        ("9999-12-31T23:00:00-05:00", "is not a date from 1900 on"),
        ("1404/12/30", "is not a day of the Jalali calendar"),
        ("1404/13/01", "is not a day of the Jalali calendar"),
        ("45992", "is the number of a day in a spreadsheet"),
        ("45992.75", "is the number of a day in a spreadsheet"),
    ],
)
def test_what_is_no_date_is_refused_with_a_hint(text, problem):
    """Impossible days of both calendars and the day numbers of spreadsheets are told apart."""
    with pytest.raises(InvalidValue) as refused:
        US.instant(text)

    assert refused.value.problem == problem


def test_a_refused_date_is_answered_with_examples():
    """The allowed formats are shown as dates, not as codes."""
    with pytest.raises(InvalidValue) as refused:
        US.instant("soon")

    assert refused.value.allowed == "2026-03-31, 03/31/2026, 03/31/26 02:05 PM"


@pytest.mark.parametrize("text", ["12.500", "1.000", "-1.234"])
def test_a_number_that_may_mean_two_things_is_refused(text):
    """Three decimals behind a short number may be thousands, unless the mapping has said."""
    with pytest.raises(InvalidValue, match="may mean thousands or thousandths"):
        FileFormat().number(text)

    assert FileFormat(decimal_mark=".").number(text) == Decimal(text)
    assert FileFormat(decimal_mark=",").number(text) == Decimal(text) * 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("1.5E7", "15000000"), ("-2.0E10", "-20000000000"), ("12,34,567.50", "1234567.5")),
        *(("0.125", "0.125"), ("1234.500", "1234.5"), ("1,234", "1234"), ("1,234.567", "1234.567")),
    ],
)
def test_a_number_that_can_mean_one_thing_is_read(text, expected):
    """A leading zero, a long number, both marks, Indian groups or a program leave no doubt."""
    assert FileFormat().number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("40", 40), ("40.0", 40), ("1,200", 1200), ("۴۵", 45), ("0", 0)),
        *(
            ("51-200", Bucket(51, 200)),
            ("1000+", Bucket(1000, None)),
            ("1,001 – 5,000", Bucket(1001, 5000)),
            ("10 à 49", Bucket(10, 49)),
            ("۱۰ تا ۴۹", Bucket(10, 49)),
        ),
    ],
)
def test_a_head_count_is_a_number_or_a_bracket(text, expected):
    """Systems write 40, 51-200 or 1000+."""
    assert FileFormat().head_count(text) == expected


@pytest.mark.parametrize("text", ["about 50", "3.7", "-5", "1e400", "1.000", "5-1", "many", "+"])
def test_what_is_no_head_count_is_refused(text):
    """Guesses, halves of people and backward brackets are refused."""
    with pytest.raises(InvalidValue):
        FileFormat().head_count(text)


@pytest.mark.parametrize(
    ("percent", "text", "expected"),
    [
        *((None, "0.5", "0.5"), (None, "50", "0.5"), (None, "0", "0"), (None, "1%", "0.01")),
        *((None, "٪۵۰", "0.5"), (None, "100 %", "1"), (None, "33.333", "0.3333")),
        *((True, "0.5", "0.005"), (True, "1", "0.01"), (True, "100", "1")),
        *((False, "0.5", "0.5"), (False, "1", "1"), (False, "50%", "0.5")),
    ],
)
def test_a_chance_is_a_share_or_a_percentage(percent, text, expected):
    """The sign decides, then the mapping, then whether it is more than one."""
    assert str(FileFormat(percent=percent).chance(text)) == expected


@pytest.mark.parametrize(
    ("percent", "text"),
    [(None, "120"), (None, "-1"), (True, "120"), (False, "50"), (None, "1"), (None, "likely")],
)
def test_what_is_no_chance_is_refused(percent, text):
    """Nothing is more than certain, and a bare 1 may be a hundredth."""
    with pytest.raises(InvalidValue):
        FileFormat(percent=percent).chance(text)


def test_no_setting_of_the_host_changes_a_chance():
    """A host that calculates with one digit gets the same chance."""
    with decimal.localcontext(prec=1):
        assert str(FileFormat(percent=True).chance("12.34")) == "0.1234"


@pytest.mark.parametrize(
    ("given", "of_file", "expected"),
    [
        ("", "XXX", Money(900, "XXX")),
        ("", "EUR", Money(900, "EUR")),
        ("usd", "EUR", Money(900, "USD")),
        ("toman", "EUR", Money(9000, "IRR")),
        ("", "toman", Money(9000, "IRR")),
    ],
)
def test_an_amount_has_the_currency_of_its_row_or_else_of_the_file(given, of_file, expected):
    """Tomans are no currency of their own, and are kept in rials."""
    assert FileFormat(currency=of_file).money(Decimal(900), given) == expected


def test_an_unknown_currency_is_refused():
    """A sign is no code."""
    with pytest.raises(InvalidValue, match="is not a currency code"):
        FileFormat().money(Decimal(900), "US$")
