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
_MOST_HEADS = 4_096


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
    >>> blanks.may_begin["No"], blanks.may_begin["Sa"]
    (True, False)
    """

    def __init__(self, own: Collection[str] = ()) -> None:
        """Take words of one's own, each as `bare` gives it."""
        self._words = BLANKS.union(own)
        self.may_begin: _Heads = _Heads(self._words)
        """Whether one of them can begin with two letters; nearly every text begins otherwise."""

    def __contains__(self, text: str) -> bool:
        """Tell whether a text without blanks around it only says that nothing stands there."""
        return len(text) <= LONGEST_BLANK and bare(text) in self._words


class _Heads(dict[str, bool]):
    """Whether a text may be one of some words, by its first two letters; worked out once."""

    def __init__(self, words: Collection[str]) -> None:
        """Begin with nothing worked out."""
        self._words = words

    def __missing__(self, head: str) -> bool:
        """Work out whether a word begins so; what stands behind a dash is not known."""
        if len(self) >= _MOST_HEADS:
            self.clear()
        begun = head.casefold()
        may_be = begun != bare(head) or any(word.startswith(begun) for word in self._words)
        return self.setdefault(head, may_be)
