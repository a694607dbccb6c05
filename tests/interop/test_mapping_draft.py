"""Drafts of mappings: what is known, what is guessed, and the words that are not known."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.mapping.mapping import load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_draft import draft_mapping
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY, a_list

HEADERS = ("Name", "Company", "Phone (work)", "Email", "Météo", "وضعیت", "Amount (EUR)", "a.b")


def drafted(*rows: tuple[str, ...]) -> str:
    """Draft a mapping for a list of rows, the header first."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return "\n".join(draft_mapping(StringIO(text.getvalue())))


def test_a_draft_puts_what_is_known_under_its_field():
    """The rest goes into the details, with a guess and its words where they are few."""
    draft = drafted(
        ("Deal", "Stage", "Amount (EUR)", "Montnt", "Weather"),
        *[("1", "Kick-off", "9", str(number), "fine") for number in range(20)],
    )

    assert 'amount = "Amount"\n' in draft
    assert 'montnt = "Montnt"  # amount?\n' in draft
    assert 'weather = "Weather"  # fine (20)\n' in draft
    assert "# not known: Kick-off\n# meeting = []\n" in draft


def test_a_draft_extends_the_system_that_is_recognised():
    """What the system writes is known, and only the rest need be looked at."""
    draft = drafted(("Lead Number", "First Name", "Last Name", "Lead Status", "Mood"), ("1",) * 5)

    assert 'extends = "vtiger"' in draft
    assert 'mood = "Mood"' in draft
    assert 'id = "Lead Number"' in draft


def test_a_draft_shows_no_names():
    """A column in which hardly a word comes twice may hold people."""
    draft = drafted(("Name", "Spouse"), ("Sara", "Ara"), ("Ani", "Reza"))

    assert "Ara" not in draft
    assert "Reza" not in draft


def test_a_draft_reads_its_list_whole(tmp_path, capsys):
    """It is a mapping as it stands, and no column of the list is unread."""
    rows = [("Deal", "Stage", "Amount (EUR)", "Weather"), ("1", "Won", "9", "fine")]
    path = a_list(tmp_path, rows)
    assert main(["mapping", str(path)]) == 0
    mapping = read_mapping(capsys.readouterr().out, name="draft")
    reading = read_opportunities(path, at=MONDAY, mapping=mapping)
    (found,) = reading

    assert reading.unread_columns == ()
    assert str(found.entity.amount) == "9 EUR"
    assert dict(found.entity.details) == {"weather": "fine"}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [("1", "Won", "1.234,50", "31/03/2026"), ("2", "Won", "3.100", "05/01/2026")],
            ["true", '","'],
        ),
        (
            [("1", "Won", "1,234.50", "03/31/2026"), ("2", "Won", "3,100", "05/01/2026")],
            ["false", '"."'],
        ),
        ([(n, "Won", "9", "46112") for n in "123"], ['["closed"]']),
    ],
)
def test_a_draft_reads_no_worse_than_no_mapping(tmp_path, rows, lines):
    """What the rows prove of dates and numbers is part of the draft."""
    path = a_list(tmp_path, [("Deal", "Stage", "Amount", "Closed"), *rows])
    draft = "\n".join(draft_mapping(path))
    by_draft = read_opportunities(path, at=MONDAY, mapping=read_mapping(draft, name="draft"))

    assert re.findall(r"= (.*)  # as the rows prove", draft) == lines
    told = [(deal.amount, deal.closed_on, deal.details) for deal in by_draft.entities()]
    plain = read_opportunities(path, at=MONDAY).entities()
    assert told == [(deal.amount, deal.closed_on, deal.details) for deal in plain]
    assert len(told) == len(rows)


def test_a_list_of_many_columns_has_a_draft_of_some():
    """A mapping has an end, and the draft says how many more there are."""
    draft = drafted(("Name", *(f"zz{number}" for number in range(300))), ("Sara",))

    assert "# and 100 columns more" in draft
    assert read_mapping(draft, name="draft").lead.field_of("zz7") == "details.zz7"


@given(
    st.lists(st.one_of(st.sampled_from(HEADERS), st.text(min_size=1, max_size=30)), min_size=1),
    st.lists(st.text(max_size=20), max_size=5),
)
def test_a_draft_is_a_mapping_whatever_the_list(header, cells):
    """Whatever stands above the columns and in them."""
    row = (*cells, *[""] * len(header))[: len(header)]
    try:
        draft = drafted(tuple(header), row, row)
    except UnreadableFile:
        return
    assert read_mapping(draft, name="draft").name == "draft"


@pytest.mark.parametrize("name", ["salesforce", "odoo", "zoho"])
def test_a_draft_of_the_headers_of_a_system_knows_them(name):
    """Each column stands under the field that the mapping has for it."""
    lead = load_mapping(name).lead
    draft = drafted(tuple(lead.columns), ("x",) * len(lead.columns))
    found = read_mapping(draft, name="draft").lead

    assert {header: found.field_of(header) for header in lead.columns} == dict(lead.columns)
