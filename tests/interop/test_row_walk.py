"""How many files a row passes on its way to an assessment."""

from __future__ import annotations

from tests.benchmarks.row_walk import walk

MOST = 46


def test_a_row_passes_few_files_on_its_way_to_an_assessment():
    """To follow one row through a debugger one opens no more files than these."""
    passed = walk()

    assert "interop/leads.py" in passed
    assert "qualification/assessment.py" in passed
    assert len(passed) <= MOST, passed
