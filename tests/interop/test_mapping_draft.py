"""Drafts of mappings: what is known, what is guessed, and the words that are not known."""

from __future__ import annotations

import csv
import re
from functools import partial
from importlib.resources import files
from io import StringIO
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import rank
from salesfunnel.cli import main
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.calls.call_sheet import write_ranking
from salesfunnel.interop.calls.call_words import CALL_WORDS
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_draft import draft_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT
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
    assert "brackets of what it means: Kick-off\nmeeting = []\n" in draft


def test_a_draft_is_completed_between_the_brackets(tmp_path):
    """Its lines are those of a mapping: what they leave empty is read by its usual words."""
    rows = (("Deal", "Stage"), ("1", "Kick-off"), ("2", "Won"))
    draft = drafted(*rows)

    for found, completed in (["won"], "[]"), (["meeting", "won"], '["Kick-off"]'):
        ours = read_mapping(draft.replace("meeting = []", f"meeting = {completed}"), name="d")
        reading = read_opportunities(a_list(tmp_path, rows), at=MONDAY, mapping=ours)
        assert [deal.stage for deal in reading.entities()] == found


def test_a_draft_extends_the_system_that_is_recognised():
    """What the system writes is known, and only the rest need be looked at."""
    draft = drafted(("Lead Number", "First Name", "Last Name", "Lead Status", "Mood"), ("1",) * 5)

    assert 'extends = "vtiger"' in draft
    assert 'mood = "Mood"' in draft
    assert 'id = "Lead Number"' in draft


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        (("Prénom", "Nom"), ['given_name = "Prénom"', 'family_name = "Nom"']),
        (("Անուն", "Ազգանուն"), ['given_name = "Անուն"', 'family_name = "Ազգանուն"']),
        (("نام", "نام خانوادگی"), ['given_name = "نام"', 'family_name = "نام خانوادگی"']),
    ],
)
def test_a_draft_tells_the_halves_of_a_name(header, lines):
    """The word for a name is that of the half that no other column has; or of the whole name."""
    halves = drafted((*header, "Firm"), ("Marie", "Curie", "Acme"), ("", "", "Nova"))
    whole = drafted(("Nom", "Prénom", "Firm"), ("Marie Curie", "Marie", "Acme"))

    assert "\n".join(lines) in halves
    assert 'person = "Nom"' in whole


def test_a_draft_lists_the_sources_that_are_not_known():
    """One that stands in a single row may name the person who referred them, and is left out."""
    rows = [("Sara", "Booth 7"), ("Ani", "Booth 7"), ("Ara", "fair"), ("Reza", "by Sara Ahmadi")]
    draft = drafted(("Name", "Source"), *rows)

    assert "[lead.values.source]\n# not known; put each" in draft
    assert "brackets of what it means: Booth 7\nbusiness_card = []\n" in draft


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (("Deal ID", "From stage", "To stage", "Date", "User"), "[history.columns]"),
        (("Activity type", "Date", "Direction", "Subject"), "[activity.columns]"),
        (("Deal", "Stage", "Amount"), "[opportunity.columns]"),
        (("Name", "Company", "Email"), "[lead.columns]"),
    ],
)
def test_a_draft_is_of_the_kind_that_the_list_seems_to_be(header, line):
    """The same as a reader of leads or deals would tell."""
    draft = drafted(header, *[("7",) * len(header)] * 2)

    assert line in draft
    read_mapping(draft, name="draft")


@pytest.mark.parametrize("language", CALL_WORDS)
def test_a_call_sheet_is_told_as_one(tmp_path, language):
    """It needs no mapping, and is no list of leads whose names are numbers."""
    lead = Lead.capture(id="7", company="Novin", at=MONDAY)
    write_ranking(rank([lead], BANT, at=MONDAY), tmp_path / "calls.csv", language=language)

    for read in (draft_mapping, partial(read_leads, at=MONDAY)):
        with pytest.raises(UnreadableFile, match=r"a list of calls to make, .*read_calls"):
            list(read(tmp_path / "calls.csv"))


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


