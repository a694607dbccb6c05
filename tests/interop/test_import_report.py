"""The report on an import."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import Text
from salesfunnel.interop.rows.import_report import ImportReport, refused_as_data
from salesfunnel.interop.rows.row_fault import Refused, RowFault
from salesfunnel.interop.rows.row_outcomes import Accepted

ODD, BLANK = Text("odd", "is odd"), Text("blank", "{field} is blank")
FAULTS = st.sampled_from([RowFault(ODD), RowFault(BLANK, {"field": "Need"}, "Need")])
ROWS = st.one_of(
    st.builds(Accepted, st.integers(2), st.text(), st.tuples(FAULTS)),
    st.builds(Refused, st.integers(2), st.lists(FAULTS, min_size=1).map(tuple)),
)


@given(st.lists(ROWS))
def test_what_was_read_was_accepted_or_refused(rows):
    """Accepted rows pass in their order, refused ones are put aside, notes are counted."""
    with ImportReport() as report:
        passed = list(report.accepted_of(rows))

        assert passed == [row for row in rows if isinstance(row, Accepted)]
        assert list(report.refusals) == [
            refused_as_data(row) for row in rows if isinstance(row, Refused)
        ]
        assert report.notes.total() == len(passed) == report.accepted
        assert report.read == report.accepted + report.refused == len(rows)
