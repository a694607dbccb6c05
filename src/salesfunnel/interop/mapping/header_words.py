"""What the words of a header mean, in any language, ending and order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache

from ...values.text import fold
from ..shipped_text import shipped_text

NOTHING = "nothing"
"""The meaning of a word that denies nothing, such as an article: it is left out."""

_MOST_TOGETHER = 4
_MOST_REMEMBERED = 256
_OWN_FIELD = re.compile(r"__(?:c|s|pc)$", re.IGNORECASE)
_NEW_WORD = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)")
_ON_A_DAY = re.compile(r"(?<=[éeiu]) le$")  # as in « Signée le » and « Sorti le »
_BEFORE_A_VOWEL = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)  # as in « Date d'entrée »
_ARTICLES = ("ը", "ն")  # of Armenian, at the end of a word


def meaning_of_header(header: str) -> frozenset[str]:
    """
    Give the meanings of the words of a header; a word without a known one stands for itself.

    >>> meaning_of_header("Date de clôture prévue") == meaning_of_header("Est. closing date")
    True
    >>> sorted(meaning_of_header("MainCompetitor__c")), sorted(meaning_of_header("Phone2"))
    (['competitor', 'whose'], ['2', 'phone'])
    """
    text = _NEW_WORD.sub(" ", _OWN_FIELD.sub("", header))
    text = text.replace("_", " ").replace("%", " percent ").replace("٪", " percent ")
    text = _BEFORE_A_VOWEL.sub(r"\1 ", text)
    words = fold(_ON_A_DAY.sub(" date", text.replace("#", " number "))).split()
    found: set[str] = set()
    while words:
        count, meaning = _first_meaning(words)
        found.add(meaning)
        words = words[count:]
    return frozenset(found - {NOTHING})


@lru_cache(maxsize=_MOST_REMEMBERED)
def is_expected(header: str) -> bool:
    """
    Tell whether a header says that what stands below it is not yet so.

    >>> is_expected("Expected Close Date"), is_expected("Close Date")
    (True, False)
    """
    return "expected" in meaning_of_header(header)


def fields_by_meanings(headers: Iterable[tuple[str, str]]) -> dict[frozenset[str], str]:
    """
    Index the headers of fields by the meanings of their words; what may be two fields is none.

    >>> index = fields_by_meanings([("city", "City"), ("email", "Mail"), ("note", "Courriel")])
    >>> index
    {frozenset({'city'}): 'city'}
    """
    found: dict[frozenset[str], str | None] = {}
    for field, header in headers:
        meanings = meaning_of_header(header)
        if meanings:
            found[meanings] = field if found.setdefault(meanings, field) == field else None
    return {meanings: field for meanings, field in found.items() if field is not None}


def _first_meaning(words: list[str]) -> tuple[int, str]:
    """Tell what the first words mean together, of which as many as possible are taken."""
    known = _meanings()
    for count in range(min(len(words), _MOST_TOGETHER), 0, -1):
        if meaning := known.get(" ".join(words[:count])):
            return count, meaning
    word = words[0]
    bare = word[:-1] if word.endswith(_ARTICLES) and len(word) > len(_ARTICLES) else word
    return 1, known.get(bare, bare)


@cache
def _meanings() -> dict[str, str]:
    """Read which words mean the same; a phrase is as good as a word."""
    groups = tomllib.loads(shipped_text("headers"))
    return {
        fold(word): meaning
        for meaning, languages in groups.items()
        for words in languages.values()
        for word in words
    }
