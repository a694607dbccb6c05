"""
The mapping of one noun: which column of a file holds which field, and which word means what.

All of it is worked out once for a file, and then serves every row.
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import attrs

from ...values.frozen_map import FrozenMap
from ...values.source import Source
from ...values.text import fold
from .header_words import fields_by_meanings

T = TypeVar("T")

AMOUNTS = ("amount", "annual_revenue", "expected_revenue", "actual_revenue")
"""The fields that hold an amount of money."""

NUMBERS = (*AMOUNTS, "probability", "employees")
"""The fields that hold a number."""

DATES = (
    *("captured", "converted_on", "opened", "expected_close", "closed", "close"),
    *("created", "entered", "left", "happened", "due"),
)
"""The fields that hold a day or an instant."""

CLOCKS = ("captured_time", "opened_time", "happened_time", "due_time")
"""The fields that hold the time of a day in a column of its own."""

CONSENT = ("do_not_call", "do_not_mail")
"""The fields that may share a column: who says "do not contact" refuses both."""

TYPED = frozenset({*NUMBERS, *DATES, *CLOCKS, *CONSENT, "currency"})
"""The fields in which a text that is none of their kind is refused, or taken for another value."""

CALLS = ("phone", "mobile", "fax")
"""The fields that hold a number to be called."""

SEVERAL = frozenset({"email", "street", *CALLS})
"""The fields that may have several columns, each with a value of its own."""

_DEGREE = "°"

LONGEST_WORD = 200
"""In letters. What is longer is a text and not a word that a mapping could know."""


def key(text: str) -> str:
    """
    Return the match key of a header or a word: its fold without blanks and underscores.

    A sign such as ✓ has no fold, and is its own key. "N°" is more than the letter.

    >>> key("E-Mail") == key("e_mail") == key("EMAIL")
    True
    """
    found = fold(text).replace(" ", "").replace("_", "")
    return found + _DEGREE if found == "n" and _DEGREE in text else found or text.strip()


_OTHERS = frozenset(map(key, ("other", "others", "autre", "autres", "سایر", "دیگر", "այլ")))


@attrs.frozen
class NounMapping:
    """
    How the rows of one noun are read: header to field, and word to meaning for each field.

    >>> deals = NounMapping(
    ...     FrozenMap({"email": "email"}), FrozenMap({"stage": FrozenMap({"gagne": "won"})})
    ... )
    >>> deals.field_of(" E-Mail "), deals.meaning_of("Gagné", field="stage")
    ('email', 'won')
    """

    columns: FrozenMap[str, str]
    words: FrozenMap[str, FrozenMap[str, str]]
    defaults: FrozenMap[str, str] = attrs.field(default=FrozenMap[str, str](), kw_only=True)
    """What stands in a field of each row that says nothing of it."""
    rewritten: FrozenMap[str, FrozenMap[str, str]] = attrs.field(
        default=FrozenMap[str, FrozenMap[str, str]](), kw_only=True
    )
    """What is read instead of the words of a field that has no words of its own."""
    keep_unknown: bool = attrs.field(default=False, kw_only=True)
    """Whether each column that is not known is kept in the details."""

    also: FrozenMap[str, str] = attrs.field(default=FrozenMap[str, str](), kw_only=True)
    """The detail in which a column that holds a field is kept as well, as it is written."""

    asked: tuple[tuple[str, str], ...] = attrs.field(default=(), kw_only=True, eq=False, repr=False)
    """The fields that a mapping of one's own asks for, each with a header as it is written."""

    headers: FrozenMap[str, tuple[str, ...]] = attrs.field(
        default=FrozenMap[str, tuple[str, ...]](), kw_only=True, eq=False, repr=False
    )
    """
    The headers of each field as they are written. Of `SEVERAL` each is a column of its own; of any
    other field the first is written, and the others are only read.
    """

    labels: FrozenMap[str, FrozenMap[str, tuple[str, ...]]] = attrs.field(
        default=FrozenMap[str, FrozenMap[str, tuple[str, ...]]](), kw_only=True, repr=False
    )
    """The headers in other languages, or as a system names fields inside: by variant, by field."""

    told: FrozenMap[str, FrozenMap[str, str]] = attrs.field(
        default=FrozenMap[str, FrozenMap[str, str]](), kw_only=True, repr=False
    )
    """The word that is written for a meaning, field by field; without one, the meaning itself."""

    listed: FrozenMap[str, FrozenMap[str, str]] = attrs.field(
        default=FrozenMap[str, FrozenMap[str, str]](), kw_only=True, repr=False
    )
    """What the words stand for that the mapping itself has, field by field, without usual ones."""

    lists: frozenset[str] = attrs.field(default=frozenset[str](), kw_only=True, repr=False)
    """The headers of the columns of which one cell holds several values."""

    required: tuple[tuple[str, ...], ...] = attrs.field(default=(), kw_only=True)
    """What the system takes no row without: each time a field, or one of several."""

    fills: FrozenMap[str, str | tuple[str, ...]] = attrs.field(
        default=FrozenMap[str, "str | tuple[str, ...]"](), kw_only=True, repr=False
    )
    """
    What is written into a required field of which nothing is known; it is never read into it. Of
    several fields, what the first says of which something is known.
    """

    statuses: FrozenMap[str, tuple[str, ...]] = attrs.field(
        default=FrozenMap[str, tuple[str, ...]](), kw_only=True, repr=False
    )
    """The stages that a status and its reason tell together, each with the words of both; a stage
    that is lost may have several reasons."""

    kinds: FrozenMap[str, FrozenMap[str, str]] = attrs.field(
        default=FrozenMap[str, FrozenMap[str, str]](), kw_only=True, repr=False
    )
    """The words of the statuses of each kind of activities that has its own, or its own list."""

    extends: bool = attrs.field(default=False, kw_only=True, eq=False, repr=False)
    """Whether its own headers stand on top of those of a system."""

    kind: str = attrs.field(default="", kw_only=True, repr=False)
    """Of which kind of list it is the mapping."""

    written: tuple[tuple[str, str], ...] = attrs.field(
        default=(), kw_only=True, eq=False, repr=False
    )
    """Each field with each of its headers, in any language."""

    @cached_property
    def by_meanings(self) -> dict[frozenset[str], str]:
        """The fields by what the words of their headers mean."""
        return fields_by_meanings(self.written)

    def field_of(self, header: str) -> str | None:
        """
        Return the field that a column holds, or ``None`` when the mapping does not know it.

        A header such as ``details.hall`` or ``answers.need`` names its field itself.
        """
        known = self.columns.get(key(header))
        return header if known is None and self._is_own(header) else known

    def _is_own(self, header: str) -> bool:
        part, _, name = header.partition(".")
        if part == "answers":
            return name.isidentifier() and "answers" in self.words
        return part == "details" and bool(name.strip())

    def meaning_of(self, word: str, *, field: str) -> str | None:
        """Return what a word stands for in a field, or ``None`` if the mapping does not say."""
        return self.words[field].get(key(word)) if len(word) <= LONGEST_WORD else None

    def source_meant(self, words: str) -> Source | None:
        """
        Find the source that words mean, *other* where they say so; `None` if they are not known.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> plain = load_mapping("salesfunnel").lead
        >>> plain.source_meant("Trade Show"), plain.source_meant("Autre")
        (<Source.EXHIBITION: 'exhibition'>, <Source.OTHER: 'other'>)
        >>> plain.source_meant("skywriting")
        """
        if own := self.meaning_of(words, field="source"):
            return Source(own)
        found = Source.read(words[:LONGEST_WORD])
        return None if found is Source.OTHER and key(words) not in _OTHERS else found

    def is_told_otherwise(self, word: str, *, field: str) -> bool:
        """
        Tell whether a word is one that the system has, and not that which is written for it.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> vtiger = load_mapping("vtiger").lead
        >>> [vtiger.is_told_otherwise(w, field="stage") for w in ("Hot", "Contacted", "Nouveau")]
        [True, False, False]
        """
        meaning = self._listed_meaning(word, field=field)
        return meaning is not None and key(self.told[field][meaning]) != key(word)

    def lists_word(self, word: str, *, field: str) -> bool:
        """
        Tell whether a word is one that the system itself has.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> vtiger = load_mapping("vtiger").lead
        >>> [vtiger.lists_word(word, field="stage") for word in ("Hot", "Contacted", "Nouveau")]
        [True, True, False]
        """
        return self._listed_meaning(word, field=field) is not None

    def _listed_meaning(self, word: str, *, field: str) -> str | None:
        listed = self.listed.get(field)
        return listed.get(key(word)) if listed and len(word) <= LONGEST_WORD else None

    def rewrites(self, field: str) -> bool:
        """Tell whether something else than what is written may stand in a field."""
        return field in self.defaults or field in self.rewritten

    def labelled(self, variant: str) -> NounMapping:
        """
        Return the mapping with the headers of a language; a field without one keeps its own.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> load_mapping("vtiger").lead.labelled("api").headers["family_name"]
        ('lastname',)
        """
        labels = self.labels.get(variant, FrozenMap[str, tuple[str, ...]]())
        return attrs.evolve(self, headers=FrozenMap({**self.headers, **labels}))

    def meanings(self, field: str) -> tuple[str, ...]:
        """List what the words of a field can stand for."""
        return tuple(dict.fromkeys(self.words[field].values()))


def without_remark(text: str) -> str:
    """
    Leave out a remark in brackets at the end of a header or of a word.

    >>> (
    ...     without_remark("Amount (EUR)"),
    ...     without_remark("(Do Not Modify) Lead"),
    ...     without_remark("(x)"),
    ... )
    ('Amount', '(Do Not Modify) Lead', '(x)')
    """
    before, bracket, remark = text.rpartition("(")
    if bracket and before.strip() and remark.rstrip().endswith(")"):
        return before.rstrip()
    return text
