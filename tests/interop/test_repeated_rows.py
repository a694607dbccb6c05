"""A lead or a deal that stands in several rows of one file, or that is known already."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations

import attrs
import pytest

from salesfunnel.errors import InvalidValue, Text
from salesfunnel.interop import (
    Accepted,
    Joined,
    Repeated,
    read_accounts,
    read_leads,
    read_opportunities,
)
from salesfunnel.interop.printing import report_as_text
from salesfunnel.interop.rows import told_again
from salesfunnel.interop.rows.import_report import ImportReport
from salesfunnel.interop.rows.records import Record
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.values import ContactPoint
from tests.interop.examples import MONDAY, a_list


def read(reader, folder, *rows, **how):
    """Read a list to its end, whatever becomes of its rows."""
    return list(reader(a_list(folder, rows), at=MONDAY, **how))


def kinds(found):
    """Name what became of each row."""
    return [type(row).__name__ for row in found]


def events(entity):
    """Name what happened to a lead or a deal."""
    return [type(event).__name__ for event in entity.timeline]


def test_the_same_row_twice_is_repeated(tmp_path):
    """A deal that a file holds twice is one deal, and its amount counts once."""
    row = ("7", "Won", "100", "EUR")
    first, second = read(
        read_opportunities, tmp_path, ("Deal ID", "Stage", "Amount", "Currency"), row, row
    )

    assert isinstance(first, Accepted)
    assert isinstance(second, Repeated)
    assert (second.row, second.of, second.entity) == (3, 2, first.entity)
    assert str(second.notes[0]) == "tells nothing that row 2 does not tell"


def test_the_same_person_in_other_letters_is_repeated(tmp_path):
    """ANNA@x and anna@x are one address, and the name is the same in any spelling."""
    found = read(
        read_leads,
        tmp_path,
        ("Name", "Email", "Phone"),
        ("Anna W", "ANNA@x.example", ""),
        ("anna w", "anna@X.example", ""),
        ("Anna Wikstrom", "anna@x.example", "+46 8 123 456"),
    )

    assert kinds(found) == ["Accepted", "Repeated", "Joined"]
    assert {row.entity.id for row in found} == {found[0].entity.id}
    assert found[0].entity.person.name == "Anna W"
    assert found[0].entity.details["person"] == "Anna Wikstrom"
    assert [point.key for point in found[0].entity.contact_points] == [
        "anna@x.example",
        "+468123456",
    ]
    assert str(found[2].notes[0]) == "tells more of what row 2 is about"


def test_a_deal_that_stands_twice_with_other_facts_becomes_one(tmp_path):
    """The later facts are events: it moved on, its amount and its day changed, and it was won."""
    header = ("Deal ID", "Deal", "Stage", "Amount", "Expected Close", "Closed", "Owner")
    found = read(
        read_opportunities,
        tmp_path,
        header,
        ("7", "Pumps", "Meeting", "900", "2026-03-01", "", "Ani"),
        ("7", "Pumps", "Proposal", "800", "2026-04-01", "", "Ani"),
        ("7", "Two pumps", "Won", "850", "", "2026-02-26", ""),
        ("7", "Two pumps", "Won", "850", "", "2026-02-26", ""),
    )

    (deal,) = (row.entity for row in found if isinstance(row, Accepted))
    assert kinds(found) == ["Accepted", "Joined", "Joined", "Repeated"]
    assert (deal.name, deal.stage, str(deal.amount)) == ("Two pumps", "won", "850 XXX")
    assert (deal.closing.closed_on, deal.closing.stage) == (date(2026, 2, 26), "proposal")
    assert Opportunity.replay(deal.timeline) == deal
    assert [str(note) for row in found[1:3] for note in row.notes if note.code == "replaces"] == [
        "replaces what was told before of Amount, Expected Close",
        "replaces what was told before of Deal, Amount",
    ]


def test_a_double_overwrites_nothing(tmp_path):
    """Both remarks are kept, a blank takes no title away, and the first spelling stays."""
    header = ("name", "company", "email", "mobile", "title", "city", "remark")
    zahra = "زهرا کریمی,شرکت فرادید,zahra@x.example,+98 912 345 6789,مدیر خرید,تهران"
    rows = (
        (*zahra.split(","), "stand B12 veut démo"),
        ("Zahra Karimi", "Faradid", "zahra@x.example", "", "", "Tehran", "rappeler lundi"),
    )

    first, second = read(read_leads, tmp_path, header, *rows)

    lead = first.entity
    assert (lead.person.name, lead.person.job_title) == ("زهرا کریمی", "مدیر خرید")
    assert (lead.company.name, lead.company.city) == ("شرکت فرادید", "تهران")
    assert dict(lead.details) == {
        "note": "stand B12 veut démo\nrappeler lundi",
        "person": "Zahra Karimi",
        "company": "Faradid",
        "city": "Tehran",
    }
    assert [note.params["fields"] for note in second.notes if note.code == "kept_beside"] == [
        "name, company, city"
    ]
    assert kinds(read(read_leads, tmp_path, header, *rows, known=[lead])) == ["Repeated"] * 2


def test_a_known_lead_keeps_its_words(tmp_path):
    """What a later list writes otherwise is kept beside them, and named."""
    header, row = ("ID", "Name", "Company", "Title"), ("L1", "Sara A.", "Novin T.", "CEO")

    (found,) = read(read_leads, tmp_path, header, row, known=[KNOWN])

    assert found.entity.company.name == "Novin"
    assert (found.entity.details["company"], found.entity.person.job_title) == ("Novin T.", "CEO")
    assert [note.code for note in found.notes] == ["is_known", "kept_beside"]


def test_the_source_that_was_told_first_stays(tmp_path):
    """In its own words; another one, and another word for it, are kept beside it."""
    header = ("Email", "Source")
    rows = [("sara@x.example", word) for word in ("fair", "", "Web", "Messe", "fair")]

    found = read(read_leads, tmp_path, header, *rows)

    assert kinds(found) == ["Accepted", "Repeated", "Joined", "Joined", "Repeated"]
    assert found[0].entity.source_words == "fair"
    assert found[0].entity.details["source"] == "Web\nMesse"


def test_another_name_of_an_account_leaves_what_is_known_of_it(tmp_path):
    """A blank never takes the place of a city; the new name is said."""
    header = ("ID", "Account Name", "City", "Website", "Note")
    novin = ("7", "Novin", "Tehran", "n.example", "big")
    faradid = ("7", "Faradid", "", "f.example", "new")

    first, second = read(read_accounts, tmp_path, header, novin, faradid)

    assert (first.entity.company.name, first.entity.company.city) == ("Faradid", "Tehran")
    assert [note.params["fields"] for note in second.notes if note.code == "replaces"] == [
        "Account Name, Website"
    ]
    assert first.entity.details["note"] == "big\nnew"


def test_facts_come_in_the_order_of_their_days(tmp_path):
    """A file that begins with the newest rows tells the same as one that begins with the oldest."""
    header = ("Deal ID", "Stage", "Closed", "Created")
    rows = [("7", "Won", "2026-02-26", "2026-01-05"), ("7", "Proposal", "", "2026-01-05")]

    newest = read(read_opportunities, tmp_path, header, *rows)
    oldest = read(read_opportunities, tmp_path, header, *reversed(rows))

    assert kinds(newest) == kinds(oldest) == ["Accepted", "Joined"]
    assert newest[0].entity == oldest[0].entity
    assert events(newest[0].entity) == ["OpportunityOpened", "OpportunityWon"]


def test_a_lead_moves_on_where_a_later_row_says_so(tmp_path):
    """It was contacted, and gave its answers; what was known before stays on the timeline."""
    header = ("Name", "Email", "Company", "Status", "Budget", "Source")
    found = read(
        read_leads,
        tmp_path,
        header,
        ("Sara Ahmadi", "sara@novin.example", "Novin", "New", "no", "exhibition"),
        ("Sara Ahmadi", "sara@novin.example", "Novin Tejarat", "Contacted", "yes", ""),
    )

    lead = found[0].entity
    assert (lead.company.name, lead.stage, lead.source.value) == (
        *("Novin", "contacted"),
        "exhibition",
    )
    assert lead.details["company"] == "Novin Tejarat"
    assert lead.answers["budget"].value is True
    assert events(lead) == [
        *("LeadCaptured", "QuestionAnswered"),
        *("Contributed", "QuestionAnswered", "LeadMoved"),
    ]
    assert {str(note) for note in found[1].notes[1:]} == {
        "tells Company otherwise: the first word stays, and this one is kept in the details",
        "replaces what was told before of Budget",
    }


@pytest.mark.parametrize(
    ("status", "event", "stage"),
    [
        ("Converted", "LeadConverted", "converted"),
        ("Disqualified", "LeadDisqualified", "disqualified"),
        ("", "LeadCaptured", "new"),
    ],
)
def test_a_lead_ends_where_a_later_row_says_so(tmp_path, status, event, stage):
    """A row without a stage leaves it where it is."""
    header = ("ID", "Name", "Status")
    found = read(read_leads, tmp_path, header, ("7", "Sara", "New"), ("7", "Sara", status))

    assert (events(found[0].entity)[-1], found[0].entity.stage) == (event, stage)
    assert kinds(found)[1] == ("Joined" if status else "Repeated")


def test_links_and_reasons_come_with_a_further_row(tmp_path):
    """Into which deal a lead was converted, and why it was given up, is news."""
    mapping = '[lead.columns]\nid = "ID"\nstage = "Status"\nreason = "Why"\nopportunity_id = "Deal"'
    header = ("ID", "Status", "Why", "Deal")
    found = read(
        read_leads,
        tmp_path,
        header,
        ("7", "Converted", "", ""),
        ("7", "Converted", "", "8"),
        ("7", "Converted", "", ""),
        ("9", "Disqualified", "", ""),
        ("9", "Disqualified", "no budget", ""),
        ("9", "Disqualified", "", ""),
        mapping=own(mapping),
    )

    assert kinds(found) == ["Accepted", "Joined", "Repeated"] * 2
    assert found[0].entity.opportunity_id == "8"
    assert found[3].entity.rejection == "no_budget"


def own(text):
    """Read a mapping of one's own."""
    from salesfunnel.interop import read_mapping

    return read_mapping(text, name="own")


