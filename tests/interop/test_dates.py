"""Dates in all the orders in which people write them, and of the Persian calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.interop.cells.dates import day_comes_first, read_date

MARCH = datetime(2026, 3, 31)  # noqa: DTZ001 - a list names no zone
moments = st.datetimes(datetime(1970, 1, 1), datetime(2049, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
NOWRUZ = {1279: "1900-03-21", 1403: "2024-03-20", 1404: "2025-03-21", 1409: "2030-03-21"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, MARCH) for text in ("2026/3/31", "2026.03.31", "31/03/2026", "3-31-2026")),
        *((text, MARCH) for text in ("31.3.26", "03/31/26", "1405/01/11", "1405-1-11")),
        *((text, MARCH.replace(hour=14, minute=5)) for text in ("31/03/2026 14:05",)),
        *((text, MARCH.replace(hour=14, minute=5)) for text in ("3/31/2026, 2:05 pm",)),
        *((text, MARCH.replace(minute=5)) for text in ("3/31/2026 12:05 a.m.",)),
        ("05/05/2026", datetime(2026, 5, 5)),  # noqa: DTZ001
        ("01.02.69", datetime(1969, 2, 1)),  # noqa: DTZ001
        *(
            (text, None)
            for text in ("31/31/2026", "soon", "31/03-2026", "1404/12/30", "30/02/2026")
        ),
        *((text, None) for text in ("3/31/2026 13:05 PM", "3/31/2026 PM", "1404/00/01", "2026/03")),
    ],
)
def test_a_date_that_can_mean_one_day_is_that_day(text, expected):
    """The year first, a number above twelve, or dots leave no doubt."""
    assert read_date(text, day_first=None) == expected


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("GMT", 0), ("GMT+4", 4), ("UTC -03:30", -3.5), ("GMT+99", None)],
)
def test_a_date_may_name_its_zone(zone, hours):
    """As the answers of a form do."""
    found = read_date(f"2026/03/31 2:05:00 PM {zone}", day_first=None)

    if hours is None:
        assert found is None
    else:
        assert found == MARCH.replace(hour=14, minute=5, tzinfo=timezone(timedelta(hours=hours)))


def test_a_date_that_may_be_two_is_refused_until_the_order_is_known():
    """The fifth of January or the first of May: nobody would find the wrong one."""
    with pytest.raises(InvalidValue, match="may begin with its day or with its month"):
        read_date("05/01/2026", day_first=None)

    assert read_date("05/01/2026", day_first=True) == datetime(2026, 1, 5)  # noqa: DTZ001
    assert read_date("05/01/2026", day_first=False) == datetime(2026, 5, 1)  # noqa: DTZ001
    assert read_date("31/03/2026", day_first=False) is None


@given(moments, st.booleans(), st.sampled_from("/-"), st.sampled_from(["%H:%M:%S", "%I:%M:%S %p"]))
def test_a_date_is_read_in_the_order_in_which_it_is_written(moment, day_first, mark, clock):
    """Whatever the order, once it is known every moment comes back."""
    order = "%d{0}%m{0}%Y" if day_first else "%m{0}%d{0}%Y"
    text = moment.strftime(f"{order.format(mark)} {clock}")

    assert read_date(text, day_first=day_first) == moment
    assert day_comes_first(text) in {day_first, None}


@given(st.text(st.sampled_from("0123456789/-. :APMapm,"), max_size=24), st.none() | st.booleans())
def test_any_text_is_a_date_or_none_or_says_why(text, day_first):
    """Nothing else comes of a cell."""
    try:
        found = read_date(text, day_first=day_first)
    except InvalidValue:
        found = None

    assert found is None or isinstance(found, datetime)


@pytest.mark.parametrize(("year", "began"), NOWRUZ.items())
def test_the_persian_year_begins_in_spring(year, began):
    """The first of Farvardin is Nowruz."""
    assert read_date(f"{year}/01/01", day_first=None).date() == date.fromisoformat(began)


def test_the_days_of_150_persian_years_follow_one_another(real_data):
    """Each day has one date, and each year begins on the day that the calendar authority named."""
    lines = (real_data / "jalali_leap_years" / "kabise.txt").read_text("utf-8").splitlines()
    began = dict(line.replace("*", "").split() for line in lines if line[:1] == "1")
    days = [
        (year, found.date())
        for year in range(1279, 1430)
        for month in range(1, 13)
        for day in range(1, 32)
        if (found := read_date(f"{year}/{month}/{day}", day_first=None))
    ]

    assert {after[1] - before[1] for before, after in pairwise(days)} == {timedelta(days=1)}
    for year in range(1279, 1430):
        first = next(day for known, day in days if known == year)
        assert first.isoformat() == began[str(year)]
