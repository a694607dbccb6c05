"""What can be wrong with the words and headers of a mapping: too long, or with two meanings."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Problem, Text
from ...values.text import shown
from .format_checks import LONGEST_SHOWN, are_texts
from .noun_mapping import LONGEST_WORD, key

_JOINERS = {0x200C: None, 0x200D: None}  # half-spaces are part of Persian spelling
_NOT_TEXTS = Text("not_texts", "{name!r} is neither a text nor a list of texts")
NOT_A_LINE = Text("not_a_short_line", "{name!r} has a text that is too long, or not on one line")
_TWO_MEANINGS = Text("two_meanings", "{name!r} has {word!r}, which stands for another too")


def as_list(words: str | list[str]) -> list[str]:
    """Take one word for a list of one."""
    return [words] if isinstance(words, str) else words


def fits_in_a_mapping(text: str) -> bool:
    r"""
    Tell whether a text may stand in a mapping: short, visible, on one line.

    >>> fits_in_a_mapping("Lead Status"), fits_in_a_mapping("a\nb")
    (True, False)
    """
    return len(text) <= LONGEST_WORD and text.translate(_JOINERS).isprintable()


def word_problems(
    words: object, meaning: str, taken: dict[str, str], where: str
) -> Iterator[Problem]:
    """Find what is not a word, and what stands for two things."""
    name = shown(meaning.rpartition(".")[2], limit=LONGEST_SHOWN)
    if not isinstance(words, str) and not are_texts(words):
        yield _NOT_TEXTS.problem(where=where, name=name)
        return
    for word in as_list(words):
        if not fits_in_a_mapping(word):
            yield NOT_A_LINE.problem(where=where, name=name)
        elif taken.setdefault(key(word), meaning) != meaning:
            written = shown(word, limit=LONGEST_SHOWN)
            yield _TWO_MEANINGS.problem(where=where, name=name, word=written)
