"""The company behind a lead or an account, and its name without the legal form."""

from __future__ import annotations

import re

import attrs

from ..errors import InvalidValue, Text
from .bucket import Bucket
from .legal_forms import without_legal_forms
from .money import Money
from .text import NO_NAME, fold, is_visible, note_text, plain_texts

_HEAD_COUNT = Text(
    "not_a_head_count", "{field} is not a head count", "a whole number from 0 on, or a Bucket"
)
_REVENUE = Text("not_an_amount", "{field} is not an amount", "Money, or None")

# What joins two names, written as a sign or as a word, and what stands before a name.
_AND = frozenset(fold("and et und y og och i ve ev и و եւ եվ").split())
_THE = "the"
# How those write an umlaut who have none on their keyboard.
_UMLAUT = re.compile("(?<=[aou])e")


@attrs.frozen(repr=False)
class Company:
    """
    A company as it was described: the name, and what is known of its size and place.

    ``state`` is the state or province; ``street`` may have several lines.

    >>> novin = Company("شرکت نوین تجارت (سهامی خاص)", employees=Bucket(51, 200), city="Tehran")
    >>> novin.key == Company("نوين تجارت").key
    True
    >>> novin
    Company(…)
    """

    name: str
    employees: int | Bucket | None = attrs.field(default=None, kw_only=True)
    industry: str = attrs.field(default="", kw_only=True)
    country: str = attrs.field(default="", kw_only=True)
    city: str = attrs.field(default="", kw_only=True)
    state: str = attrs.field(default="", kw_only=True)
    street: str = attrs.field(default="", kw_only=True)
    postal_code: str = attrs.field(default="", kw_only=True)
    website: str = attrs.field(default="", kw_only=True)
    annual_revenue: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a name that shows nothing, and facts of the wrong kind."""
        plain_texts(
            {
                "company": self.name,
                "industry": self.industry,
                "country": self.country,
                "city": self.city,
                "state": self.state,
                "postal code": self.postal_code,
                "website": self.website,
            }
        )
        note_text(self.street, "street")
        if not is_visible(self.name):
            raise InvalidValue("company", NO_NAME)
        if not _is_head_count(self.employees):
            raise InvalidValue("employees", _HEAD_COUNT)
        if self.annual_revenue is not None and not isinstance(self.annual_revenue, Money):
            raise InvalidValue("annual_revenue", _REVENUE)

    @property
    def key(self) -> str:
        """
        The match key: the folded name without legal forms and blanks, unless it consists of them.

        So I.B.M. is IBM, and «تولی‌پرس» is «تولی پرس».
        """
        return "".join(_bare_words(self.name))

    def __str__(self) -> str:
        """Give the name as it was written."""
        return self.name

    def __repr__(self) -> str:
        """Show nothing: many companies bear the name of their owner."""
        return "Company(…)"


def _is_head_count(employees: object) -> bool:
    if employees is None or isinstance(employees, Bucket):
        return True
    return type(employees) is int and employees >= 0


def company_words(name: str) -> tuple[str, ...]:
    """
    Return the folded words of a name without legal forms; initials are one word.

    >>> company_words("I.B.M. France S.A."), company_words("Ltd")
    (('ibm', 'france'), ('ltd',))
    """
    return tuple(_with_initials(_bare_words(name)))


def _bare_words(name: str) -> list[str]:
    words = fold(name).split()
    bare = without_legal_forms(words)
    if len(bare) > 1:
        bare = bare[1:] if bare[0] == _THE else bare
        bare = [word for place, word in enumerate(bare) if not _joins(bare, place)] or bare
    return [_UMLAUT.sub("", word) if "e" in word else word for word in bare]


def _joins(words: list[str], place: int) -> bool:
    """Tell whether a word is an "and", which one letter is only between two words."""
    if words[place] not in _AND:
        return False
    if len(words[place]) > 1:
        return True
    return 0 < place < len(words) - 1 and len(words[place - 1]) > 1 < len(words[place + 1])


def _with_initials(words: list[str]) -> list[str]:
    """Write single letters that follow each other as one word."""
    joined: list[str] = []
    is_initial = False
    for word in words:
        was_initial, is_initial = is_initial, len(word) == 1 and word.isalpha()
        if was_initial and is_initial:
            joined[-1] += word
        else:
            joined.append(word)
    return joined
