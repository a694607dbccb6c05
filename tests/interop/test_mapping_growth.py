"""What a mapping can say beside columns: extend another, defaults, words of any field, the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping, read_mapping
from salesfunnel.interop.mapping.mapping_extension import extended
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.values import Source
from tests.interop.examples import MONDAY, a_list, deal_rows, lead_rows

NAME = '[lead.columns]\nperson = "N"\n'


def test_a_mapping_extends_one_that_ships(tmp_path):
    """One more stage is one line; all else is that of the system."""
    own = 'extends = "vtiger"\n[lead.values.stage]\nqualified = "Ready for Ani"'
    header = ("Lead Number", "First Name", "Last Name", "Lead Status", "Assigned To")
    rows = [("L1", "Sara", "Ahmadi", "Ready for Ani", "Ani"), ("L2", "Ara", "P", "Hot", "Ani")]

    (first, second), refused = lead_rows(tmp_path, header, *rows, mapping=own)

    assert refused == []
    assert (first.entity.stage, second.entity.stage) == ("qualified", "contacted")
    assert (first.entity.id, first.entity.owner) == ("L1", "Ani")


def test_the_headers_of_ones_own_come_first():
    """A header of the base that the mapping uses for another field is the mapping's."""
    own = read_mapping('extends = "vtiger"\n[lead.columns]\nnote = "Company"', name="own")
    base = load_mapping("vtiger")

    assert own.lead.field_of("Company") == "note"
    assert own.lead.field_of("Description") == "note"
    assert own.opportunity == base.opportunity
    assert own.pipeline == "vtiger"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_mapping_that_adds_nothing_is_the_one_it_extends(name):
    """Whatever ships, extending it changes nothing of it."""
    own, base = read_mapping(f'extends = "{name}"', name=name), load_mapping(name)

    assert (own.lead, own.opportunity, own.format) == (base.lead, base.opportunity, base.format)


def test_defaults_stand_in_each_row_that_says_nothing(tmp_path):
    """All from one fair, one owner, all lost: said once for the whole list."""
    defaults = '[lead.defaults]\nsource = "fair"\nowner = "Ani"\nstage = "lost"\n'
    columns = f'{NAME}owner = "O"\n'

    (first, second), _ = lead_rows(
        tmp_path, ("N", "O"), ("Sara", ""), ("Ara", "Reza"), mapping=defaults + columns
    )

    assert (first.entity.source, first.entity.owner) == (Source.EXHIBITION, "Ani")
    assert (first.entity.stage, second.entity.owner) == ("disqualified", "Reza")


def test_an_outcome_may_be_that_of_all_deals(tmp_path):
    """A file of lost deals needs no column that says so."""
    mapping = '[opportunity.defaults]\noutcome = "lost"\n[opportunity.columns]\nname = "Deal"'

    ((deal,), ()) = deal_rows(tmp_path, ("Deal",), ("Pumps",), mapping=mapping)

    assert (deal.entity.name, deal.entity.stage) == ("Pumps", "lost")


def test_the_words_of_any_field_may_be_translated(tmp_path):
    """A head count in words, an industry, an answer, a detail."""
    mapping = """
    [lead.columns]
    company = "Firm"
    employees = "Size"
    industry = "Branch"
    [lead.answers]
    need = "Need"
    [lead.details]
    region = "Region"
    [lead.values.employees]
    "11-50" = ["S", "small"]
    [lead.values.industry]
    Food = ["F&B", "غذایی"]
    [lead.values.need]
    yes = "hot"
    [lead.values.region]
    North = "N"
    """
    header = ("Firm", "Size", "Branch", "Need", "Region")

    ((lead,), ()) = lead_rows(
        tmp_path, header, ("Novin", "Small", "f&b", "Hot", "n"), mapping=mapping
    )

    company = lead.entity.company
    assert (str(company.employees), company.industry) == ("11-50", "Food")
    assert lead.entity.answers["need"].value is True
    assert dict(lead.entity.details) == {"region": "North"}


