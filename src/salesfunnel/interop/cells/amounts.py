"""Amounts as people write them: a number, a word such as million, and a currency beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...values.text import fold_letters
from .currency_names import SEVERAL, currency_meant
from .decimal_marks import without_stroke
from .number_words import number_in_words

_LONGEST = 100

# By how many tens a word multiplies, in English, French, Persian and Armenian.
_POWERS = {
    3: "k thousand thousands mille millier milliers هزار հազար",
    5: "lakh lakhs lac",
    6: "m mn mm mln mio million millions میلیون մլն միլիոն",
    7: "crore crores cr",
    9: "b bn bln billion billions md mrd milliard milliards میلیارد մլրդ միլիարդ",
    12: "tn trillion trillions تریلیون տրիլիոն",
    13: "همت",
}
_SCALES = {fold_letters(word): power for power, words in _POWERS.items() for word in words.split()}
_THOUSAND_MILLIARD_TOMANS = "همت"

# What may stand beside an amount and says nothing about it that an amount could hold.
_LABELS = """
price | our price | your price | list price | amount | total | sum | net | gross | only
excl | incl | ex | inc | excluding | including | vat | tax | taxes | plus | tax incl | tax excl
prix | montant | somme | ht | ttc | tva | hors taxe | hors taxes | taxes comprises | net de taxes
مبلغ | قیمت | جمع | جمع کل | فقط | بدون مالیات | با مالیات | خالص | ناخالص
գին | գինը | գումար | ընդամենը | առանց ԱԱՀ | ներառյալ ԱԱՀ
"""
_LABEL_WORDS = {fold_letters(word) for word in _LABELS.replace("|", " ").split()}
_AROUND = " \t\u00a0\u202f\u200c\u200e\u200f*:;"
_DECORATION = f"{_AROUND},()[]+"

# A sign or word, the number, and a sign or word; no number begins or ends with a letter.
_BESIDE_A_NUMBER = re.compile(r"([^\d+\-−(.,٫٬]*)(.*\d)(\D*)", re.DOTALL)
_NO_CENTS = re.compile(r"(?<=\d)([.,])\s?[-–—]+")
_LOOSE_CENTS = re.compile(r"(?<=\d)([.,])\s(\d\d)(?!\d)")
_PIECE = re.compile(
    r"\s*([\d.,'’٬٫\s]*\d)\s*([^\W\d_]+\.?)(?:\s*(?:و|et|and|և|,|،)\s*|\s+|(?=\s*$))"
)
_WORDS = re.compile(r"[\s\u200c]+")
_PARTS = re.compile(r"[^\W\d_]+\.?|[^\w\s]+")


class WrittenAmount(NamedTuple):
    """An amount as it is written: numbers, each with a power of ten, and what is beside them."""

    parts: tuple[tuple[str, int], ...]
    beside: str


def amount_in(text: str) -> WrittenAmount:
    """
    Part an amount into its number, its scale and what is written beside it.

    >>> amount_in("1 234,50 €")
    WrittenAmount(parts=(('1 234,50', 0),), beside='€')
    >>> amount_in("۵۰ میلیون تومان")
    WrittenAmount(parts=(('۵۰', 6),), beside='تومان')
    >>> amount_in("۱ میلیارد و ۲۰۰ میلیون ریال").parts
    (('۱', 9), ('۲۰۰', 6))
    >>> amount_in("۲/۵ میلیارد ریال").parts
    (('۲٫۵', 9),)
    """
    if len(text) > _LONGEST:
        return WrittenAmount(((text, 0),), "")
    text = without_stroke(text.strip(_AROUND))
    text = _LOOSE_CENTS.sub(r"\1\2", _NO_CENTS.sub(r"\g<1>00", text))
    found = _BESIDE_A_NUMBER.fullmatch(text)
    if found is None:
        spelt = number_in_words(text, _SCALES)
        return WrittenAmount(((text, 0),), "") if spelt is None else _spelt(*spelt)
    before, number, after = found.groups()
    if any(map(str.isalpha, number)):
        return _compound(before, number + after) or WrittenAmount(((text, 0),), "")
    power, after = _scaled(after)
    return WrittenAmount(((number.strip(), power),), _without_labels(f"{before} {after}"))


def _spelt(number: str, beside: str) -> WrittenAmount:
    return WrittenAmount(((number, 0),), _without_labels(beside))


def _scaled(after: str) -> tuple[int, str]:
    """Take the word for thousand, million or milliard off what stands behind a number."""
    word, _, rest = after.strip(_DECORATION).replace("\u200c", " ").partition(" ")
    plain = fold_letters(word.rstrip("."))
    if plain in _SCALES:
        further, more = _scaled(rest) if rest else (0, "")
        if plain == _THOUSAND_MILLIARD_TOMANS:
            return _SCALES[plain] - 1, f"toman {more}"
        return _SCALES[plain] + further, more
    for length in (2, 1):
        begun, sign = plain[:length], word[length:]
        if begun in _SCALES and sign and currency_meant(sign) and not currency_meant(word):
            return _SCALES[begun], f"{sign} {rest}"
    return 0, after


def _compound(before: str, text: str) -> WrittenAmount | None:
    """Read a milliard and two hundred million: each number is followed by a smaller scale."""
    parts: list[tuple[str, int]] = []
    place = 0
    while (found := _PIECE.match(text, place)) and found.end() > place:
        power = _SCALES.get(fold_letters(found[2].rstrip(".")))
        if power is None or (parts and power >= parts[-1][1]):
            break
        parts.append((found[1].strip(), power))
        place = found.end()
    rest = text[place:]
    if len(parts) < len(("milliard", "million")) or any(map(str.isdecimal, rest)):
        return None
    return WrittenAmount(tuple(parts), _without_labels(f"{before} {rest}"))


def _without_labels(beside: str) -> str:
    words = [word.strip(_DECORATION) for word in _WORDS.split(beside)]
    apart = (part for word in words for part in _letters_and_signs(word))
    return " ".join(word for word in apart if word and not _is_label(word))


def _is_label(word: str) -> bool:
    return fold_letters(word.strip(".")) in _LABEL_WORDS


def _letters_and_signs(word: str) -> list[str]:
    """Part a sign from the label that is written onto it, as in "€HT"."""
    if _is_label(word) or currency_meant(word):
        return [word]
    return _PARTS.findall(word) or [word]


def currency_beside(text: str) -> str | None:
    """
    Return the currency of what stands beside an amount; nothing if several may be meant.

    ``None`` is a text that is no currency.

    >>> currency_beside("US dollars"), currency_beside("NZD $"), currency_beside("$")
    ('USD', 'NZD', '')
    >>> currency_beside("pieces")
    """
    whole = currency_meant(text)
    meant = [whole] if whole else [currency_meant(word) for word in text.split()]
    if None in meant:
        return None
    certain = {code for code in meant if code and code != SEVERAL}
    return None if len(certain) > 1 else next(iter(certain), "")


def unit_of_header(header: str) -> tuple[str, str, int] | None:
    """
    Part the header of an amount from the currency or the scale that it names.

    A sign of several currencies is given as it is written.

    >>> unit_of_header("Amount in EUR"), unit_of_header("مبلغ (میلیون ریال)")
    (('Amount', 'EUR', 0), ('مبلغ', 'IRR', 6))
    >>> unit_of_header("Amount ($)")
    ('Amount', '$', 0)
    >>> unit_of_header("Amount in hand")
    """
    if len(header) > _LONGEST:
        return None
    words = [word for word in re.split(r"[\s_()\[\]{}:,/]+|-(?=\D)", header) if word]
    for place in range(1, len(words)):
        unit = _unit(words[place:])
        if unit is not None:
            return " ".join(words[:place]), *unit
    if len(words) > 1 and (unit := _unit(words[:1])) is not None:
        return " ".join(words[1:]), *unit
    return None


_PREPOSITIONS = {"in", "en", "a", "به", "بر", "حسب"}


def _unit(words: list[str]) -> tuple[str, int] | None:
    told = [word for word in words if fold_letters(word) not in _PREPOSITIONS]
    power, rest = _scaled(" ".join(told))
    if not rest.strip():
        return ("", power) if power else None
    unit = rest.strip()
    code = currency_beside(unit)
    return None if code is None else (code or unit, power)
