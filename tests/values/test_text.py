"""What may be stored as a name or a note, and when two spellings are one."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.text import fold, fold_letters, is_visible, note_text, plain_text, shown


@pytest.mark.parametrize(
    ("written", "also_written"),
    [
        ("شركت نوين", "شرکت نوین"),
        ("مؤسسة", "موسسه"),
        ("خانۀ ما", "خانه ما"),
        ("آریا أحمد إيران", "اریا احمد ایران"),
        ("رئيس", "رییس"),
        ("عـــلی", "علی"),
        ("می‌خواهم", "میخواهم"),
        ("۱۲۳ ١٢٣ १२३", "123 123 123"),
        ("ԵՎԱ և", "եվա եւ"),
        ("Cœur d’Été", "COEUR D'ETE"),
        ("Straße", "STRASSE"),
        ("ΣΟΦΟΣ", "σοφος"),
        ("İstanbul ılık", "ISTANBUL ILIK"),
        ("Novin-Tejarat (Co.)", "novin  tejarat co"),
        ("\u202bعلی\u202c", "علی"),
        ("Queen's", "Queens"),
        ("Queen\u2019s", "Queen\u00b4s"),
        ("D`Unger", "d\u02bcunger"),
        ("O\u02bbzbekiston Textile'", "o'zbekiston TEXTILE"),
    ],
)
def test_two_usual_spellings_are_one(written, also_written):
    """Words that people spell in two ways have one key."""
    assert fold(written) == fold(also_written)


@pytest.mark.parametrize(
    ("one", "other"), [("میخواهم", "می خواهم"), ("եւ", "եվ"), ("علی", "علا"), ("3", "2")]
)
def test_different_words_stay_apart(one, other):
    """A plain blank, the reformed Armenian spelling and other letters make a difference."""
    assert fold(one) != fold(other)


def test_words_of_other_scripts_keep_their_vowels():
    """A Hindi name does not fall apart at its vowel signs."""
    assert fold("हिन्दी").count(" ") == 0


def test_punctuation_stays_in_addresses():
    """The dot, the at sign and the plus mean something in an address."""
    assert fold_letters("Zoé+CRM@Exemple.FR") == "zoe+crm@exemple.fr"


@pytest.mark.parametrize(
    "text", ["", " ", "علی‌رضا", "👩‍💻", "Ա", "O'Brien", "a\u00a0b", "\U0001fae9", "e\u0301"]
)
def test_usual_texts_pass_unchanged(text):
    """Half-spaces, joiners, combining accents and new emoji are text like any other."""
    assert plain_text(text, "name") is text


@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\t", "\n", "\x85", "\u2028", "\u202e", "\u200f", "\ud800", "\ue000"]
)
def test_characters_that_deceive_or_break_are_refused(char):
    """Controls, direction overrides, halves of characters and private ones cannot be stored."""
    with pytest.raises(InvalidValue, match=r"^name holds a control character; allowed: one line"):
        plain_text(f"Sara{char}Ahmadi", "name")


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x85", "\u202e", "\udfff", "\uf8ff"])
def test_notes_refuse_the_same_characters(char):
    """A note may have lines, but no other controls."""
    with pytest.raises(InvalidValue, match=r"^note holds a control character; allowed: text, line"):
        note_text(f"Sara\n{char}", "note")


def test_notes_may_have_lines_and_tabs():
    """A note of several lines passes unchanged, whatever its line ends."""
    note = "one\r\ntwo\n\tthree\u2028four\u2029five"

    assert note_text(note, "note") is note


@pytest.mark.parametrize("gate", [plain_text, note_text])
def test_only_texts_of_reasonable_length_are_texts(gate):
    """A number is no name, and neither is a book."""
    assert gate("abc", "name", limit=3) == "abc"
    with pytest.raises(InvalidValue, match=r"^name is too long; allowed: at most 3 characters$"):
        gate("abcd", "name", limit=3)
    with pytest.raises(InvalidValue, match=r"^name is not text; allowed: a str$"):
        gate(b"abc", "name")


def test_the_usual_limits_are_500_for_a_line_and_100_000_for_a_note():
    """A line holds up to 500 characters, a note up to 100,000."""
    assert len(plain_text("a" * 500, "name")) == 500
    assert len(note_text("a" * 100_000, "note")) == 100_000
    with pytest.raises(InvalidValue, match=r"at most 500 characters"):
        plain_text("a" * 501, "name")
    with pytest.raises(InvalidValue, match=r"at most 100000 characters"):
        note_text("a" * 100_001, "note")


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200c\u200d", "\u2800", "\u3164", "\ufe0f", "\u2060"]
)
def test_a_text_of_blanks_shows_nothing(text):
    """Blanks, zero-width characters and empty fillers are invisible, however many there are."""
    assert not is_visible(text)
    assert is_visible(f"{text}.")


@pytest.mark.parametrize("thing", [None, 5, b"a", ["a"]])
def test_only_a_text_shows_anything(thing):
    """A host may hand in anything."""
    assert not is_visible(thing)


def test_every_code_point_is_judged():
    """Of all characters exactly those of the refused categories, and bidi controls, are refused."""
    refused = set()
    for char in map(chr, range(sys.maxunicode + 1)):
        try:
            plain_text(char, "name")
        except InvalidValue:
            refused.add(char)

    assert len(refused) == 65 + 2_048 + 137_468 + 2 + 12
    assert {unicodedata.category(c) for c in refused} == {"Cc", "Cs", "Co", "Zl", "Zp", "Cf"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Novin", "Novin"),
        ("تصمیم\u200cگیر", "تصمیم\u200cگیر"),
        ("a\x00b\tc\r\nd\u2028e", "a b c d e"),
        ("\u202egnp.exe\u2066\x1b[31m", "gnp.exe [31m"),
        ("half\ud800 letter", "half letter"),
        (" \n ", ""),
        ("x" * 12, "x" * 12),
        ("x" * 13, "x" * 11 + "…"),
        (" " * 30 + "x", "…"),
    ],
)
def test_a_text_from_outside_is_shown_on_one_short_line(written, expected):
    """Nothing that a screen would obey is left, and no more than a message has room for."""
    assert shown(written, limit=12) == expected
