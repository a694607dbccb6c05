"""How many people a company has, as lists say it: «250 نفر», "51-200", « plus de 200 »."""

from __future__ import annotations

import re

from ...errors import InvalidValue, Text
from ...values.bucket import Bucket
from ...values.text import fold_letters

_LONGEST = 60
_NOT_A_COUNT = Text(
    "unreadable_head_count", "{field} is not a number of people", "such as 40, 51-200 or 1000+"
)

_MORE = "more than | over | above | > | plus de | بیش از | بیشتر از | بالای | ավելի քան"
_AT_LEAST = "at least | from | >= | ≥ | au moins | à partir de | حداقل | دست کم | առնվազն"
_LESS = "less than | fewer than | under | below | < | moins de | کمتر از | زیر | պակաս քան"
_AT_MOST = "at most | up to | <= | ≤ | jusqu'à | au plus | حداکثر | تا | մինչև | առավելագույնը"
_BETWEEN = "between | from | entre | de | از | بین"
_TO = "- | – | — | to | and | à | et | تا | و | մինչև | և"
_AND_MORE = "+ | and more | or more | and above | et plus | ou plus | و بیشتر | به بالا | և ավելի"
_PEOPLE = """
people | persons | employees | staff | staff members | workers | ftes | fte
personnes | salariés | employés | collaborateurs
نفر | نفره | نفر پرسنل | پرسنل | کارمند | کارکنان | مردم | մարդ | աշխատակից | աշխատող | աշխատակիցներ
"""


def _any_of(words: str) -> str:
    each = (fold_letters(word.strip()) for word in words.replace("\n", "|").split("|"))
    longest_first = sorted(filter(None, each), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)


_NUMBER = r"\d{1,3}(?:[.,'’٬\s]\d{3})+|\d{1,9}(?:\.0+)?"
_COUNT = re.compile(
    rf"(?:(?P<more>{_any_of(_MORE)})|(?P<at_least>{_any_of(_AT_LEAST)})|(?P<less>{_any_of(_LESS)})"
    rf"|(?P<at_most>{_any_of(_AT_MOST)})|{_any_of(_BETWEEN)})?\s*(?P<low>{_NUMBER})\s*"
    rf"(?:(?:{_any_of(_TO)})\s*(?P<high>{_NUMBER})|(?P<and_more>{_any_of(_AND_MORE)}))?\s*"
    rf"(?:{_any_of(_PEOPLE)})?\s*(?P<more_still>{_any_of(_AND_MORE)})?"
)
_IN_BRACKETS = re.compile(r"[^\d()]*\(([^()]*\d[^()]*)\)|([^()]*\d[^()]*)\([^\d()]*\)")
_IN_DOUBT = re.compile(r"\d{1,3}\.000")
_GROUP = re.compile(r"[.,'’٬\s](?=\d{3}(?!\d))|\.0+$")


def read_head_count(text: str, *, decimal_mark: str = "") -> int | Bucket:
    """
    Read a number of people, or a bracket; "about 40" is neither, and "1.000" is 1 or a thousand.

    >>> read_head_count("۲۵۰ نفر"), read_head_count("Small (11-200)")
    (250, Bucket(low=11, high=200))
    >>> read_head_count("plus de 200")
    Bucket(low=201, high=None)
    """
    found = None
    if len(text) <= _LONGEST and not any(map(_is_footnote, text)):
        plain = fold_letters(text).strip()
        if bracket := _IN_BRACKETS.fullmatch(plain):
            plain = (bracket[1] or bracket[2]).strip()
        found = _COUNT.fullmatch(plain)
    if found is None:
        raise InvalidValue("employees", _NOT_A_COUNT)
    low = _whole(found["low"], decimal_mark)
    if found["high"]:
        if found["more"] or found["less"] or found["at_most"] or found["more_still"]:
            raise InvalidValue("employees", _NOT_A_COUNT)
        return Bucket(low, _whole(found["high"], decimal_mark))
    if found["more"]:
        return Bucket(low + 1, None)
    if found["at_least"] or found["and_more"] or found["more_still"]:
        return Bucket(low, None)
    if found["less"]:
        return Bucket(0, max(low - 1, 0))
    return Bucket(0, low) if found["at_most"] else low


def _is_footnote(letter: str) -> bool:
    """Tell whether a letter is the sign of a remark, as the last of ``1200²``."""
    return letter.isdigit() and not letter.isdecimal()


def _whole(number: str, decimal_mark: str) -> int:
    if _IN_DOUBT.fullmatch(number) and decimal_mark != ",":
        if not decimal_mark:
            raise InvalidValue("employees", _NOT_A_COUNT)
        return int(number.partition(".")[0])
    return int(_GROUP.sub("", number))
