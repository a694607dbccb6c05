"""Names of firms: their words without the legal form, and the keys they are known by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .legal_forms import without_legal_forms
from .text import fold

# What joins two names, written as a sign or as a word, and what stands before a name.
_AND = frozenset(fold("and et und og och ve ev и و եւ եվ").split())
# In English i and y are letters, as of Model Y. They join only what those languages put behind.
_SPANISH_AND = frozenset("iy")
_BEHIND_IT = frozenset(
    fold(
        "hijos hijo hijas hermanos hermano cía compañía asociados socios sobrinos fills germans "
        "associats filhos synowie syn córki wspólnicy sinovi sin"
    ).split()
)
_THE = "the"
# How those write an umlaut who have none on their keyboard.
_MAY_HAVE_ONE = re.compile("[ÄäÖöÜüØø]|[AaOoUu]\u0308")
_UMLAUT = re.compile("([AaOoUu])\u0308|([Øø])")
# Signs that belong to the word before them, as of C++, C# and A+.
_SIGNS = re.compile(r"(?<=[^\W_+#])[+#]+(?!\w)")
_SPOKEN = {ord("+"): "plus", ord("#"): "sharp"}


def as_one_word(words: Iterable[str]) -> str:
    """
    Write words as one, but two numbers apart: 4 and 5 are not 45.

    >>> as_one_word(["iran", "khodro"]), as_one_word(["hotel", "4", "5"])
    ('irankhodro', 'hotel4 5')
    """
    joined = ""
    for word in words:
        joined += f" {word}" if joined[-1:].isdigit() and word[:1].isdigit() else word
    return joined


def company_words(name: str) -> tuple[str, ...]:
    """
    Return the folded words of a name without legal forms; initials are one word.

    >>> company_words("I.B.M. France S.A."), company_words("Ltd")
    (('ibm', 'france'), ('ltd',))
    """
    return tuple(_with_initials(_bare_words(name)))


def company_key(name: str) -> str:
    """
    Return the match key of a name, in which blanks make no difference.

    >>> company_key("Iran Khodro Co.")
    'irankhodro'
    """
    return as_one_word(_bare_words(name))


def company_keys(name: str) -> tuple[str, ...]:
    """
    Return the match keys of a name: one more, if it has an umlaut, as others write that.

    >>> company_keys("Müller AG"), company_keys("Poet")
    (('muller', 'mueller'), ('poet',))
    """
    key = company_key(name)
    if not _MAY_HAVE_ONE.search(name):
        return (key,)
    spelt = _UMLAUT.sub(_with_e, unicodedata.normalize("NFD", name))
    return key, company_key(spelt)


def _with_e(umlaut: re.Match[str]) -> str:
    return f"{umlaut[1] or 'o'}e"


def _bare_words(name: str) -> list[str]:
    if "+" in name or "#" in name:
        name = _SIGNS.sub(lambda signs: signs[0].translate(_SPOKEN), name)
    words = fold(name).split()
    bare = without_legal_forms(words)
    if len(bare) > 1:
        bare = bare[1:] if bare[0] == _THE else bare
        bare = [word for place, word in enumerate(bare) if not _joins(bare, place)]
    return bare


def _joins(words: list[str], place: int) -> bool:
    """Tell whether a word is an "and": it stands between two words, of which none is a letter."""
    word = words[place]
    if not 0 < place < len(words) - 1:
        return False
    if word in _SPANISH_AND:
        return words[place + 1] in _BEHIND_IT
    if word not in _AND:
        return False
    return len(word) > 1 or len(words[place - 1]) > 1 < len(words[place + 1])


def _with_initials(words: list[str]) -> list[str]:
    """Write single letters that follow each other as one word."""
    joined: list[str] = []
    is_initial = False
    for word in words:
        was_initial, is_initial = is_initial, len(word) == 1 and word.isalpha()
        if was_initial and is_initial:
            joined[-1] += word
        else:
            joined.append(word)
    return joined
