"""Lists that go out: what stands in them, what they cannot hold, and where they cannot go."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import attrs
import pytest

from salesfunnel.accounts import Account, place
from salesfunnel.activities import correct, plan_step, withdraw
from salesfunnel.errors import InvalidValue, UnwritableFile, WrongKind
from salesfunnel.interop import (
    load_mapping,
    read_accounts,
    read_activities,
    read_leads,
    read_mapping,
    read_opportunities,
    read_people,
    write_accounts,
    write_activities,
    write_leads,
    write_opportunities,
    write_people,
    write_ranking,
    write_refused,
)
from salesfunnel.interop.mapping.file_stages import PIPELINES
from salesfunnel.interop.writing.losses import OTHERWISE
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.values import Answer, Company, ContactPoint, Money, Person
from tests.architecture.texts import TEXTS
from tests.interop.written_lists import MAPPINGS

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
NUMBERS = [ContactPoint("phone", "+98 21 8888 1234"), ContactPoint("phone", "+98 21 8888 5678")]
SARA = Lead.capture(
    id="7", person="Sara Ahmadi", company="Novin", contact_points=NUMBERS, at=MONDAY
)


def rows(path):
    """Read a CSV file row by row, by the names of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def left_out(written):
    """Say what was left out, how often and why, in words."""
    return [str(one) for one in written.left_out]


def test_a_lead_is_written_as_vtiger_has_it(tmp_path):
    """Its headers, its words; what it has no column for is named."""
    lead = SARA.move("contact", at=FRIDAY).answer("budget", Answer(True, note="said so"), at=FRIDAY)

    written = write_leads([lead], tmp_path / "leads.csv", mapping="vtiger")

    (row,) = rows(tmp_path / "leads.csv")
    told = {name: cell for name, cell in row.items() if cell}
    assert told == {
        "Lead Number": "7",
        "First Name": "Sara",
        "Last Name": "Ahmadi",
        "Company": "Novin",
        "Primary Phone": "+98 21 8888 1234",
        "Mobile Phone": "+98 21 8888 5678",
        "Lead Status": "Contacted",
        "Created Time": "2026-03-02 09:00:00",
    }
    assert left_out(written) == [
        'answer of "budget": 1 (the list has no column for it)',
        'evidence of "budget": 1 (a list tells how things stand)',
        "second phone: 1 (it stands in a free column for other numbers)",
        "family name: 1 (only the whole name is known: it is divided at its last blank)",
        "given name: 1 (only the whole name is known: it is divided at its last blank)",
        "day of the stage: 1 (a list tells how things stand)",
        "move between stages: 1 (a list tells how things stand)",
    ]


def test_what_was_written_says_so_in_words_and_as_data(tmp_path):
    """For a screen, and for a page."""
    written = write_leads([SARA], tmp_path / "leads.csv", mapping="vtiger")

    assert str(written).splitlines()[:2] == [
        "leads.csv: 1 row, and nothing was left out",
        "written otherwise:",
    ]
    data = json.loads(json.dumps(written.as_data()))
    assert (data["rows"], data["left_out"][0]["fact"]) == (1, "second phone")
    assert str(write_leads([], tmp_path / "none.csv")) == (
        "none.csv: 0 rows, and nothing was left out"
    )


def test_losses_stand_above_what_is_only_written_otherwise(tmp_path):
    """Of a deal that came from a lead SuiteCRM holds all but the lead, in its own words."""
    deal = Opportunity.open(
        id="7",
        name="Pumps",
        stage="proposal",
        amount=Money("100", "EUR"),
        lead_ids=["L1"],
        at=MONDAY,
    )

    written = write_opportunities([deal], tmp_path / "deals.csv", mapping="suitecrm")

    assert [one.fact for one in written.left_out if one.is_lost] == ["lead"]
    lines = str(written).splitlines()
    heading, lost, other = lines[lines.index("left out:") :][:3]
    assert (heading, other) == ("left out:", "written otherwise:")
    assert lost == "  lead: 1 (the list has no column for it)"
    assert "  last open stage: 1 (it follows from what is named here besides)" in lines
    data = {one["fact"]: one["is_lost"] for one in written.as_data()["left_out"]}
    assert (data["lead"], data["stage"], data["origin of the probability"]) == (True, False, False)


def test_each_reason_that_is_no_loss_is_a_sentence():
    """A code that is misspelt would make a loss of it."""
    assert {text.code for text in TEXTS} >= OTHERWISE


