"""Which leads are those of a person, and under which names the person is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import attrs

from ..errors import InvalidValue
from ..history.event import Chronicled
from ..history.person_merged import standing_merges
from ..leads.lead import Lead
from ..values.contact_points import ContactKind, ContactPoint
from ..values.match_keys import Strength, address_keys
from ..values.names import Alike, is_slip, name_words
from ..values.person import Person
from .traces import Traces, is_them

_LONG_NUMBER = 7


@attrs.frozen(repr=False)
class _Bearer:
    """Someone of whom only addresses are known."""

    contact_points: tuple[ContactPoint, ...]


def address_of(text: str) -> ContactPoint | None:
    """
    Read a text as an e-mail address or as a telephone number; most texts are neither.

    >>> address_of("ali@karimi.example"), address_of("Ali Karimi")
    (ContactPoint(email: …), None)
    """
    is_number = not any(map(str.isalpha, text)) and sum(map(str.isdigit, text)) >= _LONG_NUMBER
    if not is_number and "@" not in text:
        return None
    try:
        point = ContactPoint(ContactKind.PHONE if is_number else ContactKind.EMAIL, text)
    except InvalidValue:
        return None  # and no name either, which is said there
    return point if point.key else None


@attrs.frozen(repr=False)
class Witnesses:
    """
    What is known of a person before anything is rewritten: names, addresses, and leads of theirs.

    A lead is theirs if it names them, in any script. So is one with an address of theirs, unless it
    names someone else; where no name is given, an address that several people share tells of none.

    >>> from datetime import UTC, datetime
    >>> lead = Lead.capture(person="علی کریمی", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> Witnesses.of(Person("Ali Karimi"), [lead]).own
    (True,)
    """

    people: tuple[Person, ...]
    own: tuple[bool, ...]
    asked_for: tuple[ContactPoint, ...] = ()

    @classmethod
    def of(cls, who: Person | ContactPoint, nouns: Iterable[Chronicled]) -> Witnesses:
        """Look for a person, or for whom an address reaches, in all nouns."""
        nouns = tuple(nouns)
        if isinstance(who, Person):
            people = _known_as([who], nouns)
            return cls(people, _own(people, who.contact_points, nouns))
        reached = _reached(who, nouns)
        if not _may_be_one(reached):
            return cls((), (False,) * len(nouns), asked_for=(who,))
        people = _known_as(reached, nouns)
        return cls(people, _own(people, (who,), nouns), asked_for=(who,))


def _own(
    people: tuple[Person, ...], points: tuple[ContactPoint, ...], nouns: tuple[Chronicled, ...]
) -> tuple[bool, ...]:
    """Tell of each noun whether it is a lead of theirs; one such lead may tell of another."""
    leads = {place: noun for place, noun in enumerate(nouns) if isinstance(noun, Lead)}
    names = Traces.of(people, points=(), copies=())
    # What stands with a person is theirs alone; of what stands on a lead, a switchboard is not.
    reached = _addresses(_Bearer(points))
    reached_alone = reached
    own: set[int] = set()
    while True:
        found = {
            place
            for place, lead in leads.items()
            if place not in own and _is_theirs(lead, people, names, reached, reached_alone)
        }
        if not found:
            return tuple(place in own for place in range(len(nouns)))
        own |= found
        reached |= {key for place in found for key in _addresses(leads[place])}
        reached_alone |= {key for place in found for key in _addresses(leads[place], alone=True)}


def _is_theirs(
    lead: Lead,
    people: tuple[Person, ...],
    names: Traces,
    reached: frozenset[str],
    reached_alone: frozenset[str],
) -> bool:
    one = lead.person
    if one is not None and (one.is_erased or any(is_them(one, known) for known in people)):
        return not one.is_erased
    is_named = any(names.are_in_address(point.text) for point in lead.contact_points)
    if one is None:
        return is_named or not reached_alone.isdisjoint(_addresses(lead, alone=True))
    is_reached = is_named or not reached.isdisjoint(_addresses(lead))
    return is_reached and any(_may_be_one([one, known]) for known in people)


def _may_be_one(people: Iterable[Person]) -> bool:
    """Tell whether several names may be those of one person, with initials or a slip of the pen."""
    names, alike = {name_words(person.name) for person in people}, Alike(is_slip)
    return all(alike(*pair) for pair in combinations(names, 2))


def _reached(point: ContactPoint, nouns: Iterable[Chronicled]) -> tuple[Person, ...]:
    """List whom an address reaches."""
    wanted = _addresses(_Bearer((point,)))
    return tuple(
        one
        for noun in nouns
        for one in _people(noun)
        if wanted & _addresses(noun if isinstance(noun, Lead) else one)
    )


def _people(noun: object) -> Iterator[Person]:
    """List the people of a noun who are not erased yet."""
    everyone = [getattr(noun, "person", None), *getattr(noun, "people", ())]
    everyone += [contact.person for contact in getattr(noun, "contacts", ())]
    yield from (one for one in everyone if one is not None and not one.is_erased)


def _addresses(noun: object, *, alone: bool = False) -> frozenset[str]:
    """List where someone is reached, or where they ``alone`` are."""
    strengths = (Strength.OWN,) if alone else (Strength.OWN, Strength.SHARED)
    return frozenset(key for kind, key in address_keys(noun) if kind.strength in strengths)


def _known_as(people: Iterable[Person], nouns: Iterable[Chronicled]) -> tuple[Person, ...]:
    """List the people under each name under which others were merged with them."""
    merges = [e for noun in nouns for e in standing_merges(noun.timeline).values()]
    known = list(people)
    for one in known:
        for merge in merges:
            pair = (merge.survivor, merge.other)
            if any(is_them(one, other) for other in pair):
                known += [other for other in pair if not any(map(other.is_same, known))]
    return tuple(known)
