"""What a number says about the mark before its cents: a comma, a point, or nothing."""

from __future__ import annotations

import re

# A fraction of one, two or four digits, or groups: ``1,234`` alone proves nothing.
_GROUP = r"[+-]?\d{1,3}"
_COMMA = re.compile(rf"[+-]?[\d.\s]*\d,(?:\d\d?|\d{{4,}})|{_GROUP}(?:\.\d{{3}})+(?:\.\d{{3}}|,\d+)")
_POINT = re.compile(rf"[+-]?[\d,\s]*\d\.(?:\d\d?|\d{{4,}})|{_GROUP}(?:,\d{{3}})+(?:,\d{{3}}|\.\d+)")
_IN_DOUBT = re.compile(rf"{_GROUP}[.,]\d{{3}}")
_LONGEST = 40
_PERSIAN_SIGN = "٫"
_PERSIAN = re.compile(r"[\u0600-\u06ff]")
# Not in a day such as 1405/01/11, and before three digits only where a scale follows.
_STROKE = re.compile(
    r"(?<![\d/])(\d{1,3})/(?=\d{1,2}(?![\d/])"
    r"|\d+[\s\u200c]*(?:هزار|م[یي]ل[یي]ون|م[یي]ل[یي]ارد|تر[یي]ل[یي]ون|همت))"
)


def decimal_mark_of(number: str) -> str:
    """
    Return the decimal mark that a number proves, or nothing.

    >>> decimal_mark_of("9,5"), decimal_mark_of("1,234.50"), decimal_mark_of("1,234")
    (',', '.', '')
    """
    if len(number) > _LONGEST:
        return ""
    proven = [mark for mark, form in ((",", _COMMA), (".", _POINT)) if form.fullmatch(number)]
    return proven[0] if len(proven) == 1 else ""


def without_stroke(text: str) -> str:
    """
    Put the Persian decimal sign in the place of the stroke that Persians type for it.

    >>> (
    ...     without_stroke("۲/۵ میلیارد ریال"),
    ...     without_stroke("2/5 M EUR"),
    ...     without_stroke("۱۴۰۵/۰۱/۱۱"),
    ... )
    ('۲٫۵ میلیارد ریال', '2/5 M EUR', '۱۴۰۵/۰۱/۱۱')
    """
    is_typed_so = "/" in text and _PERSIAN.search(text) is not None
    return _STROKE.sub(rf"\1{_PERSIAN_SIGN}", text) if is_typed_so else text


def may_be_thousands(number: str) -> bool:
    """
    Tell whether a mark in a number may divide off thousands as well as decimals.

    >>> may_be_thousands("3,100"), may_be_thousands("3,10")
    (True, False)
    """
    return len(number) <= _LONGEST and _IN_DOUBT.fullmatch(number) is not None
