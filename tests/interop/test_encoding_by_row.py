"""Rows that are written in another encoding than their file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.rows.records import Record

PERSIAN = ("سارا احمدی", "نوین تجارت", "آرام", "پارس")
FRENCH = ("Zoé", "Hélène", "François", "Société")


def read(*lines, **how):
    """Read lines below a header, each in its own encoding: their cells, and whether it is noted."""
    content = b"name;note\r\n" + b"".join(
        f"{text};x\r\n".encode(encoding) for text, encoding in lines
    )
    records = read_records(io.BytesIO(content), delimiter=";", **how)
    rows = list(records)
    return records.input.encoding, [
        (row.cells[0], [note.code for note in row.notes]) if isinstance(row, Record) else row.code
        for row in rows
    ]


def test_one_row_of_another_encoding_changes_no_other():
    """A line that was pasted from an old program is read as what it is, and noted."""
    utf8 = [(name, "utf-8") for name in FRENCH]

    encoding, rows = read(*utf8, ("Noël", "cp1252"))

    assert (encoding.name, encoding.second) == ("utf-8", "cp1252")
    assert encoding.note == "UTF-8 but for some rows, read as cp1252"
    assert rows == [*((name, []) for name in FRENCH), ("Noël", ["other_encoding"])]


def test_one_row_of_utf_8_in_an_old_file_is_read():
    """The other way round it is the same."""
    old = [(name, "cp1252") for name in FRENCH]

    encoding, rows = read(*old, ("Noël", "utf-8"))

    assert encoding.name == "cp1252"
    assert rows == [*((name, []) for name in FRENCH), ("Noël", ["other_encoding"])]


def test_the_name_that_was_given_is_believed():
    """Who names an encoding has no cell read in another."""
    assert read(("Zoé", "utf-8"), ("Zoé", "cp1252"), encoding="utf-8")[1][1] == "damaged_row"
    assert read(("Zoé", "utf-8"), encoding="cp1252")[1] == [("ZoÃ©", [])]


def test_a_letter_that_is_broken_is_no_letter_of_another_encoding():
    """Where most of a cell is sound UTF-8, a broken byte means nothing."""
    content = "name\nسارا\nآرام\n".encode() + "سارا".encode()[:-1] + b" \xe9\n"

    *_, last = read_records(io.BytesIO(content))

    assert last.code == "damaged_row"


@pytest.mark.parametrize(("names", "page"), [(PERSIAN, "cp1256"), (FRENCH, "cp1252")])
def test_every_row_is_read_in_its_own_encoding(names, page):
    """However the lines of a file are mixed, and whichever are the most."""

    @given(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(["utf-8", page])), min_size=1)
    )
    def law(lines):
        plain = [(text.replace("ی", "ي"), encoding) for text, encoding in lines]
        _, rows = read(*plain)

        assert [row[0] for row in rows] == [text for text, _ in plain]

    law()
