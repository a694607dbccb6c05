"""Rows that are in memory: dictionaries, and frames of pandas, polars and pyarrow."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile, WrongKind
from salesfunnel.interop.inputs.inputs import open_input, read_records
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.rows.records import Record
from tests.interop.examples import MONDAY, sorted_out

ROWS = [
    {"Name": "Sara", "Phone": 9121234567, "Employees": 12.5, "Day": datetime(2026, 3, 5, 4, 5)},  # noqa: DTZ001
    {"Name": "Ani", "Phone": None, "Employees": None, "Day": None},
]
CELLS = [("Sara", "9121234567", "12.5", "2026-03-05T04:05:00"), ("Ani", "", "", "")]

FRAMES = {
    "rows": lambda rows: rows,
    "generator": lambda rows: (row for row in rows),
    "pandas": pd.DataFrame,
    "pandas on Arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.DataFrame,
    "pyarrow": pa.Table.from_pylist,
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_is_read_as_any_list(frame):
    """A number stays a number, a day a day, and nothing is a blank cell; as often as asked."""
    records = read_records(frame(ROWS))

    assert records.header == ("Name", "Phone", "Employees", "Day")
    assert [row.cells for row in records] == [row.cells for row in records] == CELLS
    assert next(iter(records)).exact == {1, 2, 3}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_leads_are_read_from_a_frame(frame):
    """The reader does not know which package it was."""
    rows = [{"Name": "Sara", "Mobile": "09121234567"}, {"Name": "Ani", "Mobile": ""}]

    found, refused = sorted_out(read_leads(frame(rows), at=MONDAY))

    assert [(lead.row, lead.entity.person.name) for lead in found] == [(2, "Sara"), (3, "Ani")]
    assert refused == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (True, "true"),
        (np.bool_(False), "false"),
        (np.int64(7), "7"),
        (np.float64("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (1e22, "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (float("inf"), "Infinity"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1e9999"), "1E+9999"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5), "2026-03-05"),  # noqa: DTZ001
        (datetime(2026, 3, 5, tzinfo=UTC), "2026-03-05T00:00:00+00:00"),
        (datetime(2026, 3, 5, 1, 2, 3, 4), "2026-03-05T01:02:03.000004"),  # noqa: DTZ001
        (time(4, 5), "04:05:00"),
        (["a", None, 1], "a; 1"),
        (np.array(["a", "b"]), "a; b"),
        (np.array([[1, 2], [3, 4]]), "1; 2; 3; 4"),
        (np.array([]), ""),
        (np.array(7), "7"),
        (np.datetime64("2026-03-05T01:02:03.000000004", "ns"), "2026-03-05T01:02:03"),
        (np.datetime64("2026-03-05", "D"), "2026-03-05"),
        (np.datetime64("NaT", "ns"), ""),
        ({"a": 1}, '{"a": 1}'),
        (pd.Timestamp("2026-03-05 01:02:03.000004005"), "2026-03-05T01:02:03.000004"),
    ],
)
def test_a_value_becomes_the_cell_that_one_would_type(value, cell):
    """Nothing is rounded, and nothing is shown as a computer would."""
    (_, row) = open_input([{"x": value, "y": "z"}]).rows()

    assert row.cells == (cell, "z")


def test_an_index_with_a_name_is_a_column():
    """Who groups or joins has the ids there; a mere count of the rows has no name."""
    frame = pd.DataFrame(ROWS)
    plain = read_records(frame)
    by_name = read_records(frame.set_index("Name"))
    by_both = read_records(frame.set_index(["Name", "Phone"]))

    assert by_name.header == by_both.header == plain.header
    assert list(by_name) == list(by_both) == list(plain)


def test_a_value_that_cannot_be_written_costs_its_row():
    """A stranger's object may fail in any way."""

    class Broken:
        def __str__(self):
            raise ZeroDivisionError

    found = list(read_records([{"a": Broken()}, {"a": "x" * 131_073}, {"a": "fine"}]))

    assert [row.problem for row in found[:2]] == [
        "has a cell that cannot be written as text",
        "has a cell longer than 131,072 letters; shorten it",
    ]
    assert found[2] == Record(4, ("fine",))


@pytest.mark.parametrize("given", [7, {"a": 1}, [["a"]], ["a"], pl.LazyFrame({"a": [1]})])
def test_what_is_no_list_is_of_the_wrong_kind(given):
    """The sentence says what can be given."""
    with pytest.raises(WrongKind, match="rows that are dictionaries, or a frame"):
        open_input(given)


def test_rows_without_columns_are_refused():
    """Rows in which nothing stands have no header; neither has one of too many columns."""
    with pytest.raises(UnreadableFile, match="the rows: have no columns"):
        open_input([{}])
    with pytest.raises(UnreadableFile, match="has more than 16,384 columns"):
        open_input([{f"c{n}": 1 for n in range(16_385)}])


def test_a_row_is_never_taken_for_the_header():
    """Names of columns are certain here, so an unknown list is refused."""
    with pytest.raises(UnreadableFile, match="has no column that the mapping"):
        read_leads([{"a": "Name", "b": "Email"}], at=MONDAY)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["Name", "Email", "Need"]),
            st.none() | st.text() | st.integers() | st.floats() | st.dates(),
        )
    )
)
def test_every_row_is_accounted_for(rows):
    """Each row is accepted, refused or blank, and twice the same."""
    reading = read_leads([*rows, {"Name": "Sara"}], at=MONDAY)
    found = list(reading)

    assert found == list(reading)
    assert [row.row for row in found] == sorted({row.row for row in found})
    assert found[-1].row == len(rows) + 2