def test_our_own_columns_hold_every_answer_and_detail(tmp_path):
    """They are read again without a word about the mapping; several numbers share a cell."""
    lead = SARA.amend(details={"hall": "4", "note": "tall"}, at=MONDAY)
    lead = Lead.capture(
        id="8",
        person=Person("Ani"),
        contact_points=NUMBERS,
        details={"hall": "4", "note": "x"},
        at=MONDAY,
    ).answer("need", True, at=MONDAY)

    written = write_leads([lead], tmp_path / "leads.csv")

    (row,) = rows(tmp_path / "leads.csv")
    assert row["phone"] == "'+98 21 8888 1234; +98 21 8888 5678"
    assert (row["answers.need"], row["details.hall"], row["note"]) == ("yes", "4", "x")
    assert written.left_out == ()
    assert list(read_leads(tmp_path / "leads.csv", at=FRIDAY).entities()) == [lead]


def test_formulas_are_defused_and_numbers_are_not(tmp_path):
    """What could act gets an apostrophe, which the reader takes away again."""
    lead = Lead.capture(id="7", person="=cmd|' /C calc'!A0", phone="+98 21 8888 1234", at=MONDAY)
    deal = Opportunity.open(id="7", amount=Money("-12.50", "EUR"), at=MONDAY)

    write_leads([lead], tmp_path / "leads.csv", mapping="salesforce")
    write_opportunities([deal], tmp_path / "deals.csv", mapping="salesforce")

    (row,) = rows(tmp_path / "leads.csv")
    assert "'=cmd|' /C calc'!A0" in row.values()
    assert "+98 21 8888 1234" in row.values()
    assert "-12.5" in rows(tmp_path / "deals.csv")[0].values()


def test_a_column_that_is_demanded_is_filled_or_named(tmp_path):
    """By what the mapping has for it; else it is said in how many rows it is blank."""
    mine = read_mapping(
        '[lead]\nrequired = ["company", "family_name"]\n[lead.columns]\nid = "Nr"\n'
        'company = "Firm"\nfamily_name = "Last"\n[lead.defaults]\ncompany = "(private)"\n',
        name="mine",
    )
    nobody = Lead.capture(id="8", email="info@novin.example", at=MONDAY)

    written = write_leads([SARA, nobody], tmp_path / "leads.csv", mapping=mine)

    assert [row["Firm"] for row in rows(tmp_path / "leads.csv")] == ["Novin", "(private)"]
    assert [str(one) for one in written.missing] == [
        "Last: blank in 1, though the system demands it"
    ]
    assert written.as_data()["missing"][0]["header"] == "Last"


def test_one_of_several_columns_may_be_enough(tmp_path):
    """HubSpot takes a contact with an e-mail or a name, and says only of one with neither."""
    novin = Lead.capture(id="8", email="info@novin.example", at=MONDAY)
    firm = Lead.capture(id="9", company="Novin", at=MONDAY)

    written = write_leads([SARA, novin, firm], tmp_path / "leads.csv", mapping="hubspot")

    assert [str(one) for one in written.missing] == [
        "Email or First Name or Last Name: blank in 1, though the system demands it"
    ]


@pytest.mark.parametrize("name", ["Ann Lee", "Ann", "Ann van der Lee", "سارا احمدی"])
@pytest.mark.parametrize("system", sorted(MAPPINGS))
def test_a_known_name_leaves_no_demanded_name_blank(tmp_path, system, name):
    """Where the parts are not known, it is divided, or stands whole in the column demanded."""
    lead = Lead.capture(id="7", person=name, at=MONDAY)
    account = Account.open(id="8", company="Novin", people=[name], at=MONDAY)
    known, names = MAPPINGS[system], {"person", "given_name", "family_name"}

    for write, noun, mapping in (
        (write_leads, lead, known.lead),
        (write_people, account, known.person),
    ):
        headers = [header for field in names for header in mapping.headers.get(field, ())]
        written = write([noun], tmp_path / "list.csv", mapping=known)
        assert [one.header for one in written.missing if one.header in headers] == []
        (row,) = rows(tmp_path / "list.csv")
        assert name in " ".join(row.values())


