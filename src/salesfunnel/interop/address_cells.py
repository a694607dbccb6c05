"""How cells write addresses and numbers: several in one, damaged by a spreadsheet, or none."""

from __future__ import annotations

import re

from ..errors import InvalidValue, Text
from ..values.contact_points import ContactKind, ContactPoint
from ..values.numbers import ascii_digits
from ..values.phone_numbers import without_decimals

FEWEST_DIGITS = 7
"""Of a number that stands beside others in a cell, rather than of an extension or a count."""

_FEWEST_TO_CALL = 6
_LONGEST_CELL = 4_000
# Blanks divide addresses, but they also group the digits of a number.
_BETWEEN_ADDRESSES = re.compile(r"[\s,;/|،؛]+")
_BETWEEN_NUMBERS = re.compile(r"[,;/|،؛\r\n]+")
_SHORTENED = re.compile(r"\d(?:[.,]\d*)?[eE]\+\d+")
_LONGEST_NUMBER = 40
_ZEROS = ("0", "۰", "٠")
_LOST_DIGITS = Text("lost_digits", "{field} has lost digits in a spreadsheet", "the number as text")
_NOT_A_NUMBER = Text(
    "not_a_number_to_call",
    "{field} is not a number that can be called",
    "6 to 15 digits, such as +98 21 8877 6655",
)
_NOT_AN_ADDRESS = Text(
    "not_an_address", "{field} is not an address that mail can reach", "such as sara@novin.example"
)


def contact_texts(kind: ContactKind, text: str) -> list[str]:
    """
    Divide a cell into addresses or numbers, if each part is whole; else leave it as it is.

    >>> contact_texts(ContactKind.EMAIL, "sara@novin.example; info@novin.example")
    ['sara@novin.example', 'info@novin.example']
    >>> contact_texts(ContactKind.PHONE, "01/23/45/67/89")
    ['01/23/45/67/89']
    """
    if len(text) > _LONGEST_CELL:
        return [text]
    between = _BETWEEN_ADDRESSES if kind is ContactKind.EMAIL else _BETWEEN_NUMBERS
    is_whole = _has_address if kind is ContactKind.EMAIL else _has_number
    if not between.search(text):  # as nearly always
        return [text]
    parts = [part for piece in between.split(text) if (part := piece.strip())]
    return parts if parts and all(map(is_whole, parts)) else [text]


def contact_point(kind: ContactKind, text: str, country: str = "") -> ContactPoint:
    """
    Make an address or a number; one that reaches no one is refused.

    A national number keeps the ``country``, which completes its key. ``9.12E+09`` is what a
    spreadsheet makes of a number: two of them look like one, and neither can be called.

    >>> contact_point(ContactKind.PHONE, "0912 123 4567", "IR").key
    '+989121234567'
    """
    if kind is ContactKind.EMAIL:
        point = ContactPoint(kind, text)
        if not point.key:
            raise InvalidValue(kind.value, _NOT_AN_ADDRESS)
        return point
    if "+" in text[1:] and len(text) <= _LONGEST_NUMBER and _SHORTENED.fullmatch(text):
        raise InvalidValue(kind.value, _LOST_DIGITS)
    point = ContactPoint(kind, text)
    key = point.key
    if len(key.removeprefix("+")) < _FEWEST_TO_CALL:
        raise InvalidValue(kind.value, _NOT_A_NUMBER)
    return point if key[0] == "+" or not country else ContactPoint(kind, text, country=country)


def whole_number(text: str) -> str:
    """
    Take off the decimals that a spreadsheet has put behind a number.

    >>> whole_number("9121234567.0"), whole_number("06.75.77.83.99")
    ('9121234567', '06.75.77.83.99')
    """
    if "." not in text or len(text) > _LONGEST_NUMBER or not text.endswith(_ZEROS):
        return text
    return without_decimals(ascii_digits(text))


def _has_address(part: str) -> bool:
    return "@" in part.strip("@")


def _has_number(part: str) -> bool:
    return sum(map(str.isdecimal, part)) >= FEWEST_DIGITS
