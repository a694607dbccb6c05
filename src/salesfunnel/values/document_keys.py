"""The keys of an object in a document: where each stands, and which of them are not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..errors import Problem, Text, did_you_mean
from .codecs import MOST_PROBLEMS

_LONGEST_KEY = 40
_MOST_GUESSES = 3

MISSING = Text("key_missing", "{key} is missing")
_UNKNOWN = Text("unknown_key", "is not a known key", "known: {known}")
_MISSPELT = Text("key_misspelt", "is not a known key", "did you mean {meant}?")


def place_of(key: object, number: int) -> str:
    """
    Name the place of what stands under a key; a key that no one could read has a number.

    >>> place_of("stage", 0), place_of("Sara Ahmadi", 1)
    ('.stage', '.(key 1)')
    """
    is_plain = (
        type(key) is str and len(key) <= _LONGEST_KEY and key.isascii() and key.isidentifier()
    )
    return f".{key}" if is_plain else f".(key {number})"


def strange_keys(
    data: Mapping[Any, Any], known: Collection[str], told: Collection[str] = ()
) -> Iterator[Problem]:
    """
    Name each key that is not known, and what was probably meant by it.

    >>> print(*strange_keys({"naem": 1}, ["name"]))
    .naem: is not a known key; did you mean name?
    """
    found = 0
    for number, key in enumerate(data):
        if type(key) is str and (key in known or key in told):
            continue
        found += 1
        meant = did_you_mean(key, known) if found <= _MOST_GUESSES else ""
        if meant:
            yield _MISSPELT.problem(where=place_of(key, number), meant=meant)
        else:
            yield _UNKNOWN.problem(where=place_of(key, number), known=", ".join(known))
        if found >= MOST_PROBLEMS:
            return
