"""Rows that are no entries: sums of those above under a word such as "Total", and footnotes."""

from __future__ import annotations

import re

from ..mapping.noun_mapping import key
from ..rows.divided_addresses import FEWEST_DIGITS

_ONLY_TOTALS = (
    *("grand total", "grand totals", "subtotal", "subtotals", "total général", "sous-total"),
    *("جمع", "جمع کل", "مجموع", "مجموع کل", "تعداد کل"),
    *("ընդամենը", "ընդհանուր գումարը", "ընդհանուր քանակը"),
)
_TOTAL_WORDS = ("total", "totals", "sum", "count", "somme", *_ONLY_TOTALS)  # or the name of a firm
_IS_ONLY_TOTAL = frozenset(map(key, _ONLY_TOTALS))
_TOTALS = frozenset(map(key, _TOTAL_WORDS))
_BEGINNINGS = frozenset(word[0] for word in _TOTAL_WORDS)
_LONGEST_FOOTNOTE = 200
LONGEST_TOTAL = 20
"""In letters: what is longer may be a footnote only."""

_COUNTED = re.compile(r"([^\d:(=՝։]+)[:(=՝։].*\d.*")  # as in "Total: 2 leads"
_FOOTNOTE = re.compile(
    r"(?:copyright (?:\(c\)|©|\d)|©|confidential information\b|all rights reserved"
    r"|(?:generated|printed|exported|created|filtered) (?:by|on|at|with|from)\b|as of \d"
    r"|(?:généré|imprimé|exporté|édité) (?:par|le)\b)",
    re.IGNORECASE,
)
_TEXT = re.compile(r"[^\W\d_]{4}|@")  # what is more than a sign or a code of a currency


def is_footnote(text: str) -> bool:
    """
    Tell whether a text that stands alone below a list counts it, or says who made it.

    >>> is_footnote("Grand Totals (2 records)"), is_footnote("Copyright (c) 2026 Novin")
    (True, True)
    >>> is_footnote("Ընդամենը՝ 1"), is_footnote("Sous-total")
    (True, True)
    >>> is_footnote("Total Energies"), is_footnote("Copyrighters")
    (False, False)
    """
    if len(text) > _LONGEST_FOOTNOTE:
        return False
    if key(text) in _IS_ONLY_TOTAL:
        return True
    counted = _COUNTED.fullmatch(text)
    if counted is None or _FOOTNOTE.match(text):
        return _FOOTNOTE.match(text) is not None
    first = counted[1].split()[:1]
    return not {key(counted[1]), *map(key, first)}.isdisjoint(_TOTALS)


def is_total(cells: tuple[str, ...], *, calls: tuple[int, ...] = ()) -> bool:
    """
    Tell whether a row sums up those above it, or is a footnote: no entry in any case.

    A number that can be called, in one of the columns of such numbers, is the number of an entry.

    >>> is_total(("Total", "", "1,200 EUR")), is_total(("Total", "Paris"))
    (True, False)
    >>> is_total(("Total: 2 leads", "")), is_total(("Total: 2 leads", "Paris"))
    (True, False)
    """
    filled = filter(None, map(str.strip, cells))
    first = next(filled, "")
    is_short = len(first) <= LONGEST_TOTAL
    if is_short and first[:1].casefold() not in _BEGINNINGS:
        return False  # as nearly always, so that no more is looked at
    others = [*filled]
    if not others:
        return is_footnote(first)
    if not is_short or any(map(_TEXT.search, others)):
        return False
    return key(first) in _TOTALS and not any(_can_be_called(cells[place]) for place in calls)


def _can_be_called(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= FEWEST_DIGITS
