"""Amounts that are written out in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop import read_opportunities
from salesfunnel.interop.cells.number_words import number_in_words
from tests.interop.examples import MONDAY

SCALES = {"thousand": 3, "million": 6, "milliard": 9, "هزار": 3, "میلیون": 6}
WORDS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""
PERSIAN_WORDS = """
یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده
بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد
"""
ONES, TENS = WORDS.split()[:19], WORDS.split()[19:]
YEK, BIST, SAD = (
    PERSIAN_WORDS.split()[:19],
    PERSIAN_WORDS.split()[19:27],
    PERSIAN_WORDS.split()[27:],
)


def below_a_hundred(number, ones, tens):
    """Write a number below a hundred."""
    if number < 20:
        return [ones[number - 1]] if number else []
    return [tens[number // 10 - 2], *below_a_hundred(number % 10, ones, tens)]


def in_english(number):
    """Write a number below a million."""
    words = []
    for power, name in ((number // 1_000, "thousand"), (number % 1_000, "")):
        hundreds, rest = divmod(power, 100)
        part = [ONES[hundreds - 1], "hundred"] if hundreds else []
        part += below_a_hundred(rest, ONES, TENS)
        words += [*part, name] if part else []
    return " ".join(words).strip()


def in_persian(number):
    """Write the same with an "and" between all parts."""
    parts = []
    for power, name in ((number // 1_000, " هزار"), (number % 1_000, "")):
        hundreds, rest = divmod(power, 100)
        part = [SAD[hundreds - 1]] if hundreds else []
        part += below_a_hundred(rest, YEK, BIST)
        parts += [" و ".join(part) + name] if part else []
    return " و ".join(parts)


@given(st.integers(1, 999_999), st.sampled_from([in_english, in_persian]))
def test_what_is_written_out_is_read_as_the_number(number, write):
    """Each number below a million, in English and in Persian."""
    assert number_in_words(f"{write(number)} EUR", SCALES) == (str(number), "eur")


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("fifty thousand euros", "50,000 EUR"),
        ("Two hundred and fifty thousand US dollars", "250,000 USD"),
        ("پنجاه هزار تومان", "500,000 IRR"),
        ("دو میلیون ریال", "2,000,000 IRR"),
        ("deux millions d'euros", "2,000,000 EUR"),
        ("quatre-vingt-dix mille euros", "90,000 EUR"),
        ("soixante-quinze euros", "75 EUR"),
        ("dix-sept mille euros", "17,000 EUR"),
        ("հիսուն հազար դրամ", "50,000 AMD"),
        ("25 lakh INR", "2,500,000 INR"),
        ("2.5 crore INR", "25,000,000 INR"),
    ],
)
def test_an_amount_in_words_is_an_amount(cell, amount):
    """With its currency beside it."""
    (deal,) = read_opportunities([{"Stage": "Won", "Amount": cell}], at=MONDAY)

    assert str(deal.entity.amount) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "and", "to be agreed", "five twenty", "ten ten", "two two", "nineteen hundred EUR"),
        *("three million four", "million five million", "x" * 200, "one 5", "five apples"),
    ],
)
def test_what_may_mean_something_else_is_no_amount(text):
    """It is kept as text."""
    (deal,) = read_opportunities([{"Stage": "Won", "Amount": text}], at=MONDAY)

    assert deal.entity.amount is None
    assert deal.entity.details.get("amount", "") == text.strip()


@pytest.mark.parametrize("text", ["five 5", "five " * 30])
def test_digits_and_long_texts_are_left_to_others(text):
    """A number is written out, or it is not."""
    assert number_in_words(text, SCALES) is None
