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


def test_very_many_notes_are_counted_as_more():
    """Beyond a thousand different notes, and a hundred words of one, only the count goes on."""
    odd = [RowFault(Text(f"odd_{number}", f"is odd in way {number}")) for number in range(1_001)]
    unknown = Text("unknown_word", "does not know {word!r}")
    words = [RowFault(unknown, {"word": f"w{number}"}) for number in range(101)]
    with ImportReport() as few, ImportReport() as many:
        list(few.accepted_of([Accepted(2, "lead", tuple(words))]))
        list(many.accepted_of([Accepted(2, "lead", tuple(odd))]))

        assert few.notes.total() == 101
        assert [len(counted) for counted in few.words.values()] == [100]
        assert many.notes.total() == 1_001
        assert len(many.notes) == 1_001
