"""Cells with more than one address or number, as people type them into lists."""

from __future__ import annotations

import re

from ..values.contact_points import ContactKind

# Blanks divide addresses, but they also group the digits of a number.
_BETWEEN_ADDRESSES = re.compile(r"[\s,;/|،؛]+")
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[,;/|،؛\r\n]\s*)+")
_FEWEST_DIGITS = 7


def contact_texts(kind: ContactKind, text: str) -> list[str]:
    """
    Divide a cell into addresses or numbers, if each part is whole; else leave it as it is.

    >>> contact_texts(ContactKind.EMAIL, "sara@novin.example; info@novin.example")
    ['sara@novin.example', 'info@novin.example']
    >>> contact_texts(ContactKind.PHONE, "01/23/45/67/89")
    ['01/23/45/67/89']
    """
    between = _BETWEEN_ADDRESSES if kind is ContactKind.EMAIL else _BETWEEN_NUMBERS
    is_whole = _has_address if kind is ContactKind.EMAIL else _has_number
    parts = [part for part in between.split(text) if part]
    return parts if all(map(is_whole, parts)) else [text]


def _has_address(part: str) -> bool:
    return "@" in part.strip("@")


def _has_number(part: str) -> bool:
    return sum(map(str.isdecimal, part)) >= _FEWEST_DIGITS
