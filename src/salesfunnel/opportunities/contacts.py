"""Who has a say in a deal: persons and the parts that they play."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text
from ..values import converters
from ..values.person import Person

_TWO_PRIMARY = Text("two_primary", "{field} has more than one primary contact", "one, or none")


class ContactRole(StrEnum):
    """
    The part that a person plays in a decision to buy (the roles of SuiteCRM and Salesforce).

    >>> ContactRole("decision_maker").name
    'DECISION_MAKER'
    """

    DECISION_MAKER = "decision_maker"
    ECONOMIC_BUYER = "economic_buyer"
    INFLUENCER = "influencer"
    ADVISER = "adviser"
    EVALUATOR = "evaluator"
    USER = "user"
    OTHER = "other"


DECIDING = frozenset({ContactRole.DECISION_MAKER, ContactRole.ECONOMIC_BUYER})
"""Who can say yes."""


def role(value: ContactRole | str) -> ContactRole:
    """Let in a role, or its name."""
    return converters.choice(ContactRole, value, "role")


def _primary(value: bool) -> bool:  # noqa: FBT001 - the converter of a field
    return converters.one(bool, value, "primary")


def _person(value: Person) -> Person:
    return converters.one(Person, value, "person")


@attrs.frozen
class Involvement:
    """
    A person in a role. One person may play several parts.

    One contact of a deal at most is ``primary``: the first one to speak with.

    >>> print(Involvement(Person("Sara Ahmadi"), ContactRole.DECISION_MAKER))
    Sara Ahmadi, decision maker
    """

    person: Person = attrs.field(converter=_person)
    role: ContactRole = attrs.field(converter=role)
    primary: bool = attrs.field(default=False, converter=_primary, kw_only=True)

    def __str__(self) -> str:
        """Name the person and the part."""
        return f"{self.person}, {self.role.value.replace('_', ' ')}"


def involvements(values: Iterable[Involvement]) -> tuple[Involvement, ...]:
    """Let in persons in their roles, of whom one at most is primary."""
    told = converters.several(Involvement, values, "contacts")
    if sum(contact.primary for contact in told) > 1:
        raise InvalidValue("contacts", _TWO_PRIMARY)
    return told