def test_two_people_with_one_mobile_are_two_leads(tmp_path):
    """A number that two people share is that of neither; both arrive, and the second is noted."""
    header = ("Name", "Mobile")
    found = read(
        read_leads,
        tmp_path,
        header,
        ("Sara Ahmadi", "+98 912 123 4567"),
        ("Reza Karimi", "+98 912 123 4567"),
        ("سارا احمدی", "+98 912 123 4567"),
        ("Karimi, Reza", "00989121234567"),
    )

    assert kinds(found) == ["Accepted", "Accepted", "Joined", "Repeated"]
    assert found[1].entity.id != found[0].entity.id
    assert [note.code for note in found[1].notes] == ["other_person"]
    assert str(found[1].notes[0]).startswith("has the number of row 2, but another name")
    assert [row.of for row in found[2:]] == [2, 3]


@pytest.mark.parametrize("names", list(permutations(["Sara A", "Reza K", "Ani P", "Zoé L"])))
def test_any_number_of_people_may_share_a_number(tmp_path, names):
    """Each is a lead of its own, and each is found again."""
    rows = [(name, "+98 912 123 4567") for name in (*names, *reversed(names))]

    found = read(read_leads, tmp_path, ("Name", "Mobile"), *rows)

    assert kinds(found) == ["Accepted"] * 4 + ["Repeated"] * 4
    assert len({row.entity.id for row in found[:4]}) == 4
    assert [row.of for row in found[4:]] == [5, 4, 3, 2]


