"""The laws of the apostrophe before what a spreadsheet would take for a formula."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.formula_guard import with_formula_guard, without_formula_guard

TRIGGERS = "=+-@\t\r\n＝＋－＠"
texts = st.text() | st.text(alphabet="' =+-@\t\r\n＝a")


@given(texts)
def test_what_was_guarded_comes_back(cell):
    """Any text survives the way through a spreadsheet-safe file."""
    assert without_formula_guard(with_formula_guard(cell)) == cell


@given(texts)
def test_no_guarded_cell_is_a_formula(cell):
    """No cell that goes out begins as a formula does, not even after blanks."""
    guarded = with_formula_guard(cell)

    assert not guarded.startswith(tuple(TRIGGERS))
    assert not guarded.lstrip().startswith(tuple("=+-@＝＋－＠"))
