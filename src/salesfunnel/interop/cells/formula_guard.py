"""
The apostrophe that keeps a spreadsheet from taking a cell for a formula.

A telephone number such as ``+98 21 …`` begins like a formula, and a name typed into a web form
may *be* one. Writers for spreadsheets therefore put ``'`` before such a cell; the reader takes
exactly that one away again, so that what was written is what is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Any apostrophes come first, so that a text which already looks guarded gets one more.
_LIKE_A_FORMULA = r"'*+(?:\s*+[=+\-@＝＋－＠]|[\t\r\n])"
# It can be worked out, but it can do nothing.
_LIKE_A_NUMBER = r"[+-](?=[ (]*\d)[\d ()./,-]++"
_FORMULA, _NUMBER = re.compile(_LIKE_A_FORMULA), re.compile(_LIKE_A_NUMBER)
_BETWEEN = "\0"
_AMONG_CELLS = {
    True: re.compile(f"{_BETWEEN}{_LIKE_A_FORMULA}"),
    False: re.compile(f"{_BETWEEN}(?!{_LIKE_A_NUMBER}(?:{_BETWEEN}|\\Z)){_LIKE_A_FORMULA}"),
}


def with_formula_guard(cell: str, *, numbers: bool = True) -> str:
    """
    Put an apostrophe before a cell that a spreadsheet could take for a formula.

    Without ``numbers`` a telephone number and an amount stay as they are: they do no harm, and
    another system would take the apostrophe for a part of them.

    >>> with_formula_guard("+98 21 8888 0000")
    "'+98 21 8888 0000"
    >>> with_formula_guard("+98 21 8888 0000", numbers=False), with_formula_guard("Novin Tejarat")
    ('+98 21 8888 0000', 'Novin Tejarat')
    """
    if not _FORMULA.match(cell) or (not numbers and _NUMBER.fullmatch(cell)):
        return cell
    return f"'{cell}"


def without_formula_guard(cell: str) -> str:
    """
    Take away the one apostrophe that `with_formula_guard` would have put there.

    >>> without_formula_guard("'+98 21 8888 0000")
    '+98 21 8888 0000'
    >>> without_formula_guard("'t Hooft")
    "'t Hooft"
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def with_formula_guards(cells: Sequence[str], *, numbers: bool = True) -> Sequence[str]:
    """
    Put it before each of several cells that need it; mostly none does, as is found at once.

    >>> with_formula_guards(["Novin", "+98 21 8888 0000"])
    ['Novin', "'+98 21 8888 0000"]
    """
    joined = _BETWEEN.join(("", *cells))
    is_divided = joined.count(_BETWEEN) == len(cells)
    if is_divided and not _AMONG_CELLS[numbers].search(joined):
        return cells
    return [with_formula_guard(cell, numbers=numbers) for cell in cells]
