"""Names of one person in any script, order and spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.duplicates.fuzzy import near_words
from salesfunnel.values import names
from salesfunnel.values.names import Alike, name_words
from salesfunnel.values.sounds import sound
from salesfunnel.values.text import fold

ALIKE = Alike(near_words())
NAMES = st.sampled_from(
    [
        *("Sara Ahmadi", "سارا احمدی", "S. Ahmadi", "Ahmadi", "Սարա Ահմադի", "Reza Ahmadi"),
        *("A. Anderson", "Anderson Amy", "Amy Anderson", "Zoé", "!!"),
    ]
) | st.text(max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sara Ahmadi", "سارا احمدی"),
        ("Sara Ahmadi", "سارا احمدي"),
        ("خانم دکتر سارا احمدی", "AHMADI Sara"),
        ("Mohammad Hosseini", "محمد حسینی"),
        ("Yousef Ghasemi", "یوسف قاسمی"),
        ("Armen Khachatryan", "Արմեն Խաչատրյան"),
        ("Տիկին Լիլիթ Սարգսյան", "Lilit Sargsyan"),
        ("Ольга Петрова", "Olga Petrova"),
        ("Mme Zoé Lefèvre", "LEFEVRE Zoe"),
        ("S. Ahmadi", "Sara Ahmadi"),
        ("س. احمدی", "Sara Ahmadi"),
        ("Ahmadi", "Sara Ahmadi"),
        ("رضا اکبر‌پور", "Reza Akbar Pour"),
        ("O’Brien", "OBrien"),
        ("Cyrus Yazdi", "سیروس یزدی"),
        ("Mohammad Rezaei", "Mohamed Rezaee"),
        ("Mousa Rezaee", "موسی رضایی"),
        ("Ebrahim Yahyaei", "ابراهیم یحیایی"),
        ("Hasmik Sarkissian", "Hasmik Sargsyan"),
        ("Arthur Mkrtchyan", "Արթուր Մկրտչյան"),
        ("Suren Yeghiazaryan", "Սուրեն Եղիազարյան"),
        ("Yulia Ivanova", "Юлия Иванова"),
        ("A. Anderson", "Anderson Amy"),
        ("Anderson Amy", "A. Anderson"),
    ],
)
def test_one_person_is_met_again(one, other):
    """Scripts, titles, order, initials and half-spaces make no other person."""
    assert ALIKE(name_words(one), name_words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sara Ahmadi", "Reza Ahmadi"),
        ("Mehdi Karimi", "Ahmad Karimi"),
        ("سارا احمدی", "Sara Karimi"),
        ("S. Ahmadi", "Reza Ahmadi"),
        ("S. A.", "Sara Ahmadi"),
        ("Արամ Սարգսյան", "Արմեն Սարգսյան"),
        ("Hassan Ahmadi", "حسین احمدی"),
        ("Hossein Karimi", "حسن کریمی"),
        ("Thierry Ramos", "M. Traore"),
        ("Hugues Bruneau", "Hugues Baron"),
        ("Grace Webster", "Gross Webster"),
        ("Mina Rad", "Mona Rad"),
        ("مینا راد", "مونا راد"),
        ("Amir Karimi", "Amin Karimi"),
        ("امیر کریمی", "امین کریمی"),
        ("الینا صیادی", "آیلین سعیدی"),
    ],
)
def test_others_are_others(one, other):
    """One name of two is not enough, and initials alone are none."""
    assert not ALIKE(name_words(one), name_words(other))


def test_a_slip_of_the_pen_is_forgiven_where_words_are_long():
    """Told by rapidfuzz, which the tests have."""
    assert ALIKE(("sara", "ahmadi"), ("sara", "ahmdai"))
    assert not ALIKE(("reza", "sadr"), ("roya", "sadr"))


@given(NAMES.map(name_words), NAMES.map(name_words))
def test_being_alike_goes_both_ways(one, other):
    """Whoever is met first."""
    assert ALIKE(one, other) == Alike(near_words())(other, one)
    assert ALIKE(one, one)


@pytest.mark.parametrize(("one", "other"), [("", "novin"), ("novin", ""), ("novin", "نوین")])
def test_what_is_blank_or_in_another_script_contradicts_nothing(one, other):
    """Only what can be compared can differ."""
    assert names.is_longer_or_slip(one, other)


def test_a_list_of_any_length_is_compared(monkeypatch):
    """Only so many sounds are remembered, and forgetting them changes nothing."""
    monkeypatch.setattr(names, "_MOST_SOUNDS", 2)
    alike = Alike(str.__eq__)

    for _ in range(2):
        assert alike(name_words("Sara Ahmadi"), name_words("سارا احمدی"))
        assert not alike(name_words("Sara Ahmadi"), name_words("رضا کریمی"))


@given(st.text())
def test_a_sound_is_short_and_never_fails(text):
    """Whatever stands there, it sounds like something or like nothing."""
    word = fold(text).replace(" ", "")

    assert len(sound(word)) <= 2 * len(word) + 1
    assert sound(word).isascii()
