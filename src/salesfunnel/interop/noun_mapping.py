"""
The mapping of one noun: which column of a file holds which field, and which word means what.

All of it is worked out once for a file, and then serves every row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from ..values.frozen_map import FrozenMap
from ..values.text import fold
from .amounts import unit_of_header
from .formats import FileFormat
from .row_fault import RowFault

T = TypeVar("T")

AMOUNTS = ("amount", "annual_revenue", "expected_revenue", "actual_revenue")
"""The fields that hold an amount of money."""

NUMBERS = (*AMOUNTS, "probability", "employees")
"""The fields that hold a number."""

CALLS = ("phone", "mobile", "fax")
"""The fields that hold a number to be called."""

SEVERAL = frozenset({"email", "street", *CALLS})
"""The fields that may have several columns, each with a value of its own."""

LONGEST_WORD = 200
"""In letters. What is longer is a text and not a word that a mapping could know."""

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
_DASHES = "-–—"
_NOT_IN_A_WORD = re.compile(r"[\W_]+")
_BEGINNINGS = frozenset([*_DASHES, *(blank[:1] for blank in BLANKS)])


def key(text: str) -> str:
    """
    Return the match key of a header or a word: its fold without blanks and underscores.

    A sign such as ✓ has no fold, and is its own key.

    >>> key("E-Mail") == key("e_mail") == key("EMAIL")
    True
    """
    return fold(text).replace(" ", "").replace("_", "") or text.strip()


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
    rest: bool = attrs.field(default=False, kw_only=True)
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

    lists: frozenset[str] = attrs.field(default=frozenset[str](), kw_only=True, repr=False)
    """The headers of the columns of which one cell holds several values."""

    required: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """The fields without which the system does not take a row."""

    def field_of(self, header: str) -> str | None:
        """Return the field that a column holds, or ``None`` when the mapping does not know it."""
        return self.columns.get(key(header))

    def meaning_of(self, word: str, *, field: str) -> str | None:
        """Return what a word stands for in a field, or ``None`` if the mapping does not say."""
        return self.words[field].get(key(word)) if len(word) <= LONGEST_WORD else None

    def rewrites(self, field: str) -> bool:
        """Tell whether something else than what is written may stand in a field."""
        return field in self.defaults or field in self.rewritten

    def labelled(self, variant: str) -> NounMapping:
        """
        Return the mapping with the headers of a language; a field without one keeps its own.

        >>> from salesfunnel.interop.mapping import load_mapping
        >>> load_mapping("vtiger").lead.labelled("api").headers["family_name"]
        ('lastname',)
        """
        labels = self.labels.get(variant, FrozenMap[str, tuple[str, ...]]())
        return attrs.evolve(self, headers=FrozenMap({**self.headers, **labels}))

    def meanings(self, field: str) -> tuple[str, ...]:
        """List what the words of a field can stand for."""
        return tuple(dict.fromkeys(self.words[field].values()))


# Beside a stage such a column says whether a deal is open, won or lost.
_STATUSES = frozenset(
    map(
        key,
        (
            *("status", "deal status", "opportunity status", "state", "statut", "status id"),
            *("وضعیت", "وضعیت فرصت", "وضعیت معامله", "կարգավիճակ"),
        ),
    )
)
_PLAIN = FileFormat()
_MOST_REMEMBERED = 4_096
_NOT_YET = object()


def bare(text: str) -> str:
    """
    Take off a word what systems put around it where nothing is chosen.

    >>> bare("--None--"), bare("—")
    ('none', '')
    """
    return text.strip(_DASHES).casefold().strip()


class MappedColumns:
    """
    The columns of a file by their fields, and those that the mapping does not know.

    A remark behind a header, as in "Amount (EUR)", makes no difference where no other column has
    the field.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> MappedColumns(("Nom complet", "Société", "Météo"), plain.lead).unread
    ('Météo',)
    """

    def __init__(
        self,
        header: tuple[str, ...],
        noun: NounMapping,
        file_format: FileFormat = _PLAIN,
        guesses: tuple[RowFault, ...] = (),
    ) -> None:
        """Look up each header once; of several columns of a field the mapping's first is first."""
        self.header: tuple[str, ...] = header
        self.noun: NounMapping = noun
        self.format: FileFormat = file_format
        self.guesses: tuple[RowFault, ...] = guesses
        self.units: dict[str, tuple[str, int]] = {}
        """The currency and the power of ten that the header of an amount names."""
        self.places: dict[str, list[tuple[int, str]]] = {}
        for index, name in enumerate(header):
            if field := noun.field_of(name):
                self.places.setdefault(field, []).append((index, name))
                if field in AMOUNTS:
                    self._field_with_remark(name)
            if detail := noun.also.get(key(name)):
                self.places.setdefault(detail, []).append((index, name))
        exact = set(self.places)
        for index, name in enumerate(header):
            field = None if noun.field_of(name) else self._field_with_remark(name)
            if field and field not in exact:
                self.places.setdefault(field, []).append((index, name))
        if noun.rest:
            self._keep_the_rest()
        self._put_in_order()
        read = {name for places in self.places.values() for _, name in places}
        self.unread: tuple[str, ...] = tuple(name for name in header if name not in read)
        calls = (place for kind in CALLS for place, _ in self.places.get(kind, ()))
        self.calls: tuple[int, ...] = tuple(calls)
        self._by_prefix: dict[str, tuple[str, ...]] = {}
        self._remembered: dict[tuple[str, str], Any] = {}

    def with_format(self, **given: Any) -> MappedColumns:  # noqa: ANN401 - a field each
        """Give the same columns with what is known better of the format."""
        form = attrs.evolve(self.format, **given)
        return MappedColumns(self.header, self.noun, form, self.guesses)

    def _keep_the_rest(self) -> None:
        """Put each column that is not known into the details, under its header as one word."""
        known = {index for places in self.places.values() for index, _ in places}
        for index, name in enumerate(self.header):
            if index not in known:
                word = _NOT_IN_A_WORD.sub("_", name[:LONGEST_WORD].lower()).strip("_")
                self.places.setdefault(f"details.{word or 'column'}", []).append((index, name))

    def _put_in_order(self) -> None:
        """Let the mapping decide which of several columns is first; a status tells how it ended."""
        for places in self.places.values():
            if len(places) > 1:
                rank = {name: place for place, name in enumerate(self.noun.columns)}
                last = len(rank)
                places.sort(key=lambda found: rank.get(key(found[1]), last))
        stages = self.places.get("stage", [])
        told = [found for found in stages if key(found[1]) in _STATUSES]
        has_outcome = "outcome" not in self.noun.words or "outcome" in self.places
        if not has_outcome and 0 < len(told) < len(stages):
            self.places["outcome"] = told
            self.places["stage"] = [found for found in stages if found not in told]

    def _field_with_remark(self, header: str) -> str | None:
        """Find the field of a header such as "Phone (work)", or of an amount and its unit."""
        field = self.noun.field_of(without_remark(header))
        if field and field not in AMOUNTS:
            return field
        found = unit_of_header(header)  # any other remark makes it another amount
        field = self.noun.field_of(found[0]) if found else None
        if found is None or field not in AMOUNTS:
            return None
        self.units[header] = found[1:]
        return field

    def fields(self, prefix: str) -> tuple[str, ...]:
        """List the fields that the file has and that begin alike, such as the answers."""
        if prefix not in self._by_prefix:
            found = tuple(field for field in self.places if field.startswith(prefix))
            self._by_prefix[prefix] = found
        return self._by_prefix[prefix]

    def tells(self, *fields: str) -> bool:
        """Tell whether the file, or the mapping for all rows, tells one of these fields."""
        return any(field in self.places or field in self.noun.defaults for field in fields)

    def header_of(self, *fields: str) -> str:
        """Return the header of the first of these fields that the file has."""
        return next(self.places[field][0][1] for field in fields if field in self.places)

    def is_blank(self, text: str) -> bool:
        """Tell whether a text only says that nothing stands there, such as ``--None--``."""
        if len(text) > LONGEST_BLANK:
            return False
        if text[:1].casefold() not in _BEGINNINGS and not self.format.blanks:
            return False  # as nearly always
        word = bare(text)
        return word in BLANKS or word in self.format.blanks

    def once(self, field: str, text: str, reader: Callable[[str], T]) -> T:
        """
        Read a text of a field, unless that was done before: dates, amounts and stages come often.

        Little is remembered, and no longer than the reading lasts.
        """
        found: T = self._remembered.get((field, text), _NOT_YET)
        if found is _NOT_YET:
            found = reader(text)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[field, text] = found
        return found


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
