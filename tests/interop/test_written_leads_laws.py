"""The law of writing: what was written is read as the same, or the difference is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.writing.written_leads import write_leads
from salesfunnel.testing import leads
from tests.interop.written_lists import ALL, check, few


@pytest.mark.parametrize("name", ALL)
@few
@given(leads())
def test_a_lead_comes_back_or_the_difference_is_named(name, lead):
    """Of every preset in every language, and of a mapping of one's own; in letters of any kind."""
    check(lead, ALL[name], write_leads, read_leads)


@pytest.mark.parametrize("suffix", [".jsonl", ".xlsx", ".tsv"])
@given(lead=leads(), name=st.sampled_from(["vtiger", "dynamics", "own"]))
def test_so_it_does_from_other_kinds_of_files(suffix, lead, name):
    """JSON lines, a workbook, a list with tabs."""
    check(lead, ALL[name], write_leads, read_leads, suffix)


@given(lead=leads(), encoding=st.sampled_from(["cp1256", "cp1252", "utf-16"]))
def test_so_it_does_in_other_encodings(lead, encoding):
    """Letters that an encoding lacks become question marks, and are named."""
    check(lead, ALL["vtiger"], write_leads, read_leads, encoding=encoding, delimiter=";")