def test_one_address_in_common_is_enough(tmp_path):
    """A person whose mobile number only stands in one of two rows is one person."""
    header = ("Name", "Email", "Mobile")
    found = read(
        read_leads,
        tmp_path,
        header,
        ("Sara Ahmadi", "sara@x.example", ""),
        ("Ani P", "ani@x.example", ""),
        ("Sara A", "sara@x.example", "+98 912 123 4567"),
        ("Sara Ahmadi", "", "+98 912 123 4567"),
        ("Reza Karimi", "ani@x.example", "+98 912 765 4321"),
        ("Reza Karimi", "", "+98 912 765 4321"),
    )

    assert kinds(found) == ["Accepted", "Accepted", "Joined", "Repeated", "Accepted", "Repeated"]
    assert [row.of for row in (*found[2:4], found[5])] == [2, 2, 6]
    assert len(found[0].entity.contact_points) == 2
    assert len({found[place].entity.id for place in (0, 1, 4)}) == 3


def test_an_id_of_the_file_says_that_two_names_are_one(tmp_path):
    """Who married has another name, and the same number in the list of customers."""
    found = read(read_leads, tmp_path, ("ID", "Name"), ("7", "Sara Ahmadi"), ("7", "Zoé Lefèvre"))

    assert kinds(found) == ["Accepted", "Joined"]
    assert found[0].entity.person.name == "Sara Ahmadi"
    assert found[0].entity.details["person"] == "Zoé Lefèvre"


