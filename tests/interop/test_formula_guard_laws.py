"""The laws of the apostrophe before what a spreadsheet would take for a formula."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.cells.formula_guard import (
    with_formula_guard,
    with_formula_guards,
    without_formula_guard,
)

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


@given(texts | st.from_regex(r"'*[+-][0-9 ()+.-]{1,9}", fullmatch=True))
def test_what_was_guarded_but_for_numbers_comes_back(cell):
    """A number that went out bare comes back bare, and all else as well."""
    assert without_formula_guard(with_formula_guard(cell, numbers=False)) == cell


@given(st.text(alphabet="=+-@ 1a(|!'", min_size=1))
def test_what_is_more_than_a_number_is_guarded(cell):
    """Nothing with a letter, a sign of equality or a pipe goes out as a formula."""
    guarded = with_formula_guard(cell, numbers=False)

    is_bare = guarded.lstrip()[:1] in set("=+-@")
    assert not is_bare or not set(guarded) & set("=@a|!'+") - {guarded[0]}


@given(st.lists(texts | st.from_regex(r"'*[+-][0-9 ()+.-]{1,9}|\0", fullmatch=True)), st.booleans())
def test_several_cells_are_guarded_as_each_is(cells, numbers):
    """A column is looked at in one go, and each cell of it gets what it gets alone."""
    guarded = with_formula_guards(cells, numbers=numbers)

    assert list(guarded) == [with_formula_guard(cell, numbers=numbers) for cell in cells]
