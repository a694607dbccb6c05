"""Currency codes and their decimals."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.currencies import currency_code, minor_units


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("EUR", 2), ("IRR", 2), ("AMD", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3), ("CLF", 4)],
)
def test_a_currency_has_its_decimals(code, decimals):
    """A dinar has a thousand parts, a yen none."""
    assert minor_units(code) == decimals


def test_26_currencies_are_not_divided_by_a_hundred():
    """ISO 4217 lists 17 currencies without decimals, 7 with three and 2 with four."""
    codes = [a + b + c for a in LETTERS for b in LETTERS for c in LETTERS if a + b + c != "IRT"]
    decimals = [minor_units(code) for code in codes if code != "TMN"]

    assert [decimals.count(n) for n in (0, 3, 4)] == [17, 7, 2]


@pytest.mark.parametrize(
    "text", ["", "eur", "EU", "EURO", "€", "E R", "ÉUR", "ＥＵＲ", "EUR\n", None, 978]
)
def test_other_texts_are_no_codes(text):
    """A code is three capital letters, and nothing is guessed."""
    with pytest.raises(InvalidValue, match=r"^currency is not a currency code; allowed: three cap"):
        currency_code(text)


@pytest.mark.parametrize("text", ["IRT", "irt", "Toman", "تومان", "TMN"])
def test_the_toman_is_no_currency(text):
    """Who enters tomans learns how to enter them."""
    with pytest.raises(InvalidValue, match=r"is the toman, .*; allowed: Money.toman\(…\), which"):
        currency_code(text)


LETTERS = string.ascii_uppercase


@given(st.text(LETTERS, min_size=3, max_size=3).filter(lambda code: code not in ("IRT", "TMN")))
def test_three_capitals_are_a_code(code):
    """Every code of three capitals passes unchanged, so that new currencies need no release."""
    assert currency_code(code) == code
    assert minor_units(code) in (0, 2, 3, 4)
