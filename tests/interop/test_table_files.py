"""A table becomes a CSV file or JSON lines, whole or not at all, and is read again as it was."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, UnwritableFile
from salesfunnel.interop.cells.formula_guard import with_formula_guard, without_formula_guard
from salesfunnel.interop.writing.csv_output import write_csv
from salesfunnel.interop.writing.json_output import write_json_lines
from salesfunnel.interop.writing.replaced_file import replaced
from salesfunnel.interop.writing.tables import Table

TEXTS = st.text(st.characters(codec="utf-8"), max_size=9)
HEADER = ("a", "=b", "c,d")
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5)
TYPED = (True, -7, Decimal("0.10"), date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC), None)
WRITTEN = ["true", "'-7", "0.10", "2026-03-02", "2026-03-02T09:00:00+00:00", ""]


@given(ROWS, st.sampled_from(",;\t|§"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_texts_come_back_from_a_csv_file(tmp_path_factory, rows, delimiter, encoding):
    """Whatever stands in a cell, by any delimiter; what would act as a formula is guarded."""
    path = tmp_path_factory.mktemp("csv") / "a.csv"

    write_csv(Table(HEADER, rows), path, delimiter=delimiter, encoding=encoding)

    with path.open(encoding=encoding, newline="") as file:
        header, *read = csv.reader(file, delimiter=delimiter)
    assert header == ["a", "'=b", "c,d"]
    assert not [cell for row in read for cell in row if cell.lstrip(" ")[:1] in set("=+-@")]
    assert [tuple(map(without_formula_guard, row)) for row in read] == rows


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=5), st.sampled_from(",;\t|§"))
def test_rows_of_any_length_are_written_as_csv_writer_does(tmp_path_factory, rows, delimiter):
    """A row with more cells than another, one blank cell, and none at all."""
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    expected = StringIO(newline="")
    guarded = [[with_formula_guard(cell) for cell in row] for row in [["a", "b"], *rows]]
    csv.writer(expected, delimiter=delimiter).writerows(guarded)

    write_csv(Table(["a", "b"], rows), path, delimiter=delimiter)

    assert path.read_bytes().decode("utf-8-sig") == expected.getvalue()


@given(ROWS)
def test_texts_come_back_from_json_lines(tmp_path_factory, rows):
    """Line ends within a text do not end the line of an object, and nothing is guarded."""
    path = tmp_path_factory.mktemp("json") / "a.jsonl"

    write_json_lines(Table(HEADER, rows), path)

    objects = map(json.loads, path.read_text("utf-8").rstrip("\n").split("\n") if rows else [])
    assert [tuple(found.get(name, "") for name in HEADER) for found in objects] == rows


def test_cells_of_a_kind_are_written_by_it(tmp_path):
    """A number, a yes, a day: as text in CSV, and in JSON as what JSON has."""
    table = Table([*"abcdef"], [TYPED])

    write_csv(table, tmp_path / "a.csv")
    write_json_lines(table, tmp_path / "a.jsonl")

    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == ",".join(WRITTEN)
    assert (tmp_path / "a.jsonl").read_text("utf-8") == (
        '{"a": true, "b": -7, "c": 0.10, "d": "2026-03-02", "e": "2026-03-02T09:00:00+00:00"}\n'
    )


@pytest.mark.parametrize(
    "given", [{"delimiter": ";;"}, {"encoding": "utf-99"}, {"encoding": "hex"}, {"encoding": "\0"}]
)
def test_what_is_no_way_to_write_is_said(tmp_path, given):
    """A delimiter of two signs, an encoding that nobody knows."""
    with pytest.raises(InvalidValue, match=f"^{next(iter(given))} is not"):
        write_csv(Table(["a"], []), tmp_path / "a.csv", **given)


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path):
    """What fails on the way, or finds the disk full, leaves the old file, and nothing beside it."""
    target = tmp_path / "a.csv"
    target.write_text("old", "utf-8")

    full = OSError(28, "No space left on device")
    with pytest.raises(UnwritableFile, match=r"^a\.csv: .*No space left"), replaced(target):
        raise full
    with pytest.raises(ZeroDivisionError), replaced(target) as path:
        path.write_text(str(1 / 0), "utf-8")

    assert target.read_text("utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.csv"]


def test_a_new_file_keeps_the_rights_and_the_place_of_the_old(tmp_path):
    """A link still leads to the file, and who could read it can do so still."""
    target = tmp_path / "folder" / "a.csv"
    target.parent.mkdir()
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(target)

    with replaced(tmp_path / "link.csv") as path:
        path.write_text("new", "utf-8")

    assert (tmp_path / "link.csv").is_symlink()
    assert (target.read_text("utf-8"), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_place_that_takes_no_file_is_said(tmp_path, monkeypatch):
    """A folder that is not there, a folder in place of the file, a protected file, no name."""
    for place in (tmp_path / "none" / "a.csv", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(UnwritableFile), replaced(place) as path:
            path.write_text("new", "utf-8")
    (tmp_path / "a.csv").write_text("old", "utf-8")
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(UnwritableFile, match="denied"), replaced(tmp_path / "a.csv"):
        raise AssertionError
    assert (tmp_path / "a.csv").read_text("utf-8") == "old"
