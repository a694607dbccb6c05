"""Vowels that another script writes, beside those of a Latin word that sounds alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values.company import Company
from salesfunnel.values.company_names import as_one_word, company_keys
from salesfunnel.values.names import sound_the_same, vowels_agree
from salesfunnel.values.text import fold
from salesfunnel.values.written_vowels import may_be_written


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("سامان", "saman"),
        ("ایران", "iran"),
        ("احسان", "ehsan"),
        ("خواجه نصیر", "khajeh nasir"),
        ("خوزستان", "khuzestan"),
        ("ممتاز", "momtaz"),
        ("پارس سازه", "pars sazeh"),
        ("تایر", "tire"),
        ("انلاین", "online"),
        ("трейд", "trade"),
        ("սիթի", "city"),
        ("քենդի", "candy"),
        ("ملت", "mellat"),
        ("کاوه", "kaveh"),
    ],
)
def test_a_word_may_be_written_so(word, latin):
    """Short vowels may be missing in Persian, and a doubled letter may be one."""
    assert may_be_written(fold(word).replace(" ", ""), latin.replace(" ", ""))


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("سامان", "semnan"),
        ("دانا", "dena"),
        ("تایر", "tour"),
        ("مال", "mail"),
        ("ملت", "malta"),
        ("اراک", "araq"),
        ("دارو", "dairy"),
        ("آریا", "era"),
        ("սանա", "sina"),
        ("калина", "kolina"),
        ("بانک", "banksa"),
        ("بانکس", "bank"),
    ],
)
def test_a_vowel_that_is_written_is_not_another(word, latin):
    """Where only the consonants are the same, it is another firm."""
    assert not may_be_written(fold(word), latin)


def test_two_scripts_without_latin_tell_nothing():
    """A Persian and an Armenian word are compared by their sound alone."""
    assert vowels_agree("سامان", "սեմնան")
    assert not vowels_agree("semnan", "سامان")
    assert not sound_the_same("بانکسامان", "banksemnan")


@given(st.lists(st.from_regex(r"[a-z]{1,3}|[0-9]{1,3}", fullmatch=True), max_size=5))
def test_two_numbers_never_become_one(words):
    """Written as one word, a name has the runs of digits that it had."""
    numbers = [word for word in words if word.isdigit()]

    together = "".join(c if c.isdigit() else " " for c in as_one_word(words))

    assert together.split() == numbers


@given(st.text("abenouü ", min_size=1).filter(str.strip))
def test_a_name_has_its_key_among_its_keys(name):
    """The first is that of the company, and only an umlaut gives another."""
    keys = company_keys(name)

    assert keys[0] == Company(name).key
    assert len(keys) <= 1 + ("ü" in name)
