"""Rows that are looked at before they are taken: made once, and only so many are held."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.rows.read_ahead import ReadAhead
from salesfunnel.interop.rows.records import Record


@given(st.lists(st.integers(2, 9), unique=True), st.integers(0, 9))
def test_a_row_is_made_once_as_long_as_there_is_room(numbers, most):
    """However often it is looked at; what there is no room for is made again, and the same."""
    made = []

    def make(record):
        made.append(record.row)
        return record.cells

    rows = ReadAhead(make, most=most)
    records = [Record(number, (f"row {number}",)) for number in numbers]
    kept = numbers[:most]

    assert [rows.look_at(record) for record in records] == [record.cells for record in records]
    assert [rows.look_at(record) for record in records[:most]] == [(f"row {n}",) for n in kept]
    assert made == numbers
    assert [rows.take(record) for record in records] == [record.cells for record in records]
    assert made == [*numbers, *numbers[most:]]
    assert [rows.take(record) for record in records[:most]] == [(f"row {n}",) for n in kept]
    assert made == [*numbers, *numbers[most:], *kept]
