"""The laws of match keys and of the gates for text."""

from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.text import (
    BIDI_CONTROLS,
    _Letters,
    fold,
    fold_letters,
    is_plain,
    is_visible,
    note_text,
    plain_text,
)

NASTY = [
    "'",
    "´",
    "ʼ",
    "a",
    "ᾴ",
    "ΐ",
    "ŉ",
    "ﷺ",
    "ǆ",
    "ẞ",
    "ۀ",
    "ئ",
    "և",
    "½",
    "²",
    "\u0345",
    "ﬃ",
    "Ꭰ",
    "ა",
    "각",
]
texts = st.text(max_size=30) | st.lists(st.sampled_from(NASTY), max_size=6).map("".join)
digits = st.characters(categories=["Nd"])


@given(texts)
@example("".join(NASTY))
def test_a_key_is_its_own_key(text):
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)
    assert fold_letters(fold_letters(text)) == fold_letters(text)


@given(texts, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_form_of_unicode_does_not_matter(text, form):
    """Composed and decomposed accents have one key."""
    assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(texts, st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.casefold]))
def test_case_does_not_matter(text, change_case):
    """However a name is capitalised, it has one key."""
    assert fold(change_case(text)) == fold(text)


@given(st.lists(digits, max_size=12).map("".join))
def test_the_script_of_digits_does_not_matter(text):
    """Digits of every script fold to the digits of that value."""
    assert fold(text) == "".join(str(unicodedata.decimal(c)) for c in text)


@given(texts)
def test_letters_fold_one_by_one_as_they_do_together(text):
    """A whole text, decomposed, folded and decomposed again, says the same."""
    whole = text
    for _ in range(2):
        whole = unicodedata.normalize("NFKD", whole).casefold()

    assert fold_letters(text) == "".join(map(fold_letters, whole))


@given(texts, texts)
@example("aʼ", "ŉ'")
def test_words_fold_one_by_one(one, other):
    """The key of two words is the keys of both, where no accent hangs between them."""
    assume(not unicodedata.combining((unicodedata.normalize("NFKD", other) or "x")[0]))

    assert fold(f"{one} {other}") == " ".join(filter(None, [fold(one), fold(other)]))


@given(st.text(max_size=40) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co"])))
@pytest.mark.parametrize("gate", [plain_text, note_text])
def test_what_passes_is_unchanged_and_can_be_written(gate, text):
    """A text either passes as it is and can be encoded, or is refused with our own error."""
    with contextlib.suppress(InvalidValue):
        assert gate(text, "name").encode().decode() == text


@given(st.text(max_size=40) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co"])))
def test_a_plain_text_is_one_that_passes(text):
    """Asking first says what passing says."""
    passes = False
    with contextlib.suppress(InvalidValue):
        passes = plain_text(text, "text") == text

    assert is_plain(text) is passes


@given(texts)
def test_a_text_with_a_key_can_be_seen(text):
    """What has a match key shows something."""
    assert is_visible(text) or not fold(text)


def test_every_character_passes_by_its_category():
    """Controls, halves of pairs, private use and what turns the direction are refused, no other."""
    never = {"Cc", "Cs", "Co"}
    breaks = "\n\r\t\u2028\u2029"
    for code in range(0x110000):
        char = chr(code)
        is_bad = unicodedata.category(char) in never or char in BIDI_CONTROLS
        assert is_plain(char) is not (is_bad or char in breaks), hex(code)
        assert passes_in_a_note(char) is (char in breaks or not is_bad), hex(code)


def passes_in_a_note(char):
    """Tell whether a note may hold a character."""
    with contextlib.suppress(InvalidValue):
        return note_text(char, "note") == char
    return False


def test_little_is_remembered_of_characters():
    """However many characters come along, no more than a few thousand are kept."""
    remembered = _Letters(str.upper)
    for code in range(10_000):
        assert chr(code).translate(remembered) == chr(code).upper()

    assert 0 < len(remembered) <= 4096