def test_the_rest_may_be_kept_in_the_details(tmp_path):
    """Each column that is not known, under its header as one word."""
    mapping = f"[lead]\nkeep_unknown = true\n{NAME}"
    header = ("N", "Lucky number", "Météo", "!!", "Phone (work)")
    path = a_list(tmp_path, [header, ("Sara", "7", "beau", "x", "1")])
    reading = read_leads(path, at=MONDAY, mapping=read_mapping(mapping, name="own"))
    (found,) = reading

    assert dict(found.entity.details) == {
        "lucky_number": "7",
        "météo": "beau",
        "column": "x",
        "phone_work": "1",
    }
    assert reading.unread_columns == ()


def test_a_mapping_names_the_columns_of_a_list_without_a_header(tmp_path):
    """The first row is an entry then."""
    mapping = f'header = ["N", "Need"]\n{NAME}[lead.answers]\nneed = "Need"'

    (first, second), _ = lead_rows(tmp_path, ("Sara", "oui"), ("Ara", "non"), mapping=mapping)

    assert [lead.entity.person.name for lead in (first, second)] == ["Sara", "Ara"]
    assert (first.row, second.row) == (1, 2)


def test_deals_have_answers(tmp_path):
    """A system may ask its questions of the deal."""
    mapping = (
        '[opportunity.columns]\nstage = "S"\n[opportunity.answers]\nneed = "Need"\nbudget = "B"'
    )

    ((deal,), ()) = deal_rows(tmp_path, ("S", "Need", "B"), ("won", "oui", ""), mapping=mapping)

    assert {slot: answer.value for slot, answer in deal.entity.answers.items()} == {"need": True}


def test_references_and_lists_of_vtiger_are_what_they_name(tmp_path):
    """A reference names its module, a list has a sign of its own between its words."""
    mapping = f'{NAME}company = "C"\nemail = "E"\n[lead.details]\nlikes = "L"'
    row = ("Contacts::::Sara", "Accounts::::Novin", "a@x.example |##| b@x.example", "tea |##| art")

    ((lead,), ()) = lead_rows(tmp_path, ("N", "C", "E", "L"), row, mapping=mapping)

    assert (lead.entity.person.name, lead.entity.company.name) == ("Sara", "Novin")
    assert [point.text for point in lead.entity.contact_points] == ["a@x.example", "b@x.example"]
    assert dict(lead.entity.details) == {"likes": "tea\nart"}


def test_a_reading_is_told_its_format(tmp_path):
    """What is known better than the file tells: the order of its dates, its clock, its currency."""
    path = a_list(tmp_path, [("Company", "Date", "Annual revenue"), ("Novin", "05/01/2026", "9")])
    reading = read_leads(path, at=MONDAY).with_format(
        day_first=True, timezone="Asia/Tehran", currency="EUR"
    )
    (found,) = reading

    assert found.entity.timeline[0].at == datetime(2026, 1, 4, 20, 30, tzinfo=UTC)
    assert found.entity.company.annual_revenue.amount == Decimal(9)
    assert found.entity.company.annual_revenue.currency == "EUR"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('extends = "vtigre"', "extends is not one of: salesfunnel, salesforce"),
        ("extends = 5", "extends is not one of"),
        ('header = "Name"', "header is not a list of short texts"),
        ('header = ["a\\nb"]', "header is not a list of short texts"),
        ('[lead]\nkeep_unknown = "yes"', "keep_unknown is neither true nor false"),
        ('[lead.defaults]\nsourcee = "fair"', "did you mean 'source'"),
        ("[lead.defaults]\nsource = 5", "'source' has a text that is too long"),
        ("[lead]\ndefaults = 5", "[lead.defaults]: is not a table"),
        ('[lead.values.weather]\nfine = "sun"', "has the unknown name 'weather'"),
        ('[lead.values]\nindustry = "Food"', "[lead.values.industry]: is not a table"),
        ('[lead.values.industry]\n"a\\nb" = "c"', "not on one line"),
        ('[lead.values.industry]\nFood = "a"\nDrink = "A"', "stands for another too"),
        ("[lead]\nvalues = 5", "[lead.values]: is not a table"),
        ("[lead]\nanswers = 5", "[lead.answers]: is not a table"),
    ],
)
def test_what_is_wrong_with_it_is_named(text, problem):
    """Each fault is a sentence, before a file is read."""
    with pytest.raises(InvalidDefinition) as refused:
        read_mapping(text, name="own")
    assert problem in str(refused.value)


