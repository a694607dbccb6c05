"""Links between entries that share something: which, by what, and how sure; as plain numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..values.match_keys import MatchKey, Strength
from ..values.match_links import Link, Sureness
from .fuzzy import near_words
from .groups import SharedKey
from .known_names import AlikeNumbers
from .sharing import Sharing

# In a crowd that shares one thing only the very same name is held to be the same person.
CROWD = 100
# Among more names than these only those are compared that share the sound of a word.
FEW = 3
_SURENESSES = tuple(Sureness)
_LEVEL = {sureness: level for level, sureness in enumerate(_SURENESSES)}
_LEVELS = len(_SURENESSES)


class Linking:
    """
    Two entries to a link. What it rests on is one number, with a bit for each key and sureness.

    >>> from salesfunnel.values import Person
    >>> sharing = Sharing(None)
    >>> for id_ in ("7", "9"):
    ...     sharing.take_in(Person("Sara Ahmadi", id=id_))
    >>> linking = Linking(sharing)
    >>> linking.link(0, 1, "given pair", Sureness.LIKELY)
    >>> print(linking.told(0, 1))
    7 and 9, likely: given pair
    """

    def __init__(self, sharing: Sharing) -> None:
        """Begin with none, when all entries are taken in."""
        self._sharing = sharing
        self._alike = AlikeNumbers(sharing.known_names, near_words())
        self._count = len(sharing.ids)
        self._keys: list[str] = []
        self._rests_on: dict[int, int] = {}
        self.shared: list[SharedKey] = []

    def link_by_keys(self) -> None:
        """Link all who share something and whose names are alike."""
        for key, shared in self._sharing.by_key():
            self._keys.append(key.name)
            for places in shared:
                self._link(key, places)

    def _link(self, key: MatchKey, places: list[int]) -> None:
        """Link those of one name among all who share a value, and those without a name to them."""
        if key.strength is Strength.IDENTITY:
            self._chain(places, Sureness.CERTAIN)
            return
        by_name: dict[int, list[int]] = {}
        names = self._sharing.names
        for place in places:
            by_name.setdefault(names[place], []).append(place)
        unnamed = by_name.pop(0, [])
        people = [*self._people(by_name)] if len(by_name) > 1 else [*by_name.values()]
        for person in people:
            if len(person) > 1:
                self._chain(person, among_names(key))
        if key.strength is Strength.CONTEXT:
            return
        if len(people) > 1:
            ids = self._sharing.ids
            told = tuple(ids[place] for place in places)
            self.shared.append(SharedKey(key.name, told, names=len(people), places=tuple(places)))
        elif unnamed:
            is_vague = people and key.strength is Strength.SHARED
            sureness = Sureness.POSSIBLE if is_vague else Sureness.LIKELY
            self._chain([*(people[0][:1] if people else ()), *unnamed], sureness)

    def _people(self, by_name: dict[int, list[int]]) -> Iterator[list[int]]:
        """Put together the places of names that are alike; one that may be of two is of none."""
        words = self._sharing.known_names.words
        near = self._worth_comparing(by_name)
        people: dict[int, list[int]] = {}
        for name in sorted(near, key=lambda name: len(words[name]), reverse=True):
            met: list[list[int]] = []
            for other in near[name]:
                person = people.get(other)
                if person and person not in met and self._is_alike_to_all(name, person):
                    met.append(person)
            people[name] = met[0] if len(met) == 1 else []
            people[name].append(name)
        for name, places in by_name.items():
            same = people.get(name, [name])
            if same[0] == name:
                yield [*places, *(p for other in same[1:] for p in by_name[other])]

    def _worth_comparing(self, by_name: dict[int, list[int]]) -> dict[int, Iterable[int]]:
        """Give with each name that may be another's the names that it is worth comparing with."""
        if len(by_name) > CROWD:
            return {}
        if len(by_name) <= FEW:
            return dict.fromkeys(by_name, by_name)
        heard = self._alike.heard
        by_sound: dict[str, list[int]] = {}
        for name in by_name:
            for sound in heard(name):
                by_sound.setdefault(sound, []).append(name)
        near: dict[int, set[int]] = {}
        for same in by_sound.values():
            if len(same) > 1:
                for name in same:
                    near.setdefault(name, set()).update(same)
        return {name: near[name] for name in by_name if name in near}

    def _is_alike_to_all(self, name: int, known: list[int]) -> bool:
        alike = self._alike
        return all(alike(other, name) for other in known)

    def _chain(self, places: list[int], sureness: Sureness) -> None:
        """Link the first with each of the others, by the last key."""
        bit = 1 << (len(self._keys) - 1) * _LEVELS + _LEVEL[sureness]
        first, rests_on = places[0], self._rests_on
        for place in places[1:]:
            pair = first * self._count + place if first < place else place * self._count + first
            rests_on[pair] = rests_on.get(pair, 0) | bit

    def link(self, one: int, other: int, by: str, sureness: Sureness) -> None:
        """Link two entries by something else than a key."""
        if not self._keys or self._keys[-1] != by:
            self._keys.append(by)
        self._chain([one, other], sureness)

    def surest_first(self) -> Iterator[tuple[Sureness, int, int]]:
        """Give all links but those that are only possible, the surest first."""
        for sureness in reversed(_SURENESSES[1:]):
            yield from self._of(sureness)

    def _of(self, sureness: Sureness) -> Iterator[tuple[Sureness, int, int]]:
        level = _LEVEL[sureness]
        mine, surer = self._bits(level), sum(self._bits(more) for more in range(level + 1, _LEVELS))
        for pair, rests_on in self._rests_on.items():
            if rests_on & mine and not rests_on & surer:
                yield (sureness, *divmod(pair, self._count))

    def _bits(self, level: int) -> int:
        return sum(1 << place * _LEVELS + level for place in range(len(self._keys)))

    def told(self, one: int, other: int) -> Link:
        """Explain a link, the places of which are in order."""
        rests_on = self._rests_on[one * self._count + other]
        by: dict[str, None] = {}
        level = 0
        for name in self._keys:
            if bits := rests_on & (1 << _LEVELS) - 1:
                by[name] = None
                level = max(level, bits.bit_length() - 1)
            rests_on >>= _LEVELS
        ids = self._sharing.ids
        return Link(ids[one], ids[other], tuple(by), _SURENESSES[level], places=(one, other))


def among_names(key: MatchKey) -> Sureness:
    """
    Say how sure it is that two of a name that is alike are one, since they share a value of a key.

    >>> among_names(MatchKey("badge", "own")).value, among_names(MatchKey("hall", "context")).value
    ('sure', 'likely')
    """
    return Sureness.SURE if key.strength is Strength.OWN else Sureness.LIKELY
