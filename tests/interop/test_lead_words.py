"""Laws of the status of a lead: the word of a file stays, or what took its place is named."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from salesfunnel.history import contribute
from salesfunnel.interop import (
    compare_readings,
    load_mapping,
    read_leads,
    read_opportunities,
    write_leads,
)
from salesfunnel.interop.mapping.lead_words import lead_word
from salesfunnel.interop.mapping.mapping import KNOWN
from salesfunnel.interop.mapping.noun_mapping import NounMapping
from salesfunnel.leads import Lead
from salesfunnel.values import Contribution
from tests.interop.examples import MONDAY

VTIGER = load_mapping("vtiger")
WORDS = {
    "vtiger": ["Attempted to Contact", "Hot", "Warm", "Pre Qualified", "Cold", "Junk Lead"],
    "hubspot": ["Open", "Attempted to Contact", "Connected"],
    "erpnext": ["Open", "Interested", "Quotation", "Do Not Contact"],
    "frappe": ["Junk"],
}
HAVE_STATUSES = [name for name in KNOWN if "stage" in load_mapping(name).lead.headers]
CASES = [(system, word) for system, words in WORDS.items() for word in words]


def of_vtiger(*words, at=MONDAY):
    """Read one lead of vtiger, whose rows have these statuses."""
    rows = [f"7,A,{word}" for word in words]
    text = StringIO("\n".join(["Lead No,Last Name,Lead Status", *rows]))
    return read_leads(text, at=at, mapping=VTIGER)


@pytest.mark.parametrize(("system", "word"), CASES)
def test_a_word_of_a_system_stays_or_is_named(tmp_path, system, word):
    """In its own list it stands as it was; in any other it does, or what it became is named."""
    mapping = load_mapping(system)
    header = {field: names[0] for field, names in mapping.lead.headers.items()}
    source = tmp_path / "source.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[header["email"], header["stage"]], ["a@n.example", word]])
    (lead,) = read_leads(source, at=MONDAY, mapping=mapping).entities()
    assert lead.details["stage"] == word

    for name in HAVE_STATUSES:
        written = write_leads([lead], tmp_path / "there.csv", mapping=name)
        with (tmp_path / "there.csv").open(encoding="utf-8-sig") as file:
            row = next(csv.DictReader(file))
        cell = row[load_mapping(name).lead.headers["stage"][0]]
        named = [one.place for one in written.left_out if f"{word} → " in one.place]
        is_archived = name == "odoo" and lead.stage == "disqualified"
        assert is_archived or named == [f"stage.{word} → {cell}"] * (cell != word), name
        assert name != system or cell == word


def test_our_own_list_has_both_words(tmp_path):
    """The word of the file is a detail there, and comes back as it was."""
    (lead,) = of_vtiger("Hot").entities()

    write_leads([lead], tmp_path / "there.csv")

    (back,) = read_leads(tmp_path / "there.csv", at=MONDAY).entities()
    assert (back.stage, back.details) == (lead.stage, lead.details)


@pytest.mark.parametrize("word", ["Hot", "tiède", "در دست پیگیری", "ընթացքում", "Prospect"])
def test_a_usual_word_that_says_more_than_a_stage_is_kept(tmp_path, word):
    """In a plain list and in that of a system that has no such word, and it comes back."""
    for header in ("Name,Company,Status", "LastName,Company,LeadStatus"):
        text = StringIO(f"{header}\nA,Novin,{word}\n")
        (lead,) = read_leads(text, at=MONDAY).entities()
        write_leads([lead], tmp_path / "there.csv")
        (back,) = read_leads(tmp_path / "there.csv", at=MONDAY).entities()

        assert lead.details["stage"] == word
        assert (back.stage, back.details) == (lead.stage, lead.details)


def test_a_usual_word_leaves_no_trace():
    """What the system itself writes for a stage, and our names of it in any language."""
    for word in ("Contacted", "contacted", "Nouveau", "Qualified", "Lost Lead", ""):
        (lead,) = of_vtiger(word).entities()
        assert "stage" not in lead.details, word


@pytest.mark.parametrize("second", ["Hot", "Contacted", "Qualified", "Pre Qualified"])
def test_the_last_word_of_a_list_counts(tmp_path, second):
    """A later row, or a later list, leaves no stale word behind."""
    (one,) = of_vtiger("Warm", second).entities()
    later = MONDAY + timedelta(days=4)
    (other,) = read_leads(
        StringIO(f"Lead No,Last Name,Lead Status\n7,A,{second}\n"),
        at=later,
        mapping=VTIGER,
        known=of_vtiger("Warm").entities(),
    ).entities()
    compared = compare_readings(of_vtiger("Warm"), of_vtiger(second))
    (changed,) = compared.changed

    for lead in (one, other, changed.entity):
        write_leads([lead], tmp_path / "there.csv", mapping="vtiger")
        with (tmp_path / "there.csv").open(encoding="utf-8-sig") as file:
            assert next(csv.DictReader(file))["Lead Status"] == second


def test_a_lead_that_was_moved_since_has_no_word_of_its_file():
    """What was told from elsewhere afterwards counts again; what is no text never does."""
    day = datetime(2026, 3, 9, tzinfo=UTC)
    (lead,) = of_vtiger("Hot").entities()
    moved = lead.disqualify("no_need", at=day)
    told = contribute(
        moved, Contribution({"details": {"stage": "Junk"}}, ways={"details": "replace"}), at=day
    )
    more = contribute(lead, Contribution({"details": {"hall": "7"}}), at=day)

    assert (lead_word(lead), lead_word(moved), lead_word(told)) == ("Hot", "", "Junk")
    assert lead_word(more) == "Hot"
    assert lead_word(Lead.capture(id="7", details={"stage": 7}, at=day)) == ""


def test_a_mapping_is_not_asked_for_its_sum_with_every_row(monkeypatch):
    """It holds thousands of words: a key with it in it costs more than the reading of the row."""
    asked = []
    monkeypatch.setattr(NounMapping, "__hash__", lambda self: asked.append(self) or id(self))
    rows = "\n".join(f"L{n},Sara {n},Contacted" for n in range(20))

    assert len(list(read_leads(StringIO(f"ID,Name,Status\n{rows}"), at=MONDAY))) == 20
    deals = rows.replace("Contacted", "Proposal")
    assert len(list(read_opportunities(StringIO(f"ID,Deal,Stage\n{deals}"), at=MONDAY))) == 20
    assert asked == []
