"""Rows that were left out are written down, mended and read again."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from io import StringIO

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.errors import InvalidValue, Text, UnwritableFile
from salesfunnel.interop import (
    Accepted,
    Refused,
    RefusedFile,
    Repeated,
    RowFault,
    load_mapping,
    read_accounts,
    read_activities,
    read_leads,
    read_opportunities,
    read_people,
    write_refused,
)
from salesfunnel.interop.cells.formula_guard import without_formula_guard

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ODD = RowFault(Text("odd", "is odd"))
LIST = "Name,Mobile,City\nSara,0912 1234567,Tehran\n,,Lyon\nSara,0912 1234567,Tehran\na,b,c,d\n"


class FullDisk:
    """A writer that has room for the header alone."""

    def __init__(self, _file):
        """Begin with some room."""
        self.room = 1

    def writerow(self, _cells):
        """Write a row while there is room."""
        self.room -= 1
        if self.room < 0:
            raise OSError(28, "No space left on device")


def lines(path):
    """Read the lines of a rest."""
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_what_was_left_out_is_mended_and_read_again(tmp_path):
    """The second run adds what was missing, and repeats nothing."""
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    reading = read_leads(tmp_path / "list.csv", at=MONDAY)
    write_refused(reading, tmp_path / "rest.csv", header=reading.records.header)

    header, nameless, repeated, wide = lines(tmp_path / "rest.csv")
    assert header == ["why it was left out", "Name", "Mobile", "City"]
    assert nameless[1:] == ["", "", "Lyon"]
    assert repeated[0] == "tells nothing that row 2 does not tell"
    assert wide[1:] == ["a", "b", "c", "d"]
    assert "has 4 cells where the header has 3" in wide[0]

    text = (tmp_path / "rest.csv").read_text("utf-8-sig")
    (tmp_path / "rest.csv").write_text(text.replace(",,,Lyon", ",Luc,,Lyon"), "utf-8")
    known = [row.entity for row in reading if isinstance(row, Accepted)]
    again = list(read_leads(tmp_path / "rest.csv", at=MONDAY, known=known))
    assert [type(row) for row in again] == [Accepted, Repeated, Refused]


@pytest.mark.parametrize(
    ("read", "header"),
    [
        (read_leads, "Name,Company"),
        (read_opportunities, "Deal,Stage"),
        (read_accounts, "Account,City"),
        (read_people, "Name,Account"),
        (read_activities, "Type,Date"),
    ],
)
def test_the_reason_is_no_column_of_a_list(read, header):
    """The reader of any kind of list is silent about it, whether or not it keeps the rest."""
    text = f"why it was left out,{header}\nis odd,call,2026-03-01\n"
    plain = load_mapping("salesfunnel")
    keeping = attrs.evolve(
        plain,
        **{
            kind: attrs.evolve(getattr(plain, kind), keep_unknown=True)
            for kind in ("lead", "opportunity", "account", "person", "activity")
        },
    )

    for mapping in (None, keeping):
        reading = read(StringIO(text), at=MONDAY, mapping=mapping)
        assert reading.unread_columns == ()
        assert "is odd" not in repr([*reading])


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=2),
        min_size=1,
        max_size=5,
    )
)
def test_a_row_comes_back_as_it_was(tmp_path_factory, rows):
    """Whatever stands in a cell: formulas, line ends, quotes, letters of any script."""
    target = tmp_path_factory.mktemp("rest") / "rest.csv"
    refused = [Refused(n, (ODD,), tuple(cells)) for n, cells in enumerate(rows, start=2)]

    with RefusedFile(target, ("=a", "b")) as rest:
        assert list(rest.passing(refused)) == refused

    with target.open(encoding="utf-8-sig", newline="") as file:
        header, *read = csv.reader(file)
    assert header[1:] == ["'=a", "b"]
    assert [[without_formula_guard(cell) for cell in row[1:]] for row in read] == rows


def test_what_stood_there_stays_until_all_is_written(tmp_path):
    """A reading that fails leaves the old file, and nothing beside it."""
    target = tmp_path / "rest.csv"
    target.write_text("old", "utf-8")

    rows = [Refused(2, (ODD,), ("x",)), None]
    with pytest.raises(AttributeError):
        write_refused((row.row and row for row in rows), target, header=["a"])

    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["rest.csv"]


def test_the_list_that_is_read_is_never_replaced(tmp_path, capsys, monkeypatch):
    """Under its own name, another path, another name, as an open file or the standard input."""
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to(path)

    for target in (path, tmp_path / "folder" / ".." / "list.csv", tmp_path / "link.csv"):
        with pytest.raises(InvalidValue, match=r"csv is the list that is read"):
            write_refused(read_leads(path, at=MONDAY), target, header=["a"])
        assert main(["qualify", str(path), "--refused-to", str(target)]) == 2
        assert "is read by the same command; allowed: another name" in capsys.readouterr().err
    with path.open("rb") as file:
        reading = read_leads(file, at=MONDAY)
    with pytest.raises(InvalidValue):
        write_refused(reading, path, header=["a"])
    with path.open() as file, monkeypatch.context() as patched:
        patched.setattr("sys.stdin", file)
        assert main(["qualify", "-", "--refused-to", str(path)]) == 2

    assert path.read_text("utf-8") == LIST


def test_where_no_row_was_left_out_nothing_is_written(tmp_path):
    """The rest of another day stays, and no empty one appears; rows in memory have no file."""
    for name in ("old.csv", "new.csv"):
        (tmp_path / "old.csv").write_text("old", "utf-8")
        reading = read_leads([{"Name": "Sara"}], at=MONDAY)
        write_refused(reading, tmp_path / name, header=reading.records.header)

    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert (tmp_path / "old.csv").read_text("utf-8") == "old"


def test_what_is_no_file_is_not_replaced(tmp_path):
    """A pipe stays a pipe, and a link leads to the rest."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.csv").symlink_to(tmp_path / "rest.csv")

    with pytest.raises(UnwritableFile, match=r"^pipe: it could not be written; .*not an ordinary"):
        write_refused([Refused(2, (ODD,), ("x",))], tmp_path / "pipe", header=["a"])
    write_refused([Refused(2, (ODD,), ("x",))], tmp_path / "link.csv", header=["a"])

    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link.csv").is_symlink()
    assert lines(tmp_path / "rest.csv")[1] == ["is odd", "x"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b"Zo\xff\xfe,Paris", ["Zo\ufffd\ufffd", "Paris"]),
        (b'"Sara,Tehran', ['"Sara', "Tehran"]),
        (b'Sara "S" A,"Tehran"x,b', ['Sara "S" A', '"Tehran"x', "b"]),
    ],
    ids=range(3),
)
def test_a_row_that_is_spoilt_stands_in_the_rest_with_its_cells(tmp_path, row, expected):
    """So that one sees what to type again."""
    (tmp_path / "list.csv").write_bytes("Name,City\nZoé,Évry\n".encode() + row + b"\nAni,Lyon\n")
    reading = read_leads(tmp_path / "list.csv", at=MONDAY, encoding="utf-8")

    write_refused(reading, tmp_path / "rest.csv", header=reading.records.header)

    (left_out,) = lines(tmp_path / "rest.csv")[1:]
    assert left_out[1:] == expected