@pytest.mark.parametrize("field", ["email", "phone", "mobile", "fax"])
@pytest.mark.parametrize("system", sorted(MAPPINGS))
def test_an_address_that_reaches_no_one_is_written_as_it_was_told(tmp_path, system, field):
    """By one rule for mail and for numbers: where there is a column, nothing of it is lost."""
    told = "jean@dupont" if field == "email" else "06123"
    reading = read_leads(StringIO(f"Name,{field}\nJean Petit,{told}\n"), at=MONDAY)

    written = write_leads(reading, tmp_path / "leads.csv", mapping=system)

    (row,) = rows(tmp_path / "leads.csv")
    has_column = field in MAPPINGS[system].lead.headers
    assert (told in row.values()) is has_column
    assert has_column is not any(one.place == f"details.{field}" for one in written.left_out)


def test_what_a_system_demands_is_filled_by_what_is_usual_there(tmp_path):
    """A deal of HubSpot stands in a pipeline; that it was not ours to tell is said."""
    deal = Opportunity.open(id="7", name="Pumps", at=MONDAY)
    own = Opportunity.open(id="8", name="Fans", details={"pipeline": "Partners"}, at=MONDAY)

    written = write_opportunities([deal, own], tmp_path / "deals.csv", mapping="hubspot")

    assert [row["Pipeline"] for row in rows(tmp_path / "deals.csv")] == [
        "Sales Pipeline",
        "Partners",
    ]
    assert written.missing == ()
    assert ("details.pipeline", "filled_for_target") in [
        (one.place, one.code) for one in written.left_out
    ]
    reading = read_opportunities(StringIO("Deal Name,Deal Stage\nPumps,Closed Won\n"), at=MONDAY)
    assert all("pipeline" not in found.details for found in reading.entities())


@pytest.mark.parametrize(("system", "header"), [("dynamics", "Topic"), ("odoo", "Opportunity")])
def test_a_lead_without_a_title_is_called_by_whom_it_is_from(tmp_path, system, header):
    """By its firm, else its person, else an address; each that is filled is counted, no other."""
    leads = [
        Lead.capture(id="1", company="Pars", details={"topic": "Pumps"}, at=MONDAY),
        Lead.capture(id="2", company="Novin", person="Sara Ahmadi", at=MONDAY),
        Lead.capture(id="3", person="Sara Ahmadi", at=MONDAY),
        Lead.capture(id="4", email="info@novin.example", at=MONDAY),
        Lead.capture(id="5", at=MONDAY, details={"hall": "4"}),
    ]

    written = write_leads(leads, tmp_path / "leads.csv", mapping=system)

    titles = [row[header] for row in rows(tmp_path / "leads.csv")]
    assert titles == ["Pumps", "Novin", "Sara Ahmadi", "info@novin.example", ""]
    assert [(one.header, one.count) for one in written.missing if one.header == header] == [
        (header, 1)
    ]
    (filled,) = (one for one in written.left_out if one.place == "details.topic")
    assert (filled.count, filled.code) == (3, "filled_for_target")


@pytest.mark.parametrize("ends", ["csv", "jsonl", "xlsx"])
def test_two_rows_of_one_id_are_named(tmp_path, ends):
    """A reader takes them for one lead, of whatever kind the list is."""
    other = attrs.evolve(SARA.timeline[0], company=Company("Ararat"), person=Person("Ani"))
    leads = [SARA, Lead.replay([other])]

    written = write_leads(leads, tmp_path / f"leads.{ends}", mapping="salesfunnel")

    assert [(one.place, one.count, one.code) for one in written.left_out] == [
        ("id", 1, "id_of_several_rows")
    ]


def test_a_name_that_is_read_as_a_blank_is_named(tmp_path):
    """And nothing else of the person, who was never erased."""
    lead = Lead.capture(person="N/A", email="info@novin.example", at=MONDAY)

    (lost,) = write_leads([lead], tmp_path / "leads.csv").left_out

    assert lost.place == "person.name"
    assert "a reader takes it for a blank" in str(lost)


def test_a_reading_is_written_as_it_is(tmp_path):
    """Rows that were refused or repeated are passed over; a word for nothing is named."""
    typed = StringIO("Name,City\nSara,Tehran\n,Lyon\nSara,Tehran\nN/A Ltd,\n")

    written = write_leads(read_leads(typed, at=MONDAY), tmp_path / "leads.tsv", mapping="zoho")

    assert written.rows == 2
    assert "\t" in (tmp_path / "leads.tsv").read_text("utf-8-sig")
    odd = Lead.capture(id="9", company="N/A", at=MONDAY)
    written = write_leads([odd], tmp_path / "odd.csv", mapping="zoho")
    assert [one.place for one in written.left_out if one.code == "text_for_reader"] == [
        "company.name"
    ]


