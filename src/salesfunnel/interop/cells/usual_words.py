"""Words that mean the same in every file: stages, reasons and answers in four languages."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...values.frozen_map import FrozenMap
from ...values.yes_no import YES_NO_WORDS
from ..mapping.noun_mapping import key
from ..shipped_text import shipped_text

Words = Mapping[str, Any]

_RESTS = "not_now"
_SAYS_NOTHING = ("other", "unknown")


@functools.cache
def usual_words(kind: str) -> FrozenMap[str, FrozenMap[str, str]]:
    """
    Give what each word stands for, field by field, in a file of leads or of opportunities.

    A reason for which a lead is given up is a status of it, too.

    >>> lead, deal = usual_words("lead"), usual_words("opportunity")
    >>> lead["stage"][key("Faux numéro")], lead["reason"][key("Faux numéro")]
    ('disqualified', 'unreachable')
    >>> deal["stage"][key("Devis envoyé")]
    'proposal'
    """
    words = tomllib.loads(shipped_text("words"))
    tables = {field: words_of(table) for field, table in words.get(kind, {}).items()}
    if kind == "lead":
        tables["stage"] |= _as_stages(tables["reason"], known=tables["stage"])
    answers = {**words_of(YES_NO_WORDS), **words_of(words["answers"])}
    more = {"answers": answers, "currency": {}, "source": {}}
    return FrozenMap({field: FrozenMap(table) for field, table in {**tables, **more}.items()})


@functools.cache
def names_of_stages() -> frozenset[str]:
    """
    Give the keys of the names of the stages of a lead in each language: the first word of each.

    >>> [key(word) in names_of_stages() for word in ("Contacted", "Contacté", "warm")]
    [True, True, False]
    """
    stages: Words = tomllib.loads(shipped_text("words"))["lead"]["stage"]
    firsts = (words[0] for languages in stages.values() for words in languages.values())
    return frozenset(map(key, (*stages, *firsts)))


def words_of(table: Words) -> dict[str, str]:
    """
    Turn words by their meanings into meanings by the keys of their words.

    Each meaning is a word for itself, unless another has it.

    >>> words_of({"won": ["Gagné"], "lost": {"en": ["dead"], "fr": "perdu"}})["perdu"]
    'lost'
    """
    pairs = [(key(word), meaning) for meaning, words in table.items() for word in _listed(words)]
    return {**{key(meaning): meaning for meaning in table}, **dict(pairs)}


def first_words(table: Words) -> FrozenMap[str, str]:
    """
    Give the word that is written for each meaning: the first.

    >>> first_words({"exhibition": ["Trade Show", "Conference"]})["exhibition"]
    'Trade Show'
    """
    return FrozenMap({meaning: next(_listed(words), meaning) for meaning, words in table.items()})


def _listed(words: str | Iterable[str] | Words) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, Mapping):
        for line in words.values():
            yield from _listed(line)
    else:
        yield from words


def _as_stages(reasons: Mapping[str, str], *, known: Mapping[str, str]) -> dict[str, str]:
    return {
        word: "nurturing" if reason == _RESTS else "disqualified"
        for word, reason in reasons.items()
        if reason not in _SAYS_NOTHING and word not in known
    }
