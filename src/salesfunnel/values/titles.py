"""What people put before or behind a name, and no part of it: Mr, Dr, خانم."""

from __future__ import annotations

from collections.abc import Iterable

from .text import fold

MAN, WOMAN = "♂ man", "♀ woman"
"""The sex that a title tells: no word of a name, since none has a blank."""

SEXES = frozenset({MAN, WOMAN})
"""Both of them."""

_OF_MEN = frozenset(fold("mr sir m monsieur آقا آقای պարոն պրն السید господин").split())
_OF_WOMEN = frozenset(
    fold("mrs ms miss mme mlle madame mademoiselle خانم տիկին օրիորդ տկն السیدة госпожа").split()
)
_OF_BOTH = """
mx dr prof professor eng ing jr sr md phd maître docteur professeur
دکتر مهندس جناب سرکار استاد حاج حاجی سید سیده
դոկտոր
الدكتور الدكتورة الأستاذ الأستاذة المهندس
"""

TITLES = _OF_MEN | _OF_WOMEN | frozenset(fold(_OF_BOTH).split())
"""All of them, folded."""


def is_title(text: str) -> bool:
    """
    Tell whether a text is what people put before a name, and nothing else.

    >>> is_title("Mme"), is_title("آقای مهندس"), is_title("مدیر خرید"), is_title("")
    (True, True, False, False)
    """
    words = fold(text).split()
    return words != [] and TITLES.issuperset(words)


def sexes_told(words: Iterable[str]) -> frozenset[str]:
    """
    Tell the sexes that folded titles tell.

    >>> sexes_told(["mme", "dupont"]) == {WOMAN}, sexes_told(["dr", "dupont"])
    (True, frozenset())
    """
    found = frozenset(words)
    of_men = {MAN} if not _OF_MEN.isdisjoint(found) else set[str]()
    return frozenset(of_men | ({WOMAN} if not _OF_WOMEN.isdisjoint(found) else set()))
