"""Two people of one account, or of two, turned out to be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..values import converters
from ..values.contribution import Contribution
from ..values.instants import instant
from ..values.members import Members
from ..values.person import Person
from ..values.sameness import member_keys, places_of
from .event_fields import by_field

_CALLED = ("name", "given", "family", "salutation")
_PERSON_MERGED = Text("told_person_merged", "person {gone} turned out to be person {into}")


def _gone(text: str) -> str:
    return converters.visible_line(text, "gone")


def _into(text: str) -> str:
    return converters.visible_line(text, "into")


def _survivor(value: Person) -> Person:
    return converters.one(Person, value, "survivor")


def _contribution(value: Contribution) -> Contribution:
    told = converters.one(Contribution, value, "contribution")
    converters.one(Person, told.values.get("person"), "contribution")
    return told


@attrs.frozen(kw_only=True)
class PersonMerged:
    """
    A person turned out to be another one: who stood there twice stands there once.

    It changes all that names the one that is ``gone``: the people of an account, the contacts of a
    deal, the contact of a lead, and the words on consent. The contribution holds what was known of
    the one that is gone, and how it is put into the survivor.

    >>> from datetime import UTC
    >>> ali, a_karimi = Person("Ali Karimi", id="1"), Person("A. Karimi", id="2", job_title="Buyer")
    >>> merged = PersonMerged(
    ...     at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     id="m",
    ...     gone="2",
    ...     into="1",
    ...     survivor=ali,
    ...     contribution=Contribution({"person": a_karimi}, ways={"person": "add"}),
    ... )
    >>> [one] = merged.changes(SimpleNamespace(people=(ali, a_karimi)))["people"]
    >>> str(one), one.job_title
    ('Ali Karimi', 'Buyer')
    """

    sentence: ClassVar[Text] = _PERSON_MERGED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    gone: str = attrs.field(converter=_gone, metadata={"personal": False})
    into: str = attrs.field(converter=_into, metadata={"personal": False})
    survivor: Person = attrs.field(converter=_survivor)
    contribution: Contribution = attrs.field(converter=_contribution)

    @property
    def key(self) -> str:
        """What a later event withdraws it by."""
        return self.id

    @property
    def other(self) -> Person:
        """The one that is gone, as it was known."""
        told = self.contribution.values
        person: Person = told["person"]
        return attrs.evolve(person, contact_points=told.get("contact_points", ()))

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Let the survivor stand wherever the other one stood."""
        parts: Mapping[str, Callable[[Any], Any]] = {
            "people": self._of_people,
            "contacts": self._of_contacts,
            "consent": self._of_consent,
            "contact_id": lambda id_: self.into if id_ == self.gone else id_,
            "person": self._of_a_lead,
        }
        told = {
            name: (getattr(before, name), put)
            for name, put in parts.items()
            if hasattr(before, name)
        }
        return {
            name: after for name, (known, put) in told.items() if (after := put(known)) != known
        }

    def merged(self, survivor: Person, other: Person) -> Person:
        """Put what is known of one person into another, by the ways of the contribution."""
        bare = attrs.evolve(other, contact_points=(), id="")
        told = Contribution(
            {"person": bare, "contact_points": other.contact_points}, ways=self.contribution.ways
        )
        values, _ = told.put_into(
            SimpleNamespace(person=survivor, contact_points=survivor.contact_points)
        )
        points = values.get("contact_points", survivor.contact_points)
        person: Person = values.get("person", survivor)
        return attrs.evolve(person, id=self.into, contact_points=points)

    def _of_people(self, people: Iterable[Person]) -> tuple[Person, ...]:
        crowd = Members.of(people, member_keys)
        gone, stays = person_place(crowd, self.other), person_place(crowd, self.survivor)
        if self.other == self.survivor:  # since both were erased
            gone = max(
                (place for place, one in enumerate(crowd) if one == self.other), default=None
            )
        if gone is None:
            return crowd
        told: dict[int, Person] = dict(enumerate(crowd))
        other = told.pop(gone)
        if stays is None or stays == gone:
            # At another firm the person is known by the same id from now on.
            return (*crowd[:gone], attrs.evolve(other, id=self.into), *crowd[gone + 1 :])
        told[stays] = self.merged(crowd[stays], other)
        return tuple(told.values())

    def _of_contacts(self, contacts: Iterable[Any]) -> tuple[Any, ...]:
        """Name the survivor in each part that either played, once in each."""
        one = self.merged(self.survivor, self.other)
        called = {name: getattr(one, name) for name in _CALLED} | {"id": self.into}
        told: dict[object, Any] = {}
        for number, contact in enumerate(contacts):
            if not self._is_either(contact.person):
                told[number] = contact
                continue
            known = told.get(contact.role, contact)
            told[contact.role] = attrs.evolve(
                known,
                person=attrs.evolve(known.person, **called),
                primary=known.primary or contact.primary,
            )
        return tuple(told.values())

    def _is_either(self, person: Person) -> bool:
        if person.id:
            return person.id in {self.gone, self.into}
        return person.is_same(self.other) or person.is_same(self.survivor)

    def _of_consent(self, register: Any) -> Any:  # noqa: ANN401 - the register
        """Let what either said be what the survivor said: the latest word stands."""
        if not any(word.person == self.gone for word in register.words):
            return register
        said = type(register)()
        for word in register.words:
            who = self.into if word.person == self.gone else word.person
            said = said.with_word(attrs.evolve(word, person=who))
        return said

    def _of_a_lead(self, person: Person | None) -> Person | None:
        if person is None or person.id != self.gone:
            return person
        return attrs.evolve(person, id=self.into)


def person_place(people: Members[Person], person: Person) -> int | None:
    """
    Say where a person stands among others; ``None`` where none, or more than one, is meant.

    >>> crowd = Members.of([Person("Ali", id="1"), Person("Ali", id="2")], member_keys)
    >>> person_place(crowd, Person("Ali", id="2")), person_place(crowd, Person("Ali")) is None
    (1, True)
    """
    if person in people:
        return people.index(person)
    places = places_of(people, person)
    return places[0] if len(places) == 1 else None


def standing_merges(timeline: Iterable[Any]) -> dict[str, PersonMerged]:
    """
    List by their ids the merges of people that were not undone.

    >>> standing_merges(())
    {}
    """
    found: dict[str, PersonMerged] = {}
    for event in timeline:
        if isinstance(event, PersonMerged):
            found[event.id] = event
        else:
            found.pop(getattr(event, "withdraws", ""), None)
    return found
