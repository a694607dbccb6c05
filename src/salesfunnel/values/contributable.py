"""What may be contributed to a noun: the fields, and the places inside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from . import converters
from .company import Company
from .frozen_map import FrozenMap
from .instants import instant
from .person import Person

_MOMENTS = ("last_activity", "last_contact", "last_inbound")
_NO_MOMENT = Text("no_moment", "{field} has no {name}", "{names}")
_NO_SUCH_PLACE = Text(
    "way_without_value", "{field} has {place}, for which nothing is given{meant}", "{places}"
)


def _contacts(values: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, values, "contacts")
    for value in told:
        converters.one(Person, getattr(value, "person", None), "contacts")
        converters.one(str, getattr(value, "role", None), "contacts")
    return told


def _steps(values: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, values, "steps")
    for value in told:
        converters.visible_line(getattr(value, "id", None), "steps")  # type: ignore[arg-type]
    return told


def _consent(words: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, words, "consent")
    for word in told:
        converters.visible_line(getattr(word, "channel", None), "consent")  # type: ignore[arg-type]
    return told


def _engagement(moments: Mapping[str, datetime]) -> FrozenMap[str, datetime]:
    if not isinstance(moments, Mapping):
        raise WrongKind.of("engagement", moments, wanted="moments by name")
    for name in moments:
        if name not in _MOMENTS:
            raise InvalidValue(
                "engagement", _NO_MOMENT, {"name": name, "names": ", ".join(_MOMENTS)}
            )
    return FrozenMap({name: instant(moment, what=name) for name, moment in moments.items()})


CONTRIBUTABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": converters.name,
        "person": converters.person,
        "company": converters.company,
        "people": converters.persons,
        "contacts": _contacts,
        "contact_points": converters.points,
        "answers": converters.answers_by_question,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
        "lead_ids": converters.lead_ids,
        "steps": _steps,
        "consent": _consent,
        "engagement": _engagement,
        "account_id": converters.account_id,
        "parent_id": converters.parent_id,
        "amount": converters.amount,
        "expected_close": converters.expected_close,
    }
)
"""What may be contributed to a noun that has such a field, and the converter of each."""

_FREE = frozenset({"contacts", "details", "answers"})
_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        field: tuple(one.name for one in attrs.fields(kind) if one.name != "is_erased")
        for field, kind in (("company", Company), ("person", Person), ("people", Person))
    }
)


def must_be_places(
    places: Iterable[str],
    fields: Iterable[str],
    field: str,
    names: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> None:
    """
    Refuse a place that is no field, and no value of one, such as ``person.nam``.

    Facts by name may have any, unless ``names`` lists those of a field.

    >>> must_be_places(["company.city", "details.hall"], ["company", "details"], "ways")
    >>> must_be_places(["company.ctiy"], ["company"], "ways")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: ways has company.ctiy, for which nothing is given (did you ...
    """
    known = tuple(fields)
    for place in places:
        field_of, _, part = place.partition(".")
        if field_of not in known:
            allowed = known
        elif not part or (field_of in _FREE and field_of not in names):
            continue
        else:
            parts = names.get(field_of, _PARTS.get(field_of, ()))
            allowed = (field_of, *(f"{field_of}.{name}" for name in parts))
        if place not in allowed:
            near = did_you_mean(place, allowed)
            said = f" (did you mean {near}?)" if near else ""
            params = {"place": place, "meant": said, "places": ", ".join(allowed)}
            raise InvalidValue(field, _NO_SUCH_PLACE, params)
