"""Who has a say in a deal: persons and the parts that they play."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..errors import InvalidValue, Text
from ..pipeline.codes import label_of, must_be_listed
from ..pipeline.pipeline import Pipeline
from ..values import converters
from ..values.person import Person

_TWO_PRIMARY = Text("two_primary", "{field} has more than one primary contact", "one, or none")

DECIDING = frozenset({"decision_maker", "economic_buyer"})
"""Who can say yes."""


def role(code: str) -> str:
    """Let in the code of a role."""
    return str(converters.visible_line(code, "role"))


def _primary(value: bool) -> bool:  # noqa: FBT001 - the converter of a field
    return converters.one(bool, value, "primary")


def _person(value: Person) -> Person:
    return converters.one(Person, value, "person")


@attrs.frozen
class Involvement:
    """
    A person in a role, which is a code. One person may play several parts.

    One contact of a deal at most is ``primary``: the first one to speak with.

    >>> print(Involvement(Person("Sara Ahmadi"), "decision_maker"))
    Sara Ahmadi, decision maker
    """

    person: Person = attrs.field(converter=_person)
    role: str = attrs.field(converter=role, metadata={"personal": False})
    primary: bool = attrs.field(default=False, converter=_primary, kw_only=True)

    def in_words(self, roles: Mapping[str, str]) -> str:
        """
        Name the person and the part, as a list of roles has it for people.

        >>> Involvement(Person("Sara Ahmadi"), "builder").in_words({"builder": "سازنده"})
        'Sara Ahmadi, سازنده'
        """
        plain, label = label_of({}, self.role), label_of(roles, self.role)
        return f"{self.person}, {plain if label.casefold() == plain else label}"

    def __str__(self) -> str:
        """Name the person and the part."""
        return self.in_words({})


def involvements(values: Iterable[Involvement]) -> tuple[Involvement, ...]:
    """Let in persons in their roles, of whom one at most is primary."""
    told = converters.several(Involvement, values, "contacts")
    if sum(contact.primary for contact in told) > 1:
        raise InvalidValue("contacts", _TWO_PRIMARY)
    return told


def must_have_roles(
    contacts: Iterable[Involvement], pipeline: Pipeline, *, verb: str, stage: str
) -> None:
    """Refuse persons in roles that the pipeline does not have."""
    place = f"the roles of {pipeline.name}"
    for contact in contacts:
        must_be_listed(
            contact.role, pipeline.roles, field="role", place=place, verb=verb, stage=stage
        )