def test_what_both_mappings_say_in_a_word_is_that_of_ones_own():
    """A name, a pipeline, a default: what extends decides."""
    own = {"name": "own", "lead": {"keep_unknown": True, "defaults": {"owner": "Ani"}}}
    base = {
        "name": "base",
        "lead": {"keep_unknown": False, "defaults": {"owner": "Reza", "source": "fair"}},
    }

    assert extended(own, base) == {
        "name": "own",
        "lead": {"keep_unknown": True, "defaults": {"owner": "Ani", "source": "fair"}},
    }
    assert read_mapping('extends = "vtiger"\nname = "ours"', name="own").name == "ours"


def test_a_default_needs_no_column(tmp_path):
    """Answers, details, numbers and amounts of a whole list are said once."""
    own = (
        'extends = "salesfunnel"\n[lead.defaults]\nphone = "+98 21 8877 6655"\nneed = "yes"\n'
        'hall = "7"\nannual_revenue = "900 EUR"\n[lead.details]\nhall = "Hall"\n'
    )

    (found,), refused = lead_rows(tmp_path, ("Name", "Company"), ("Sara", "Novin"), mapping=own)
    lead = found.entity

    assert refused == []
    assert [str(point) for point in lead.contact_points] == ["+98 21 8877 6655"]
    assert (lead.answers["need"].value, lead.details["hall"]) == (True, "7")
    assert str(lead.company.annual_revenue) == "900 EUR"


def test_a_default_that_has_no_place_leaves_a_trace(tmp_path):
    """An open deal was lost to nobody; it is kept as text, and noted."""
    own = 'extends = "salesfunnel"\n[opportunity.defaults]\ncompetitor = "Faradis"\n'
    header, rows = ("Deal", "Stage"), [("A", "Proposal"), ("B", "Lost")]

    (open_deal, lost), _ = deal_rows(tmp_path, header, *rows, mapping=own)

    assert open_deal.entity.details["competitor"] == "Faradis"
    assert "kept_in_details" in [note.code for note in open_deal.notes]
    assert lost.entity.closing.competitors == ("Faradis",)


@pytest.mark.parametrize(
    ("own", "day"),
    [("[format]\nday_first = true", 5), ('name = "fair"\nformat.day_first = false', 1)],
)
def test_a_mapping_without_columns_leaves_them_to_be_recognised(tmp_path, own, day):
    """One word about the order of dates is no description of all columns."""
    header = ("Opportunity ID", "Opportunity Name", "Stage", "Close Date", "Created Date")
    row = ("006A", "Pumps", "Value Proposition", "5/1/2026", "1/1/2026")

    mapping = read_mapping(own, name="ours")
    reading = read_opportunities(a_list(tmp_path, [header, row]), at=MONDAY, mapping=mapping)
    (found,) = reading

    assert found.entity.expected_close.day == day
    assert found.entity.pipeline.name == "salesforce"
    assert reading.mapping.name == f"{mapping.name} on salesforce"


def test_a_mapping_of_another_kind_of_list_leaves_this_one_to_be_recognised(tmp_path):
    """What it says of leads does not keep deals from being read, and its words count."""
    own = '[lead.columns]\nperson = "N"\n[opportunity.values.stage]\nproposal = "Ready for Ani"'

    (found,), refused = deal_rows(
        tmp_path, ("Deal", "Stage"), ("Pumps", "Ready for Ani"), mapping=own
    )

    assert refused == []
    assert found.entity.stage == "proposal"


def test_defaults_alone_are_a_mapping(tmp_path):
    """All of a list are from one fair, and nothing else has to be said."""
    own = '[lead.defaults]\nsource = "exhibition"\nowner = "Ani"'

    (found,), _ = lead_rows(tmp_path, ("Name", "Company"), ("Sara", "Novin"), mapping=own)

    assert (found.entity.source, found.entity.owner) == (Source.EXHIBITION, "Ani")
