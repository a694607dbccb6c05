"""The cells of a plain row are looked at all at once, and those that are odd one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.interop.mapping.mapped_columns import MappedColumns
from salesfunnel.interop.mapping.mapping import load_mapping
from salesfunnel.interop.rows.records import Record
from salesfunnel.interop.rows.row_fields import RowFields
from tests.interop.examples import ODD_CELLS

HEADER = ("Name", "Company", "Email", "Email 2", "Phone", "Employees", "Need", "Note", "Weather")
FIELDS = ("person", "company", "email", "phone", "employees", "answers.need", "note", "id", "owner")
CELLS = st.one_of(
    st.sampled_from(ODD_CELLS),
    st.sampled_from(["N/A", "--None--", "-", "nil", "Accounts::::Novin", "a |##| b", "x" * 501]),
    st.sampled_from(
        ["می\u200cخواهد", "\u200cN/A", "\u200c", "a\u200db", "|\u200c##|", "\u200c\n-"]
    ),
    st.text(max_size=30),
)


def told_by(row: RowFields) -> list[object]:
    """Collect what a row tells of each field, and what is odd about it."""
    found = [
        (row.filled(field), row.text(field), row.line(field), row.name(field)) for field in FIELDS
    ]
    return [found, dict.fromkeys(row.notes), row.faults, row.details]


@given(
    cells=st.tuples(*[CELLS] * len(HEADER)),
    exact=st.frozensets(st.integers(0, len(HEADER) - 1)),
    blanks=st.frozensets(st.sampled_from(["nil", "?"])),
)
def test_a_row_tells_the_same_at_once_and_cell_by_cell(cells, exact, blanks):
    """It makes no difference whether a cell is looked at together with its row."""
    noun = load_mapping("salesfunnel").lead
    columns = MappedColumns(HEADER, noun, FileFormat(blanks=blanks))
    record = Record(2, cells, exact=exact)
    at_once, one_by_one = RowFields(record, columns), RowFields(record, columns)
    one_by_one._told = dict.fromkeys(one_by_one._told)
    for_few = RowFields(record, columns.for_fields("email"))

    assert told_by(at_once) == told_by(one_by_one) == told_by(for_few)
