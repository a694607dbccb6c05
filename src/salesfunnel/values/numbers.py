"""
Exact numbers: every amount, weight and count passes this gate before it is calculated with.

A short text such as ``1E+999999`` costs minutes of arithmetic, and ``0.1`` as a float is not a
tenth. So length and digits are looked at first, and floats are refused.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

from ..errors import InvalidValue, Text

_NOT_A_NUMBER = Text(
    "not_a_number", "{field} is not a number", "digits in groups of three and a decimal mark"
)
_MARK = Text("decimal_mark", "{field} is not one character", "such as . or ,")
_NOT_PLAIN = Text(
    "not_a_plain_number",
    "{field} is not a plain number",
    "digits, with one decimal point at most",
)
_NOT_EXACT = Text(
    "not_an_exact_number",
    "{field} is not an exact number",
    "a Decimal, an int or digits in a text",
)
_TOO_LARGE = Text("integer_too_large", "{field} is too large", "a whole number of {bits} bits")
_NOT_FINITE = Text("infinite_number", "{field} is not a finite number", "a number")
_BOUNDS = Text(
    "number_out_of_bounds",
    "{field} is too large or too fine",
    "up to {before} digits before the decimal point, {after} after it",
)

# All arithmetic goes through this context, so that the host's own context cannot change a sum.
# A result that would have to be rounded is an error here.
EXACT = Context(
    prec=120,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow, Inexact],
)

_PLAIN = re.compile(r"[+-]?[0-9]{1,60}(?:\.[0-9]{1,60})?")
_ARABIC_DECIMAL_MARK = "٫"
_TEXT_LIMIT = 64
_GROUP = 3
_INT_BITS = 256
_MINUS_SIGNS = "-\u2212\u2010\u2011\u2013\ufe63\uff0d"
_GROUP_MARKS = ",. '\u2019\u00a0\u202f\u2009٬"


def exact_decimal(
    value: Decimal | int | str,
    what: str,
    *,
    integer_digits: int = 18,
    fraction_digits: int = 4,
) -> Decimal:
    """
    Read an exact number that is neither too large nor too fine. Digits may be of any script.

    Equal numbers come out identical: without trailing zeros, exponent or negative zero.

    >>> exact_decimal("۱۲۳٫۵۰", "amount")
    Decimal('123.5')
    >>> exact_decimal("1E+999999", "amount")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: amount is not a plain number; allowed: digits...
    """
    number = _number(value, what)
    if not number:
        return Decimal(0)
    # `adjusted` is free of charge. Anything else on a number out of bounds may not be.
    if not -fraction_digits <= number.adjusted() < integer_digits:
        raise _out_of_bounds(what, integer_digits, fraction_digits)
    try:
        plain = number.normalize(EXACT)
    except Inexact:
        raise _out_of_bounds(what, integer_digits, fraction_digits) from None
    exponent = int(plain.as_tuple().exponent)
    if exponent < -fraction_digits:
        raise _out_of_bounds(what, integer_digits, fraction_digits)
    return plain if exponent <= 0 else plain.quantize(Decimal(1), context=EXACT)


def read_number(
    text: str,
    *,
    decimal_mark: str = ".",
    group_marks: str = _GROUP_MARKS,
    what: str = "number",
    fraction_digits: int = 4,
) -> Decimal:
    """
    Read a number as people write it: grouped by threes, in any script, with blanks around it.

    The decimal mark never counts as a group mark, and the Persian «٫» is always a decimal mark.
    ``1,5`` is refused rather than read as fifteen, since its group has not three digits.

    >>> read_number("1,234.50"), read_number("1 234,50", decimal_mark=",")
    (Decimal('1234.5'), Decimal('1234.5'))
    >>> read_number("۱۲۳٬۴۵۶")
    Decimal('123456')
    """
    plain = InvalidValue(what, _NOT_A_NUMBER)
    if len(decimal_mark) != 1:
        raise InvalidValue("decimal_mark", _MARK)
    if not isinstance(text, str):
        raise plain
    if len(text) > _TEXT_LIMIT:
        raise plain
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    number = ascii_digits(visible.strip()).replace(_ARABIC_DECIMAL_MARK, decimal_mark)
    sign = ""
    if number[:1] in tuple("+" + _MINUS_SIGNS):
        sign = "" if number[0] == "+" else "-"
        number = number[1:].lstrip()
    whole, mark, fraction = number.partition(decimal_mark)
    digits = _ungrouped(whole, group_marks.replace(decimal_mark, ""))
    if digits is None or (not digits and not fraction) or (mark and not fraction):
        raise plain
    return exact_decimal(
        f"{sign}{digits or 0}{'.' if mark else ''}{fraction}", what, fraction_digits=fraction_digits
    )


def ascii_digits(text: str) -> str:
    """
    Write the digits of any script as ASCII digits, and leave everything else as it is.

    >>> ascii_digits("تلفن ۰۲۱")
    'تلفن 021'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def _number(value: Decimal | int | str, what: str) -> Decimal:
    if isinstance(value, str):
        if len(value) <= _TEXT_LIMIT:
            text = ascii_digits(value).replace(_ARABIC_DECIMAL_MARK, ".")
            if _PLAIN.fullmatch(text):
                return Decimal(text)
        raise InvalidValue(what, _NOT_PLAIN)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InvalidValue(what, _NOT_EXACT)
    if isinstance(value, int):
        # Making a Decimal of an int takes quadratic time in its length.
        if value.bit_length() > _INT_BITS:
            raise InvalidValue(what, _TOO_LARGE, {"bits": _INT_BITS})
        return Decimal(int(value))
    if not value.is_finite():
        raise InvalidValue(what, _NOT_FINITE)
    return Decimal(value)


def _out_of_bounds(what: str, integer_digits: int, fraction_digits: int) -> InvalidValue:
    return InvalidValue(what, _BOUNDS, {"before": integer_digits, "after": fraction_digits})


def _ungrouped(whole: str, group_marks: str) -> str | None:
    marks = {c for c in whole if c in group_marks}
    if len(marks) > 1:
        return None
    if marks:
        first, *groups = whole.split(marks.pop())
        if not 1 <= len(first) <= _GROUP or any(len(group) != _GROUP for group in groups):
            return None
        whole = first + "".join(groups)
    return whole
