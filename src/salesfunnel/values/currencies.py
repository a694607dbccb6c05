"""Currencies by their ISO 4217 codes, and into how many decimals each is divided."""

from __future__ import annotations

import re

from ..errors import InvalidValue, Text

_TOMAN = Text(
    "toman_has_no_code",
    "{field} is the toman, which has no code",
    "Money.toman(…), which is kept in rials (IRR)",
)
_NOT_A_CODE = Text(
    "not_a_currency", "{field} is not a currency code", "three capital letters, such as EUR"
)

# ISO 4217, list one of 2026-01-01: every currency whose exponent is not 2. The rial has two
# decimals here, although its coins have been gone for decades.
_LISTED = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_MINOR_UNITS = {code: units for units, codes in _LISTED.items() for code in codes.split()}

_CODE = re.compile("[A-Z]{3}")
_TOMAN_NAMES = frozenset(["irt", "tmn", "toman", "tomans", "تومان"])


def currency_code(text: str) -> str:
    """
    Read a currency code: three capital letters, as in ISO 4217.

    The toman is a way of counting rials and has no code. ``Money.toman`` reads amounts in it.

    >>> currency_code("IRR")
    'IRR'
    >>> currency_code("IRT")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: currency is the toman...; allowed: Money.toman(…)...
    """
    if isinstance(text, str):
        if text.strip().casefold() in _TOMAN_NAMES:
            raise InvalidValue("currency", _TOMAN)
        if _CODE.fullmatch(text):
            return text
    raise InvalidValue("currency", _NOT_A_CODE)


def minor_units(code: str) -> int:
    """
    Into how many decimals a currency is divided, by ISO 4217; two where it says nothing.

    >>> minor_units("EUR"), minor_units("JPY"), minor_units("KWD")
    (2, 0, 3)
    """
    return _MINOR_UNITS.get(currency_code(code), 2)
