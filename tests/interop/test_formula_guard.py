"""The apostrophe before what a spreadsheet would take for a formula."""

from __future__ import annotations

import pytest

from salesfunnel.interop.cells.formula_guard import with_formula_guard, without_formula_guard


@pytest.mark.parametrize("cell", ["=1+1", "+98 21", "@sum", "\tx", "\r", "\nx", "  =1", "'=1"])
def test_a_formula_is_guarded_and_comes_back(cell):
    """What begins like a formula, also after blanks, goes out with one apostrophe."""
    assert with_formula_guard(cell) == "'" + cell
    assert without_formula_guard("'" + cell) == cell


@pytest.mark.parametrize("cell", ["", "Sara", "'t Hooft", "'", "a=b", "1-2", "''x"])
def test_an_ordinary_cell_keeps_its_apostrophe(cell):
    """A name that begins with an apostrophe is not a guarded formula."""
    assert with_formula_guard(cell) == cell
    assert without_formula_guard(cell) == cell
