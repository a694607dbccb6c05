"""The account of rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.import_report import ImportReport
from salesfunnel.interop.reading import Accepted
from salesfunnel.interop.records import Refused

ROWS = st.one_of(
    st.builds(Accepted, st.integers(2), st.text(), st.tuples(st.sampled_from(["odd", "old"]))),
    st.builds(Refused, st.integers(2), st.text(), st.text()),
)


@given(st.lists(ROWS))
def test_what_was_read_was_accepted_or_refused(rows):
    """Accepted rows pass in their order, refused ones are put aside, notes are counted."""
    with ImportReport() as account:
        passed = list(account.accepted_of(rows))

        assert passed == [row for row in rows if isinstance(row, Accepted)]
        assert [Refused(**refusal) for refusal in account.refusals] == [
            row for row in rows if isinstance(row, Refused)
        ]
        assert account.notes.total() == len(passed) == account.accepted
        assert account.read == account.accepted + account.refused == len(rows)
