"""The laws of match keys of addresses and numbers."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ET
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.contact_points import ContactKind, ContactPoint

FASTEST = 0.05

kinds = st.sampled_from(ContactKind)
numbers = st.from_regex(r"\+[1-9][0-9]{7,12}", fullmatch=True).filter(
    lambda n: not n.startswith(("+980", "+3740", "+330", "+440"))
)


@given(kinds, st.text(max_size=40) | st.text("+0123456789()-./; @xext<>:داخلی۱", max_size=40))
def test_nothing_else_than_our_own_error_escapes(kind, text):
    """Every text is kept and has a key of text, or is refused."""
    with suppress(InvalidValue):
        assert isinstance(ContactPoint(kind, text).key, str)


@given(
    numbers,
    st.sampled_from(["+{}", "00{}", "{}+", "tel:+{}", "(+{})", "+{} ext. 12", "+{} داخلی ۳"]),
)
def test_a_number_keeps_its_key_in_every_dress(number, dress):
    """However a number with its country code is written, its key is that number."""
    assert ContactPoint(ContactKind.PHONE, dress.format(number[1:])).key == number


@given(numbers, st.data())
def test_blanks_and_digits_of_any_script_do_not_matter(number, data):
    """A number in Persian digits with blanks between them is that number."""
    persian = "".join(chr(0x6F0 + int(c)) if c.isdigit() else c for c in number)
    blanks = data.draw(st.lists(st.sampled_from(["", " ", "-", "."]), min_size=20, max_size=20))
    written = "".join(c + blank for c, blank in zip(persian, blanks, strict=False))

    assert ContactPoint(ContactKind.PHONE, written).key == number


@given(st.from_regex(r"[a-zA-Z0-9._+]{1,10}@[a-z]{1,8}(\.[a-z]{2,5}){1,2}", fullmatch=True))
def test_the_key_of_an_address_is_its_own_key(address):
    """A key that is stored as an address has that key."""
    key = ContactPoint(ContactKind.EMAIL, address).key

    assert key == "" or ContactPoint(ContactKind.EMAIL, key).key == key
    assert ContactPoint(ContactKind.EMAIL, address.swapcase()).key == key


@pytest.mark.parametrize("kind", ContactKind)
@pytest.mark.parametrize(
    "piece", ["ext 1", "x", "<", "@", ".", "(0)", "00", "/", "xn--a", "\u0316\u0301"]
)
def test_no_text_costs_much_time(kind, piece):
    """The longest text that is kept has its key within a moment."""
    point = ContactPoint(kind, "a" + (piece * 500)[:499])
    start = time.process_time()
    key = point.key

    assert isinstance(key, str)
    assert time.process_time() - start < FASTEST


def test_every_country_s_example_numbers_have_themselves_as_key(real_data):
    """The example numbers of all countries keep every digit."""
    tree = ET.parse(real_data / "phone_vectors" / "PhoneNumberMetadata.xml")  # noqa: S314 - our own file
    examples = [
        f"+{country.get('countryCode')}{number.text.strip()}"
        for country in tree.iter("territory")
        for number in country.iter("exampleNumber")
    ]

    assert len(examples) > 1000
    assert [n for n in examples if ContactPoint(ContactKind.PHONE, n).key != n] == []


def test_real_mobile_numbers_keep_their_digits(real_data):
    """Valid mobile numbers of 155 locales, as people type them, have their digits as key."""
    listed = (real_data / "phone_locale_lists" / "mobile_phone_by_locale.json").read_text("utf-8")
    typed = [number for entry in json.loads(listed) for number in entry["valid"]]
    keys = [ContactPoint(ContactKind.MOBILE, number).key for number in typed]

    assert len(keys) > 1000
    assert [n for n, key in zip(typed, keys, strict=True) if key != _expected(n)] == []


def _expected(number):
    digits = re.sub("[^0-9]", "", number.replace("(0)", ""))
    international = number.lstrip("( ").startswith("+") or digits.startswith("00")
    return f"+{digits.lstrip('0')}" if international else digits
