"""Links between entries that share something: who of them may be one, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..values.match_keys import MatchKey, Strength
from ..values.match_links import Sureness
from .evidence import Evidence
from .fuzzy import near_words
from .groups import SharedKey
from .known_names import AlikeNumbers
from .sharing import Sharing

# In a crowd that shares one thing only the very same name is held to be the same person.
CROWD = 100
# Among more names than these an initial may stand for several of them, and for others as well.
SEVERAL = 20
# Among more names than these only those are compared that share the sound of a word.
FEW = 3


class Linking:
    """
    Entries that share something are linked where their names are alike.

    >>> from salesfunnel.values import ContactPoint, Person
    >>> sharing, point = Sharing(None), ContactPoint("mobile", "0912 123 4567")
    >>> for id_ in ("7", "9"):
    ...     sharing.take_in(Person("Sara Ahmadi", id=id_, contact_points=[point]))
    >>> evidence = Evidence(sharing.ids)
    >>> Linking(sharing, evidence).link_by_keys()
    >>> print(evidence.told(0, 1))
    7 and 9, sure: mobile, phone
    """

    def __init__(self, sharing: Sharing, evidence: Evidence) -> None:
        """Begin when all entries are taken in."""
        self._sharing = sharing
        self._evidence = evidence
        self.alike: AlikeNumbers = AlikeNumbers(sharing.known_names, near_words())
        self.shared: list[SharedKey] = []

    def link_by_keys(self) -> None:
        """Link all who share something and whose names are alike."""
        for key, shared in self._sharing.by_key():
            self._evidence.weigh(key.name)
            for places in shared:
                self._link(key, places)

    def _link(self, key: MatchKey, places: list[int]) -> None:
        """Link those of one name among all who share a value, and those without a name to them."""
        chain = self._evidence.chain
        if key.strength is Strength.IDENTITY:
            chain(places, Sureness.CERTAIN)
            return
        by_name: dict[int, list[int]] = {}
        names = self._sharing.names
        for place in places:
            by_name.setdefault(names[place], []).append(place)
        unnamed = by_name.pop(0, [])
        people = self._people(by_name)
        for person in people:
            if len(person) > 1:
                for agreeing in self._sharing.agreeing(key, person):
                    chain(agreeing, among_names(key))
        if key.strength is Strength.CONTEXT:
            return
        if len(people) > 1:
            ids = self._sharing.ids
            told = tuple(ids[place] for place in places)
            self.shared.append(SharedKey(key.name, told, names=len(people), places=tuple(places)))
        elif unnamed:
            is_vague = people and key.strength is Strength.SHARED
            sureness = Sureness.POSSIBLE if is_vague else Sureness.LIKELY
            chain([*(people[0][:1] if people else ()), *unnamed], sureness)

    def _people(self, by_name: dict[int, list[int]]) -> list[list[int]]:
        """Put together the places of names that are alike; one that may be of two is of none."""
        alike = self._alike_names(by_name) if len(by_name) > 1 else {}
        if not alike:
            return [*by_name.values()]  # as nearly always
        words = self._sharing.known_names.words
        people: dict[int, list[int]] = {}
        for name in sorted(alike, key=lambda name: len(words[name]), reverse=True):
            met: list[list[int]] = []
            for other in alike[name]:
                person = people.get(other)
                if person and person not in met and self._is_alike_to_all(name, person):
                    met.append(person)
            people[name] = met[0] if len(met) == 1 else []
            people[name].append(name)
        return [
            [*places, *(place for other in people[name][1:] for place in by_name[other])]
            if name in people
            else places
            for name, places in by_name.items()
            if name not in people or people[name][0] == name
        ]

    def _alike_names(self, by_name: dict[int, list[int]]) -> dict[int, set[int]]:
        """Give with each name that may be another's these others."""
        alike: dict[int, set[int]] = {}
        is_alike = self.alike
        are_few = len(by_name) <= FEW
        for one, other in combinations(by_name, 2) if are_few else self._sounding_alike(by_name):
            if is_alike(one, other):
                alike.setdefault(one, set()).add(other)
                alike.setdefault(other, set()).add(one)
        return alike

    def _sounding_alike(self, by_name: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
        """Give the pairs of names that it is worth comparing, in a crowd none."""
        if len(by_name) > CROWD:
            return
        is_any = len(by_name) <= SEVERAL
        by_sound: dict[str, list[int]] = {}
        for name in by_name:
            if is_any or self._sharing.known_names.is_whole(name):
                for sound in self.alike.heard(name):
                    before = by_sound.setdefault(sound, [])
                    for other in before:
                        yield name, other
                    before.append(name)

    def _is_alike_to_all(self, name: int, known: list[int]) -> bool:
        return all(self.alike(other, name) for other in known)


def among_names(key: MatchKey) -> Sureness:
    """
    Say how sure it is that two of a name that is alike are one, since they share a value of a key.

    >>> among_names(MatchKey("badge", "own")).value, among_names(MatchKey("hall", "context")).value
    ('sure', 'likely')
    """
    return Sureness.SURE if key.strength is Strength.OWN else Sureness.LIKELY
