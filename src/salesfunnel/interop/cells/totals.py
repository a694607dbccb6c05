"""Rows that sum up those above them: an amount under a word such as "Total", and nothing else."""

from __future__ import annotations

import re

from ..mapping.noun_mapping import key
from ..rows.divided_addresses import FEWEST_DIGITS

_TOTAL_WORDS = (
    *("total", "totals", "grand total", "subtotal", "sum", "count", "total général", "sous-total"),
    *("somme", "جمع", "جمع کل", "مجموع", "مجموع کل", "تعداد کل", "ընդամենը"),
)
_TOTALS = frozenset(map(key, _TOTAL_WORDS))
_BEGINNINGS = frozenset(word[0] for word in _TOTAL_WORDS)
_LONGEST_TOTAL = 20
_TEXT = re.compile(r"[^\W\d_]{4}|@")  # what is more than a sign or a code of a currency


def is_total(cells: tuple[str, ...], *, calls: tuple[int, ...] = ()) -> bool:
    """
    Tell whether a row sums up those above it.

    A number that can be called, in one of the columns of such numbers, is the number of an entry.

    >>> is_total(("Total", "", "1,200 EUR")), is_total(("Total", "Paris"))
    (True, False)
    """
    filled = filter(None, map(str.strip, cells))
    first = next(filled, "")
    if first[:1].casefold() not in _BEGINNINGS or len(first) > _LONGEST_TOTAL:
        return False  # as nearly always, so that no more is looked at
    if key(first) not in _TOTALS or any(map(_can_be_called, (cells[place] for place in calls))):
        return False
    others = [*filled]
    return others != [] and not any(map(_TEXT.search, others))


def _can_be_called(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= FEWEST_DIGITS
