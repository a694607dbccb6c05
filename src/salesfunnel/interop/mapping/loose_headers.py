"""Headers that no mapping has in so many words, known by what their words mean."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache

from ..shipped_text import shipped_text
from .header_words import meaning_of_header
from .noun_mapping import CALLS, CONSENT, LONGEST_WORD, SEVERAL, NounMapping
from .noun_tables import noun_of

_OR = re.compile(r"\s*[/|\\]\s*|\s+(?:or|ou|یا|կամ)\s+", re.IGNORECASE)
_ITEM = re.compile(r"^(\w+) - (?=\S)")  # as in "Deal - Source channel"
_NUMBERED = re.compile(r"^Q\d+[:.)] ", re.IGNORECASE)  # as in "Q2: Budget?"
_VALUE = re.compile(r" - value$", re.IGNORECASE)  # as in "Phone 1 - Value", beside its label
_CURRENCY_SIGN = "Sc"
_NOTHING_ELSE = frozenset({"customer"})
_TOO_LITTLE = frozenset({"number"})  # of anything

_NAMED = frozenset(
    {"owner", "competitor", "source", "industry", "stage", "city", "state", "country"}
)
_FLAGS = frozenset({"converted", *CONSENT})
_FIRM = frozenset({"website", "employees", "industry", "annual_revenue", "currency"})
_PLACE = frozenset({"street", "postal_code", "city", "state", "country"})
_ADDRESSES = frozenset({"email", *CALLS})
_DAYS = frozenset({"captured", "opened", "created", "expected_close", "close", "closed"})

# Each word that may be left out of a header, and of which fields it denies nothing.
_LEFT_OUT: tuple[tuple[frozenset[str], Callable[[str], bool]], ...] = (
    (frozenset({"asked"}), lambda field: field in _FLAGS or field.startswith("answers.")),
    (frozenset({"whose"}), lambda _: True),
    (frozenset({"customer"}), lambda _: True),
    (frozenset({"contact"}), lambda field: field != "id"),
    (frozenset({"time"}), _DAYS.__contains__),
    (frozenset({"is"}), _FLAGS.__contains__),
    (frozenset({"place"}), lambda field: field in _ADDRESSES | _PLACE | {"website"}),
    (frozenset("1"), lambda field: field in _PLACE | SEVERAL | {"website"}),
    (frozenset("23456789"), SEVERAL.__contains__),
    (frozenset({"name"}), _NAMED.__contains__),
    (
        frozenset({"organization"}),
        lambda field: field in _FIRM | _PLACE | _ADDRESSES,
    ),
    (frozenset({"address"}), _PLACE.__contains__),
)
# What people add to a system they call in plain words; these are its own.
_PEOPLES_OWN = ("lead", "opportunity", "history")
_OF_A_SYSTEM = frozenset({"id", "stage", "outcome", "converted", "name", "person", "company"})
# The item that a list is of may be left out as well.
_ITSELF = {"lead": {"lead"}, "opportunity": {"opportunity", "sales"}}
# The items before a dash whose fields a list has as its own, and which fields.
_ITEMS: dict[str, dict[str, Callable[[str], bool]]] = {
    "lead": {
        "lead": lambda _: True,
        "person": lambda field: field != "id",
        "organization": lambda field: field in _FIRM | _PLACE,
    },
    "opportunity": {"opportunity": lambda _: True},
    "account": {"organization": lambda _: True},
    "person": {"person": lambda _: True},
    "activity": {"activity": lambda _: True},
}


def loose_field(noun: NounMapping, header: str) -> str | None:
    """
    Find the field of a header by the meanings of its words, where none of them denies it.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> leads = load_mapping("salesfunnel").lead
    >>> loose_field(leads, "Visitor Name"), loose_field(leads, "نام شرکت / برند")
    ('person', 'company')
    >>> loose_field(leads, "Name / Company"), loose_field(leads, "Visitor Badge")
    (None, None)
    >>> loose_field(load_mapping("salesfunnel").opportunity, "Clôture estimée")
    'expected_close'
    """
    is_described = noun.asked and not noun.extends  # who describes a list names its columns
    if is_described or len(header) > LONGEST_WORD:
        return None
    found = _field_in(noun, header)
    if found is None and noun.kind in _PEOPLES_OWN:
        plain = _plain(noun.kind)
        found = plain.field_of(header) or _field_in(plain, header)
        return None if found in _OF_A_SYSTEM else found
    return found


def _field_in(noun: NounMapping, header: str) -> str | None:
    if _CURRENCY_SIGN in map(unicodedata.category, header):
        return None
    header = _NUMBERED.sub("", _VALUE.sub("", header))
    if item := _ITEM.match(header):
        return _field_of_item(noun, item[1], header[item.end() :])
    parts = [part for part in _OR.split(header) if part]
    if len(parts) > 1:
        found = {noun.field_of(part) or _field_by_words(noun, part) for part in parts}
        return found.pop() if len(found) == 1 else None
    return _field_by_words(noun, header)


def _field_of_item(noun: NounMapping, item: str, rest: str) -> str | None:
    """Find the field behind the name of its item, if a list of this kind has it as its own."""
    means = meaning_of_header(item)
    for name, has_it in _ITEMS.get(noun.kind, {}).items():
        if means == {name}:
            field = noun.field_of(rest) or _field_by_words(noun, rest)
            return field if field and has_it(field) else None
    return None


def _field_by_words(noun: NounMapping, header: str) -> str | None:
    meanings = meaning_of_header(header)
    if meanings == _TOO_LITTLE:
        return None
    if found := noun.by_meanings.get(meanings):
        return found
    may_be: list[Callable[[str], bool]] = []
    itself = frozenset(_ITSELF.get(noun.kind, ()))
    for words, denies_nothing in ((itself, lambda _: True), *_LEFT_OUT):
        left = meanings - words
        if left not in (meanings, _NOTHING_ELSE, frozenset()):
            meanings = left
            may_be.append(denies_nothing)
            found = noun.by_meanings.get(meanings)
            if found and all(is_fit(found) for is_fit in may_be):
                return found
    return None


@cache
def _plain(kind: str) -> NounMapping:
    """Read how a plain list of a kind calls its columns."""
    return noun_of(tomllib.loads(shipped_text("salesfunnel"))[kind], kind, asked={}, over={})
