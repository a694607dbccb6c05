"""The columns of this library itself: they hold every answer and detail, and are read unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

import attrs

from ...values.frozen_map import FrozenMap
from ..mapping.mapping import FileMapping, load_mapping
from ..mapping.mapping_choice import Kind, mapping_of_kind

_NAMES = ("person", "given_name", "family_name", "salutation", "job_title")
_FIRM = ("employees", "industry", "annual_revenue", "currency", "website")
_PLACE = ("street", "postal_code", "city", "state", "country")
_ADDRESSES = ("email", "phone", "mobile", "fax")
_LINKS = ("account_id", "opportunity_id", "contact_id")
_FIELDS: MappingProxyType[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "lead": (
            *("id", *_NAMES, "company", *_FIRM, *_PLACE, *_ADDRESSES, "source", "stage", "reason"),
            *("captured", "converted_on", *_LINKS, "owner", "do_not_call", "do_not_mail", "note"),
        ),
        "opportunity": (
            *("id", "name", "account", "account_id", "lead_id", "amount", "currency", "stage"),
            *("probability", "opened", "expected_close", "closed", "actual_revenue", "reason"),
            *("competitor", "source", "owner", "note"),
        ),
        "account": (
            *("id", "name", "parent", "parent_id", *_FIRM, *_PLACE, *_ADDRESSES, "source"),
            *("owner", "lead_id", "created", "note"),
        ),
        "person": (
            *("id", *_NAMES, "account", "account_id", *_ADDRESSES, "source", "owner", "created"),
            "note",
        ),
        "activity": (
            *("id", "kind", "status", "happened", "due", "direction", "reached", "outcome"),
            *("subject", "about", "person", "campaign", "owner", "note"),
        ),
    }
)


def own_mapping(kind: Kind, nouns: Iterable[Any]) -> FileMapping:
    """
    Make the mapping of our own columns, with one for each answer and detail of some nouns.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", details={"hall": "4"}, at=at).answer("need", True, at=at)
    >>> [*own_mapping("lead", [lead]).lead.headers][-2:]
    ['answers.need', 'details.hall']
    """
    plain = load_mapping("salesfunnel")
    slots, names = set[str](), set[str]()
    for noun in nouns:
        slots.update(getattr(noun, "answers", ()))
        names.update(noun.details)
    told = [f"answers.{slot}" for slot in sorted(slots)]
    told += [f"details.{name}" for name in sorted(names - {"note"})]
    fields = (*_FIELDS[kind], *told)
    known = attrs.evolve(
        mapping_of_kind(plain, kind),
        headers=FrozenMap({field: (field,) for field in fields}),
        told=FrozenMap[str, FrozenMap[str, str]](),
        lists=frozenset(_ADDRESSES),
        required=(),
    )
    changed: dict[str, Any] = {kind: known}
    return attrs.evolve(plain, **changed)
