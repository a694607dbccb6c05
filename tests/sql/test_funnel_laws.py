"""The law of the SQL of a funnel: in each database, a history is counted as the objects are."""

from __future__ import annotations

import pytest

from tests.sql.histories import differing


@pytest.mark.parametrize("seed", [1, 2])
def test_a_history_is_counted_as_objects(database, seed):
    """Law: steps, flows and totals, whole and by group, are those of the objects on every path."""
    assert list(differing(database, 40, seed=seed)) == []
