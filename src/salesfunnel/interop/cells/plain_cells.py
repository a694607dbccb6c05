"""Cells of which each text is sure to be read as it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..writing.tables import Cell
from .blanks import BLANKS, bare

_BETWEEN = "\N{DOUBLE VERTICAL LINE}"
_LONGEST = 400
_WORDS = BLANKS - {""}
# Blanks and dashes at the ends, and what some systems put between the values of a list.
_ODD = (*(f"{_BETWEEN}{sign}" for sign in " -"), *(f"{sign}{_BETWEEN}" for sign in " -"), "::::")
_RARE = ("|", "–", "—")


def are_all_plain(lines: Sequence[str], blanks: frozenset[str] = frozenset()) -> bool:
    """
    Tell at once whether all cells of several rows are plain, each row as `joined_texts` gives it.

    Others may be read as they are as well; of plain ones that is sure: they are not long, not
    broken into lines, and no word for nothing.

    >>> are_all_plain([joined_texts(("Sara", 7)), joined_texts(("Ani", ""))])
    True
    >>> are_all_plain([joined_texts(("N/A",))]), are_all_plain([joined_texts(("a ", "b"))])
    (False, False)
    """
    return max(map(len, lines), default=0) <= _LONGEST and _is_plain(_BETWEEN.join(lines), blanks)


def joined_texts(cells: Iterable[Cell]) -> str:
    """Put the texts among some cells into one, with a sign between them."""
    texts: Any = cells
    try:
        return _BETWEEN.join(texts)
    except TypeError:  # some are numbers, or days
        return _BETWEEN.join([text for text in texts if isinstance(text, str)])


def _is_plain(joined: str, blanks: frozenset[str]) -> bool:
    """Tell whether all texts that were joined are plain, but for their length."""
    if not joined.isprintable():
        return False
    joined = f"{_BETWEEN}{joined}{_BETWEEN}"
    for odd in _ODD:
        if odd in joined:
            return False
    for sign in _RARE:  # looking for one sign is quick
        if sign in joined:
            return False
    words = joined.casefold().split(_BETWEEN)
    if not _WORDS.isdisjoint(words):
        return False
    return not blanks or blanks.isdisjoint(map(bare, words))
