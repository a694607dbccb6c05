"""The laws of match keys of addresses and numbers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import suppress

from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.contact_points import ContactKind, ContactPoint
from salesfunnel.values.numbering_plans import plan_of
from tests.values.real_addresses import judged_addresses, mobiles_of_locales, national_forms

kinds = st.sampled_from(ContactKind)
countries = st.sampled_from(["IR", "AM", "FR", "GB", "IT", "US", "RU", "HU", "NL", "AE"])


@st.composite
def whole_numbers(draw):
    """Draw a number with its calling code, as long as numbers of its country are."""
    plan = plan_of(draw(countries))
    length = draw(st.sampled_from(sorted(plan.usual)))
    digits = draw(st.from_regex(rf"[2-7][0-9]{{{length - 1}}}", fullmatch=True))
    return f"+{plan.calling_code}{digits}"


@given(kinds, st.text(max_size=40) | st.text("+0123456789()-./; @xext<>:داخلی۱", max_size=40))
def test_nothing_else_than_our_own_error_escapes(kind, text):
    """Every text is kept and has a key of text, or is refused."""
    with suppress(InvalidValue):
        assert isinstance(ContactPoint(kind, text).key, str)


@given(
    whole_numbers(),
    st.sampled_from(["+{}", "00{}", "{}+", "tel:+{}", "(+{})", "+{} ext. 12", "+{} داخلی ۳"]),
)
def test_a_number_keeps_its_key_in_every_dress(number, dress):
    """However a number with its country code is written, its key is that number."""
    assert ContactPoint(ContactKind.PHONE, dress.format(number[1:])).key == number


@given(whole_numbers(), st.data())
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


@given(countries, st.data())
def test_a_national_number_is_one_with_its_international_form(country, data):
    """With the trunk prefix or without, behind the code or 00: one number has one key."""
    plan = plan_of(country)
    length = data.draw(st.sampled_from(sorted(plan.usual)))
    digits = data.draw(st.from_regex(rf"[2-7][0-9]{{{length - 1}}}", fullmatch=True))
    # What begins with the code itself may be a number behind it.
    assume(not digits.startswith((plan.calling_code, *plan.trunk_prefixes)))
    key = f"+{plan.calling_code}{digits}"
    written = [digits, key, f"00{key[1:]}", *(prefix + digits for prefix in plan.trunk_prefixes)]

    assert {ContactPoint(ContactKind.PHONE, text, country=country).key for text in written} == {key}


@given(st.sampled_from(["", "IR", "US", "RU"]), st.text("0123456789 -+()/.", max_size=30))
def test_a_key_is_its_own_key(country, text):
    """A key with its code is whole, whatever country is thought of."""
    key = ContactPoint(ContactKind.PHONE, text or "1", country=country).key if text.strip() else ""

    if key.startswith("+"):
        assert ContactPoint(ContactKind.PHONE, key, country="US").key == key


def test_every_country_s_national_numbers_are_completed(real_data):
    """Of the example numbers of all countries, as dialled there, at least 99 % are completed."""
    written = [*national_forms(real_data)]
    right = sum(
        ContactPoint(ContactKind.PHONE, text, country=country).key == key
        for country, text, key in written
    )

    assert len(written) > 2000
    assert right >= 0.99 * len(written)


def test_real_mobile_numbers_are_completed(real_data):
    """Of the valid mobile numbers of 155 locales, at least 95 % have the key of their country."""
    listed = [*mobiles_of_locales(real_data)]
    right = sum(
        ContactPoint(ContactKind.MOBILE, text, country=country).key == key
        for country, text, key in listed
    )

    assert len(listed) > 1000
    assert right >= 0.95 * len(listed)


def test_real_addresses_are_judged(real_data):
    """Of the cases of isemail, at least 95 % have a key where, and only where, mail arrives."""
    cases = [*judged_addresses(real_data)]
    right = sum(_has_key(address) is is_good for address, is_good in cases)

    assert len(cases) > 160
    assert right >= 0.95 * len(cases)


def _has_key(address):
    try:
        return ContactPoint(ContactKind.EMAIL, address).key != ""
    except InvalidValue:
        return False