def test_a_beginning_that_differs_is_noted(tmp_path):
    """When a lead came is told once; another day is named, and not taken."""
    header = ("ID", "Name", "Created")
    rows = ("7", "Sara", "2026-01-05"), ("7", "Sara", "2026-01-06")
    leads = read(read_leads, tmp_path, header, *rows)
    deal_rows = [(*("7", "Meeting"), day) for *_, day in rows]
    deals = read(read_opportunities, tmp_path, ("Deal ID", "Stage", "Created"), *deal_rows)

    for found in (leads, deals):
        assert kinds(found) == ["Accepted", "Repeated"]
        assert "other_beginning" in {note.code for note in found[1].notes}


def test_a_refused_row_between_them_stays_refused(tmp_path):
    """What is wrong with one row costs neither the rows above nor those below."""
    header = ("Deal ID", "Stage")
    rows = ("7", "Nowhere"), ("7", "Meeting"), ("7", ""), ("7", "Proposal"), ("8", "Meeting")

    found = read(read_opportunities, tmp_path, header, *rows)

    assert kinds(found) == ["Refused", "Accepted", "Refused", "Joined", "Accepted"]
    assert found[1].entity.stage == "proposal"


def test_each_row_is_counted_once(tmp_path):
    """Read is accepted and repeated and refused; a row with new facts is accepted."""
    header = ("Deal ID", "Stage")
    rows = ("7", "Meeting"), ("7", "Meeting"), ("7", "Won"), ("8", ""), ("9", "Won")
    reading = read_opportunities(a_list(tmp_path, [header, *rows]), at=MONDAY)

    with ImportReport() as report:
        deals = [row.entity for row in report.accepted_of(reading)]

        assert [deal.stage for deal in deals] == ["won", "won"]
        assert (report.read, report.accepted, report.repeated, report.refused) == (5, 3, 1, 1)
        assert [*report.repetitions] == [{"row": 3, "of": 2}]
        assert [*report.joined] == [{"row": 4, "of": 2}]


def test_a_pipeline_of_deals_without_names_loses_none(tmp_path):
    """Where nothing says which deal a row is, two equal rows are two deals."""
    header, row = ("Client", "Stage", "Amount"), ("Novin", "Won", "9")
    found = read(read_opportunities, tmp_path, header, row, row, ("Novin", "Won", "8"), row)
    deals = [row.entity for row in found]

    assert kinds(found) == ["Accepted"] * 4
    assert len({deal.id for deal in deals}) == 4
    assert [note.code for note in found[1].notes if note.code == "equal_row"] == ["equal_row"]
    again = read(read_opportunities, tmp_path, header, row, row, row, known=deals)
    assert kinds(again) == ["Repeated"] * 3
    assert [row.entity.id for row in again] == [deals[place].id for place in (0, 1, 3)]


def test_entities_are_given_once(tmp_path):
    """Who wants the leads and not the rows takes them from the reading."""
    reading = read_leads(a_list(tmp_path, [("Name",), ("Sara",), ("SARA",), ("Ani",)]), at=MONDAY)

    assert Counter(lead.person.name for lead in reading.entities()) == {"Sara": 1, "Ani": 1}