def test_a_deal_is_told_in_the_stages_of_the_target(tmp_path):
    """An earlier loss has no place there; an account without an id is told by its name."""
    novin = Account.open(id="A1", name="Novin", at=MONDAY)
    deal = Opportunity.open(id="7", name="Pumps", account_id="A1", at=MONDAY)
    deal = deal.lose("price", at=MONDAY).reopen(at=FRIDAY).move("propose", at=FRIDAY)

    written = write_opportunities(
        [deal], tmp_path / "deals.csv", mapping="vtiger", accounts=[novin]
    )

    (row,) = rows(tmp_path / "deals.csv")
    assert row["Organization Name"] == "Novin"
    assert row["Sales Stage"].startswith("Proposal")
    assert "loss reason of an earlier loss: 1 (a list tells how things stand)" in left_out(written)
    assert "stage: 1 (told in the stages of the target)" in left_out(written)


def test_a_won_deal_keeps_what_was_earned(tmp_path):
    """Its day and its end stand in columns of their own."""
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), stage="proposal", at=MONDAY)
    deal = deal.involve("Sara", "decision_maker", at=MONDAY).agree(at=MONDAY)
    deal = deal.win(at=FRIDAY)

    write_opportunities([deal], tmp_path / "deals.csv", mapping="dynamics")
    write_opportunities([deal], tmp_path / "own.csv")

    (row,) = rows(tmp_path / "deals.csv")
    assert (row["Status"].casefold(), row["Actual Close Date"]) == ("won", "2026-03-06")
    assert rows(tmp_path / "own.csv")[0]["stage"] == "won"


def test_accounts_name_what_stands_above_them(tmp_path):
    """By its name where there is no column for ids; their people have a list of their own."""
    holding = Account.open(id="A0", name="Holding", at=MONDAY)
    novin = Account.open(
        id="A1",
        company=Company("Novin", street="Azadi 7\nfloor 2"),
        people=["Sara Ahmadi"],
        lead_ids=["7"],
        owner="Ani",
        at=MONDAY,
    )
    novin = place(novin, under=holding, among=[holding, novin], at=MONDAY)

    write_accounts([holding, novin], tmp_path / "accounts.csv", mapping="vtiger")
    write_people([holding, novin], tmp_path / "people.csv", mapping="salesforce")

    assert [row["Member Of"] for row in rows(tmp_path / "accounts.csv")] == ["", "Holding"]
    (sara,) = rows(tmp_path / "people.csv")
    assert "Sara Ahmadi" in sara.values()
    assert "A1" in sara.values()


def test_the_activities_of_a_lead_are_a_list(tmp_path):
    """As they were corrected, and without those that were withdrawn."""
    lead = SARA.log("call", id="c1", inbound=True, at=MONDAY).log("call", id="c2", at=MONDAY)
    lead = correct(lead, "c1", kind="meeting", at=FRIDAY)
    lead = withdraw(lead, "c2", at=FRIDAY)

    written = write_activities([lead], tmp_path / "calls.csv")

    (row,) = rows(tmp_path / "calls.csv")
    assert (row["kind"], row["about"], row["direction"]) == ("meeting", "7", "inbound")
    assert written.left_out == ()


