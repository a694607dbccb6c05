"""Movement, forecast, slippage and report, held against SQL that was written apart from them."""

from __future__ import annotations

import pytest

from tests.analytics.deals_sql import differing


@pytest.mark.parametrize("seed", [1, 2])
def test_no_figure_of_a_deal_differs_from_sql_written_apart(seed):
    """Counts, sums by currency, weighted sums, slips and days; a benchmark compares more."""
    assert list(differing(60, seed=seed)) == []
