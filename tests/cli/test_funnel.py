"""The command ``funnel``: the leads of a file, their deals, a period, and groups."""

from __future__ import annotations

import json
import re

import pytest

from salesfunnel.cli import main
from salesfunnel.cli.deal_links import UNLINKED
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping

LEADS = (
    "Id,Name,Company,Status,Source,Created\n"
    "1,Sara,Novin,converted,web,2026-01-05\n"
    "2,Ani,Ararat,new,fax,2026-02-05\n"
    "3,Zoé,Lefèvre,disqualified,web,2026-01-07\n"
)
DEALS = "Deal,Stage,Lead id,Created\na,proposal,1,2026-01-09\nb,meeting,9,2026-01-09\n"


@pytest.fixture
def files(tmp_path):
    """Write a file of leads and one of their deals."""
    for name, text in (("leads.csv", LEADS), ("deals.csv", DEALS)):
        (tmp_path / name).write_text(text, "utf-8")
    return str(tmp_path / "leads.csv"), str(tmp_path / "deals.csv")


def ran(capsys, *arguments):
    """Run the command: its status, and what it printed and complained."""
    status = main(["funnel", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_leads_are_counted_by_how_far_they_came(capsys, files):
    """And each row is accounted for."""
    status, out, err = ran(capsys, files[0])

    assert (status, err) == (0, "")
    assert out.startswith("3 counted at ")
    assert re.search(r"  New +3 ", out)
    assert "rows: 3 read, 3 accepted, 0 refused" in out.splitlines()


def test_the_example_is_a_funnel_of_leads_and_deals(capsys):
    """It narrows step by step from leads to customers, some stand in each, and all are linked."""
    told = json.loads(ran(capsys, "--example", "--json")[1])

    entered = [step["entered"] for step in told["steps"]]
    assert entered == sorted(entered, reverse=True)
    assert len(set(entered)) > 5
    assert sum(step["still"] > 0 for step in told["steps"]) > 5
    assert entered[-1] > 0
    assert [each["code"] for each in told["problems"]] == ["lost_from_untold_stage"]
    assert (told["rows"]["refused"], told["deals"]["refused"]) == (0, [])
    out = ran(capsys, "--example", "--show", "forecast", "--pipeline", "as-found")[1]
    assert "forecast of the deals" in out
    assert "\nrows of leads.csv: 14 read" in out


def test_a_converted_lead_goes_on_as_its_deal(capsys, files):
    """The deal of no lead is told; the rows of both files are accounted for."""
    status, out, _ = ran(capsys, *files)

    assert status == 0
    assert re.search(r"  Proposal +1 ", out)
    assert "deals that belong to none of these leads: 1" in out
    assert "\nrows of deals.csv: 2 read, 2 accepted, 0 refused\n" in out
    assert "\nrows of leads.csv: 3 read, 3 accepted, 0 refused\n" in out


VTIGER_LEADS = (
    "Lead Number,First Name,Last Name,Company,Lead Status,Created Time\n"
    "LEA1,Ani,Petrosyan,Ararat,converted,2026-01-10\n"
    "LEA2,Sara,Karimi,Pars,Qualified,2026-01-12\n"
)
VTIGER_DEALS = (
    "{0}Opportunity Number,Opportunity Name,Expected Close Date,Sales Stage,Created Time\n"
    "{1}POT1,Ararat system,2026-08-01,Closed Won,2026-02-01\n"
    "{2}POT2,Pars system,2026-08-01,Qualification,2026-02-01\n"
)


@pytest.mark.parametrize("header", ["Lead ID", "lead_id", "Lead Number", "Originating Lead"])
def test_a_column_put_beside_an_export_links_its_deals(capsys, tmp_path, header):
    """Under its usual names; the deal of a lead that was not converted is told."""
    leads, deals = tmp_path / "leads.csv", tmp_path / "deals.csv"
    leads.write_text(VTIGER_LEADS, "utf-8")
    deals.write_text(VTIGER_DEALS.format(f"{header},", "LEA1,", "LEA2,"), "utf-8")

    status, out, _ = ran(capsys, str(leads), str(deals))

    assert status == 0
    assert re.search(r"  Closed Won +1 +0 +1 ", out)  # entered, skipped, went on
    assert "Nurturing" not in out  # which all skipped
    assert "deals that are not counted, since their lead is not converted: 1" in out


@pytest.mark.parametrize(
    ("columns", "advice"),
    [
        (("", "", ""), "no deal has one; exports of ERPNext, HubSpot, Odoo, Pipedrive, vtiger"),
        (("Lead ID,", "X,", "Y,"), "none of these ids is that of a lead of this list"),
    ],
)
def test_deals_without_a_link_are_told_what_links_them(capsys, tmp_path, columns, advice):
    """The column, which exports have none, and what to do; in JSON as well."""
    leads, deals = tmp_path / "leads.csv", tmp_path / "deals.csv"
    leads.write_text(VTIGER_LEADS, "utf-8")
    deals.write_text(VTIGER_DEALS.format(*columns), "utf-8")

    _, out, _ = ran(capsys, str(leads), str(deals))
    _, written, _ = ran(capsys, str(leads), str(deals), "--json")

    assert advice in out
    assert advice in json.loads(written)["problems"][-1]["message"]


def test_the_exports_that_link_nothing_are_those_that_are_named():
    """By the columns of the shipped mappings."""
    unlinked = set()
    for name in SHIPPED:
        mapping = load_mapping(name)
        links = ("opportunity", "lead_id"), ("lead", "opportunity_id")
        if not any(field in getattr(mapping, noun).headers for noun, field in links):
            unlinked.add(name)

    assert unlinked == {system.lower() for system in UNLINKED}


def test_a_funnel_is_one_json_object(capsys, files):
    """With the groups, and the deals counted in."""
    status, out, _ = ran(capsys, *files, "--json", "--group", "quarter", "--calendar", "jalali")

    found = json.loads(out)
    assert (status, found["counted"], found["rows"]["read"]) == (0, 3, 3)
    assert (found["deals"]["rows"]["accepted"], found["deals"]["refused"]) == (2, [])
    assert [part["group"] for part in found["groups"]] == ["1404 Q4"]


@pytest.mark.parametrize(
    ("options", "counted"),
    [
        (["--from", "2026-01-06"], 2),
        (["--to", "2026-01-07"], 2),
        (["--from", "1404-10-15", "--to", "1404-10-15"], 1),
    ],
)
def test_only_those_who_came_in_a_period_are_counted(capsys, files, options, counted):
    """Both days count, and may be Jalali."""
    _, out, _ = ran(capsys, files[0], *options)

    assert out.startswith(f"{counted} counted at ")
    assert ", entered " in out.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "soon"], "--from is not a day; allowed: 2026-03-31, or 1405-01-11"),
        (["--calendar", "lunar"], "--calendar is not in the list; allowed: gregorian, jalali"),
        (["--from", "2026-02-01", "--to", "2026-01-01"], "--to lies before --from"),
    ],
)
def test_what_is_no_day_and_no_calendar_is_told(capsys, files, options, sentence):
    """One sentence, and no traceback."""
    status, out, err = ran(capsys, files[0], *options)

    assert (status, out) == (2, "")
    assert sentence in err


