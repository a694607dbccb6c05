"""Amounts in the words of lists: numbers, scales, currencies, and the headers above them."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.interop import read_opportunities
from salesfunnel.interop.cells.amounts import amount_in, currency_beside, unit_of_header
from salesfunnel.interop.cells.currency_names import SEVERAL, currency_meant, currency_names
from salesfunnel.interop.cells.formats import FileFormat
from salesfunnel.interop.shipped_text import shipped_text
from salesfunnel.values import Money
from tests.interop.examples import MONDAY, deal_rows

CURRENCIES = tomllib.loads(shipped_text("currencies"))
NAMES = {code: lines for code, lines in CURRENCIES.items() if isinstance(lines, dict)}


@given(
    whole=st.integers(0, 999),
    part=st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    unit=st.sampled_from([(" میلیون", 6), ("\u200cميليارد", 9), ("هزار", 3), (" تریلیون", 12)]),
    mark=st.sampled_from(["", ",", "."]),
    is_persian=st.booleans(),
)
def test_persians_type_a_stroke_for_their_decimal_sign(whole, part, unit, mark, is_persian):
    """In digits of either script, with any other mark in the file; bare ones with few digits."""
    word, power = unit
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹" if is_persian else "0123456789")
    exact, form = Decimal(f"{whole}.{part}"), FileFormat(decimal_mark=mark)
    number = f"{whole}/{part}".translate(digits)

    assert form.amount(amount_in(f"{number}{word} ریال")) == exact.scaleb(power)
    if len(part) < len("100"):
        assert form.amount(amount_in(f"{number} ریال")) == exact


@pytest.mark.parametrize(
    "text", ["۱۴۰۵/۰۱/۱۱", "۱۴۰۵/۰۱", "۱/۲۰۰ ریال", "2/5", "2/5 M EUR", "۱/۲/۳"]
)
def test_other_strokes_are_no_decimal_signs(text):
    """A day, thousands, or a part of something."""
    with pytest.raises(InvalidValue):
        FileFormat().amount(amount_in(text))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("۵۰ میلیون تومان", 50_000_000, "toman"),
        ("1.5 میلیارد ریال", 1_500_000_000, "IRR"),
        ("300 هزار میلیارد تومان", 300 * 10**12, "toman"),
        ("2 همت", 2 * 10**12, "toman"),
        ("۱ میلیارد و ۲۰۰ میلیون ریال", 1_200_000_000, "IRR"),
        ("$342K", 342_000, ""),
        ("$342.09K", 342_090, ""),
        ("US$ 1.2M", 1_200_000, "USD"),
        ("100 k€", 100_000, "EUR"),
        ("1,5 Md€", 1_500_000_000, "EUR"),
        ("12 M EUR", 12_000_000, "EUR"),
        ("2 millions 500 mille euros", 2_500_000, "EUR"),
        ("5 միլիոն դրամ", 5_000_000, "AMD"),
        ("1 million rials", 1_000_000, "IRR"),
        ("SGD4.90 $", "4.90", "SGD"),
        ("118, 99 TL", "118.99", "TRY"),
        ("1.899,- €", 1899, "EUR"),
        ("184,20 €HT", "184.20", "EUR"),
        ("Price: R$60,00", 60, "BRL"),
        ("18,00 € *", 18, "EUR"),
        ("قیمت: ۹۰۰ درهم", 900, "AED"),
        ("1'049,95 CHF", "1049.95", "CHF"),
        ("100 dinars", 100, ""),
    ],
)
def test_an_amount_is_read_as_people_say_it(text, amount, currency):
    """With a word for thousand, million or milliard, and the name of the currency."""
    written = amount_in(text)

    assert FileFormat().amount(written) == Decimal(amount)
    assert (currency_beside(written.beside) if written.beside else "") == currency


@pytest.mark.parametrize(
    "text",
    [
        *(
            "13315.66x",
            "from $24",
            "$36 /mo",
            "3 € 4 €",
            "16 ft",
            "900 pieces",
            "- $44.99",
            "(900)",
        ),
        *(
            "1 million 200 million rials",
            "1 mille 3 millions",
            "1 milliard 5",
            "x" * 200,
            "9" * 101,
        ),
    ],
)
def test_what_is_not_one_amount_is_refused(text):
    """A lower bound, a price by the month, two amounts or a length are kept as text."""
    assert not is_read(text)


@pytest.mark.parametrize(
    ("header", "amount"),
    [
        *((header, Money(9, "USD")) for header in ("Amount USD", "Amount [USD]", "USD Amount")),
        *((header, Money(9, "EUR")) for header in ("Amount in EUR", "Montant €", "Amount_eur")),
        ("Montant (k€)", Money(9_000, "EUR")),
        ("مبلغ (میلیون ریال)", Money(9_000_000, "IRR")),
        ("مبلغ به تومان", Money(90, "IRR")),
        ("Գումար (դրամ)", Money(9, "AMD")),
        ("Amount ($)", Money(9, "XXX")),
        ("Amount (k$)", Money(9_000, "XXX")),
        ("Amount (in thousands)", Money(9_000, "XXX")),
        ("Deal amount, US dollars", Money(9, "USD")),
    ],
)
def test_a_header_may_name_the_unit(tmp_path, header, amount):
    """A currency, thousands or millions, in any of the usual spellings."""
    ((deal,), ()) = deal_rows(tmp_path, ("Stage", header), ("Proposal", "9"))

    assert deal.entity.amount == amount
    noted = "unit_of_header" in [note.code for note in deal.notes]
    assert noted == (amount.amount >= 9_000)


@pytest.mark.parametrize("country", ["", "IR", "CA"])
@pytest.mark.parametrize(("header", "cell"), [("Amount", "$ 900"), ("Amount ($)", "900")])
def test_a_sign_of_several_currencies_is_not_lost_in_silence(header, cell, country):
    """Where its country does not say which is meant, the row says so; where it does, that is it."""
    rows = [{"Stage": "Won", header: cell}]

    (deal,) = read_opportunities(rows, at=MONDAY).with_format(country=country)

    codes = [note.code for note in deal.notes]
    assert deal.entity.amount == Money(900, "CAD" if country == "CA" else "XXX")
    assert ("sign_of_several_currencies" in codes) == (country != "CA")


@pytest.mark.parametrize("header", ["Amount", "Amount paid", "Deal - Value", "EUR", "x" * 200, ""])
def test_another_header_names_no_unit(header):
    """What it says beside the amount is not a unit."""
    assert unit_of_header(header) is None


@pytest.mark.parametrize("code", sorted(NAMES))
def test_each_name_means_its_currency(code):
    """The names of CLDR in four languages, and what people say beside them."""
    words = [word for line in NAMES[code].values() for word in line]

    assert {currency_meant(word) for word in words} == {code}


def test_currencies_have_names_in_four_languages():
    """Each but the toman, which is a way of counting rials."""
    assert len(NAMES) > 70
    for code, lines in NAMES.items():
        assert code == "toman" or [*lines][:4] == ["en", "fr", "fa", "hy"]


def test_no_name_means_two_currencies():
    """What several share means none."""
    meanings: dict[str, set[str]] = {}
    for code, lines in NAMES.items():
        for word in (word for line in lines.values() for word in line):
            meanings.setdefault(word.casefold(), set()).add(code)

    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}
    groups = CURRENCIES["several"]
    assert {currency_meant(word) for group in groups for word in group["words"]} == {SEVERAL}
    assert currency_names().codes >= {code for group in groups for code in group["codes"].split()}


@pytest.mark.parametrize(
    ("country", "cell", "amount"),
    [
        ("CA", "$900", "900 CAD"),
        ("Mexico", "$ 900", "900 MXN"),
        ("KW", "900 dinars", "900 KWD"),
        ("SE", "900 kr", "900 SEK"),
        ("CA", "US$ 900", "900 USD"),
        ("IR", "$900", "900 XXX"),
    ],
)
def test_a_country_means_its_own_by_a_sign_that_several_share(country, cell, amount):
    """In a column of currencies, too; a country that has none of them means none."""
    sign = cell.replace("900", "").strip()
    rows = [{"Stage": "Won", "Amount": cell}, {"Stage": "Won", "Amount": "900", "Currency": sign}]

    one, other = read_opportunities(rows, at=MONDAY, country=country)

    assert str(one.entity.amount) == str(other.entity.amount) == amount


@given(st.sampled_from(sorted(currency_names().codes)), st.sampled_from([str.lower, str.upper]))
def test_a_code_is_known_in_any_case(code, change_case):
    """As it is typed."""
    assert currency_meant(change_case(code)) == code


@given(
    st.integers(1, 999),
    st.sampled_from([("میلیون تومان", 6), ("k€", 3), (" milliards d'euros", 9), ("M USD", 6)]),
)
def test_a_scale_multiplies(number, scale):
    """Exactly, whatever the number."""
    words, power = scale

    assert FileFormat().amount(amount_in(f"{number} {words}")) == number * 10**power


@given(st.text(max_size=150))
def test_any_text_is_an_amount_or_refused(text):
    """Whatever stands in a cell or a header, nothing but the one error comes of it."""
    unit_of_header(text)
    written = amount_in(text)
    currency_beside(written.beside)
    try:
        FileFormat().amount(written)
    except InvalidValue:
        return


PRICES = "price_strings/price_examples_open_half.json"


def test_prices_of_real_shops_are_read_and_none_wrongly(real_data):
    """Four of five, from the cell alone; the others are ranges, two prices or unknown labels."""
    prices = json.loads((real_data / PRICES).read_text("utf-8"))
    told = [(text, value) for _, text, _, _, value, *_ in prices if text is not None]
    found = {text: FileFormat().amount(amount_in(text)) for text, _ in told if is_read(text)}

    assert all(text not in found or found[text] == Decimal(str(value)) for text, value in told)
    wanted = [text for text, value in told if value is not None]
    assert sum(text in found for text in wanted) >= 0.8 * len(wanted)


def is_read(text: str) -> bool:
    """Tell whether a text is an amount that a column of amounts would take."""
    written = amount_in(text)
    try:
        FileFormat().amount(written)
    except InvalidValue:
        return False
    return not written.beside or currency_beside(written.beside) is not None


def test_a_long_text_is_no_currency():
    """It is not looked up, whatever it says."""
    assert currency_meant("euro" + " " * 100) is None
