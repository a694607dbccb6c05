"""The words for yes, no and unknown in English, French, Persian and Armenian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .text import fold

YES_NO_WORDS: Mapping[str, list[str]] = MappingProxyType(
    {
        "yes": [
            *("yes", "y", "✓", "✔", "☑", "+", "true", "t", "1", "x", "oui", "o", "vrai"),
            *("بله", "بلی", "آری", "دارد", "այո"),
        ],
        "no": [
            *("no", "n", "✗", "✘", "false", "f", "0", "non", "faux"),
            *("خیر", "نه", "ندارد", "ոչ"),
        ],
        "unknown": [
            *(
                "",
                "unknown",
                "?",
                "؟",
                "՞",
                "not known",
                "n/a",
                "na",
                "-",
                "tbd",
                "maybe",
                "perhaps",
            ),
            *("inconnu", "inconnue", "peut-être"),
            *("نامشخص", "نمی دانم", "شاید", "անհայտ", "չգիտեմ", "գուցե"),
        ],
    }
)
"""By what they mean. A mapping of a file may know more."""

_LONGEST = 40


def read_yes_no(text: object) -> bool | None:
    """
    Read a yes or a no; any other text says neither and is ``None``.

    >>> read_yes_no("Oui"), read_yes_no("نه"), read_yes_no("perhaps")
    (True, False, None)
    """
    return _BY_KEY.get(_word_key(text)) if isinstance(text, str) and len(text) <= _LONGEST else None


def _word_key(word: str) -> str:
    # A sign such as ✓ has no letters, and is its own key.
    return fold(word) or word.strip()


_BY_KEY = {
    _word_key(word): answer
    for answer, meaning in ((True, "yes"), (False, "no"))
    for word in YES_NO_WORDS[meaning]
}
