"""Cells of which each text is sure to be read as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..writing.tables import Cell
from .blanks import LONGEST_BLANK, Blanks

_BETWEEN = "\N{DOUBLE VERTICAL LINE}"
_LONGEST = 400
_HALF_SPACES = re.compile(r"(?<=\w)\u200c(?=\w)")
# Blanks and dashes at the ends, and what some systems put between the values of a list.
_ODD = (*(f"{_BETWEEN}{sign}" for sign in " -"), *(f"{sign}{_BETWEEN}" for sign in " -"), "::::")
_RARE = ("|", "–", "—")


def are_all_plain(cells: Iterable[Cell], blanks: Blanks) -> bool:
    """
    Tell at once whether all texts among the cells of several rows are plain.

    Others may be read as they are as well; of plain ones that is sure: they are not long, not
    broken into lines, and no word for nothing.

    >>> are_all_plain(["Sara", 7, "Ani", ""], Blanks())
    True
    >>> are_all_plain(["N/A"], Blanks()), are_all_plain(["a ", "b"], Blanks())
    (False, False)
    """
    texts: Any = set(cells)  # the same words stand in most rows
    try:
        joined = _BETWEEN.join(texts)
    except TypeError:  # some are numbers, or days
        texts = {text for text in texts if isinstance(text, str)}
        joined = _BETWEEN.join(texts)
    return _is_plain(joined) and _say_something(texts, blanks)


def _is_plain(joined: str) -> bool:
    """Tell whether texts that were joined hold nothing odd."""
    if not joined.isprintable() and not _HALF_SPACES.sub("", joined).isprintable():
        return False
    joined = f"{_BETWEEN}{joined}{_BETWEEN}"
    for odd in _ODD:
        if odd in joined:
            return False
    return all(sign not in joined for sign in _RARE)  # looking for one sign is quick


def _say_something(texts: set[str], blanks: Blanks) -> bool:
    """Tell whether no text is long, or a word for nothing."""
    if max(map(len, texts), default=0) > _LONGEST:
        return False
    may_begin = blanks.may_begin  # which nearly no text does
    short = [text for text in texts if may_begin[text[:2]] and len(text) <= LONGEST_BLANK]
    return not any(text in blanks for text in short if text)