KNOWN = Lead.capture(
    id="L1", person="Sara Ahmadi", company="Novin", email="sara@novin.example", at=MONDAY
)


@pytest.mark.parametrize(
    "cells",
    [
        {"ID": "L1"},
        {"Name": "Sara A.", "Email": "SARA@novin.example"},
        {"Name": "AHMADI Sara", "Company": "شرکت Novin"},
        {"Email": "sara@novin.example"},
    ],
)
def test_a_later_list_finds_the_leads_that_are_known(tmp_path, cells):
    """By id, by address, or by person and company; the lead keeps its id, and gets what is new."""
    header = [*cells, "Mobile"]

    (found,) = read(read_leads, tmp_path, header, [*cells.values(), "+98 912 1"], known=[KNOWN])

    assert isinstance(found, Accepted)
    assert found.entity.id == "L1"
    assert found.entity.timeline[: KNOWN.version] == KNOWN.timeline
    assert found.entity.version > KNOWN.version
    assert found.notes[0].code == ("is_known" if "ID" in cells else "is_known_as")


@pytest.mark.parametrize("has_ids", [True, False])
def test_known_leads_that_no_row_is_about_change_nothing(tmp_path, has_ids):
    """Two rows with numbers of their own are two, and two without are one, whoever is known."""
    rows = [(id_ if has_ids else "", "Sara Ahmadi", "+98 912 123 4567") for id_ in ("A1", "A2")]

    alone, beside = (
        read(read_leads, tmp_path, ("ID", "Name", "Mobile"), *rows, known=known)
        for known in ([], [Lead.capture(person="Zoé", email="z@lefevre.example", at=MONDAY)])
    )

    assert beside == alone
    assert kinds(alone) == ["Accepted", "Accepted" if has_ids else "Repeated"]


@pytest.mark.parametrize(
    ("known", "told", "is_named"),
    [
        ("new", "contacted", False),
        ("contacted", "converted", False),
        ("contacted", "lost", False),
        ("contacted", "contacted", False),
        ("qualified", "new", True),
        ("converted", "new", True),
        ("lost", "contacted", True),
        ("lost", "converted", True),
    ],
)
def test_a_lead_that_goes_back_is_named(tmp_path, known, told, is_named):
    """A list may be older than what is known; it is believed, and that is said."""
    header = ("ID", "Name", "Status")
    (row,) = read(read_leads, tmp_path, header, ("7", "Sara", known))

    (found,) = read(read_leads, tmp_path, header, ("7", "Sara", told), known=[row.entity])

    said = [note.message for note in found.notes if note.code == "replaces"]
    assert said == (["replaces what was told before of Status"] if is_named else [])


def test_rows_of_one_id_that_two_known_leads_own_are_two(tmp_path):
    """A number that a list gave away twice does not join two people who are known apart."""
    known = [
        Lead.capture(id="K1", person="Sara Ahmadi", mobile="+98 912 123 4567", at=MONDAY),
        Lead.capture(id="K2", person="Reza Karimi", mobile="+98 912 765 4321", at=MONDAY),
    ]
    rows = [("7", "Sara Ahmadi", "+98 912 123 4567"), ("7", "Reza Karimi", "+98 912 765 4321")]

    found = read(read_leads, tmp_path, ("ID", "Name", "Mobile"), *rows, known=known)

    assert [row.entity.id for row in found] == ["K1", "K2"]


def test_a_row_that_is_known_under_another_id_names_it(tmp_path):
    """Both lists have numbers of their own; whoever shares what is one's own is the same lead."""
    header = ("ID", "Name", "Mobile", "Phone", "City")
    known = [
        Lead.capture(id="K1", person="Sara Ahmadi", mobile="+98 912 123 4567", at=MONDAY),
        Lead.capture(id="K2", person="Reza Karimi", phone="+98 21 8877 6655", at=MONDAY),
    ]
    rows = (
        ("A1", "سارا احمدی", "۰۹۱۲۱۲۳۴۵۶۷", "", "Shiraz"),
        ("A2", "KARIMI Reza", "", "021 88776655", ""),
        ("A3", "Ani Petrosyan", "", "021 88776655", ""),
        ("A4", "", "", "021 88776655", ""),
    )

    found = read(read_leads, tmp_path, header, *rows, known=known, country="IR")

    assert kinds(found) == ["Accepted", "Repeated", "Accepted", "Accepted"]
    assert [row.entity.id for row in found] == ["K1", "K2", "A3", "A4"]
    assert [(link.one, link.other, link.by) for row in found for link in row.known_as] == [
        ("K1", "A1", ("mobile", "phone")),
        ("K2", "A2", ("phone",)),
    ]
    assert str(found[0].notes[0]) == (
        "is known already as K1, by mobile, phone: what the row tells is added to K1"
    )
    assert str(found[1].notes[0]) == "tells nothing that is not known of K2, by phone"


