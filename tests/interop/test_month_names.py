"""Dates with the name of a month, and the other ways in which files write days and times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.interop import read_activities
from salesfunnel.interop.cells.dates import JALALI, day_of_number, is_jalali, read_clock, read_date
from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.interop.cells.month_names import named_date
from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.values.jalali import to_jalali
from tests.interop.examples import MONDAY, deal_rows, lead_of, lead_rows

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "hy": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի "
    "նոյեմբերի դեկտեմբերի",
}
PERSIAN = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
MARCH = date(2025, 3, 19)
days = st.dates(date(1900, 3, 21), date(2049, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *("19-Mar-2025", "March 19, 2025", "19 mars 2025", "Wed, 19 Mar 2025", "19 Mar 25"),
        *("2025-Mar-19", "19Mar2025", "mercredi 19 mars 2025", "19 մարտի 2025 թ."),
        *("2025 թ. մարտի 19", "۱۹ مارس ۲۰۲۵", "چهارشنبه ۱۹ مارس ۲۰۲۵", "Mar. 19th, 2025"),
        *("۲۹ اسفند ۱۴۰۳", "چهارشنبه، ۲۹ اسفند ماه ۱۴۰۳", "29 Esfand 1403", "20250319", "14031229"),
    ],
)
def test_a_day_is_read_by_the_name_of_its_month(text):
    """In four languages and two calendars."""
    assert FileFormat().instant(text).date() == MARCH


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15 Apr, 2021 00:03:00", datetime(2021, 4, 15, 0, 3, tzinfo=UTC)),
        ("April 15, 2021 at 2:05 PM", datetime(2021, 4, 15, 14, 5, tzinfo=UTC)),
        ("15 avril 2021 à 14h05", datetime(2021, 4, 15, 14, 5, tzinfo=UTC)),
        ("۲۶ فروردین ۱۴۰۰ ساعت ۱۴:۰۵", datetime(2021, 4, 15, 14, 5, tzinfo=UTC)),
        ("Thu, 15 Apr 2021 14:05:00 +0330", datetime(2021, 4, 15, 10, 35, tzinfo=UTC)),
        ("15 Apr 2021 14:05 GMT", datetime(2021, 4, 15, 14, 5, tzinfo=UTC)),
        ("15 Apr 2021 14:05 -02:00", datetime(2021, 4, 15, 16, 5, tzinfo=UTC)),
    ],
)
def test_a_time_may_stand_behind_a_named_month(text, moment):
    """With the word that stands between them, and with a zone."""
    assert FileFormat().instant(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("12 days ago", "19 mars", "May 2025", "31 فوریه 2025", "31 Feb 2025", "19 March 1397"),
        *("30 اسفند ۱۴۰۴", "29 Esfand 2025", "19 Mar 2025 soon", "19 Mar 2025 25:00"),
        *("19 Mar 2025 10:00 +99:00", "31 Feb 2025 10:00 +01:00", "20251319", "45992", "x" * 80),
    ],
)
def test_what_is_no_day_is_refused(text):
    """A month without a day, a day that does not exist, a name of the other calendar."""
    with pytest.raises(InvalidValue):
        FileFormat().instant(text)


@given(days, st.sampled_from(sorted(MONTHS)), st.booleans())
def test_every_day_is_found_in_four_languages(day, language, persian_digits):
    """Whatever the language and the digits, it is the same day."""
    text = f"{day.day} {MONTHS[language].split()[day.month - 1]} {day.year}"

    written = text.translate(PERSIAN_DIGITS) if persian_digits else text

    assert FileFormat().instant(written).date() == day


@given(days, st.booleans())
def test_every_persian_day_is_found(day, two_digits):
    """With the name of its month, and with two digits for the year where it is near ours."""
    year, month, number = to_jalali(day)
    short = two_digits and 1350 <= year < 1450
    text = f"{number} {PERSIAN[month - 1]} {year % 100 if short else year:02}"

    found = FileFormat().instant(text)

    assert found.date() == day
    assert is_jalali(text)


@given(days.filter(lambda day: day > date(1971, 3, 21)), st.sampled_from("/-."))
def test_two_digits_are_a_persian_year_where_that_is_declared(day, mark):
    """Year first, as it is usual; without the declaration it is no such date."""
    year, month, number = to_jalali(day)
    declared = FileFormat(calendar=JALALI)

    assert declared.instant(f"{year % 100:02}{mark}{month:02}{mark}{number:02}").date() == day


def test_a_persian_year_may_stand_last():
    """A day comes first there, so there is no doubt."""
    day = datetime(2018, 8, 21)  # noqa: DTZ001 - a list names no zone

    assert read_date("30/05/1397", day_first=None) == day
    assert read_date("05/06/1397", day_first=None) is not None
    assert read_date("30/05/97", day_first=None, calendar=JALALI) == day
    assert read_date("04/05/97", day_first=True, calendar=JALALI) is not None
    assert is_jalali("30/05/97", calendar=JALALI)
    assert not is_jalali("30/05/97")


@given(days)
def test_the_day_number_of_a_spreadsheet_is_its_day(day):
    """It counts from the last but one day of 1899."""
    number = (day - date(1899, 12, 30)).days
    found = day_of_number(str(number))

    assert found is None if number < 20_000 else found.date() == day


def test_day_numbers_are_days_where_three_stand_in_a_column(tmp_path):
    """One alone may be anything, and is kept as text with a hint."""
    header = ("Name", "Date")
    rows = [(f"Sara {n}", str(45_992 + n)) for n in range(3)]
    (found, ()) = lead_rows(tmp_path, header, *rows, ("Ani", "2026-01-05"))
    ((alone,), ()) = lead_rows(tmp_path, header, rows[0])

    assert [row.entity.timeline[0].at.date() for row in found[:3]] == [
        date(2025, 12, 1) + timedelta(days=n) for n in range(3)
    ]
    assert found[3].entity.timeline[0].at.date() == date(2026, 1, 5)
    assert [note.code for note in found[0].notes] == ["day_number_read"]
    assert dict(alone.entity.details) == {"captured": "45992"}


def test_a_mapping_declares_day_numbers(tmp_path):
    """Who says so is believed from the first row on."""
    mapping = '[format]\nday_numbers = ["opened"]\n[opportunity.columns]\nopened = "D"\nstage = "S"'
    ((deal,), ()) = deal_rows(tmp_path, ("D", "S"), ("45992.5", "won"), mapping=mapping)

    assert deal.entity.timeline[0].at == datetime(2025, 12, 1, 12, tzinfo=UTC)


def test_day_and_time_may_stand_in_two_columns(tmp_path):
    """They are one moment; a time that is none is kept as text."""
    lead = lead_of(tmp_path, Name="Sara", Date="2026-03-01", Heure="14h05").entity
    odd = lead_of(tmp_path, Name="Sara", Date="2026-03-01", Heure="tôt").entity
    twice = lead_of(tmp_path, Name="Sara", Date="2026-03-01 09:00", Heure="14:05").entity
    none = lead_of(tmp_path, Name="Sara", Date="", Heure="14:05").entity

    assert lead.timeline[0].at == datetime(2026, 3, 1, 14, 5, tzinfo=UTC)
    assert (odd.details["captured_time"], odd.timeline[0].at.hour) == ("tôt", 0)
    assert (twice.details["captured_time"], twice.timeline[0].at.hour) == ("14:05", 9)
    assert none.details["captured_time"] == "14:05"


@given(st.times().map(lambda found: found.replace(second=0, microsecond=0)))
def test_a_time_of_day_is_read_by_both_clocks(clock):
    """Twelve hours or twenty-four."""
    assert read_clock(f"{clock:%H:%M}") == clock
    assert read_clock(f"{clock:%I:%M %p}") == clock


@pytest.mark.parametrize("text", ["soon", "25:00", "13:00 pm", ""])
def test_what_is_no_time_of_day_is_none(text):
    """It is not guessed."""
    assert read_clock(text) is None


def test_a_zone_says_where_the_clock_of_a_file_stood():
    """A day is a day there, and a moment with a zone of its own falls on the day it was there."""
    tehran = FileFormat(timezone="Asia/Tehran")

    assert tehran.instant("2026-03-31 02:00") == datetime(2026, 3, 30, 22, 30, tzinfo=UTC)
    assert tehran.instant("2026-03-31T22:00:00Z").date() == date(2026, 4, 1)
    assert tehran.zone == ZoneInfo("Asia/Tehran")
    with pytest.raises(InvalidValue):
        tehran.instant("9999-12-31T23:59:00Z")


@pytest.mark.parametrize("name", ["Tehran", "../etc/passwd", "America", "x" * 100, 5, "\x00"])
def test_what_is_no_zone_is_refused(name):
    """A name that leads nowhere, or out of the list of zones."""
    with pytest.raises(InvalidValue, match="time zone"):
        FileFormat(timezone=name)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('timezone = "Tehran"', "timezone is not a time zone"),
        ("timezone = 5", "timezone is not a time zone"),
        ('calendar = "lunar"', "calendar is not 'jalali'"),
        ('day_numbers = "opened"', "day_numbers is not a list of texts"),
        ("blanks = [1]", "blanks is not a list of texts"),
    ],
)
def test_a_faulty_format_is_named(line, problem):
    """What is wrong is said before a file is read."""
    with pytest.raises(InvalidDefinition) as refused:
        read_mapping(f"[format]\n{line}", name="own")
    assert problem in str(refused.value)


def test_blanks_of_ones_own_are_blanks(tmp_path):
    """For names and numbers alike, beside those that are usual."""
    mapping = '[format]\nblanks = ["--nada--", "?"]\n[lead.columns]\nperson = "N"\nphone = "P"'
    ((lead,), (refused,)) = lead_rows(
        tmp_path, ("N", "P"), ("Sara", "Nada"), ("?", "#N/A"), mapping=mapping
    )

    assert lead.entity.contact_points == ()
    assert refused.code == "names_nobody"


@given(st.text(max_size=80))
def test_any_text_is_a_named_date_or_none(text):
    """Nothing but a date comes of it, in little time."""
    found = named_date(text)

    assert found is None or 1 <= found.month <= 12


def test_a_clock_has_no_day():
    """A time of day is midnight at the earliest."""
    assert read_clock("00:00") == time(0, 0)


@pytest.mark.parametrize("day", ["Date", "Due date"])
def test_a_call_may_have_its_time_in_a_column_of_its_own(day):
    """As a log of calls does; where there is no other column, the time has the day, too."""
    header = "Due time" if day == "Due date" else "Time"
    rows = [{"Subject": "call", day: "2026-02-27", header: "15:15"}]
    alone = [{"Subject": "call", "Time": "2026-02-27 15:15"}]

    (beside,), (whole,) = (read_activities(one, at=MONDAY) for one in (rows, alone))

    assert beside.entity.day == whole.entity.day == datetime(2026, 2, 27, 15, 15, tzinfo=UTC)
    assert (beside.notes, whole.notes) == ((), ())


def test_the_number_of_a_call_is_no_id():
    """Two calls of one number are two."""
    rows = [{"Date": day, "Type": "Call", "Number": "021"} for day in ("2026-02-27", "2026-02-28")]

    reading = read_activities(rows, at=MONDAY)

    assert len([*reading.entities()]) == len(rows)
    assert reading.unread_columns == ("Number",)
