"""The funnel, stage times and cohorts, held against SQL that was written apart from them."""

from __future__ import annotations

import pytest

from tests.analytics.funnel_sql import differing


@pytest.mark.parametrize("seed", [1, 2])
def test_no_integer_differs_from_sql_written_apart(seed):
    """On every path, with and without a window; a benchmark compares more histories than this."""
    assert list(differing(50, seed=seed)) == []
