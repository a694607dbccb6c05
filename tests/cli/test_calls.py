"""Call sheets on the command line: written by ``qualify``, read back by ``calls``."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from salesfunnel.cli import main
from salesfunnel.interop import read_records
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, policy_to_json
from salesfunnel.storage import from_data

FAIR = (
    "ID,Name,Company,Phone,Need,Budget,Owner,Stage\n"
    "1,Sara Ahmadi,Novin,+98 21 8888,yes,yes,Ani,new\n"
    "2,آرام,Ararat,+374 91 1,yes,,Reza,new\n"
    "3,Jean,Lumière,+33 1 2,,,Ani,new\n"
    "4,Zoé,Lumière,+33 1 3,,,Ani,disqualified\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a list."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fair.csv").write_text(FAIR, encoding="utf-8")
    return tmp_path


def ran(capsys, *arguments):
    """Run a command: its status, and what it printed and complained."""
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def fill(path, cells, *, sheet="Ani"):
    """Fill in cells of a workbook: by row, and by the end of a header."""
    book = openpyxl.load_workbook(path)
    lines = book[sheet]
    header = [cell.value for cell in lines[1]]
    for row, told in cells.items():
        for end, value in told.items():
            place = next(p for p, name in enumerate(header, 1) if name.endswith(end))
            lines.cell(row, place, value)
    book.save(path)


@pytest.mark.usefixtures("folder")
def test_a_ranking_goes_out_and_its_answers_come_back(capsys):
    """What was asked and called is told lead by lead, and the next sheet knows it."""
    out = ran(capsys, "qualify", "fair.csv", "--out", "calls.xlsx", "--top", "2")[1]
    assert out.splitlines()[0] == "2 of 4 leads by BANT, mapping salesfunnel"
    assert "calls.xlsx: 2 leads on 2 sheets; left out: 1 that are closed, 1 below the top" in out
    fill("calls.xlsx", {2: {"[timing]": "yes", "Reached": "yes", "Call again on": "soon"}})

    status, out, err = ran(
        capsys, "calls", "fair.csv", "calls.xlsx", "--by", "Ani", "--out", "next.csv"
    )

    assert (status, err) == (0, "")
    day = datetime.now(UTC).strftime("%d %B %Y").lstrip("0")
    assert out.splitlines()[:8] == [
        "calls.xlsx: rows: 2 read; leads: 1 changed; rows with cells that were not taken: 1",
        f"  row 2 of Ani: {day}, Ani: reached them by call",
        f"  row 2 of Ani: {day}, Ani: moved from new to contacted",
        f"  row 2 of Ani: {day}, Ani: an answer about timing",
        "  row 2 of Ani: Call again on is not a day; allowed: such as 2026-03-31 or 1405-01-11",
        "Sara Ahmadi, Novin: qualified: the score lies between 80 and 100, the threshold is 80",
        "next.csv: 3 leads on 1 sheet; left out: 1 that are closed",
        "rows: 4 read, 4 accepted, 0 refused",
    ]
    first = next(iter(read_records("next.csv")))
    assert first.cells[1:3] == ("Sara Ahmadi", "Novin")


def test_what_changed_is_one_json_object_with_the_leads_to_store(capsys, folder):
    """A program takes the leads from it as they are now."""
    ran(capsys, "qualify", "fair.csv", "--out", "calls.csv", "--language", "fr")
    content = (folder / "calls.csv").read_text("utf-8-sig")
    (folder / "calls.csv").write_text(content.replace("Rang,", "Rank,"), "utf-8")
    ran(capsys, "qualify", "fair.csv", "--out", "calls.xlsx")
    fill("calls.xlsx", {2: {"[budget]": "no"}}, sheet="Reza")
    status, out, _err = ran(
        capsys,
        *("calls", "fair.csv", "calls.csv", "calls.xlsx", "--json", "--timezone", "Asia/Tehran"),
        *("--out", "next.xlsx"),
    )

    told = json.loads(out)
    assert status == 0
    assert [sheet["file"] for sheet in told["sheets"]] == ["calls.csv", "calls.xlsx"]
    assert [one["code"] for one in told["sheets"][0]["problems"]] == [
        "call_column_gone",
        "call_column_strange",
    ]
    (row,), (lead,) = told["sheets"][1]["rows"], told["leads"]
    assert (row["lead"], lead["id"], lead["verdict"]) == ("2", "2", "disqualified")
    assert from_data(lead["document"], kind=Lead).answers["budget"].value is False
    assert told["calls"]["leads"] == 3


@pytest.mark.usefixtures("folder")
def test_the_top_shortens_json_as_well_as_the_list(capsys):
    """All rows are counted, and the best are listed."""
    told = json.loads(ran(capsys, "qualify", "fair.csv", "--top", "1", "--json")[1])

    assert (len(told["leads"]), told["rows"]["accepted"], "calls" in told) == (1, 4, False)
    told = json.loads(ran(capsys, "qualify", "fair.csv", "--json", "--out", "a.xlsx")[1])
    assert told["calls"] == {"leads": 3, "sheets": ["Ani", "Reza"], "closed": 1, "below": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("qualify", "fair.csv", "--out", "fair.csv"), "--out is a file that is read"),
        (("calls", "fair.csv", "fair.csv", "--out", "fair.csv"), "--out is a file that is read"),
        (("qualify", "fair.csv", "--top", "-1"), "--top is not a number of leads"),
        (("qualify", "fair.csv", "--top", "many"), "--top is not a number of leads"),
        (("qualify", "fair.csv", "--out", "a.pdf"), "neither a workbook nor CSV"),
        (("qualify", "fair.csv", "--out", "no/a.csv"), "it could not be written"),
        (("qualify", "fair.csv", "--out", "a.csv", "--language", "xx"), "--language is not in"),
        (("qualify", "fair.csv", "--language", "xx"), "--language is not in"),
        (("qualify", "fair.csv", "--language", "fr"), "--language is of a call sheet, and --out"),
        (("calls", "fair.csv", "a.csv", "--language", "fr"), "--language is of a call sheet, and"),
        (("calls", "fair.csv", "fair.csv"), "has no column Lead"),
        (("calls", "fair.csv", "gone.csv"), "gone.csv: does not exist"),
        (("calls", "fair.csv", "a.csv", "--timezone", "x"), "timezone is not a time zone"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(capsys, folder, arguments, said):
    """The list stays as it was, and there is no other file."""
    status, _out, err = ran(capsys, *arguments)

    assert (status, said in err) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["fair.csv"]
    assert (folder / "fair.csv").read_text("utf-8") == FAIR


def test_a_column_that_is_gone_is_told(capsys, folder):
    """For people as well."""
    (folder / "calls.csv").write_text("Lead,[need]\n1,no\n", encoding="utf-8")

    out = ran(capsys, "calls", "fair.csv", "calls.csv")[1]

    assert "\n  the column Called on is gone: nothing of it was read\n" in out
    assert "\n  row 2: " in out


def test_of_an_empty_list_no_call_sheet_is_written(capsys, folder):
    """The sheet of yesterday stays, and a top of none writes only a header."""
    (folder / "calls.csv").write_text("Lead,[need]\n1,no\n", encoding="utf-8")
    (folder / "empty.csv").write_text("Name,Phone\n", encoding="utf-8")

    assert ran(capsys, "qualify", "empty.csv", "--out", "calls.csv")[0] == 2
    assert ran(capsys, "calls", "empty.csv", "calls.csv", "--out", "next.csv")[0] == 2
    assert (folder / "calls.csv").read_text("utf-8") == "Lead,[need]\n1,no\n"
    assert not (folder / "next.csv").exists()
    ran(capsys, "qualify", "fair.csv", "--out", "calls.csv", "--top", "0")
    assert len((folder / "calls.csv").read_text("utf-8-sig").splitlines()) == 1


def test_a_lead_without_a_name_is_told_by_its_id(capsys, folder):
    """Nothing else is known of it, and a day to come is not taken."""
    (folder / "fair.csv").write_text("ID,Phone,Need\n7,+98 21 1,yes\n", encoding="utf-8")
    ran(capsys, "qualify", "fair.csv", "--out", "calls.xlsx")
    fill("calls.xlsx", {2: {"[budget]": "yes"}}, sheet="Calls")
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()

    out = ran(capsys, "calls", "fair.csv", "calls.xlsx")[1]
    fill("calls.xlsx", {2: {"Called on": tomorrow}}, sheet="Calls")

    assert "\n7: undecided: the score lies between 60 and 100" in out
    assert (
        "Called on lies after the time of reading"
        in ran(capsys, "calls", "fair.csv", "calls.xlsx")[1]
    )


@pytest.mark.usefixtures("folder")
def test_a_policy_of_a_file_asks_in_its_words(capsys, folder):
    """As a pipeline and a mapping are, a policy is given as a file; what is none is told."""
    french = BANT.renamed("BANT fr").with_questions({"need": "Quel problème ?"})
    (folder / "french.json").write_text(policy_to_json(french), "utf-8")
    (folder / "odd.JSON").write_text('{"format": "x"}', "utf-8")

    status, out, _ = ran(
        capsys,
        "qualify",
        "fair.csv",
        "--policy",
        "french.json",
        "--out",
        "a.csv",
        "--language",
        "fr",
    )
    back = ran(capsys, "calls", "fair.csv", "a.csv", "--policy", "french.json", "--json")

    assert (status, out.splitlines()[0]) == (0, "4 leads by BANT fr, mapping salesfunnel")
    assert "Quel problème ? [need]" in (folder / "a.csv").read_text("utf-8-sig")
    assert (back[0], json.loads(back[1])["policy"]) == (0, "BANT fr")
    for wrong, said in (("odd.JSON", "policy"), ("absent.json", "absent.json")):
        status, _, err = ran(capsys, "qualify", "fair.csv", "--policy", wrong)
        assert (status, said in err, "Traceback" in err) == (2, True, False)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("zone", ["Asia/Tehran", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_day_of_a_call_is_the_one_that_was_filled_in(capsys, zone):
    """East of Greenwich the day begins while it is still yesterday in UTC."""
    ran(capsys, "qualify", "fair.csv", "--out", "calls.xlsx")
    day = datetime.now(UTC) - timedelta(days=3)
    told = {"Called on": f"{day:%Y-%m-%d}", "Reached": "yes", "Call again on": "2099-03-07 01:30"}
    fill("calls.xlsx", {2: told})
    command = ("calls", "fair.csv", "calls.xlsx", "--timezone", zone)

    out = ran(capsys, *command, "--out", "next.csv")[1]
    data = json.loads(ran(capsys, *command, "--json")[1])

    written = f"({day.day} {day:%B %Y})"
    assert f"reached them by call {written}" in out
    assert written in data["sheets"][0]["rows"][0]["changes"][0]
    assert any("call, 2099-03-07" in row.cells for row in read_records("next.csv"))


@pytest.mark.usefixtures("folder")
def test_a_sheet_of_other_leads_says_so_and_is_no_success(capsys, folder):
    """Ids follow from how the list was read, and a next sheet without the calls would mislead."""
    numbers = "Name,Phone\nSara,0912 123 4567\nReza,0912 123 4568\n"
    (folder / "stand.csv").write_text(numbers, "utf-8")
    ran(capsys, "qualify", "stand.csv", "--country", "IR", "--out", "calls.csv")
    command = ("calls", "stand.csv", "calls.csv", "--out", "next.csv")

    status, out, err = ran(capsys, *command)

    assert (status, (folder / "next.csv").exists()) == (2, False)
    assert "by the same --country, --mapping and --sheet" in out
    assert "calls.csv: not one row is of a lead of the list" in err
    assert ran(capsys, *command, "--json")[0] == 2
    assert ran(capsys, *command, "--country", "IR")[::2] == (0, "")
