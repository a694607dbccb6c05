"""The command ``convert``: a list of one system as another reads it, and what is left out."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from salesfunnel.cli import main
from salesfunnel.interop.mapping.mapping import load_mapping

EXPORTS = Path(__file__).resolve().parents[1] / "interop/exports"
LEADS = """\
Lead Number,First Name,Last Name,Company,Primary Email,Mobile Phone,Lead Status,Rating,Created Time
L1,Sara,Ahmadi,Novin,s@n.example,+98 912 123 4567,Hot,Active,2026-01-05 10:11:12
L2,Luc,Petit,Énergie,luc@e.example,,Lost Lead,,2026-01-06 10:11:12
,,,,,,Hot,,2026-01-07 10:11:12
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    """Stand beside a list of leads that vtiger wrote."""
    monkeypatch.chdir(tmp_path)
    Path("leads.csv").write_text(LEADS, "utf-8")


def ran(capsys, *arguments):
    """Run the command: its status, what it printed, and what it complained."""
    status = main(["convert", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def rows(name):
    """Read what was written, by its header."""
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_leads_go_from_vtiger_to_suitecrm(capsys):
    """Each row stands under the headers and words of the other system; what is lost is named."""
    status, out, err = ran(
        capsys, "leads.csv", "--from", "vtiger", "--to", "suitecrm", "--out", "suite.csv"
    )

    assert (status, err) == (0, "")
    assert out.splitlines()[:4] == [
        "leads of vtiger for suitecrm",
        "suite.csv: 2 rows",
        "left out:",
        '  detail "rating": 1 (the list has no column for it)',
    ]
    assert "rows: 3 read, 2 accepted, 1 refused" in out
    sara, luc = rows("suite.csv")
    assert (sara["ID"], sara["Last Name"], sara["Account Name"]) == ("L1", "Ahmadi", "Novin")
    assert (sara["Status"], luc["Status"]) == ("In Process", "Dead")


def test_the_labels_may_be_those_of_a_language(capsys):
    """A French vtiger imports its own words."""
    status, *_ = ran(capsys, "leads.csv", "--to", "vtiger.fr", "--out", "fr.csv")

    assert status == 0
    assert rows("fr.csv")[0]["Société"] == "Novin"
    assert rows("fr.csv")[0]["Statut"] == "Hot"


def test_rows_left_out_are_put_aside(capsys):
    """They can be mended, and converted by a second run."""
    status, out, _ = ran(
        capsys, "leads.csv", "--to", "zoho", "--out", "z.csv", "--refused-to", "rest.csv"
    )

    assert status == 0
    assert "1 refused" in out
    assert rows("rest.csv")[0]["Lead Status"] == "Hot"


def test_all_of_it_may_be_json(capsys):
    """What was read, what was written, and what was left out, for programs."""
    status, out, _ = ran(capsys, "leads.csv", "--to", "odoo", "--out", "odoo.csv", "--json")

    told = json.loads(out)
    assert (status, told["kind"], told["mapping"], told["to"]) == (0, "leads", "vtiger", "odoo")
    assert told["rows"] == {"read": 3, "accepted": 2, "repeated": 0, "refused": 1}
    assert told["written"]["rows"] == 2
    assert told["written"]["missing"] == []
    assert "details.topic" in [one["place"] for one in told["written"]["left_out"]]
    assert {"place", "fact", "count", "code", "is_lost", "message"} == set(
        told["written"]["left_out"][0]
    )


KINDS = ("leads", "deals", "accounts", "contacts", "activities")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("system", ["vtiger", "suitecrm", "espocrm", "hubspot", "dynamics"])
def test_every_noun_goes_from_one_system_to_another(capsys, system, kind):
    """Leads, deals, accounts, contacts and activities, each a list of its own."""
    shutil.copy(EXPORTS / f"{system}_{kind}.csv", "list.csv")

    status, out, err = ran(
        capsys, "list.csv", "--kind", kind, "--to", "salesfunnel.fa", "--out", "fa.csv"
    )

    assert (status, err) == (0, "")
    assert out.startswith(f"{kind} of {system} for salesfunnel.fa\n")
    assert "شناسه" in rows("fa.csv")[0]


def test_a_list_of_each_kind_of_activities(capsys):
    """A system that keeps calls, meetings and tasks apart gets a list of each."""
    calls = EXPORTS / "vtiger_activities.csv"
    counts = []
    for kind in ("call", "task"):
        arguments = (str(calls), "--to", "suitecrm", "--only", kind, "--out", f"{kind}.csv")
        status, out, _ = ran(capsys, *arguments)
        counts.append((status, len(rows(f"{kind}.csv")), "(of another kind)" in out))

    assert counts == [(0, 1, True), (0, 1, True)]


def test_a_mapping_of_your_own_is_a_source_and_a_target(capsys):
    """A TOML file stands for a system."""
    Path("ours.toml").write_text('[lead.columns]\nperson = "Kunde"\nemail = "Post"', "utf-8")

    status, *_ = ran(capsys, "leads.csv", "--to", "ours.toml", "--out", "o.csv", "--delimiter", ";")

    assert status == 0
    assert Path("o.csv").read_text("utf-8-sig").splitlines()[:2] == [
        "Kunde;Post",
        "Sara Ahmadi;s@n.example",
    ]


def test_what_the_file_does_not_tell_is_said_by_options(capsys):
    """The country of its numbers, the order of its dates, its clock."""
    Path("plain.csv").write_text("Name,Mobile,Status,Created\nSara,09121234567,new,05/01/2026\n")

    ran(
        capsys,
        *("plain.csv", "--to", "vtiger", "--out", "v.csv", "--kind", "leads"),
        *("--country", "IR", "--day-first", "--timezone", "Asia/Tehran"),
    )

    (row,) = rows("v.csv")
    assert row["Created Time"] == "2026-01-05"
    assert row["Mobile Phone"].lstrip("'") in ("09121234567", "+98 912 123 4567", "+989121234567")


def test_a_list_of_which_no_row_can_be_read_leaves_the_target_alone(capsys):
    """What stood there is not replaced by a header."""
    Path("bad.csv").write_text("Last Name,Lead Status\n,Hot\n")
    Path("out.csv").write_text("as it was")

    status, out, err = ran(
        capsys, "bad.csv", "--from", "vtiger", "--to", "zoho", "--out", "out.csv"
    )

    assert status == 2
    assert "not one row could be read" in err
    assert "1 refused" in out
    assert Path("out.csv").read_text() == "as it was"


def test_where_nothing_could_be_read_json_says_so(capsys):
    """Nothing was written."""
    Path("bad.csv").write_text("Last Name,Lead Status\n,Hot\n")

    status, out, _ = ran(
        capsys, "bad.csv", "--from", "vtiger", "--to", "zoho", "--out", "out.csv", "--json"
    )

    assert (status, json.loads(out)["written"]) == (2, None)
    assert not Path("out.csv").exists()


def test_in_strict_reading_a_refused_row_is_told_by_the_status(capsys):
    """The others are written."""
    status, *_ = ran(capsys, "leads.csv", "--to", "zoho", "--out", "z.csv", "--strict")

    assert (status, len(rows("z.csv"))) == (1, 2)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("leads.csv", "--to", "zoho", "--out", "leads.csv"), "--out is a file that is read"),
        (
            ("leads.csv", "--to", "zoho", "--out", "z.csv", "--refused-to", "./z.csv"),
            "--refused-to is the file of --out",
        ),
        (
            ("leads.csv", "--to", "zoho", "--out", "z.csv", "--refused-to", "leads.csv"),
            "--refused-to is a file that is read",
        ),
        (("-", "--to", "zoho", "--out", "z.csv"), "--kind is not said"),
        (("leads.csv", "--to", "zoho", "--out", "z.csv", "--only", "call"), "--kind activities"),
        (
            (
                *("leads.csv", "--to", "zoho", "--out", "z.csv"),
                *("--kind", "activities", "--only", ""),
            ),
            "--only is blank",
        ),
        (("leads.csv", "--to", "vtigre", "--out", "z.csv"), "did you mean vtiger"),
        (("leads.csv", "--to", "vtiger.de", "--out", "z.csv"), "api, fa, fr"),
        (("leads.csv", "--to", "zoho", "--out", "z.pdf"), ".csv"),
        (("leads.csv", "--to", "zoho", "--out", "no/such/z.csv"), "z.csv"),
        (("none.csv", "--to", "zoho", "--out", "z.csv"), "none.csv"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(capsys, arguments, complaint):
    """The list that is read stays whole, whatever was typed."""
    status, _, err = ran(capsys, *arguments)

    assert status == 2
    assert complaint in err
    assert Path("leads.csv").read_text("utf-8") == LEADS
    assert not Path("z.csv").exists()


def test_the_standard_input_may_be_converted(capsys, monkeypatch):
    """A list from a pipe, whose kind is named."""
    with Path("leads.csv").open("rb") as file:
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": file})())
        status, *_ = ran(capsys, "-", "--kind", "leads", "--to", "zoho", "--out", "z.csv")

    assert (status, len(rows("z.csv"))) == (0, 2)


def test_every_target_can_be_named(capsys):
    """Each preset and each of its languages."""
    for name in ("vtiger", "suitecrm", "espocrm", "odoo"):
        for variant in load_mapping(name).variants:
            target = f"{name}.{variant}"
            assert ran(capsys, "leads.csv", "--to", target, "--out", "o.csv")[0] == 0


@pytest.mark.parametrize("zone", ["", "UTC", "Asia/Tehran", "America/New_York"])
@pytest.mark.parametrize("target", ["salesforce", "odoo", "faradis"])
def test_a_day_stays_the_day_by_any_clock(capsys, zone, target):
    """A clock that one side tells is that of both; of two that are told each is its own."""
    Path("ours.toml").write_text(f'extends = "salesfunnel"\nformat.timezone = "{zone}"', "utf-8")
    Path("ours.csv").write_text(
        "Name,Company,Date added\nSara,Novin,2026-01-05\nAra,Faradis,2026-01-05 14:00\n", "utf-8"
    )
    mapping = load_mapping(target)
    header = mapping.lead.headers["captured"][0]
    cells = []
    for told in (("--timezone", zone) if zone else (), ("--from", "ours.toml")):
        ran(capsys, "ours.csv", "--to", target, "--out", "theirs.csv", "--kind", "leads", *told)
        cells.append([row[header] for row in rows("theirs.csv")])

    assert cells[0] == cells[1]
    if zone in ("", mapping.format.timezone):
        day = "1404/10/15" if mapping.format.calendar else "2026-01-05"
        assert cells[0] == [day, f"{day} 14:00:00"]
    elif not mapping.format.timezone:
        assert cells[0] == ["2026-01-05", "2026-01-05 14:00:00"]
    else:
        hours = {"UTC": ("15 03:30", "15 17:30"), "America/New_York": ("15 08:30", "15 22:30")}
        assert cells[0] == [f"1404/10/{hour}:00" for hour in hours[zone]]
