"""Whether a name in one script is that in another: each word sounds like one of the other."""

from __future__ import annotations

from collections.abc import Collection

from .names import name_words, script, vowels_agree
from .sounds import sound

# A shorter name sounds like too many others to be taken for one of them.
_FEWEST_OF_A_NAME = 4
_MANY = 3


def sounds_alike(word: str, other: str) -> bool:
    """
    Tell whether two folded words in different scripts may be one, however the vowels are written.

    Of short ones the vowels that are written have to agree.

    >>> sounds_alike("karimi", "کریمی"), sounds_alike("ali", "اول")
    (True, False)
    """
    return _heard_as_one(word, other) and (len(sound(word)) >= _MANY or vowels_agree(word, other))


def is_spoken_in(name: Collection[str], words: Collection[str]) -> bool:
    """
    Tell whether each folded word of a name stands among others, in another script.

    >>> is_spoken_in(["ali", "karimi"], ["با", "کریمی", "علی"])
    True
    >>> is_spoken_in(["ali"], ["علی"])  # as many short names do
    False
    """
    if sum(len(sound(word)) for word in name) < _FEWEST_OF_A_NAME:
        return False
    return all(any(_is_one(word, other) for other in words) for word in name)


def are_one_name(one: str, other: str) -> bool:
    """
    Tell whether two names are one, in any order and without titles, in one script or in two.

    >>> are_one_name("Dr. Ali Karimi", "کریمی، علی"), are_one_name("Ali Karimi", "Ali Karami")
    (True, False)
    """
    ours, theirs = sorted(name_words(one)), sorted(name_words(other))
    if not ours or len(ours) != len(theirs):
        return False
    return ours == theirs or (is_spoken_in(ours, theirs) and is_spoken_in(theirs, ours))


def _is_one(word: str, other: str) -> bool:
    return _heard_as_one(word, other) and vowels_agree(word, other)


def _heard_as_one(word: str, other: str) -> bool:
    if script(word) == script(other):
        return False
    heard = sound(word)
    return bool(heard) and heard == sound(other)