@pytest.mark.parametrize(
    ("name", "ends"), [("a.xls", ".xls"), ("a.ods", ".ods"), ("a.JSON", ".json")]
)
def test_a_kind_that_is_not_written_is_said(tmp_path, name, ends):
    """The message names the kinds that are."""
    with pytest.raises(InvalidValue, match=rf"ends with \{ends}, which is not written"):
        write_leads([SARA], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_mapping_without_columns_is_said(tmp_path):
    """A preset may have none for a kind of list; a name that is none is no mapping."""
    mine = read_mapping('[lead.columns]\nid = "Nr"\n', name="mine")

    with pytest.raises(InvalidValue, match="mapping mine has no columns for lists of this kind"):
        write_opportunities([], tmp_path / "deals.csv", mapping=mine)


@pytest.mark.parametrize("given", ["Sara", 7, [SARA, "Sara"]])
def test_what_are_no_leads_is_said(tmp_path, given):
    """The old file stays."""
    (tmp_path / "leads.csv").write_text("old", "utf-8")

    with pytest.raises(WrongKind, match="several of Lead"):
        write_leads(given, tmp_path / "leads.csv", mapping="vtiger")

    assert (tmp_path / "leads.csv").read_text("utf-8") == "old"


@pytest.mark.parametrize(
    ("read", "write", "text"),
    [
        (read_leads, write_leads, "Name,City\nSara,Tehran\n"),
        (read_opportunities, write_opportunities, "Deal Name,Stage\nPumps,Proposal\n"),
        (read_accounts, write_accounts, "Account Name,City\nNovin,Tehran\n"),
        (read_people, write_people, "First Name,Last Name,Account Name\nSara,Ahmadi,Novin\n"),
        (read_activities, write_activities, "Subject,Type,Date\nOffer,Call,2026-03-02\n"),
    ],
    ids=["leads", "deals", "accounts", "people", "activities"],
)
def test_the_list_that_is_read_is_not_written_over(tmp_path, read, write, text):
    """Under whatever name; another place takes it."""
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    (tmp_path / "link.csv").symlink_to(path)
    reading = read(path, at=MONDAY)

    for target in (path, str(path), tmp_path / "link.csv"):
        with pytest.raises(InvalidValue, match=r"csv is the list that is read"):
            write(reading, target)
        with pytest.raises(InvalidValue, match=r"csv is the list that is read"):
            write(reading.entities(), target)

    assert path.read_text("utf-8") == text
    assert write(reading, tmp_path / "another.csv").rows == 1


def test_the_entities_of_a_reading_can_be_taken_one_by_one():
    """The next one, and then those that are left."""
    typed = StringIO("Name,City\nSara,Tehran\nAni,Yerevan\nAram,Gyumri\n")
    entities = read_leads(typed, at=MONDAY).entities()

    names = [next(entities).person.name, *(lead.person.name for lead in entities)]

    assert names == ["Sara", "Ani", "Aram"]


def test_a_demand_without_a_column_is_none_of_the_list(tmp_path):
    """A mapping on top of another may ask for a field for which neither has a column."""
    text = 'extends = "vtiger"\n[lead]\nrequired = ["contact_id", ["contact_id", "company"]]\n'
    firm = Lead.capture(id="8", email="info@novin.example", at=MONDAY)

    written = write_leads([firm], tmp_path / "leads.csv", mapping=read_mapping(text, name="ours"))

    assert [one.header for one in written.missing] == ["Company"]


def test_a_mapping_is_not_written_over(tmp_path):
    """By whatever name it is given; by another file all is as ever."""
    ours = tmp_path / "ours.toml"
    ours.write_text('[lead.columns]\nid = "Nr"\ncompany = "Firm"\n', "utf-8")

    for mapping in (ours, str(ours)):
        with pytest.raises(InvalidValue, match=r"ours.toml is the mapping by which"):
            write_leads([SARA], ours, mapping=mapping)

    assert "Firm" in ours.read_text("utf-8")
    assert write_leads([SARA], tmp_path / "leads.csv", mapping=ours).rows == 1


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """It is written beside it, and put in its place when it is whole."""
    (tmp_path / "leads.csv").write_text("old", "utf-8")

    def full(_rows, **_how):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("salesfunnel.interop.writing.csv_output.with_formula_guards", full)
    with pytest.raises(UnwritableFile, match="No space left"):
        write_leads([SARA], tmp_path / "leads.csv")

    assert (tmp_path / "leads.csv").read_text("utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["leads.csv"]


def test_a_workbook_keeps_to_what_excel_can_hold(tmp_path, monkeypatch):
    """A longer text is cut, and named; a name or a number of rows that it forbids is said."""
    pytest.importorskip("xlsxwriter")
    long = Lead.capture(id="7", company="Novin", details={"note": "a" * 40_000}, at=MONDAY)

    written = write_leads([long], tmp_path / "leads.xlsx", mapping="vtiger")

    assert [one.place for one in written.left_out] == ["details.note"]
    (found,) = read_leads(
        tmp_path / "leads.xlsx", at=FRIDAY, mapping=load_mapping("vtiger")
    ).entities()
    assert len(found.details["note"]) == 32_767
    with pytest.raises(InvalidValue, match="not a name that Excel allows"):
        write_leads([SARA], tmp_path / "leads.xlsx", sheet="a/b")
    monkeypatch.setattr("salesfunnel.interop.writing.excel_sheet.MOST_ROWS", 2)
    with pytest.raises(InvalidValue, match="rows that a sheet of Excel can hold"):
        write_leads([SARA, long], tmp_path / "leads.xlsx", sheet="Leads")
    assert len(list(read_leads(tmp_path / "leads.xlsx", at=FRIDAY))) == 1


def test_days_and_numbers_of_a_workbook_are_such(tmp_path):
    """A day is a day, a number is a number, and a moment is by the clock of the file."""
    pytest.importorskip("xlsxwriter")
    calamine = pytest.importorskip("python_calamine")
    deal = Opportunity.open(
        id="7", amount=Money("12.5", "EUR"), expected_close=date(2026, 6, 30), at=MONDAY
    )

    write_opportunities([deal], tmp_path / "deals.xlsx")

    header, row = (
        calamine.CalamineWorkbook.from_path(tmp_path / "deals.xlsx")
        .get_sheet_by_index(0)
        .to_python()
    )
    told = dict(zip(header, row, strict=True))
    assert told["amount"] == 12.5
    assert told["expected_close"] == date(2026, 6, 30)
    assert told["opened"] == datetime(2026, 3, 2, 9)  # noqa: DTZ001 - Excel knows no zones


def stage_written(tmp_path, deal, mapping, column):
    """Write a deal, and read what stands in the column of its stage."""
    write_opportunities([deal], tmp_path / "deals.csv", mapping=mapping)
    return rows(tmp_path / "deals.csv")[0][column]


def test_the_word_of_the_file_is_written_where_the_target_has_it(tmp_path):
    """A word that the target lacks, or that means another stage, gives way to the target's own."""
    deal = Opportunity.open(id="7", stage="proposal", at=MONDAY)
    known = deal.amend(details={"stage": "Value Proposition"}, at=MONDAY)
    quoted = deal.amend(details={"stage": "Devis envoyé"}, at=MONDAY)

    assert stage_written(tmp_path, quoted, "zoho", "Stage") == "Devis envoyé"
    assert stage_written(tmp_path, quoted, "vtiger", "Sales Stage").startswith("Proposal")
    assert stage_written(tmp_path, known, "vtiger", "Sales Stage").startswith("Proposal")


def test_a_deal_of_one_system_is_told_in_the_stages_of_another(tmp_path):
    """By the same name, by what it means, and by its end."""
    deal = Opportunity.open(id="7", pipeline=PIPELINES["hubspot"], stage="contractsent", at=MONDAY)
    stages, moves = [Stage("odd"), Stage("end", kind="won")], [Move("finish", "odd", "end")]
    odd = Opportunity.open(id="8", pipeline=Pipeline("odd", stages=stages, moves=moves), at=MONDAY)

    assert stage_written(tmp_path, deal, "vtiger", "Sales Stage").startswith("Negotiation")
    assert stage_written(tmp_path, odd, "zoho", "Stage") == "odd"


def test_what_is_planned_is_written_with_its_moment(tmp_path):
    """A step that is due at an hour; a kind of one's own stays as it is."""
    lead = plan_step(SARA, "workshop", due=FRIDAY, at=MONDAY)

    write_activities([lead], tmp_path / "steps.csv", mapping="suitecrm")

    (row,) = rows(tmp_path / "steps.csv")
    assert "2026-03-06 09:00:00" in row.values()


def test_what_is_missing_stands_above_what_was_left_out(tmp_path):
    """Printed for whoever imports the list."""
    nobody = Lead.capture(id="8", email="info@novin.example", at=MONDAY)

    written = write_leads([nobody], tmp_path / "leads.csv", mapping="vtiger")

    assert str(written).splitlines()[1:3] == [
        "missing:",
        "  Last Name: blank in 1, though the system demands it",
    ]


DEALS = """\
Id,Name,Stage,Amount,Probability,Expected close
1,A,Won,100 EUR,100,2026-05-01
2,B,Proposal,200 EUR,60,2026-05-02
3,C,Proposal,abc,70,soon
4,D,Lost,50 EUR,0 %,2026-05-04
5,E,Won,50 EUR,45,2026-05-05
"""


@pytest.mark.parametrize(
    ("system", "amount", "chance", "written"),
    [
        ("hubspot", "Amount", "Deal probability", ["1", "0.6", "0.7", "0", "1"]),
        ("vtiger", "Amount", "Probability", ["100", "60", "70", "0", "100"]),
        ("odoo", "Expected Revenue", "Probability", ["100", "60", "70", "0", "100"]),
        ("dynamics", "Est. Revenue", "Probability", ["100", "60", "70", "0", "100"]),
    ],
)
def test_a_text_that_is_no_value_stays_out_of_the_columns_of_values(
    tmp_path, system, amount, chance, written
):
    """A closed deal has the chance of its end, in the unit of the target; the rest is named."""
    reading = read_opportunities(StringIO(DEALS), at=MONDAY)

    told = write_opportunities(reading, tmp_path / "deals.csv", mapping=system)

    found = rows(tmp_path / "deals.csv")
    assert [row[chance] for row in found] == written
    assert [row[amount] for row in found] == ["100", "200", "", "50", "50"]
    assert "soon" not in (tmp_path / "deals.csv").read_text("utf-8-sig")
    named = {one.fact: (one.count, one.code) for one in told.left_out}
    assert named['detail "amount"'] == (1, "detail_is_not_of_its_kind")
    assert 'detail "expected_close"' in named
    assert named['detail "probability"'][0] == 1  # the 45 of a deal that is won


def test_a_stage_that_the_target_lacks_is_named(tmp_path):
    """Its word stays; the stages that are told in others are counted without it."""
    opened = [
        Opportunity.open(id=str(number), pipeline=PIPELINES["vtiger"], stage=stage, at=MONDAY)
        for number, stage in enumerate(
            ["Proposal/Price Quote", "Qualification", "Perception Analysis", "Proposal/Price Quote"]
        )
    ]

    written = write_opportunities(opened, tmp_path / "deals.csv", mapping="hubspot")

    told = [row["Deal Stage"] for row in rows(tmp_path / "deals.csv")]
    known = {stage.title for stage in PIPELINES["hubspot"].stages}
    named = {one.place: one.count for one in written.left_out if one.code == "no_stage_for_word"}
    assert named == {f"stage.{word}": told.count(word) for word in {*told} - known}
    assert 2 in named.values()
    retold = [one.count for one in written.left_out if one.place == "stage"]
    assert sum(retold) + sum(named.values()) == 4


@pytest.mark.parametrize("system", ["salesforce", "vtiger", "suitecrm"])
def test_stages_that_mean_the_same_stay_apart_on_their_way(tmp_path, system):
    """HubSpot has four before a proposal and these have six: each has its own, there and back."""
    stages = [stage for stage in PIPELINES["hubspot"].stages if stage.is_open]
    deals = [
        Opportunity.open(id=stage.name, pipeline=PIPELINES["hubspot"], stage=stage.name, at=MONDAY)
        for stage in stages
    ]
    there, back = tmp_path / "there.csv", tmp_path / "back.csv"

    written = write_opportunities(deals, there, mapping=system)
    moved = read_opportunities(there, at=MONDAY, mapping=load_mapping(system)).entities()
    write_opportunities(moved, back, mapping="hubspot")

    named = [one.fact for one in written.left_out if one.code == "retold_for_target"]
    assert 'stage "Qualified To Buy → Needs Analysis"' in named
    assert [row["Deal Stage"] for row in rows(back)] == [stage.title for stage in stages]


@pytest.mark.parametrize(("system", "told"), [("dynamics", "1-Qualify"), ("odoo", "New")])
def test_more_stages_than_the_target_has_share_its_own_in_order(tmp_path, system, told):
    """The first half of four stands in the first of two; each is named with what it became."""
    deals = [
        Opportunity.open(id=stage.name, pipeline=PIPELINES["hubspot"], stage=stage.name, at=MONDAY)
        for stage in PIPELINES["hubspot"].stages[:4]
    ]

    written = write_opportunities(deals, tmp_path / "deals.csv", mapping=system)

    found = [list(row.values()) for row in rows(tmp_path / "deals.csv")]
    assert [told in row for row in found] == [True, True, False, False]
    assert sum(" → " in one.fact for one in written.left_out) == 4


def test_a_plain_list_goes_onto_the_board_of_pipedrive(tmp_path):
    """A stage that it lacks becomes the one that means it, and is named with it."""
    told = "Deal,Company,Stage\nA,Acme,Needs Analysis\nB,Acme,Proposal\n"
    deals = read_opportunities(StringIO(told), at=MONDAY).entities()

    written = write_opportunities(deals, tmp_path / "deals.csv", mapping="pipedrive")

    stages = [row["Deal - Stage"] for row in rows(tmp_path / "deals.csv")]
    assert stages == ["Qualified", "Proposal Made"]
    named = [one.fact for one in written.left_out if one.code == "retold_for_target"]
    assert 'stage "Meeting → Qualified"' in named


def test_pipedrive_has_no_chance_that_none_told(tmp_path):
    """Its stages have none of their own, so its list comes back without one."""
    told = "Deal - Title,Deal - Stage,Deal - Status,Deal - Organization\nA,Qualified,Open,Acme\n"
    deals = read_opportunities(StringIO(told), at=MONDAY).entities()

    write_opportunities(deals, tmp_path / "deals.csv", mapping="pipedrive")

    (row,) = rows(tmp_path / "deals.csv")
    assert (row["Deal - Stage"], row["Deal - Probability"]) == ("Qualified", "")


@pytest.mark.parametrize(("system", "column"), [("salesforce", "Lead Source"), ("own", "source")])
def test_a_source_that_no_cell_told_stays_blank(tmp_path, system, column):
    """And one that was told as another one is written as that."""
    told = "Name,Lead Source\nSara,Other\nAni,\n"
    leads = read_leads(StringIO(told), at=MONDAY).entities()

    mapping = None if system == "own" else system
    write_leads(leads, tmp_path / "leads.csv", mapping=mapping)

    found = [
        value.casefold()
        for row in rows(tmp_path / "leads.csv")
        for name, value in row.items()
        if name.casefold() == column.casefold()
    ]
    assert found == ["other", ""]


def test_the_first_stage_of_salesforce_is_the_first_of_pipedrive(tmp_path):
    """And of those that mean the same none stands before another that it came after."""
    board, target = PIPELINES["salesforce"], PIPELINES["pipedrive"]
    deals = [
        Opportunity.open(id=stage.name, pipeline=board, stage=stage.name, at=MONDAY)
        for stage in board.stages
        if stage.is_open
    ]

    write_opportunities(deals, tmp_path / "deals.csv", mapping="pipedrive")

    order = [stage.title for stage in target.stages]
    places = [order.index(row["Deal - Stage"]) for row in rows(tmp_path / "deals.csv")]
    assert (places[0], places) == (0, sorted(places))


def test_a_moment_is_told_to_the_second_in_other_systems(tmp_path):
    """They know no parts of one; our own list tells them."""
    odd = MONDAY.replace(microsecond=339847)
    lead = Lead.capture(id="7", person="Sara", at=odd)

    written = write_leads([lead], tmp_path / "leads.csv", mapping="vtiger")
    write_leads([lead], tmp_path / "own.csv")

    assert rows(tmp_path / "leads.csv")[0]["Created Time"] == "2026-03-02 09:00:00"
    assert "captured" in [one.place for one in written.left_out]
    (same,) = read_leads(tmp_path / "own.csv", at=FRIDAY).entities()
    assert same.timeline[0].at == odd


def test_why_a_fact_is_read_otherwise_is_said_in_its_own_words(tmp_path):
    """One column for two days, a number without its country, and a moment told to the second."""
    typed = StringIO("Name,Stage,Expected close,Closed\nA,Won,2026-05-01,2026-02-05\n")
    point = ContactPoint("phone", "021 8888 1234", country="IR")
    lead = Lead.capture(id="7", contact_points=[point], at=MONDAY.replace(microsecond=7))

    deals = read_opportunities(typed, at=MONDAY)
    told = write_opportunities(deals, tmp_path / "deals.csv", mapping="vtiger").left_out
    called = write_leads([lead], tmp_path / "leads.csv", mapping="vtiger").left_out

    named = Account.open(id="7", name="Novin (Tehran)", company="Novin", at=MONDAY)
    named = write_accounts([named], tmp_path / "accounts.csv", mapping="vtiger").left_out

    codes = {one.place: one.code for one in (*told, *called, *named)}
    assert codes["company.name"] == "one_column_for_two_names"
    assert codes["contact_points.phone.1"] == "number_without_country"
    assert codes["expected_close"] == "one_column_for_two_days"
    assert codes["captured"] == "day_as_known"


@pytest.mark.parametrize("target", [None, 7, b"leads.csv", ["leads.csv"]])
def test_what_is_no_path_is_told_by_each_writer(target):
    """A file that is written is named by a text or a path, as one that is read."""
    writers = [
        lambda: write_leads([SARA], target),
        lambda: write_opportunities([], target),
        lambda: write_accounts([], target),
        lambda: write_people([], target),
        lambda: write_activities([], target),
        lambda: write_ranking([], target),
        lambda: write_refused([], target, header=["Name"]),
    ]
    for write in writers:
        with pytest.raises(WrongKind, match="allowed: the name of a file"):
            write()


def test_a_blank_is_no_delimiter(tmp_path):
    """Only where none is named the usual one stands."""
    with pytest.raises(InvalidValue, match="delimiter is not one sign"):
        write_leads([SARA], tmp_path / "leads.csv", delimiter="")
