"""The law of the SQL of a funnel: in each database, a history is counted as the objects are."""

from __future__ import annotations

from tests.sql.histories import differing


def test_a_history_is_counted_as_objects(database):
    """Law: steps, flows and totals, whole and by group, are those of the objects on every path."""
    assert list(differing(database, 80, seed=1)) == []
