"""Cells with more than one address or number, as people type them into lists."""

from __future__ import annotations

import re

from ..errors import InvalidValue
from ..values.contact_points import ContactKind, ContactPoint

# Blanks divide addresses, but they also group the digits of a number.
_BETWEEN_ADDRESSES = re.compile(r"[\s,;/|،؛]+")
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[,;/|،؛\r\n]\s*)+")
_SHORTENED = re.compile(r"\d(?:[.,]\d*)?[eE]\+\d+")

FEWEST_DIGITS = 7
"""Of a number by which somebody can be called, rather than of an extension or a count."""


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


def contact_point(kind: ContactKind, text: str) -> ContactPoint:
    """
    Make a way to reach somebody, unless a spreadsheet has made ``9.12E+09`` of the number.

    Two such numbers look like one, and nobody can be called by either.

    >>> contact_point(ContactKind.PHONE, "0912 123 4567").key
    '09121234567'
    """
    if kind is not ContactKind.EMAIL and _SHORTENED.fullmatch(text):
        raise InvalidValue(kind.value, "has lost digits in a spreadsheet", "the number as text")
    return ContactPoint(kind, text)


def _has_address(part: str) -> bool:
    return "@" in part.strip("@")


def _has_number(part: str) -> bool:
    return sum(map(str.isdecimal, part)) >= FEWEST_DIGITS
