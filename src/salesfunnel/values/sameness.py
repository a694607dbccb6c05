"""When a value says nothing, and when two values, records or members are the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import attrs

from .answer import Answer
from .contact_points import ContactKind, ContactPoint
from .members import Members
from .numbering_plans import national_number
from .person import Person
from .source import Source
from .text import is_visible


def member_keys(member: Any) -> tuple[Hashable, ...]:  # noqa: ANN401 - of any kind
    """
    Tell by what a member of a collection is found: people by name, id and address.

    >>> member_keys(Person("AHMADI Sara"))[0] == member_keys(Person("Sara Ahmadi", id="7"))[0]
    True
    """
    if isinstance(member, ContactPoint):
        return (point_key(member),)
    person = getattr(member, "person", member)
    if not isinstance(person, Person):
        return (person,)
    named = (("name", person.key or person.name),)
    ids = (("id", person.id),) if person.id else ()
    return (*named, *ids, *map(point_key, person.contact_points))


def places_of(members: Members[Any], member: Any) -> tuple[int, ...]:  # noqa: ANN401 - of any kind
    """
    Say where those stand who are one with a member; of several of a name, those whom more tells.

    >>> two = [Person("Ali"), Person("Ali", contact_points=[ContactPoint("mobile", "0912 111")])]
    >>> places_of(Members.of(two, member_keys), two[1])
    (1,)
    """
    found = [place for place in members.places(member) if _is_one(members[place], member)]
    if len(found) > 1:
        for key in member_keys(member)[1:]:
            if told := [place for place in found if place in members.at(key)]:
                return tuple(told)
    return tuple(found)


def point_key(point: ContactPoint) -> Hashable:
    """Tell by what an address is found: a number without its country and kind."""
    if point.kind in _NUMBERS and (number := national_number(point.key)):
        return "number", number
    return point.kind, point.key or point.text


def is_known(known: Any, offered: Any) -> bool:  # noqa: ANN401 - of any kind
    """Tell whether a member of a collection is the one that is offered."""
    return not {*member_keys(known)}.isdisjoint(member_keys(offered)) and _is_one(known, offered)


def _is_one(known: Any, offered: Any) -> bool:  # noqa: ANN401 - of any kind
    """Tell whether what shares a key is one; a person may play several parts."""
    one, other = (getattr(member, "person", member) for member in (known, offered))
    if isinstance(one, Person) and not one.is_same(other):
        return False
    if isinstance(one, ContactPoint):
        # Two countries may have the same number; one without a country is taken for the other.
        return one.key == other.key or not one.key[:1] == other.key[:1] == "+"
    parts = (getattr(known, "role", NO_ROLE), getattr(offered, "role", NO_ROLE))
    return parts[0] == parts[1] or NO_ROLE in parts


def is_same_record(one: Any, other: Any) -> bool:  # noqa: ANN401 - a company or a person
    """Tell whether two records are of one company, or of one person."""
    if isinstance(one, Person):
        return one.is_same(other)
    return bool(one.key == other.key)


def record_values(record: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any attrs class
    """List the values of a record by their names."""
    for field in attrs.fields(type(record)):
        yield field.name, getattr(record, field.name)


_NUMBERS = frozenset({ContactKind.PHONE, ContactKind.MOBILE})
NO_ROLE = "other"


def is_blank(place: str, value: object) -> bool:
    """Tell whether a value says nothing, such as the role *other* of a person."""
    if isinstance(value, Answer):
        return value.value is None
    if value == NO_ROLE:
        return isinstance(value, Source) or place == "contacts.role"
    if place == "contacts.primary":
        return value is not True
    return value is None or value == () or (isinstance(value, str) and not is_visible(value))


def is_same_value(one: object, other: object) -> bool:
    """Tell whether two values say the same; yes is not one, although Python says so."""
    return one == other and isinstance(one, bool) is isinstance(other, bool)
