"""Cells of which each text is sure to be read as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .blanks import BLANKS, bare
from .tables import Cell

_BETWEEN = "\N{DOUBLE VERTICAL LINE}"
_LONGEST = 400
_WORDS = BLANKS - {""}
# Blanks and dashes at the ends, and what some systems put between the values of a list.
_ODD = (
    *(f"{_BETWEEN}{sign}" for sign in " -"),
    *(f"{sign}{_BETWEEN}" for sign in " -"),
    *("|##|", "::::"),
)
_ODD_OF_ANY = (
    *_ODD,
    *(f"{_BETWEEN}{sign}" for sign in "–—"),
    *(f"{sign}{_BETWEEN}" for sign in "–—"),
)


def are_plain(cells: Iterable[Cell], blanks: frozenset[str] = frozenset()) -> bool:
    """
    Tell whether no text of some cells is long, broken into lines, or a word for nothing.

    Others may be read as they are as well; of plain ones that is sure.

    >>> are_plain(("Sara", 7, None)), are_plain(("N/A",)), are_plain(("a ", "b"))
    (True, False, False)
    """
    texts: Any = cells
    try:
        joined = _BETWEEN.join(texts)
    except TypeError:  # some are numbers, or days
        joined = _BETWEEN.join([text for text in texts if isinstance(text, str)])
    if len(joined) > _LONGEST or not joined.isprintable():
        return False
    joined = f"{_BETWEEN}{joined}{_BETWEEN}"
    for odd in _ODD if joined.isascii() else _ODD_OF_ANY:
        if odd in joined:
            return False
    words = joined.casefold().split(_BETWEEN)
    if not _WORDS.isdisjoint(words):
        return False
    return not blanks or blanks.isdisjoint(map(bare, words))
