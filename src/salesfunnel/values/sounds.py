"""What words sound like, roughly the same in Latin, Persian, Armenian and Cyrillic letters."""

from __future__ import annotations

import re

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
_IN_ARMENIAN = {
    **dict(zip("բգդզթժլխծկհձղճմնշչպջռստրցփքֆ", "bkdztjlxckhzkSmnSSpjrstrcpkf", strict=True)),
    "տչ": "S",
}
_IN_CYRILLIC = dict(zip("бгджзклмнпрстфхцчшщ", "bkdjzklmnprstfxcSSS", strict=True))
_SOUNDS = {**_IN_LATIN, **_IN_PERSIAN, **_IN_ARMENIAN, **_IN_CYRILLIC}
_SEVERAL = sorted((letters for letters in _SOUNDS if len(letters) > 1), key=len, reverse=True)
_LETTERS = re.compile("|".join([*map(re.escape, _SEVERAL), "."]), re.DOTALL)
_SOFT_C = re.compile("c(?=[eiy])")
_AGAIN = re.compile(r"(.)\1+")
# A word that begins with one of these says so in every script.
_FIRST = {
    **dict.fromkeys([*"aeiouy", *"اعی", *"աեէըիոօյ", *"аеиоуэыюя"], "a"),
    **dict.fromkeys([*"vw", *"و", *"վւ", *"в"], "v"),
}
_LONG_ENOUGH = 3
_ANY_VOWEL = "-"
# What a vowel may be taken for: one that is not listed, such as an e, for any.
_VOWELS = {
    **dict.fromkeys([*"aاաая"], "A"),
    **dict.fromkeys([*"iyیիյиы"], "I"),
    **dict.fromkeys([*"ouwوոօւоуюё"], "O"),
}
_RUN = re.compile("[AIO-]{2,}")
_ROUGHLY = {ord("h"): None, ord("z"): "s", ord("c"): "s"}
_H = frozenset("hهհ")  # at the end of a word it is silent


def sound(word: str) -> str:
    """
    Return what a folded word sounds like, roughly the same in whichever script it is written.

    >>> sound("احمدی") == sound("ahmadi") == sound("ահմադի")
    True
    >>> sound("mohammad") == sound("mohamed"), sound("mehdi") == sound("ahmad")
    (True, False)
    """
    heard = _FIRST.get(word[:1], "") + "".join([_SOUNDS.get(one, "") for one in _spoken(word)])
    return _AGAIN.sub(r"\1", heard)


def syllables(word: str) -> str:
    """
    Return what a folded word sounds like, with a sign for the vowels wherever any are written.

    It is for words of one script, which writes the vowels of both or of neither.

    >>> syllables("bruneau"), syllables("baron"), syllables("mehdi")
    ('brOn-', 'bArOn', 'm-hdI')
    """
    letters = _spoken(_SOFT_C.sub("s", word))
    heard = [_SOUNDS.get(one) or _VOWELS.get(one, _ANY_VOWEL) for one in letters]
    return _AGAIN.sub(r"\1", _RUN.sub(_one_vowel, "".join(heard)))


def _one_vowel(run: re.Match[str]) -> str:
    return run[0][0] if len({*run[0]}) == 1 else _ANY_VOWEL


def have_same_vowels(one: str, other: str) -> bool:
    """
    Tell whether vowels stand in the same places of two syllables, and none is another.

    >>> have_same_vowels("m-hdI", "mAhdI"), have_same_vowels("mIn", "mOn")
    (True, False)
    """
    return len(one) == len(other) and all(
        ours == theirs or _ANY_VOWEL in (ours, theirs)
        for ours, theirs in zip(one, other, strict=True)
    )


def _spoken(word: str) -> list[str]:
    letters = _LETTERS.findall(word)
    if letters and letters[-1] in _H:
        letters.pop()
    return letters


def firm_sound(text: str) -> str:
    """
    Return what the folded name of a firm sounds like, whether it is written as one word or two.

    What differs most from script to script counts for nothing: a vowel at the beginning, an h, and
    whether an s is voiced. Of a short sound too many firms have the same: then it is blank.

    >>> firm_sound("ایرانخودرو"), firm_sound("irankhodro"), firm_sound("fabrik12")
    ('rnxdr', 'rnxdr', 'fbrk12')
    """
    heard = sound(text).translate(_ROUGHLY)
    heard = _AGAIN.sub(r"\1", heard[1:] if text[:1] in _FIRST else heard)
    if len(heard) < _LONG_ENOUGH:
        return ""
    return heard if text.isalpha() else heard + "".join(filter(str.isdigit, text))


def heard_letters(word: str) -> list[tuple[str, str]]:
    """
    Return the letters of a folded word, each with what it counts for in the sound of a firm.

    >>> heard_letters("khodro")
    [('kh', 'x'), ('o', ''), ('d', 'd'), ('r', 'r'), ('o', '')]
    """
    letters = _LETTERS.findall(_SOFT_C.sub("s", word))
    return [(one, _SOUNDS.get(one, "").translate(_ROUGHLY)) for one in letters]