def test_a_group_by_a_misspelt_fact_is_told(capsys, files):
    """The sentence says what was meant."""
    status, _, said = ran(capsys, *files, "--group", "sorce")

    assert status == 2
    assert "a fact that a lead cannot have (did you mean source?)" in said
    assert "allowed: a fact by its path, or one of: " in said


def test_a_misspelt_pipeline_is_told_in_words_of_the_command_line(capsys, files):
    """What only Python can give is not named."""
    status, _, said = ran(capsys, *files, "--pipeline", "nope")

    assert status == 2
    assert "--pipeline 'nope' is not known; allowed: a JSON or TOML file, or one of: as-f" in said


@pytest.mark.parametrize("zone", ["Asia/Tehran", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_days_are_those_of_the_clock_that_was_given(capsys, tmp_path, zone):
    """Who came on the day is counted on that day, though it began before or after that of UTC."""
    path = tmp_path / "leads.csv"
    path.write_text("Name,Created\nSara,2026-01-06\nAni,2026-01-07\n", "utf-8")

    command = ["funnel", str(path), "--timezone", zone, "--json"]
    assert main([*command, "--from", "2026-01-06", "--to", "2026-01-06"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counted"] == 1
    assert main([*command, "--group", "month"]) == 0
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert [each["group"] for each in groups] == ["2026-01"]


PIPELINE = {
    "format": "salesfunnel.pipeline",
    "version": 1,
    "name": "mine",
    "stages": [
        {"name": "Meeting", "kind": "open"},
        {"name": "Agreement", "kind": "open"},
        {"name": "Won", "kind": "won"},
        {"name": "Lost", "kind": "lost", "reasons": {"price": ""}},
    ],
    "moves": [
        {"trigger": "agree", "sources": ["Meeting"], "destination": "Agreement"},
        {"trigger": "win", "sources": ["Agreement"], "destination": "Won"},
        {"trigger": "lose", "sources": ["Meeting", "Agreement"], "destination": "Lost"},
    ],
    "pipeline_version": "1",
}


@pytest.mark.parametrize("place", ["option", "mapping", "mapping of columns"])
def test_deals_may_have_a_pipeline_of_ones_own(tmp_path, capsys, place):
    """It is named as for a report, or stands beside the mapping that names it."""
    leads, deals = tmp_path / "leads.csv", tmp_path / "deals.csv"
    leads.write_text("Lead ID,Name,Status\n1,Sara,Converted\n", encoding="utf-8")
    deals.write_text("Deal ID,Lead ID,Stage\n7,1,Agreement\n", encoding="utf-8")
    mine, mapping = tmp_path / "mine.json", tmp_path / "mine.toml"
    mine.write_text(json.dumps(PIPELINE), encoding="utf-8")
    base = 'extends = "salesfunnel"\n' if place == "mapping of columns" else ""
    mapping.write_text(f'{base}[opportunity]\npipeline = "mine.json"\n', encoding="utf-8")
    given = ["--pipeline", str(mine)] if place == "option" else ["--mapping", str(mapping)]

    assert main(["funnel", str(leads), str(deals), *given]) == 0

    out = capsys.readouterr().out
    assert re.search(r"\n  Agreement +1 ", out)
    assert "Proposal" not in out


def test_deals_are_written_in_the_stages_of_a_pipeline_of_ones_own(tmp_path, capsys):
    """A mapping that names its file is one to write by, too."""
    deals, out = tmp_path / "deals.csv", tmp_path / "out.csv"
    deals.write_text("Deal ID,Deal name,Stage\n7,Pumps,Won\n8,Fans,Meeting\n", encoding="utf-8")
    mine, mapping = tmp_path / "mine.json", tmp_path / "mine.toml"
    mine.write_text(json.dumps(PIPELINE), encoding="utf-8")
    named = 'extends = "salesfunnel"\n[opportunity]\npipeline = "mine.json"\n'
    mapping.write_text(named, encoding="utf-8")

    given = ["convert", str(deals), "--to", str(mapping), "--out", str(out)]
    assert main(given) == 0

    assert "Meeting" in out.read_text(encoding="utf-8")
    assert main(["report", str(out), "--mapping", str(mapping)]) == 0
    assert "Meeting: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("gone.json", "gone.json: does not exist"),
        ("../mine.json", "pipeline is not one of: as-found, dynamics"),
        ("mine", "one of these, or a JSON or TOML file beside the mapping"),
        ("x" * 300 + ".json", "pipeline is not one of"),
    ],
)
def test_a_pipeline_that_a_mapping_names_in_vain(tmp_path, capsys, named, said):
    """It is told, and only a file beside the mapping is looked for."""
    leads, mapping = tmp_path / "leads.csv", tmp_path / "mine.toml"
    leads.write_text("Name\nSara\n", encoding="utf-8")
    mapping.write_text(f'[opportunity]\npipeline = "{named}"\n', encoding="utf-8")

    assert main(["funnel", str(leads), "--mapping", str(mapping)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--pipeline", "--pipeline is about a file of deals, and none is given; allowed: name the"),
        ("--deals-sheet", "--deals-sheet is about a file of deals"),
        ("--history-sheet", "--history-sheet is about a file of history"),
    ],
)
def test_an_option_of_a_file_that_is_not_given_is_refused(capsys, option, said):
    """What would have no effect is a mistake."""
    assert main(["funnel", "leads.csv", option, "as-found"]) == 2
    assert said in capsys.readouterr().err
