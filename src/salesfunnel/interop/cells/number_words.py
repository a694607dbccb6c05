"""Numbers that are written out: fifty thousand, « deux millions », «پنجاه هزار», «հիսուն հազար»."""

from __future__ import annotations

import re

from ...values.text import fold_letters

_LONGEST = 100
_AND = frozenset({"and", "et", "و", "և"})
_OF = re.compile("^(?:d['’]|de )")

# From one on; then the teens, the tens and the hundreds that are words of their own.
_UNITS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
dix-sept dix-huit dix-neuf
یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده
մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը տասը տասնմեկ տասներկու տասներեք տասնչորս տասնհինգ
տասնվեց տասնյոթ տասնութ տասնինը
"""
_TENS = """
twenty thirty forty fifty sixty seventy eighty ninety
vingt trente quarante cinquante soixante septante huitante nonante
بیست سی چهل پنجاه شصت هفتاد هشتاد نود
քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն
"""
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد"
_HUNDRED = frozenset(map(fold_letters, ("hundred", "cent", "cents", "հարյուր")))
_LAST_CERTAIN = 3
_UP_TO_NINETEEN, _UP_TO_NINETY, _UP_TO_900 = 19, 8, 9
_VALUES = {
    **{
        fold_letters(word): place % _UP_TO_NINETEEN + 1 for place, word in enumerate(_UNITS.split())
    },
    **{
        fold_letters(word): (place % _UP_TO_NINETY + 2) * 10
        for place, word in enumerate(_TENS.split())
    },
    **{fold_letters(word): (n + 1) * 100 for n, word in enumerate(_HUNDREDS.split())},
    fold_letters("quatre-vingt"): 80,
    fold_letters("une"): 1,
    fold_letters("a"): 1,
}
_JOINED = re.compile("quatre[- ]vingts?|dix-(?:sept|huit|neuf)")
_ON_TOP_OF = (60, 80)
"""To which French adds ten to nineteen."""


def number_in_words(text: str, scales: dict[str, int]) -> tuple[str, str] | None:
    """
    Read a number that is written out, with its scales, and give what stands behind it.

    >>> powers = {"thousand": 3, "millions": 6, "هزار": 3}
    >>> number_in_words("two hundred and fifty thousand euros", powers)
    ('250000', 'euros')
    >>> number_in_words("پنجاه هزار تومان", powers) == ("50000", "تومان")
    True
    >>> number_in_words("five twenty", powers), number_in_words("some", powers)
    (None, None)
    """
    if len(text) > _LONGEST or any(map(str.isdecimal, text)):
        return None
    plain = _JOINED.sub(_as_one_word, fold_letters(text))
    words = [part for word in plain.replace("\u200c", " ").split() for part in _apart(word)]
    total, part, last, place = 0, 0, max(scales.values(), default=0) + 1, 0
    for word in words:
        value = _VALUES.get(word)
        if value is not None:
            if not _follows(part, value):
                return None
            part += value
        elif word in _HUNDRED and part < 10:  # noqa: PLR2004 - nine hundred at most
            part = max(part, 1) * 100
        elif word in scales and scales[word] < last:
            last = scales[word]
            total, part = total + max(part, 1) * 10**last, 0
        elif word not in _AND or not (part or total):
            break
        place += 1
    # "Three million four" may mean 3,000,004 or 3,400,000.
    if not (part or total) or (total and part and last > _LAST_CERTAIN):
        return None
    return str(total + part), _OF.sub("", " ".join(words[place:]))


def _as_one_word(found: re.Match[str]) -> str:
    return f" {found[0].replace(' ', '-').rstrip('s')} "


def _apart(word: str) -> list[str]:
    """Part words that are joined by a hyphen, but for those that are one number."""
    return [word] if word in _VALUES else [part for part in word.split("-") if part]


def _follows(part: int, value: int) -> bool:
    """Tell whether a number may be added: each is smaller than what its place leaves free."""
    free = 10 if value < 10 else 100 if value < 100 else 1_000  # noqa: PLR2004 - by their digits
    return part % free == 0 or (part % 100 in _ON_TOP_OF and value < 20)  # noqa: PLR2004 - teens
