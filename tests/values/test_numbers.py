"""Exact numbers, as programs and as people write them."""

from __future__ import annotations

import time
from decimal import Decimal
from enum import IntEnum

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.numbers import ascii_digits, exact_decimal, read_number


class Size(IntEnum):
    """An int of a host's own class."""

    LARGE = 200


class HostDecimal(Decimal):
    """A Decimal of a host's own class."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        ("007", "7"),
        ("+12.50", "12.5"),
        ("-999999999999999999.9999", "-999999999999999999.9999"),
        ("۱۲۳٫۵", "123.5"),
        ("१२", "12"),
        (-(10**18) + 1, "-999999999999999999"),
        (Size.LARGE, "200"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.5000000000"), "1.5"),
        (Decimal("0E-999999"), "0"),
        (HostDecimal("0.0001"), "0.0001"),
    ],
)
def test_exact_numbers_come_out_plain(value, expected):
    """Equal numbers are written alike: no exponent, no trailing or negative zero, one class."""
    number = exact_decimal(value, "amount")

    assert str(number) == expected
    assert type(number) is Decimal


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1_0",
        "1e3",
        "1E+999999",
        ".5",
        "5.",
        "--1",
        "1,000",
        "١٬٠٠٠",
        "²",
        "NaN",
        "inf",
        "Infinity",
        "0x10",
        "1.2.3",
        "1\n",
        "9" * 65,
        "½",
        "Ⅷ",
        "\x001",
    ],
)
def test_texts_that_are_no_plain_number_are_refused(text):
    """Exponents, blanks, group marks and words are no plain number."""
    with pytest.raises(InvalidValue, match=r"^amount is not a plain number; allowed: digits"):
        exact_decimal(text, "amount")


@pytest.mark.parametrize("value", [1.0, True, None, b"1", 1j, float("nan")])
def test_floats_and_other_things_are_refused(value):
    """A float is not exact, and a yes is not a one."""
    with pytest.raises(InvalidValue, match=r"^amount is not an exact number; allowed: a Decimal"):
        exact_decimal(value, "amount")


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(text):
    """Neither infinity nor «not a number» is an amount."""
    with pytest.raises(InvalidValue, match=r"^amount is not a finite number; allowed: a number$"):
        exact_decimal(Decimal(text), "amount")


@pytest.mark.parametrize(
    "value",
    [
        "1" * 19,
        10**18,
        -(10**18),
        "0.00001",
        "1.23456",
        Decimal("1E+18"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        Decimal("1." + "0" * 200 + "1"),
        Decimal("1.00001"),
    ],
)
def test_numbers_out_of_bounds_are_refused(value):
    """At most 18 digits stand before the decimal point, and 4 behind it."""
    with pytest.raises(
        InvalidValue,
        match=r"^amount is too large or too fine; allowed: up to 18 digits before .*, 4 after it$",
    ):
        exact_decimal(value, "amount")


def test_the_bounds_can_be_set():
    """A count of staff has nine digits and no decimals."""
    assert exact_decimal("999", "staff", integer_digits=3, fraction_digits=0) == 999
    with pytest.raises(InvalidValue, match=r"up to 3 digits before the decimal point, 0 after it"):
        exact_decimal("1000", "staff", integer_digits=3, fraction_digits=0)
    with pytest.raises(InvalidValue, match=r"too fine"):
        exact_decimal("9.5", "staff", integer_digits=3, fraction_digits=0)


@pytest.mark.parametrize("value", [10 ** (10**5), Decimal("1E+999999"), "9" * 10**6], ids=type)
def test_a_number_bomb_costs_nothing(value):
    """A number of a million digits is refused before anything is calculated with it."""
    start = time.process_time()
    with pytest.raises(InvalidValue, match=r"^amount is "):
        exact_decimal(value, "amount")

    assert time.process_time() - start < 0.05


def test_the_widest_int_that_is_looked_at_has_256_bits():
    """Beyond 256 bits an int is refused by its length alone."""
    with pytest.raises(
        InvalidValue, match=r"^n is too large; allowed: a whole number of 256 bits$"
    ):
        exact_decimal(2**256, "n", integer_digits=100)
    assert exact_decimal(2**256 - 1, "n", integer_digits=100) == 2**256 - 1


@pytest.mark.parametrize(
    ("text", "decimal_mark", "expected"),
    [
        ("1,234.50", ".", "1234.5"),
        (" 1 234,50 ", ",", "1234.5"),
        ("1\u202f234\u202f567,5", ",", "1234567.5"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1'234", ".", "1234"),
        ("1’234", ".", "1234"),
        ("۱۲۳٬۴۵۶", ".", "123456"),
        ("۱۲۳٬۴۵۶٫۷", ".", "123456.7"),
        ("\u200f۱۲\u200f", ".", "12"),
        ("-5", ".", "-5"),
        ("− 5", ".", "-5"),
        ("+5", ".", "5"),
        (".5", ".", "0.5"),
        ("1234567", ".", "1234567"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, decimal_mark, expected):
    """Groups, digits and signs of several languages are understood."""
    assert str(read_number(text, decimal_mark=decimal_mark)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "1,5",
        "1,23,456",
        "1X234",
        "X5",
        "1234,567",
        ",123",
        "1,234 567",
        "12 EUR",
        "abc",
        "5.",
        "1..2",
        ".",
        "1" * 65,
        None,
        12,
        "(5)",
        "5-",
        "--5",
    ],
)
def test_doubtful_numbers_are_refused(text):
    """What could be read in two ways is refused rather than guessed."""
    with pytest.raises(InvalidValue, match=r"^budget is not a (plain )?number; allowed: digits"):
        read_number(text, what="budget")


def test_a_number_has_a_name_for_its_error():
    """Where nobody says which number was meant, the error speaks of a number."""
    with pytest.raises(InvalidValue) as caught:
        read_number("five")

    assert str(caught.value).startswith("number is not a plain number; allowed: digits, with one")


def test_group_marks_can_be_named():
    """Who knows the file says which marks stand between its groups."""
    assert read_number("1_234", group_marks="_") == 1234
    with pytest.raises(InvalidValue, match=r"is not a plain number"):
        read_number("1,234", group_marks="_")


def test_a_decimal_mark_is_one_character():
    """Without a decimal mark nobody can read a price."""
    with pytest.raises(InvalidValue, match=r"^decimal_mark is not one character; allowed: such as"):
        read_number("1", decimal_mark="")


def test_only_digits_become_ascii():
    """Letters keep their script, and superscripts are no digits."""
    assert ascii_digits("کد ۱۲ ²") == "کد 12 ²"
    assert ascii_digits("code 12") == "code 12"
