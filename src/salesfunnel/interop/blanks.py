"""What systems write into a cell in which nothing is chosen: "N/A", "--None--", «انتخاب کنید»."""

from __future__ import annotations

from collections.abc import Collection

BLANKS = frozenset(
    {
        *("", "none", "(none)", "null", "n/a", "n.a.", "(blank)", "not set", "not specified"),
        *("not available", "unspecified"),
        *("select", "select one", "please select", "choose", "choose one"),
        *("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!"),
        *(
            "aucun",
            "aucune",
            "néant",
            "n/d",
            "k.a.",
            "#n/d",
            "non renseigné",
            "non renseignée",
            "non défini",
        ),
        *("sélectionner", "sélectionnez", "choisir", "à sélectionner"),
        *("هیچ", "هیچکدام", "هیچ‌کدام", "هیچ کدام", "انتخاب کنید", "انتخاب نشده", "ثبت نشده"),
        *("وارد نشده", "درج نشده", "خالی", "بدون مقدار"),
        *("ոչինչ", "դատարկ", "ընտրել", "ընտրեք", "նշված չէ", "լրացված չէ"),
    }
)
"""What systems write into a cell in which nothing is chosen, but for dashes around it."""

LONGEST_BLANK = 20
"""In letters, beyond which a text says something."""

_DASHES = "-–—"


def bare(text: str) -> str:
    """
    Take off a word what systems put around it where nothing is chosen.

    >>> bare("--None--"), bare("—")
    ('none', '')
    """
    return text.strip(_DASHES).casefold().strip()


class Blanks:
    """
    The words that say that nothing stands in a cell: those that are known, and some of one's own.

    >>> blanks = Blanks(["tbd"])
    >>> "--None--" in blanks, "TBD" in blanks, "Nora" in blanks
    (True, True, False)
    """

    def __init__(self, own: Collection[str] = ()) -> None:
        """Take words of one's own, each as `bare` gives it."""
        self._words = BLANKS.union(own)
        self._beginnings = _BEGINNINGS.union(_beginnings(own))

    def __contains__(self, text: str) -> bool:
        """Tell whether a text without blanks around it only says that nothing stands there."""
        return len(text) <= LONGEST_BLANK and bare(text) in self._words

    def emptied(self, texts: dict[str, str]) -> dict[str, str]:
        """Write nothing for each text that says nothing; most are told by how they begin."""
        beginnings = self._beginnings
        for name, text in texts.items():
            if (text[:2].casefold() in beginnings or text[:1] in _DASHES) and text in self:
                texts[name] = ""
        return texts


def _beginnings(words: Collection[str]) -> set[str]:
    """List what two letters can become in which one of the words begins, with a dash behind it."""
    forms = [f"{word}{behind}" for word in words for behind in ("", " ", *_DASHES)]
    return {form[:letters] for form in forms for letters in range(1, 2 * _MOST_LETTERS_OF_ONE + 1)}


_MOST_LETTERS_OF_ONE = 3  # to which folding case can turn it
_BEGINNINGS = frozenset(_beginnings(BLANKS))
