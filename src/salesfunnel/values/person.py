"""The person behind a lead, an account or a decision."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..errors import InvalidValue, WrongKind
from .contact_points import ContactPoint
from .text import NO_NAME, fold, is_visible, plain_texts

_ERASED = "erased person"


def _points(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    told: object = points
    if told == ():
        return ()  # as of nearly all
    if isinstance(told, str) or not isinstance(told, Iterable):
        raise WrongKind.of("contact_points", told, wanted="several of ContactPoint")
    several = tuple(told)
    for point in several:
        if not isinstance(point, ContactPoint):
            raise WrongKind.of("contact_points", point, wanted="ContactPoint")
    return several


@attrs.frozen(repr=False)
class Person:
    """
    A person by the whole name. Names are never split, since peoples split them differently.

    ``given`` and ``family`` are kept only where they are known. ``contact_points`` are those of the
    person alone; ``id`` names the person among others, where you have one. The representation shows
    no personal data; ``str()`` gives the name.

    >>> sara = Person("Sara Ahmadi", job_title="Head of purchasing")
    >>> sara
    Person(…)
    >>> str(sara)
    'Sara Ahmadi'
    >>> sara.key == Person("AHMADI Sara").key
    True
    """

    name: str
    given: str = attrs.field(default="", kw_only=True)
    family: str = attrs.field(default="", kw_only=True)
    salutation: str = attrs.field(default="", kw_only=True)
    job_title: str = attrs.field(default="", kw_only=True)
    contact_points: tuple[ContactPoint, ...] = attrs.field(
        default=(), converter=_points, kw_only=True
    )
    id: str = attrs.field(default="", kw_only=True)
    is_erased: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a name that shows nothing, and texts that cannot be stored safely."""
        plain_texts(
            {
                "person": self.name,
                "given name": self.given,
                "family name": self.family,
                "salutation": self.salutation,
                "job title": self.job_title,
                "id": self.id,
            }
        )
        if not is_visible(self.name):
            raise InvalidValue("person", NO_NAME)

    @classmethod
    def erased(cls, token: str) -> Person:
        """
        Return the mark that a person was here, of whom nothing is kept.

        The token tells one from another, such as the number of the request; it may be blank.

        >>> str(Person.erased("request 7")), Person.erased("").is_erased
        ('erased person request 7', True)
        """
        return cls(f"{_ERASED} {token}".strip(), is_erased=True)

    def is_same(self, other: Person) -> bool:
        """
        Whether both are one person: by the ids where both have one, else by the names.

        >>> Person("Sara Ahmadi", id="7").is_same(Person("AHMADI Sara"))
        True
        >>> Person("Sara Ahmadi", id="7").is_same(Person("Sara Ahmadi", id="8"))
        False
        """
        if self.id and other.id:
            return self.id == other.id
        return (self.key or self.name) == (other.key or other.name)

    @property
    def key(self) -> str:
        """The match key: the folded parts of the name, in an order of their own."""
        return " ".join(sorted(fold(self.name).split()))

    def __str__(self) -> str:
        """Give the name as it was written."""
        return self.name

    def __repr__(self) -> str:
        """Show nothing: representations end up in logs."""
        return "Person(…)"
