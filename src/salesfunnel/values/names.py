"""Names of people in several scripts, and whether two of them may be one person's."""

from __future__ import annotations

import re
from collections.abc import Callable

from .text import fold

Words = tuple[str, ...]
Near = Callable[[str, str], bool]
"""Whether two words of one script differ by a slip of the pen."""

# What people put before or behind a name, and no part of it.
_TITLES = """
mr mrs ms miss mx sir dr prof professor eng ing jr sr md phd
m mme mlle monsieur madame mademoiselle maître docteur professeur
آقا آقای خانم دکتر مهندس جناب سرکار استاد حاج حاجی سید سیده
պարոն տիկին օրիորդ դոկտոր պրն տկն
السید السیدة الدكتور الدكتورة الأستاذ الأستاذة المهندس
господин госпожа
"""
_IS_TITLE = frozenset(fold(_TITLES).split())

# Sounds by the letters that write them. Vowels and half-vowels are none: one script writes them,
# another does not, and a third writes them in several ways.
_IN_LATIN = {
    **dict(zip("bcdfghjklmnpqrstxz", "bkdfkhjklmnpkrstxz", strict=True)),
    **dict.fromkeys(("sh", "ch", "tch"), "S"),
    **dict.fromkeys(("zh", "dj"), "j"),
    **dict.fromkeys(("gh", "ck"), "k"),
    **dict.fromkeys(("ts", "tz"), "c"),
    **dict.fromkeys(("ce", "ci", "cy"), "s"),
    "kh": "x",
    "ph": "f",
    "th": "t",
    "dz": "z",
    "x": "ks",
}
_IN_PERSIAN = dict(zip("بپتثجچحخدذرزژسشصضطظغفقکگلمنه", "bptsjShxdzrzjsSsztzkfkkklmnh", strict=True))
_IN_ARMENIAN = dict(
    zip("բգդզթժլխծկհձղճմնշչպջռստրցփքֆ", "bkdztjlxckhzkSmnSSpjrstrcpkf", strict=True)
)
_IN_CYRILLIC = dict(zip("бгджзклмнпрстфхцчшщ", "bkdjzklmnprstfxcSSS", strict=True))
_SOUNDS = {**_IN_LATIN, **_IN_PERSIAN, **_IN_ARMENIAN, **_IN_CYRILLIC}
_SEVERAL = sorted((letters for letters in _SOUNDS if len(letters) > 1), key=len, reverse=True)
_LETTERS = re.compile("|".join([*map(re.escape, _SEVERAL), "."]), re.DOTALL)
_AGAIN = re.compile(r"(.)\1+")
# A word that begins with one of these says so in every script.
_FIRST = {
    **dict.fromkeys([*"aeiou", *"اع", *"աեէըիոօ", *"аеиоуэыюя"], "a"),
    **dict.fromkeys([*"y", *"ی", *"յ"], "y"),
    **dict.fromkeys([*"vw", *"و", *"վւ", *"в"], "v"),
}
_H = frozenset("hهհ")  # at the end of a word it is silent


def name_words(name: str) -> Words:
    """
    Return the folded words of a name without titles, unless it consists of them.

    >>> name_words("Dr. Sara AHMADI"), name_words("خانم سارا احمدي") == ("سارا", "احمدی")
    (('sara', 'ahmadi'), True)
    """
    words = fold(name).split()
    return tuple([word for word in words if word not in _IS_TITLE] or words)


def sound(word: str) -> str:
    """
    Return what a folded word sounds like, roughly the same in whichever script it is written.

    >>> sound("احمدی") == sound("ahmadi") == sound("ահմադի")
    True
    >>> sound("mohammad") == sound("mohamed"), sound("mehdi") == sound("ahmad")
    (True, False)
    """
    letters = _LETTERS.findall(word)
    if letters and letters[-1] in _H:
        letters.pop()
    heard = _FIRST.get(word[:1], "") + "".join([_SOUNDS.get(one, "") for one in letters])
    return _AGAIN.sub(r"\1", heard)


class Alike:
    """
    Whether two names, by their words, may be one person's: each word of the shorter one is met.

    An initial meets a word that begins with it, a word of another script the one that sounds like
    it, and a misspelt word the one that is near. The order of the words makes no difference.

    >>> alike = Alike(near=lambda one, other: one == other)
    >>> alike(("s", "ahmadi"), ("ahmadi", "sara")), alike(("reza", "ahmadi"), ("sara", "ahmadi"))
    (True, False)
    """

    def __init__(self, near: Near) -> None:
        """Begin to compare; ``near`` tells whether one word may be the other, misspelt."""
        self._near = near
        self._sounds: dict[str, str] = {}

    def __call__(self, one: Words, other: Words) -> bool:
        """Tell whether two names are alike."""
        if len(one) > len(other):
            one, other = other, one
        return one == other or self._compare(one, other)

    def heard(self, words: Words) -> frozenset[str]:
        """Return what the words of a name sound like; alike names nearly always share a sound."""
        return frozenset(map(self._sound, words))

    def _compare(self, few: Words, many: Words) -> bool:
        left, is_named = list(many), False
        for word in sorted(few, key=len, reverse=True):
            met = next((other for other in left if self._meets(word, other)), None)
            if met is None:
                # Perhaps one writes as two words what the other writes as one.
                return len(few) < len(many) and self._sound("".join(few)) == self._sound(
                    "".join(many)
                )
            is_named = is_named or min(len(word), len(met)) > 1
            left.remove(met)
        return is_named

    def _meets(self, word: str, other: str) -> bool:
        if word == other:
            return True
        if len(word) == 1 or len(other) == 1:
            return word[0] == other[0] or self._sound(word)[:1] == self._sound(other)[:1] != ""
        if word.isascii() == other.isascii() and self._near(word, other):
            return True
        heard = self._sound(word)
        return len(heard) > 1 and heard == self._sound(other)

    def _sound(self, word: str) -> str:
        if word not in self._sounds:
            self._sounds[word] = sound(word)
        return self._sounds[word]
