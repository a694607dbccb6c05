"""The command ``duplicates``: who stands in lists more than once."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from salesfunnel.cli import main

FAIR = """\
Name,Company,Mobile,Email
Sara Ahmadi,Novin,0912 1234567,
Ani,Ararat,,ani@ararat.example
"""
BOUGHT = """\
Name,Phone,Email
سارا احمدی,+98 912 123 4567,
Luc,021 88776655,
Zoé,021 88776655,
,,x@y.example
"""

AT_ONE_NUMBER = ["bought.csv row 3", "bought.csv row 4"]


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    """Write two lists, and stand beside them."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("fair.csv", FAIR), ("bought.csv", BOUGHT)):
        (tmp_path / name).write_text(text, "utf-8")


def ran(capsys, *arguments):
    """Run the command: its status, and what it printed and complained."""
    status = main(["duplicates", *arguments])
    printed = capsys.readouterr()
    return status, printed.out.splitlines(), printed.err


def test_one_person_in_two_lists(capsys):
    """Told by file and row; each row of both lists is accounted for."""
    status, out, err = ran(capsys, "fair.csv", "bought.csv")

    assert (status, err) == (0, "")
    assert out == [
        "fair.csv:",
        "rows: 2 read, 2 accepted, 0 refused",
        "encoding: utf-8 (every byte is sound UTF-8)",
        "bought.csv:",
        "rows: 4 read, 4 accepted, 0 refused",
        "encoding: utf-8 (every byte is sound UTF-8)",
        "likely: fair.csv row 2, bought.csv row 2, by phone",
        f"shared, and so no proof: phone: 2 entries with 2 names: {', '.join(AT_ONE_NUMBER)}",
    ]


def test_nobody_stands_there_twice(capsys):
    """A list alone may be in order."""
    assert ran(capsys, "fair.csv")[1][-1] == "2 leads, each by itself"


def test_duplicates_are_one_json_object(capsys):
    """With files and rows beside the ids."""
    status, out, _ = ran(capsys, "fair.csv", "bought.csv", "--json")

    found = json.loads("".join(out))
    assert status == 0
    assert [file["rows"]["read"] for file in found["files"]] == [2, 4]
    [group] = found["groups"]
    assert group["rows"] == [["fair.csv", 2], ["bought.csv", 2]]
    assert (group["by"], group["sureness"]) == (["phone"], "likely")
    assert [shared["rows"] for shared in found["shared"]] == [
        [["bought.csv", 3], ["bought.csv", 4]]
    ]


def test_of_a_crowd_at_one_number_the_first_rows_are_printed(capsys, tmp_path):
    """All of them stand in the table and in JSON."""
    rows = [f"Person O{2 * a}o{2 * b},021 88776655\n" for a in "bdfkl" for b in "mnprst"]
    (tmp_path / "crowd.csv").write_text("Name,Phone\n" + "".join(rows), "utf-8")

    line = ran(capsys, "crowd.csv")[1][-1]
    [shared] = json.loads("".join(ran(capsys, "crowd.csv", "--json")[1]))["shared"]

    assert line.startswith(
        "shared, and so no proof: phone: 30 entries with 30 names: crowd.csv row 2"
    )
    assert line.endswith(", crowd.csv row 13, 18 more")
    assert len(shared["rows"]) == 30


def test_a_list_of_nothing_is_said(capsys, tmp_path):
    """The exit status tells it too."""
    (tmp_path / "empty.csv").write_text("Name,Phone\n", "utf-8")

    status, _, err = ran(capsys, "fair.csv", "empty.csv")

    assert status == 2
    assert "not one row could be read" in err
    assert ran(capsys, "no-such.csv")[0] == 2


def table(path):
    """Read a table as a spreadsheet shows it."""
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    sheet = openpyxl.load_workbook(path).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


@pytest.mark.parametrize("name", ["found.csv", "found.xlsx"])
def test_the_groups_are_written_to_a_table(capsys, tmp_path, name):
    """Each entry with its list and row, how sure it is, by what, and to which row it is linked."""
    status, out, _ = ran(capsys, "fair.csv", "bought.csv", "--out", name)

    rows = table(tmp_path / name)
    assert status == 0
    assert out[-2].startswith("likely: ")
    assert rows[0][:3] == ["Group", "List", "Row"]
    assert [row[1:3] + row[4:] for row in rows[1:3]] == [
        ["fair.csv", "2", "likely", "phone", "bought.csv row 2"],
        ["bought.csv", "2", "likely", "phone", "fair.csv row 2"],
    ]
    assert [row[:3] + row[4:6] for row in rows[3:]] == [
        ["2", "bought.csv", row, "shared by several, and so no proof", "phone"] for row in "34"
    ]


def test_one_id_in_both_lists_is_linked_to_the_row_of_the_other_list(capsys, tmp_path):
    """An address gives the same lead the same id; it is never linked to itself."""
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("Name,Email\nAni,ani@ararat.example\n", "utf-8")

    ran(capsys, "one.csv", "two.csv", "--out", "found.csv")

    assert [(row[1], row[6]) for row in table(tmp_path / "found.csv")[1:]] == [
        ("one.csv", "two.csv row 2"),
        ("two.csv", "one.csv row 2"),
    ]


def test_what_reading_joined_stands_in_the_table(capsys, tmp_path):
    """With its reason, in the group of the row above, or in one of its own."""
    rows = "Name,Email\nAni,ani@a.example\nAni P,ani@a.example\nani,ani@a.example\n"
    (tmp_path / "one.csv").write_text(rows, "utf-8")
    (tmp_path / "two.csv").write_text("Name,Email\nAni,ani@a.example\n", "utf-8")
    alone = [
        ["1", "one.csv", "3", "joined while reading", "tells more of what row 2 is about"],
        ["1", "one.csv", "4", "joined while reading", "tells nothing that row 2 does not tell"],
    ]

    ran(capsys, "one.csv", "--out", "found.csv")
    assert [row[:3] + row[4:6] for row in table(tmp_path / "found.csv")[1:]] == [
        ["1", "one.csv", "2", "joined while reading", ""],
        *alone,
    ]

    ran(capsys, "one.csv", "two.csv", "--out", "found.csv")
    assert [row[:3] + row[4:6] for row in table(tmp_path / "found.csv")[3:]] == alone


def test_a_table_is_not_written_over_a_list(capsys):
    """Nor under a name of a kind that is not written; then no list is read at all."""
    status, out, err = ran(capsys, "fair.csv", "--out", "fair.csv")
    assert (status, out) == (2, [])
    assert "--out is a file that is read by the same command" in err

    status, out, err = ran(capsys, "fair.csv", "--out", "found.pdf")
    assert status == 2
    assert "ends with .pdf, which is not written" in err
