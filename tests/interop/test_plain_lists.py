"""Plain lists: no system is seen in anybody's words, and their days of closing are such."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping_choice import recognise_mapping
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY

COMMON = ["Name", "Company", "Email", "Phone", "City", "Note", "Created", "Created On"]


@given(
    st.lists(st.sampled_from(COMMON), min_size=2, unique=True),
    st.sampled_from(["Budget", "Topic", "Rating", "Modified On", "Department", "Industry"]),
)
def test_one_plain_word_makes_no_list_the_export_of_a_system(header, word):
    """Its dates would be read as that system writes them, without a word."""
    found = recognise_mapping((*header, word), kind="lead", needed=("person", "company", "email"))

    assert found.name == "salesfunnel"


@pytest.mark.parametrize(
    "header",
    [
        *("Closing date", "Close date", "End date"),
        *("Date de clôture", "Date de fermeture", "Date clôture"),
        *("تاریخ بسته شدن", "تاریخ بستن", "تاریخ پایان", "تاریخ اختتام"),
        *("Փակման ամսաթիվ", "Փակման ամսաթիվը"),
    ],
)
def test_a_day_of_closing_is_that_of_the_end_or_the_expected_one(header):
    """As the deal stands: of one that ended it is the day of the end."""
    rows = StringIO(f"Deal,Stage,{header}\nA,Won,2026-02-05\nB,Meeting,2026-05-01\n")

    won, running = read_opportunities(rows, at=MONDAY).entities()

    assert (won.closed_on, won.expected_close) == (date(2026, 2, 5), None)
    assert (running.closed_on, running.expected_close) == (None, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("number", "country", "codes"),
    [
        ("0912-000-00", "IR", {"number_shorter_than_usual"}),
        ("021-8877", "IR", {"number_shorter_than_usual"}),
        ("0912123456", "IR", {"number_not_completed"}),
        ("0912 123 4567", "IR", set()),
        ("+33 1 23 45 67 89", "IR", set()),
        ("030 123456", "DE", set()),
    ],
)
def test_a_number_with_too_few_digits_is_noted(number, country, codes):
    """Most numbers of a country are of one length, or of some that follow each other."""
    cards = StringIO(f"Name,Phone\nAni,{number}\n")

    (found,) = read_leads(cards, at=MONDAY, country=country)

    assert {note.code for note in found.notes} == codes
