"""The command ``funnel``: the leads of a file, their deals, a period, and groups."""

from __future__ import annotations

import json

import pytest

from salesfunnel.cli import main

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
    assert "  new: 3 entered, " in out
    assert "rows: 3 read, 3 accepted, 0 refused" in out.splitlines()


def test_a_converted_lead_goes_on_as_its_deal(capsys, files):
    """The deal of no lead is told; the rows of both files are accounted for."""
    status, out, _ = ran(capsys, *files)

    assert status == 0
    assert "  proposal: 1 entered" in out
    assert "1 opportunities belong to none of these leads" in out
    assert out.count("rows: ") == 2


def test_a_funnel_is_one_json_object(capsys, files):
    """With the groups, and the deals counted in."""
    status, out, _ = ran(capsys, *files, "--json", "--group", "quarter", "--calendar", "jalali")

    found = json.loads(out)
    assert (status, found["counted"], found["rows"]["read"]) == (0, 3, 3)
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
