"""One list in every dress: the reader does not know which it was."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.input_file import InputFile
from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.leads import read_leads
from tests.interop.examples import MONDAY
from tests.interop.workbooks import a_workbook, an_open_document, open_rows

HEADER = ("Name", "Company", "Email")
words = st.text(st.sampled_from("abcdefABéنمشАի"), min_size=2, max_size=8)

DRESSES = {
    "csv": lambda rows: io.StringIO("\n".join(";".join(row) for row in (HEADER, *rows))),
    "bytes": lambda rows: io.BytesIO("\r\n".join("\t".join(r) for r in (HEADER, *rows)).encode()),
    "excel": lambda rows: io.BytesIO(a_workbook(S=[HEADER, *rows])),
    "ods": lambda rows: io.BytesIO(an_open_document(open_rows(HEADER, *rows))),
    "json": lambda rows: io.StringIO(json.dumps([dict(zip(HEADER, r, strict=True)) for r in rows])),
    "rows": lambda rows: [dict(zip(HEADER, row, strict=True)) for row in rows],
    "pandas": lambda rows: pd.DataFrame(rows, columns=HEADER),
    "polars": lambda rows: pl.DataFrame(rows, schema=HEADER, orient="row"),
}


@given(st.lists(st.tuples(words, words, words.map("{}@x.example".format)), min_size=1, max_size=4))
def test_a_list_in_any_dress_has_the_same_leads(rows):
    """CSV, workbook, JSON or frame: the same rows are accepted, with the same ids."""
    plain, *others = (list(read_leads(dress(rows), at=MONDAY)) for dress in DRESSES.values())

    assert len(plain) == len(rows)
    assert all(other == plain for other in others)


def test_the_standard_input_is_a_list(monkeypatch):
    """As in every command, a dash stands for it; the copy on the disk goes with the reading."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name;city\nSara;Paris")))

    leads = read_records("-")
    copy = leads.input.file.path

    assert (leads.input.name, [row.cells for row in leads]) == (
        "standard input",
        [("Sara", "Paris")],
    )
    assert copy.exists()
    del leads
    assert not copy.exists()


def test_a_program_without_a_standard_input_is_one_sentence(monkeypatch):
    """The shell may have closed it."""
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(UnreadableFile, match="standard input: cannot be read to its end"):
        read_records("-")


def test_an_open_file_is_read_from_where_it_stands(tmp_path):
    """It may be read as often as wanted, and goes by its own name."""
    path = tmp_path / "leads.csv"
    path.write_text("title\nname\nSara\n", encoding="utf-8")

    with path.open(encoding="utf-8") as file:
        file.readline()
        leads = read_records(file)

    assert [row.cells for row in leads] == [row.cells for row in leads] == [("Sara",)]
    assert leads.input.name.endswith("leads.csv")


def test_an_open_file_that_breaks_is_one_sentence():
    """A broken pipe, or a file that was closed, is a fault of the file."""
    closed = io.StringIO("name")
    closed.close()

    with pytest.raises(UnreadableFile, match="the file: cannot be read to its end"):
        read_records(closed)


def test_an_endless_file_is_one_sentence(monkeypatch):
    """No more is copied than a disk can bear."""
    monkeypatch.setattr("salesfunnel.interop.inputs.input_file._LARGEST_COPY", 100)

    with pytest.raises(UnreadableFile, match="cannot be read to its end"):
        read_records(io.StringIO("x" * 200))


@pytest.mark.parametrize("content", ["name\nSara\n", '[{"name": "Sara"}]'])
def test_a_file_that_changes_between_two_passes_is_one_sentence(tmp_path, content):
    """What was recognised is no more, so no row is read by it."""
    path = Path(tmp_path, "leads")
    path.write_text(content, encoding="utf-8")
    leads = read_records(path)
    assert len(list(leads)) == 1

    path.write_text(content + " ", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="was changed while it was read"):
        list(leads)


def test_letters_that_are_no_letters_are_a_refused_row():
    """A text from a program may hold half of a letter."""
    (row,) = read_records(io.StringIO("name\nSa\ud800ra"))

    assert row.problem.startswith("has bytes that mean nothing")


def test_a_list_that_is_gone_before_it_is_read_is_one_sentence(tmp_path):
    """It was there when it was opened."""
    path = tmp_path / "list.csv"
    path.write_text("Name\nSara\n", encoding="utf-8")
    reading = read_leads(path, at=MONDAY)
    path.unlink()

    with pytest.raises(UnreadableFile, match=r"^list.csv: "):
        list(reading)


def test_a_file_that_is_not_there_has_no_state(tmp_path):
    """It is gone, or no file can have that name."""
    for name in ("gone.csv", "a\0b.csv"):
        assert InputFile.of(tmp_path / name).state() == (0, 0)
