"""Velocity, losses, ageing and the time to win, held against SQL that was written apart."""

from __future__ import annotations

from tests.analytics.piles_sql import differing


def test_no_figure_of_a_pile_differs_from_sql_written_apart():
    """By currency, stage left, reason, competitor and age; a benchmark compares more."""
    assert list(differing(9, seed=1)) == []
