"""Laws of texts: one that only names columns is told as no list, and no list is told as a text."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import draft_mapping, load_mapping, read_leads, read_opportunities
from tests.interop.examples import MONDAY
from tests.real_files import files_in

ROOT = Path(__file__).parents[2]
TEXTS = [
    *files_in(ROOT / "src/salesfunnel/interop/mapping", "*.py"),
    *files_in(ROOT / "docs/how-to", "*.md"),
]
COLUMNS = ("Name", "Company", "Phone", "Email", "Note")
PROMISED = "\nWe met, and met, and met, and met again.\nThey were many.\nSo it goes, as ever.\n"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_program_text_and_prose_are_no_lists(path):
    """Wherever words such as Lead and Source stand between commas, no row is read of them."""
    for read in (read_leads, read_opportunities):
        with pytest.raises(UnreadableFile):
            read(path, at=MONDAY)


@given(st.lists(st.integers(2, 5), min_size=1, max_size=30), st.integers(1, 5))
def test_a_list_that_was_typed_by_hand_is_no_text(ends, end):
    """Its rows break off where nothing more is known: anywhere, or all at one column."""
    for lengths in (ends, [end] * len(ends)):
        rows = [",".join(["Sara"] * length) for length in lengths]
        reading = read_leads(StringIO("\n".join([",".join(COLUMNS), *rows])), at=MONDAY)

        assert len(list(reading.records)) == len(ends)


@pytest.mark.parametrize("above", ["", "Notes of a visit\n\n"])
def test_the_line_that_was_taken_for_names_is_named(above):
    """With a mapping that is named it is read all the same."""
    text = f"{above}Ask for the lead, Company, Source{PROMISED * 4}"

    with pytest.raises(UnreadableFile, match=r"a text, not a list: .* row \d .* has Company;"):
        read_leads(StringIO(text), at=MONDAY)
    with pytest.raises(UnreadableFile, match="a text, not a list"):
        list(draft_mapping(StringIO(text)))
    assert list(read_leads(StringIO(text), at=MONDAY, mapping=load_mapping("salesfunnel")))


def test_a_list_below_a_line_of_prose_is_read():
    """The line that knows more names of columns comes first, and of prose alone none is taken."""
    text = "Dear Company, all leads\nName,Company,Phone\n" + "A,B,7\n" * 9

    assert read_leads(StringIO(text), at=MONDAY).header_row == 2
