"""Names of one person in any script, order and spelling."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.duplicates import KnownLeads, find_duplicates
from salesfunnel.duplicates.fuzzy import near_words
from salesfunnel.interop import read_leads
from salesfunnel.leads import Lead
from salesfunnel.values import names
from salesfunnel.values.names import Alike, are_two_people, called_words, is_slip, name_words
from salesfunnel.values.sounds import sound
from salesfunnel.values.text import fold
from tests.interop.examples import MONDAY

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


COUPLES = [
    ("M. Dupont", "Mme Dupont"),
    ("Mr Smith", "Ms. Smith"),
    ("آقای کریمی", "خانم کریمی"),
    ("պրն Պետրոսյան", "Տիկին Պետրոսյան"),
    ("Monsieur Dupont", "Mademoiselle Dupond"),
]


@pytest.mark.parametrize(("his", "hers"), COUPLES)
@pytest.mark.parametrize("phone", ["+33 1 23 45 67 89", "+33 6 12 34 56 78"])
def test_a_couple_at_one_number_is_two_people(his, hers, phone):
    """As duplicates, as rows of one list, and held against those who are known."""
    him, her = (
        Lead.capture(id=number, person=name, phone=phone, at=MONDAY)
        for number, name in (("1", his), ("2", hers))
    )
    table = StringIO(f"Name,Mobile\n{his},{phone}\n{hers},{phone}\n")

    assert find_duplicates([him, her]).groups == ()
    assert KnownLeads([him]).likely(her) == ()
    assert len([*read_leads(table, at=MONDAY).entities()]) == 2


@pytest.mark.parametrize(("his", "hers"), COUPLES)
def test_a_title_is_no_proof_where_more_is_known(his, hers):
    """Each of the two is alike to a name without a title, and to a whole name with it."""
    family = his.split()[1]
    for name in (his, hers):
        title = name.split()[0]
        for other in (family, f"{title} Claire {family}", f"Dr. {family}", name.upper()):
            one, two = called_words(name), called_words(other)
            assert Alike(is_slip)(one, two)
            assert Alike(is_slip)(two, one)
            assert not are_two_people(one, two)
    assert not Alike(is_slip)(called_words(his), ())
    both = " ".join((his.split()[0], "et", hers))
    assert "et" in called_words(both)
    assert called_words(f"{his.split()[0]} {hers}") == called_words(hers.split()[1])
