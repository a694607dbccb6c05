"""The short form of ``tests/benchmarks/ten_million.py``: what it measures is right."""

from __future__ import annotations

import os

import pytest

from tests.benchmarks import ten_million


@pytest.mark.parametrize("engine", ["DuckDB", "DuckDB, 300 MB", "polars"])
def test_the_funnel_of_a_file_is_that_of_code_by_hand(tmp_path, engine):
    """A log in Parquet is counted as it lies, and as somebody would count it by hand."""
    file = tmp_path / "log.parquet"
    ten_million.make(file, 20_000)

    with ten_million.opened(engine, file) as (log, by_hand):
        assert by_hand()["meeting"][0] > by_hand()["won"][0] > 0
        assert ten_million.by_library(log) == by_hand()


def test_a_process_and_its_children_hold_memory():
    """What a run holds is looked up while it runs; of what has ended, nothing is known."""
    assert ten_million.resident(os.getpid()) > 0
    assert ten_million.resident(2**30) == 0