def test_a_place_that_takes_no_file_is_said(tmp_path, monkeypatch):
    """A folder that is not there, a folder in the place of the file, a full disk."""
    with pytest.raises(UnwritableFile, match=r"^rest.csv: it could not be written"):
        write_refused([], tmp_path / "none" / "rest.csv", header=["a"])
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnwritableFile, match="folder"):
        write_refused([Refused(2, (ODD,), ("x",))], tmp_path / "folder", header=["a"])

    monkeypatch.setattr(csv, "writer", FullDisk)
    with pytest.raises(UnwritableFile, match="No space left"):
        write_refused([Refused(2, (ODD,), ("x",))], tmp_path / "rest.csv", header=["a"])
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_the_command_puts_the_rest_where_it_is_told(tmp_path, capsys):
    """The ranking is printed as ever."""
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    rest = tmp_path / "rest.csv"

    assert main(["qualify", str(tmp_path / "list.csv"), "--refused-to", str(rest)]) == 0
    assert len(lines(rest)) == 4
    assert main(["qualify", "--example", "--refused-to", str(tmp_path / "no" / "rest.csv")]) == 2
    assert "rest.csv: it could not be written" in capsys.readouterr().err


@given(st.permutations(["why it was left out", "Name", "City"]))
def test_a_rest_of_a_rest_has_one_reason(tmp_path_factory, header):
    """The reasons of the reading before hold no more, wherever their column stands."""
    target = tmp_path_factory.mktemp("rest") / "rest.csv"
    cells = {"why it was left out": "old", "Name": "Sara", "City": "Paris"}
    refused = Refused(2, (ODD,), tuple(cells[name] for name in header))

    write_refused([refused], target, header=header)

    written, row = lines(target)
    names = [name for name in header if name != "why it was left out"]
    assert written == ["why it was left out", *names]
    assert row == ["is odd", *(cells[name] for name in names)]


@pytest.mark.parametrize("name", ["rest.xlsx", "rest.ODS", "rest.json"])
def test_a_rest_is_no_workbook(tmp_path, name):
    """What is CSV does not stand under the name of something else."""
    with pytest.raises(InvalidValue, match=r"is not CSV; allowed: refused\.csv"):
        write_refused([], tmp_path / name, header=["a"])


def test_a_rest_of_which_all_is_known_could_be_read(tmp_path, capsys):
    """It is not said that every row was refused, where some were known already."""
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    path, rest = str(tmp_path / "list.csv"), str(tmp_path / "rest.csv")
    assert main(["qualify", path, "--refused-to", rest]) == 0

    status = main(["qualify", rest, "--known", path])

    assert (status, "not one row" in capsys.readouterr().err) == (0, False)
