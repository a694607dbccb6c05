"""A part of the two campaigns against files; all of them are run by hand."""

from __future__ import annotations

import random

from tests.benchmarks.bad_rows import changed_by, ways
from tests.benchmarks.mutated_files import a_damaged_file, fault_of
from tests.interop.good_exports import GOOD

WAYS, FILES = 500, 2_000


def test_a_bad_row_changes_no_other_row():
    """Wherever it stands in one of 26 exports, the file and all other rows are as before."""
    assert len(GOOD) == 26
    chosen = random.Random(0).sample(list(ways()), WAYS)  # noqa: S311 - no secret

    said = [(way[0].name, *way[1:], changed_by(*way)) for way in chosen]

    assert [problem for problem in said if problem[-1]] == []


def test_a_damaged_file_is_a_list_or_a_sentence():
    """Only documented errors, and every row that is there has its number once."""
    faults = {number: fault_of(*a_damaged_file(number, 7)) for number in range(FILES)}

    assert {number: fault for number, fault in faults.items() if fault} == {}
