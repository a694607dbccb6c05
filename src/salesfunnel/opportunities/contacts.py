"""Who has a say in a deal: persons and the parts that they play."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from ..values import converters
from ..values.person import Person


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


def _person(value: Person) -> Person:
    return converters.one(Person, value, "person")


@attrs.frozen
class Involvement:
    """
    A person in a role. One person may play several parts.

    >>> print(Involvement(Person("Sara Ahmadi"), ContactRole.DECISION_MAKER))
    Sara Ahmadi, decision maker
    """

    person: Person = attrs.field(converter=_person)
    role: ContactRole = attrs.field(converter=role)

    def __str__(self) -> str:
        """Name the person and the part."""
        return f"{self.person}, {self.role.value.replace('_', ' ')}"


def involvements(values: Iterable[Involvement]) -> tuple[Involvement, ...]:
    """Let in persons in their roles."""
    return converters.several(Involvement, values, "contacts")
