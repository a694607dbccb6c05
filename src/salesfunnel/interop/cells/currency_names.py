"""The currencies that a word or a sign means: "US dollars", « livres turques », «درهم», "R$"."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable

import attrs

from ...values.frozen_map import FrozenMap
from ...values.text import fold
from ..shipped_text import shipped_text

SEVERAL = "several"
"""Stands for a word such as "dollar", or a sign such as "$", that several currencies share."""

_LONGEST = 60
_SHORT = 3
_UNSEEN = re.compile("[\\s\u200c\u200e\u200f]+")
_IN_WORDS = " .-'’()\u200c\u0301"
_CODE = re.compile("[A-Za-z]{3}")


@attrs.frozen
class CurrencyNames:
    """Which words and signs mean which currency, and the codes that there are."""

    words: FrozenMap[str, str]
    signs: FrozenMap[str, str]
    codes: frozenset[str]
    shared: FrozenMap[str, tuple[str, ...]]
    """Which currencies a word or a sign of several may mean."""
    capitals: frozenset[str]
    """The short signs that begin with a capital, as "Ft" does, for "16 ft" is a length."""


def currency_meant(text: str) -> str | None:
    """
    Return the code of the currency that a word or a sign means, or ``toman``.

    Return `SEVERAL` where more than one may be meant, and ``None`` where none is known.

    >>> currency_meant("US dollars"), currency_meant("ریال"), currency_meant("R$")
    ('USD', 'IRR', 'BRL')
    >>> currency_meant("$"), currency_meant("pcs")
    ('several', None)
    """
    if len(text) > _LONGEST:
        return None
    known = currency_names()
    word = _key(text)
    if word in known.capitals and text.strip()[:1].islower():
        return None
    found = (known.words if _is_word(text) else known.signs).get(word)
    if found is None and _CODE.fullmatch(text.strip()) and text.strip().upper() in known.codes:
        return text.strip().upper()
    return found


def currency_there(text: str, country: str) -> str:
    """
    Return which of several currencies a country means by a word or a sign: its own, if it has one.

    >>> currency_there("$", "CA"), currency_there("dinar", "KW"), currency_there("$", "IR")
    ('CAD', 'KWD', '')
    """
    if not country or len(text) > _LONGEST:
        return ""
    codes = currency_names().shared.get(_key(text), ())
    # A currency is coded by its country and a letter.
    return next((code for code in codes if code.startswith(country)), "")


@functools.cache
def currency_names() -> CurrencyNames:
    """Read the names of currencies that come with the library."""
    table = tomllib.loads(shipped_text("currencies"))
    codes = frozenset(table.pop("codes").split())
    groups = table.pop("several")
    shared = {
        _key(word): tuple(group["codes"].split()) for group in groups for word in group["words"]
    }
    several = [word for group in groups for word in group["words"]]
    words: dict[str, str] = {}
    signs: dict[str, str] = {}
    capitals = {
        _key(sign)
        for lines in table.values()
        for sign in lines.get("signs", ())
        if len(sign) <= _SHORT and sign[:1].isupper()
    }
    for code, lines in [*table.items(), (SEVERAL, {"everyday": several})]:
        for word in _each(lines.values()):
            (words if _is_word(word) else signs)[_key(word)] = code
    return CurrencyNames(
        FrozenMap(words), FrozenMap(signs), codes, FrozenMap(shared), frozenset(capitals)
    )


def _each(lines: Iterable[Iterable[str]]) -> Iterable[str]:
    return (word for line in lines for word in line)


def _is_word(text: str) -> bool:
    """Tell whether a text has only letters, so that its spelling makes no difference."""
    return all(char.isalpha() or char in _IN_WORDS or not char.isprintable() for char in text)


def _key(text: str) -> str:
    if _is_word(text):
        return fold(text).replace(" ", "")
    return _UNSEEN.sub("", text).casefold()
