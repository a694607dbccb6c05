"""Whether the vowels that another script writes may be those of a Latin word that sounds alike."""

from __future__ import annotations

from .sounds import heard_letters

# By the letters of other scripts: the Latin letters that people write for them. Persian leaves out
# short vowels, so a Latin vowel may have none beside it; one that is written may not be missing.
_WRITTEN = {
    **dict.fromkeys("ا", "ao"),
    **dict.fromkeys("و", "ouvw"),
    **dict.fromkeys("ی", "iye"),
    **dict.fromkeys("աа", "au"),
    **dict.fromkeys("եէեэеё", "eaiy"),
    **dict.fromkeys("իըиы", "iyea"),
    **dict.fromkeys("ոօо", "oauv"),
    **dict.fromkeys("уюւ", "uowvy"),
    **dict.fromkeys("վв", "vwf"),
    **dict.fromkeys("я", "ayi"),
}
_FIRST_IN_PERSIAN = "aeiou"
# Two letters that write one vowel, and one of Arabic names that may be an a at the end: موسی.
_AS_ONE = (("ու", "ւ"), ("یی", "ی"))
_MAY_BE_A = "ی"
_LONG_I = "ای"
# What is spoken long is written in every script: حسن is no Hossein.
_LONG = ("ei", "ey", "ai", "ay", "ee", "oo", "ou")
_SHORT_I = "и"  # which folding leaves of й: трейд is trade
_SILENT = (("خوا", "خا"), "kha")
# No script leaves them out at the end of a word; an e there may be silent.
_SPOKEN_AT_AN_END = frozenset("aiouy")
_GLIDES = frozenset("iyuw")
# One letter writes this consonant in Persian, and it is never that of the others.
_Q = "q"
_NO_Q = frozenset("کگ")


def may_be_written(word: str, latin: str) -> bool:
    """
    Tell whether a folded word of another script, which sounds like a Latin one, may be that one.

    >>> may_be_written("سامان", "saman"), may_be_written("سامان", "semnan")
    (True, False)
    >>> may_be_written("دانا", "dena"), may_be_written("انلاین", "online")
    (False, True)
    """
    if _SILENT[1] in latin:
        word = word.replace(*_SILENT[0])
    for letters, letter in _AS_ONE:
        word = word.replace(letters, letter)
    if word[-1:] == _MAY_BE_A and latin[-1:] == "a":
        word = f"{word[:-1]}ا"
    ours, theirs = _syllables(word), _syllables(latin)
    if not ours[-1][0] and theirs[-1][0][-1:] in _SPOKEN_AT_AN_END:
        return False
    mine = met = 0
    while mine < len(ours) and met < len(theirs):
        (vowels, heard, letter), (others, as_heard, as_letter) = ours[mine], theirs[met]
        if heard != as_heard or (as_letter == _Q and letter in _NO_Q):
            return False
        if not _agree(vowels, others, is_first=mine == 0, ends_in_e=_has_e(theirs, met)):
            return False
        mine, met = mine + 1, met + 1
        # A letter that only one of them doubles, with no vowel between, is one.
        again, as_again = ours[mine : mine + 1], theirs[met : met + 1]
        if again and as_again and again[0][1] != as_again[0][1]:
            mine += again[0][:2] == ("", heard)
            met += as_again[0][:2] == ("", heard)
    return mine == len(ours) and met == len(theirs)


def _syllables(word: str) -> list[tuple[str, str, str]]:
    """Give each consonant, as it sounds and is written, with the vowels before it; an end last."""
    found: list[tuple[str, str, str]] = []
    vowels = ""
    for letters, sounds in heard_letters(word):
        if not sounds:
            vowels += letters
        for heard in sounds:
            found.append((vowels, heard, letters))
            vowels = ""
    return [*found, (vowels, "", "")]


def _has_e(syllables: list[tuple[str, str, str]], place: int) -> bool:
    """Tell whether an e follows the consonant, so that an i before it is long: as in line."""
    return place + 1 < len(syllables) and syllables[place + 1][0][:1] == "e"


def _agree(vowels: str, latin: str, *, is_first: bool, ends_in_e: bool) -> bool:
    if vowels.startswith(_LONG_I) and latin[:1] in ("i", "e") and (is_first or ends_in_e):
        vowels = vowels[1:]
    if not vowels and any(long in latin for long in _LONG):
        return False
    left = latin
    for place, letter in enumerate(vowels):
        wanted = _WRITTEN.get(letter, "")
        if is_first and place == 0 and letter == "ا":
            wanted = _FIRST_IN_PERSIAN
        if not wanted or (place and letter == _SHORT_I):
            continue
        at = next((at for at, other in enumerate(left) if other in wanted), None)
        if at is None:
            return False
        left = left[at + 1 :].lstrip(left[at]) if letter != "ا" else left[at + 1 :]
    # After a written a, a glide would be written as well: مال is no mail.
    return not (vowels[-1:] == "ا" and left and left[0] in _GLIDES)