def test_the_report_names_the_ids_under_which_rows_are_known(tmp_path):
    """For a page or a program, row by row."""
    rows = ("ID", "Name", "Email"), ("A1", "Sara Ahmadi", "sara@novin.example"), ("L1", "Sara", "")
    reading = read_leads(a_list(tmp_path, rows), at=MONDAY, known=[KNOWN])

    with ImportReport() as report:
        list(report.accepted_of(reading))

        assert [*report.known] == [{"row": 2, "as": [{"id": "L1", "by": ["email", "domain"]}]}]
        assert "  row 2: is known already as L1 (email, domain)" in report_as_text(report, ())


def test_a_list_that_tells_nothing_new_of_a_known_lead_is_repeated(tmp_path):
    """Next week's export of the same leads changes nothing."""
    found = read(
        read_leads,
        tmp_path,
        ("Name", "Email"),
        ("Sara Ahmadi", "sara@novin.example"),
        ("sara ahmadi", "Sara@Novin.example"),
        known=[KNOWN],
    )

    assert kinds(found) == ["Repeated", "Repeated"]
    assert [(row.of, row.entity) for row in found] == [(None, KNOWN)] * 2


def test_what_was_known_and_what_two_rows_tell_is_one_lead(tmp_path):
    """Rows that find the same lead by other keys are about the same, too."""
    found = read(
        read_leads,
        tmp_path,
        ("Name", "Company", "Email", "Fax"),
        ("Sara Ahmadi", "Novin", "", ""),
        ("Sara Ahmadi", "Novin", "", "+98 21 8888 0001"),
        ("", "", "sara@novin.example", "+98 21 8888 0002"),
        ("Reza Karimi", "", "sara@novin.example", ""),
        known=[KNOWN],
    )

    assert kinds(found) == ["Repeated", "Accepted", "Joined", "Accepted"]
    assert len(found[1].entity.contact_points) == 3
    assert found[3].entity.id != "L1"


def test_what_is_shared_and_with_which_rows_is_one_line(tmp_path):
    """By e-mail or by number: the rows are named, each with how many share its address."""
    header = ("Name", "Email", "Mobile")
    number, mail = "+98 912 123 4567", "office7@novin.example"
    found = read(
        read_leads,
        tmp_path,
        header,
        ("Sara Ahmadi", "", number),
        ("Ani Petrosyan", mail, ""),
        ("Reza Karimi", "", number),
        ("Luc Petit", "", number),
        ("Zoé Lambert", mail, ""),
    )

    with ImportReport() as report:
        assert len([*report.accepted_of(found)]) == 5
        told = [line.strip() for line in report_as_text(report, ())][1:]
    end = "but another name: taken as another person"
    assert told == [
        f"note on 2 rows: has the number of row 2, {end}",
        f"note on 1 row: has the e-mail of row 3, {end}",
    ]


def test_two_people_are_not_one_for_an_id_that_was_derived(tmp_path):
    """A known lead whose id follows from an address keeps it from whoever shares the address."""
    sara = Lead.capture(person="Sara Ahmadi", email="sara@novin.example", at=MONDAY)

    (found,) = read(
        read_leads,
        tmp_path,
        ("Name", "Email"),
        ("Reza Karimi", "sara@novin.example"),
        known=[sara],
    )

    assert found.entity.id != sara.id
    assert [note.code for note in found.notes] == ["other_person_than_known"]
    assert "the e-mail of someone known before" in str(found.notes[0])