EXPORTS = Path(__file__).with_name("exports")
SHIPPED_LISTS = files("salesfunnel.interop") / "examples"
LISTS_OF_LEADS = [*EXPORTS.glob("*_leads.csv"), SHIPPED_LISTS / "exhibition.csv"]
LISTS_OF_DEALS = [*EXPORTS.glob("*_deals.csv"), SHIPPED_LISTS / "deals.csv"]
IN_FOUR_LANGUAGES = (
    (("Name", "Company", "Budget", "Need", "Authority"), ("yes", "no", "?")),
    (("Nom", "Société", "Budget", "Besoin", "Décideur"), ("oui", "non", "peut-être")),
    (("نام", "شرکت", "بودجه", "نیاز", "تصمیم گیرنده"), ("بله", "خیر", "نامشخص")),
    (("Անուն", "Ընկերություն", "Բյուջե", "Կարիք", "Ժամկետ"), ("այո", "ոչ", "անհայտ")),
)


def read_alike(path, read):
    """Read a list without a mapping and with its draft: what is known of each row."""
    draft = read_mapping("\n".join(draft_mapping(path)), name="draft")
    plain = [noun_told(noun) for noun in read(path, at=MONDAY).entities()]
    drafted = [noun_told(noun) for noun in read(path, at=MONDAY, mapping=draft).entities()]
    return plain, drafted


def noun_told(noun):
    """Tell all that is known of it, besides the details, of which a draft may add some."""
    told = attrs.asdict(noun, recurse=False)
    details = told.pop("details")
    told.pop("timeline", None)
    told.pop("chronicle", None)
    return told, details


@pytest.mark.parametrize("path", LISTS_OF_LEADS, ids=lambda path: path.name)
def test_a_draft_reads_a_list_of_leads_as_no_mapping_does(path):
    """To draft, and to read by the draft, loses nothing that was read without."""
    assert_no_worse(*read_alike(path, read_leads))


@pytest.mark.parametrize("path", LISTS_OF_DEALS, ids=lambda path: path.name)
def test_a_draft_reads_a_list_of_deals_as_no_mapping_does(path):
    """Nor of the deals."""
    assert_no_worse(*read_alike(path, read_opportunities))


def assert_no_worse(plain, drafted):
    """Hold the facts to be the same, and the details to be all there."""
    assert len(plain) == len(drafted) > 0
    for (facts, details), (again, more) in zip(plain, drafted, strict=True):
        assert again == facts
        assert details.items() <= more.items()


@given(st.sampled_from(IN_FOUR_LANGUAGES), st.data())
def test_a_draft_reads_answers_in_four_languages(tmp_path_factory, language, data):
    """What was asked at the stand is asked by the draft as well."""
    (*named, budget, need, last), words = language
    cells = st.sampled_from((*words, ""))
    rows = data.draw(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=3))
    lines = [(f"Sara {n}", f"Novin {n}", *row) for n, row in enumerate(rows)]
    path = a_list(tmp_path_factory.mktemp("draft"), [(*named, budget, need, last), *lines])

    plain, drafted = read_alike(path, read_leads)

    assert drafted == plain
    assert len(drafted[0][0]["answers"]) >= sum(map(bool, rows[0]))


@pytest.mark.parametrize("text", ["[]", '{"records": []}'])
def test_a_list_of_nothing_has_no_draft(text):
    """An answer in which no row stands names no columns, and "records" is none."""
    with pytest.raises(UnreadableFile, match="its header is missing"):
        list(draft_mapping(StringIO(text)))


def test_a_header_that_no_mapping_can_hold_is_left_to_the_file():
    """One of hundreds of letters is known, and too long to be named in a mapping."""
    long = f"Company ({'x' * 300})"

    assert "company" not in drafted(("Name", long), ("Ani", "Ararat"))
