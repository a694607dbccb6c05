"""What stands in the cells of a list that goes out: one case for each kind of fact."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import attrs
import pytest

from salesfunnel.accounts import Account, place
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidValue
from salesfunnel.interop import (
    read_mapping,
    read_opportunities,
    write_accounts,
    write_activities,
    write_leads,
    write_opportunities,
)
from salesfunnel.interop.activity_lines import ActivityLine
from salesfunnel.interop.mapping.file_stages import PIPELINES
from salesfunnel.interop.mapping.mapping import load_mapping
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.privacy import consent
from salesfunnel.qualification import BANT
from salesfunnel.values import Bucket, Company, ContactPoint, Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
EARLY = datetime(1900, 12, 31, tzinfo=UTC)
YES = dict.fromkeys(("need", "budget", "timing", "authority"), True)
TEHRAN = """
[format]
dates = ["%d/%m/%Y"]
currency = "toman"
timezone = "Asia/Tehran"
[lead.columns]
id = "Nr"
company = "Firm"
employees = "People"
annual_revenue = "Revenue"
captured = "Day"
reason = "Why"
[lead.details]
topic = "Firm"
[opportunity.columns]
id = "Nr"
amount = "Amount"
stage = "Stage"
close = "Day"
[activity.columns]
kind = "Kind"
happened = "Day"
note = "Note"
"""


def told(tmp_path, write, nouns, suffix=".csv", **how):
    """Write some nouns, and give their rows without what is blank, and what was left out."""
    path = tmp_path / f"list{suffix}"
    written = write(nouns, path, **how)
    with path.open(encoding=how.get("encoding", "utf-8-sig"), newline="") as file:
        rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
    return rows, {one.place for one in written.left_out}


def a_lead(id="7", **more):
    """Capture a lead on Monday."""
    return Lead.capture(**{"id": id, "company": "Novin", "at": MONDAY, **more})


@pytest.fixture
def tehran():
    """Give the mapping of a list that is kept in Tehran."""
    return read_mapping(TEHRAN, name="tehran")


def test_answers_of_every_kind_are_written_as_people_would(tmp_path):
    """A yes, an amount, a number, a day, a moment; and an address of a kind without a column."""
    answers = {
        "need": True,
        "budget": Money("12.50", "EUR"),
        "seats": 40,
        "share": Decimal("0.25"),
        "timing": date(2026, 6, 1),
        "demo": FRIDAY,
    }
    lead = a_lead(contact_points=[ContactPoint("social", "@sara")]).answer(answers, at=MONDAY)

    (row,), left_out = told(tmp_path, write_leads, [lead])

    assert {name[8:]: cell for name, cell in row.items() if name.startswith("answers.")} == {
        "need": "yes",
        "budget": "12.50 EUR",
        "seats": "40",
        "share": "0.25",
        "timing": "2026-06-01",
        "demo": "2026-03-06 09:00:00",
    }
    assert "contact_points.social.1" in left_out


def test_details_of_every_kind_are_written(tmp_path):
    """A text that is no number never stands in a column of numbers; it is named."""
    company = Company("Novin", employees=40)
    odd = a_lead(company=company, details={"employees": "about 40", "vip": True, "size": 3})
    bare = a_lead("8", details={"employees": "about 40"})

    (first, second), left_out = told(tmp_path, write_leads, [odd, bare], mapping="vtiger")

    assert first["Number of Employees"] == "40"
    assert "Number of Employees" not in second
    assert "details.employees" in left_out
    (row,), left_out = told(tmp_path, write_leads, [odd])
    assert (row["details.vip"], row["details.size"]) == ("yes", "3")
    assert {"details.vip", "details.size"} <= left_out


def test_a_list_in_the_persian_calendar_is_written_in_it(tmp_path):
    """A day, and a moment by the clock of Tehran; what that calendar cannot tell stays as it is."""
    leads = [a_lead(), a_lead("8", at=MONDAY.replace(hour=20, minute=30)), a_lead("9", at=EARLY)]

    rows, _ = told(tmp_path, write_leads, leads, mapping="faradis")

    found = [row["تاریخ ثبت"] for row in rows]
    assert found == ["1404/12/11 12:30:00", "1404/12/12", "1900-12-31 03:25:44"]


def test_a_file_has_its_own_clock_its_forms_and_its_money(tmp_path, tehran):
    """Days by its first form, amounts in tomans, a bracket of people as it is."""
    company = Company("Novin", employees=Bucket(51, 200), annual_revenue=Money(9_000, "IRR"))
    late = a_lead("8", company=Company("N", employees=12), at=MONDAY.replace(hour=20, minute=30))

    rows, _ = told(tmp_path, write_leads, [a_lead(company=company), late], mapping=tehran)

    assert [row["Day"] for row in rows] == ["02/03/2026", "03/03/2026"]
    assert [row["People"] for row in rows] == ["51-200", "12"]
    assert rows[0]["Revenue"] == "900"
    exact = [a_lead(at=MONDAY.replace(microsecond=5))]
    (row,), _ = told(tmp_path, write_leads, exact)
    assert row["captured"] == "2026-03-02T09:00:00.000005+00:00"


def test_a_reason_is_told_by_its_word(tmp_path, tehran):
    """By that of its stage where the mapping has no words."""
    lost = a_lead().disqualify("no_budget", note="none this year", at=FRIDAY)

    (row,), left_out = told(tmp_path, write_leads, [lost], mapping=tehran)

    assert row["Why"] == lost.pipeline.stage(lost.stage).reasons["no_budget"]
    assert "rejection.note" in left_out


def test_a_lead_that_was_converted_names_what_it_became(tmp_path):
    """With the day, and with what a list cannot hold of it."""
    lead = a_lead(person="Sara Ahmadi").answer(YES, at=MONDAY).qualify(BANT, at=MONDAY)
    lead = plan_conversion(lead).apply(at=FRIDAY, by="Ani").lead

    (row,), left_out = told(tmp_path, write_leads, [lead])

    assert row["converted_on"] == "2026-03-06 09:00:00"
    assert (row["account_id"], row["stage"]) == (lead.account_id, "converted")
    assert {"conversion_id", "entered_by"} <= left_out


def test_an_end_by_a_move_of_ones_own_is_named(tmp_path):
    """A list tells where a deal stands, and not by which move."""
    stages = [Stage("open"), Stage("won", kind="won")]
    pipeline = Pipeline("odd", stages=stages, moves=[Move("finish", "open", "won")])
    deal = Opportunity.open(id="7", pipeline=pipeline, amount=Money(1, "EUR"), at=MONDAY)
    deal = deal.win(trigger="finish", at=FRIDAY)
    lead = a_lead(pipeline=pipeline)

    assert "trigger" in told(tmp_path, write_opportunities, [deal])[1]
    assert told(tmp_path, write_leads, [lead])[0][0]["stage"] == "open"


def test_who_does_not_want_to_be_called_is_marked(tmp_path):
    """By the channels that have a column; a yes is named, for which there is none."""
    no_calls = consent.withdraw(a_lead(), "phone", at=MONDAY)
    mails = consent.give(a_lead("8"), "email", basis="consent", source="fair", at=MONDAY)

    (first, second), left_out = told(tmp_path, write_leads, [no_calls, mails])

    assert (first["do_not_call"], "do_not_mail" in second) == ("yes", False)
    assert "consent.email.marketing" in left_out


def test_a_deal_names_its_lead_its_chance_and_what_was_earned(tmp_path, tehran):
    """A chance of one is a hundred percent; a list with one day has that which counts."""
    deal = Opportunity.open(
        id="7", lead_ids=["L1"], amount=Money(900, "EUR"), expected_close=FRIDAY.date(), at=MONDAY
    )
    sure = deal.estimate(1, at=MONDAY)
    bare = Opportunity.open(id="8", amount=Money(900, "XXX"), at=MONDAY)

    (row, other), _ = told(tmp_path, write_opportunities, [sure, bare])

    assert (row["lead_id"], row["probability"], row["currency"]) == ("L1", "100%", "EUR")
    assert (other["amount"], "currency" in other) == ("900", False)
    (row,), _ = told(tmp_path, write_opportunities, [deal], mapping=tehran)
    assert row["Day"] == "06/03/2026"
    typed = StringIO("id,stage,amount,actual_revenue,currency\n7,won,900,950,EUR\n")
    (won,) = read_opportunities(typed, at=MONDAY).entities()
    (row,), _ = told(tmp_path, write_opportunities, [won])
    assert (row["amount"], row["actual_revenue"]) == ("900", "950")


def test_a_stage_of_the_target_is_told_by_its_title(tmp_path):
    """Of two deals in it as of one; a word of the file that the target cannot read gives way."""
    vtiger = PIPELINES["vtiger"]
    stage = vtiger.stages[1]
    deals = [
        Opportunity.open(id=name, pipeline=vtiger, stage=stage.name, details=details, at=MONDAY)
        for name, details in (("7", {}), ("8", {}), ("9", {"stage": "\N{SNOWMAN}"}))
    ]

    rows, _ = told(tmp_path, write_opportunities, deals, mapping="vtiger")

    assert [row["Sales Stage"] for row in rows] == [stage.title] * 3


def test_an_account_names_the_one_above_it(tmp_path):
    """By its id where there is a column for it, and without a company too."""
    holding = Account.open(id="A0", name="Holding", at=MONDAY)
    novin = Account.open(id="A1", name="Novin", at=MONDAY)
    novin = place(novin, under=holding, among=[holding, novin], at=MONDAY)

    (_, row), _ = told(tmp_path, write_accounts, [holding, novin])

    assert row["parent_id"] == "A0"


def test_the_note_of_an_activity_stands_where_there_is_room(tmp_path, tehran):
    """In the subject, in the note, or its first line in the one and the rest in the other."""
    line = ActivityLine(id="1", kind="call", status="done", day=MONDAY, reached=True, about=["7"])
    line = attrs.evolve(line, note="Offer\nsent")
    subjects = read_mapping(
        '[activity.columns]\nkind = "Kind"\nhappened = "Day"\nsubject = "Subject"\n', name="mine"
    )

    assert told(tmp_path, write_activities, [line], mapping=tehran)[0][0]["Note"] == "Offer\nsent"
    assert told(tmp_path, write_activities, [line], mapping=subjects)[0][0]["Subject"] == (
        "Offer\nsent"
    )
    (row,), _ = told(tmp_path, write_activities, [line])
    assert row["reached"] == "yes"


def test_of_two_fields_under_one_header_the_first_is_written(tmp_path, tehran):
    """The other is read from there all the same, and is named here."""
    lead = a_lead(details={"topic": "pumps"})

    (row,), left_out = told(tmp_path, write_leads, [lead], mapping=tehran)

    assert row["Firm"] == "Novin"
    assert "details.topic" in left_out


def test_a_long_list_is_looked_at_part_by_part(tmp_path):
    """Leads that are alike, and such as must be read one by one: a note of two lines."""
    leads = [a_lead(str(number), details={"note": "a\nb"}) for number in range(600)]
    others = [a_lead(f"x{number}", owner="Ani") for number in range(120)]

    rows, left_out = told(tmp_path, write_leads, [*leads, *others], mapping="zoho")

    assert len(rows) == 720
    assert "owner" not in left_out


def test_a_list_that_no_reader_takes_is_named(tmp_path):
    """Its rows tell too little to be leads."""
    mine = read_mapping('[lead.columns]\ncity = "City"\n', name="mine")

    _, left_out = told(tmp_path, write_leads, [a_lead()], mapping=mine)

    assert "row" in left_out


def test_letters_that_an_encoding_lacks_are_named(tmp_path):
    """They become question marks; JSON lines take all."""
    sara = a_lead(company="شرکت نوین")

    (row,), left_out = told(tmp_path, write_leads, [sara], mapping="zoho", encoding="cp1252")

    assert row["Company"] == "???? ????"
    assert "company.name" in left_out
    written = write_leads([sara], tmp_path / "leads.jsonl", mapping="zoho")
    assert "company.name" not in {one.place for one in written.left_out}


def test_what_the_encoding_spoils_is_not_laid_at_another_door(tmp_path):
    """Whoever reads the reason knows the remedy; what the list lacks is said as ever."""
    leads = [a_lead("1", person="سارا", company="شرکت نوین"), a_lead("2", person="Sara")]

    def why(**how):
        written = write_leads(leads, tmp_path / "leads.csv", mapping="zoho", **how)
        return {(one.place, one.code, one.count) for one in written.left_out}

    spoilt = why(encoding="cp1252") - why()

    assert {("company.name", "letters_lacking_in_encoding", 1)} <= spoilt
    assert {code for _, code, _ in spoilt} == {"letters_lacking_in_encoding"}


def test_a_text_that_is_cut_in_a_workbook_is_named_as_cut(tmp_path):
    """No reader tidied it."""
    lead = a_lead(details={"note": "a" * 40_000})

    written = write_leads([lead], tmp_path / "leads.xlsx")

    (cut,) = [one for one in written.left_out if one.place == "details.note"]
    assert str(cut) == 'detail "note": 1 (a cell of a workbook holds no text of that length)'


@pytest.mark.parametrize(
    ("mapping", "encoding"),
    [
        ("salesfunnel.fa", "cp1256"),
        ("salesfunnel.hy", "cp1252"),
        ("vtiger.fr", "ascii"),
        ("vtiger.fr", "cp1251"),
    ],
)
def test_a_header_is_never_spoilt_by_an_encoding(tmp_path, mapping, encoding):
    """No one could read it again, and no fact would be to blame; what stood there stays."""
    target = tmp_path / "leads.csv"
    target.write_text("old", "utf-8")

    with pytest.raises(InvalidValue, match=f"{encoding}' lacks letters of the header .*utf-8"):
        write_leads([a_lead()], target, mapping=mapping, encoding=encoding)

    assert target.read_text("utf-8") == "old"
    assert write_leads([a_lead()], target, mapping=mapping, encoding="utf-16").rows == 1


@pytest.mark.parametrize(
    "encoding", ["klingon", "", "base64", "idna", "utf-7", "punycode", "cp037", "a\0b"]
)
def test_an_encoding_that_is_none_is_refused(tmp_path, encoding):
    """Before anything is written: what could be written must be read again."""
    with pytest.raises(InvalidValue, match="encoding is not known"):
        write_leads([a_lead()], tmp_path / "leads.csv", encoding=encoding)


def test_what_is_remembered_of_words_and_days_is_bounded(tmp_path, monkeypatch):
    """A list of any length is written in bounded memory, and all the same."""
    leads = [
        a_lead(str(n), source_words=f"fair {n}", at=MONDAY + timedelta(hours=n)) for n in range(4)
    ]
    before = told(tmp_path, write_leads, leads)

    for where in ("mapping.cell_words", "writing.written_values"):
        monkeypatch.setattr(f"salesfunnel.interop.{where}._MOST_REMEMBERED", 1)

    assert told(tmp_path, write_leads, leads) == before


def test_a_chance_that_contradicts_the_end_is_named(tmp_path):
    """A deal that is lost with a chance of 100 says two things; the end stands, and it is told."""
    deal = Opportunity.open(id="7", at=MONDAY, details={"probability": "100"})
    lost = deal.lose("price", at=FRIDAY)

    _, left_out = told(tmp_path, write_opportunities, [lost], mapping="vtiger")

    assert "details.probability" in left_out


@pytest.mark.parametrize("amount", ["0", "900", "-5", "1000000"])
def test_an_amount_without_a_currency_is_not_taken_for_tomans(tmp_path, amount):
    """Where a blank would mean the currency of the list, it is said that none was told."""
    mapping = load_mapping("faradis")
    deal = Opportunity.open(id="8", amount=Money(amount, "XXX"), probability="0.1", at=MONDAY)
    target = tmp_path / "deals.csv"

    write_opportunities([deal], target, mapping=mapping)

    (read,) = read_opportunities(target, mapping=mapping, at=MONDAY).entities()
    assert (read.amount, read.probability.value) == (deal.amount, deal.probability.value)
    with target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["درصد احتمال موفقیت"] == "10"