@pytest.mark.parametrize(
    ("row", "notes"),
    [
        (("2", "Reza Karimi", "sara@novin.example"), ["other_person_than_known"]),
        (("2", "S. Ahmadi", "sara@novin.example"), ["is_known_as", "kept_beside"]),
        (("2", "", "sara@novin.example"), ["repeats_known_as"]),
        (("2", "Reza Karimi", "info@novin.example"), []),
        (("1", "Reza Karimi", "sara@novin.example"), ["is_known", "kept_beside"]),
        (("2", "Reza Karimi", "reza@novin.example"), []),
    ],
)
def test_someone_with_an_id_and_the_address_of_another_is_noted(tmp_path, row, notes):
    """The id keeps them apart; that the two share an address is worth a look."""
    sara = Lead.capture(id="1", person="Sara Ahmadi", email="sara@novin.example", at=MONDAY)
    desk = Lead.capture(id="3", person="Ani", email="info@novin.example", at=MONDAY)

    (found,) = read(read_leads, tmp_path, ("ID", "Name", "Email"), row, known=[sara, desk])

    assert [note.code for note in found.notes] == notes


def test_a_useless_row_is_refused_also_where_leads_are_known(tmp_path):
    """A row that names nobody is about nobody who is known."""
    found = read(read_leads, tmp_path, ("Name", "Note"), ("", "call back"), known=[KNOWN])

    assert kinds(found) == ["Refused"]


def test_a_known_deal_gets_what_is_new(tmp_path):
    """Next week's export moves it on, and leaves its past as it was."""
    deal = Opportunity.open(id="7", name="Pumps", at=MONDAY)

    (found,) = read(read_opportunities, tmp_path, ("ID", "Stage"), ("7", "Won"), known=[deal])

    assert found.entity.timeline[0] == deal.timeline[0]
    assert events(found.entity) == ["OpportunityOpened", "OpportunityWon"]


def test_a_row_that_does_not_fit_what_is_known_is_refused(tmp_path, monkeypatch):
    """Whatever the facts of two rows come to, one of them never costs the others."""
    from salesfunnel.errors import InvalidHistory, Text
    from salesfunnel.interop import leads

    def impossible(*_given, **_how):
        raise InvalidHistory("timeline", Text("odd", "is odd"))

    monkeypatch.setattr(leads, "told_later", impossible)
    found = read(read_leads, tmp_path, ("ID", "Name"), ("7", "Sara"), ("7", "Sara A"), ("8", "Ani"))

    assert kinds(found) == ["Accepted", "Refused", "Accepted"]
    assert isinstance(found[0], Accepted)
    assert not isinstance(found[1], Joined)


def test_a_known_lead_of_which_only_an_id_is_known_is_found_by_it(tmp_path):
    """And one with a number that reaches no one is found by its name and company."""
    bare = Lead.capture(id="L7", at=MONDAY)
    odd = Lead.capture(
        id="L8",
        person="Ani",
        company="Ararat",
        contact_points=[ContactPoint("phone", "ask her")],
        at=MONDAY,
    )
    rows = ("ID", "Name", "Company"), ("L7", "Luc", ""), ("", "Ani", "Ararat")

    found = read(read_leads, tmp_path, *rows, known=[bare, odd])

    assert [row.entity.id for row in found] == ["L7", "L8"]


def test_a_row_that_cannot_be_told_from_others_is_read_by_itself(tmp_path):
    """What goes wrong while rows are brought together costs no row."""

    def unable(_row):
        raise InvalidValue("id", Text("odd_id", "{field} is odd"))

    reading = read_leads(a_list(tmp_path, [("Name",), ("Sara",), ("Ani",)]), at=MONDAY)
    reading = attrs.evolve(reading, reader=attrs.evolve(reading.reader, keys_in=unable))

    assert kinds(reading) == ["Accepted", "Accepted"]


def test_a_first_row_that_is_known_already_is_told_once():
    """A list that is read a second time adds what is missing, and repeats nothing."""
    first, second = Record(2, ("7",)), Record(3, ("7",))

    told = told_again._with_first({"7": [first]}, {"7"}, [first, second], lambda _: ("7",))

    assert told == {"7": [first]}
