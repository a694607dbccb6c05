"""Headers that say more than the name of a field: whose it is, or in two words the same."""

from __future__ import annotations

import re

from ...values.text import fold
from .noun_mapping import CALLS, LONGEST_WORD, NounMapping

_OR = re.compile(r"\s*[/|\\]\s*|\s+(?:or|ou|یا|կամ)\s+")
_WHOSE = frozenset(
    map(
        fold,
        (
            *("visitor", "visitors", "visitor's", "attendee", "attendees", "guest", "participant"),
            *("delegate", "registrant", "badge", "contact", "client", "customer", "prospect"),
            *("lead", "buyer", "your", "their", "main", "primary"),
            *("visiteur", "invité", "acheteur", "votre", "principal", "principale"),
            *(
                "بازدیدکننده",
                "بازدید کننده",
                "شرکت‌کننده",
                "مخاطب",
                "مشتری",
                "خریدار",
                "شما",
                "اصلی",
            ),
            *("այցելուի", "մասնակցի", "հաճախորդի", "ձեր", "հիմնական"),
        ),
    )
)
_SMALL = frozenset({"of", "the", "du", "de", "la", "le", "des", "d'", "l'"})


def loose_field(noun: NounMapping, header: str) -> str | None:
    """
    Find the field of a header by one of its words, where the others deny nothing.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> leads = load_mapping("salesfunnel").lead
    >>> loose_field(leads, "Visitor Name"), loose_field(leads, "نام شرکت / برند")
    ('person', 'company')
    >>> loose_field(leads, "Name / Company"), loose_field(leads, "Visitor Badge")
    (None, None)
    """
    if len(header) > LONGEST_WORD:
        return None
    parts = [part for part in _OR.split(header) if part]
    if len(parts) > 1:
        found = {noun.field_of(part) for part in parts} - {None}
        return found.pop() if len(found) == 1 else None
    words = header.replace("_", " ").split()
    calls = [noun.field_of(word) for word in words]
    if len(words) > 1 and all(field in CALLS for field in calls):
        return calls[-1]
    told = [word for word in words if fold(word) not in _WHOSE]
    if not 0 < len(told) < len(words):
        return None
    return noun.field_of(" ".join(told)) or noun.field_of(
        " ".join(word for word in told if word.lower() not in _SMALL)
    )
