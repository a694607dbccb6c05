"""The store: what is put aside comes back, in the order of its rank."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.rows.sorted_store import SortedStore

RECORDS = st.lists(
    st.tuples(
        st.dictionaries(st.text(), st.one_of(st.none(), st.integers(), st.text())),
        st.tuples(st.integers(0, 2), st.integers(0, 2)),
    )
)


@given(RECORDS)
def test_records_come_back_by_rank_and_those_of_one_rank_as_they_came(records):
    """A store is a stable sort that needs no memory."""
    with SortedStore() as store:
        for record, rank in records:
            store.put(record, rank=rank)

        expected = [record for record, _ in sorted(records, key=lambda pair: pair[1])]
        assert list(store) == expected == list(store)
        assert [json.loads(text) for text in store.texts()] == expected
        assert len(store) == len(records)


def test_a_spool_goes_on_where_memory_ends():
    """More than fits in memory is kept on disk, and comes back all the same."""
    with SortedStore() as store:
        for number in range(40):
            store.put({"number": number, "note": "x" * 50_000}, rank=(-number,))

        assert [record["number"] for record in store] == list(range(39, -1, -1))


def test_what_is_no_number_is_not_put_aside():
    """JSON has no word for it, and nobody could read it again."""
    with SortedStore() as store, pytest.raises(ValueError, match="not JSON compliant"):
        store.put({"score": float("nan")})
