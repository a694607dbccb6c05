"""Several addresses or numbers in one cell: they are divided where each is whole."""

from __future__ import annotations

import re

from ...values.contact_points import ContactKind

FEWEST_DIGITS = 7
"""Of a number that stands beside others in a cell, rather than of an extension or a count."""

_LONGEST_CELL = 4_000
# Blanks divide addresses, but they also group the digits of a number. They are written out, since
# a search for the class of all of them takes seven times as long.
_ALL_BLANKS = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_BETWEEN_ADDRESSES = re.compile(f"(?:[{_ALL_BLANKS},;/|،؛]|:::)+")
_BETWEEN_NUMBERS = re.compile(r" (?::::|[oO][uU]|[oO][rR]|یا|և/կամ|կամ|և) |[,;/|،؛\r\n]+")
# A dash groups the digits of a number as well: "+49 7031 - 1234567" is one.
_DASH = re.compile(" [-–—] ")
_FEWEST_BESIDE_A_DASH = 9


def contact_texts(kind: ContactKind, text: str) -> list[str]:
    """
    Divide a cell into addresses or numbers, if each part is whole; else leave it as it is.

    >>> contact_texts(ContactKind.EMAIL, "sara@novin.example; info@novin.example")
    ['sara@novin.example', 'info@novin.example']
    >>> contact_texts(ContactKind.PHONE, "01/23/45/67/89")
    ['01/23/45/67/89']
    >>> contact_texts(ContactKind.PHONE, "06 12 34 56 78 ou 04 72 00 00 01")
    ['06 12 34 56 78', '04 72 00 00 01']
    """
    if kind is not ContactKind.EMAIL and len(text) <= _LONGEST_CELL and _DASH.search(text):
        dashed = _DASH.split(text)
        if all(_digits(part) >= _FEWEST_BESIDE_A_DASH for part in dashed):
            return [one for part in dashed for one in contact_texts(kind, part.strip())]
    between = _BETWEEN_ADDRESSES if kind is ContactKind.EMAIL else _BETWEEN_NUMBERS
    if len(text) > _LONGEST_CELL or not between.search(text):  # as nearly always
        return [text]
    is_whole = _has_address if kind is ContactKind.EMAIL else _has_number
    parts = [part for piece in between.split(text) if (part := piece.strip())]
    return parts if parts and all(map(is_whole, parts)) else [text]


def _has_address(part: str) -> bool:
    return "@" in part.strip("@")


def _has_number(part: str) -> bool:
    return _digits(part) >= FEWEST_DIGITS


def _digits(part: str) -> int:
    return sum(map(str.isdecimal, part))
