"""Yes and no in the words of four languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values import read_yes_no
from salesfunnel.values.yes_no import YES_NO_WORDS


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *[(word, True) for word in ("yes", " YES ", "Oui", "بله", "بلي", "այո", "✓", "1", "true")],
        *[(word, False) for word in ("no", "Non", "نه", "خير", "ոչ", "✗", "0", "FALSE")],
        *[(word, None) for word in ("perhaps", "", "?", "؟", "unknown", "نامشخص", "yes and no")],
        *[(word, None) for word in (True, 1, None, b"yes", "yes" + " " * 100)],
    ],
)
def test_a_word_says_yes_or_no_or_neither(text, answer):
    """Case, blanks and Arabic letters make no difference; only texts are read."""
    assert read_yes_no(text) is answer


def test_no_word_says_two_things():
    """Each word stands in one list only."""
    words = [word for listed in YES_NO_WORDS.values() for word in listed]

    assert len(words) == len(set(words))
    assert {read_yes_no(word) for word in YES_NO_WORDS["yes"]} == {True}
    assert {read_yes_no(word) for word in YES_NO_WORDS["no"]} == {False}
    assert {read_yes_no(word) for word in YES_NO_WORDS["unknown"]} == {None}


@given(st.text(max_size=60))
def test_any_text_says_yes_or_no_or_neither(text):
    """Nothing escapes, and case makes no difference."""
    said = read_yes_no(text)

    assert said in (True, False, None)
    assert read_yes_no(text.upper()) is said or text.upper().lower() != text
