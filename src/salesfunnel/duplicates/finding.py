"""Finding entries that are about one person or firm: what they share, and whether names agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any

import attrs

from ..accounts.account import Account
from ..errors import InvalidValue, Text, WrongKind
from ..leads.lead import Lead
from ..values.company import Company
from ..values.match_keys import (
    ACCOUNT_KEYS,
    LEAD_KEYS,
    PERSON_KEYS,
    KeyReader,
    MatchKey,
    Strength,
    key_readers,
    read_keys,
)
from ..values.names import Alike, Words, name_words
from ..values.person import Person
from .fuzzy import near_words
from .grouping import Groups
from .groups import DuplicateGroup, Duplicates, Link, SharedKey, Sureness

Noun = Lead | Account | Person
GivenPair = tuple[str, str, float]

_WANTED = "leads, accounts or people"
_PAIR = Text(
    "not_a_pair",
    "{field} holds something else than pairs",
    "two different ids and a probability from 0 to 1",
)
_NO_PROBABILITY = Text("no_chance", "{field} must be a number from 0 to 1")
_UNKNOWN = Text("pair_of_unknown", "{field} names an entry that is not there", "the given ids")
# In a crowd that shares one thing only the very same name is held to be the same person.
_CROWD = 100
# Among more names than these only those are compared that share the sound of a word.
_FEW = 3
_AMONG_NAMES = {
    Strength.OWN: Sureness.SURE,
    Strength.SHARED: Sureness.LIKELY,
    Strength.CONTEXT: Sureness.LIKELY,
}


def find_duplicates(
    nouns: Iterable[Noun],
    *,
    keys: Iterable[KeyReader] | None = None,
    pairs: Iterable[GivenPair] = (),
    threshold: float = 0.9,
    certain: float | None = None,
) -> Duplicates:
    """
    Find the entries that are about one person or firm. Nothing is merged by that.

    Each is looked at once and need not be kept. Two that share a match key are one if their names
    are alike, so a switchboard joins no colleagues; what several people share is told.

    Args:
        nouns: leads, accounts or people.
        keys: readers of what two may share; those of the kind unless given.
        pairs: what another program holds to be the same: two ids and a probability.
        threshold: from which probability on such a pair counts.
        certain: from which probability on it counts even where the names differ; never, unless
            given.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> found = find_duplicates(
    ...     [
    ...         Lead.capture(id="7", person="Sara Ahmadi", phone="0912 123 4567", at=monday),
    ...         Lead.capture(id="9", person="سارا احمدی", phone="+98 912 1234567", at=monday),
    ...     ]
    ... )
    >>> print(found)
    1 group of 2 entries
      likely: 7 9, by phone
    """
    if isinstance(nouns, type) or not hasattr(nouns, "__iter__"):
        raise WrongKind.of("nouns", nouns, wanted=f"several {_WANTED}")
    least = _probability(threshold, "threshold")
    trusted = None if certain is None else _probability(certain, "certain")
    search = _Lookout(keys)
    for noun in nouns:
        search.take_in(noun)
    search.link_by_keys()
    search.link_by_pairs(pairs, least, trusted)
    return search.result()


@attrs.define
class _OnePerson:
    """The names and places of one person among those who share a thing."""

    names: list[Words]
    heard: frozenset[str]
    places: list[int]

    def may_be(self, heard: frozenset[str]) -> bool:
        """Tell whether a name is worth comparing: in a small crowd each is."""
        return not heard or not heard.isdisjoint(self.heard)

    def add(self, words: Words, heard: frozenset[str], places: list[int]) -> None:
        """Take in another spelling."""
        self.names.append(words)
        self.heard |= heard
        self.places.extend(places)


class _Lookout:
    """What is known of the entries while they are looked through: never the entries themselves."""

    def __init__(self, keys: Iterable[KeyReader] | None) -> None:
        self.keys = None if keys is None else key_readers(keys)
        self.ids: list[str] = []
        self.names: list[Words] = []
        self.holders: dict[MatchKey, dict[str, int | list[int]]] = defaultdict(dict)
        self.alike = Alike(near_words())
        self.links: dict[tuple[int, int], list[tuple[str, Sureness]]] = defaultdict(list)
        self.shared: list[SharedKey] = []

    def take_in(self, noun: Noun) -> None:
        usual, words = described(noun)
        place = len(self.ids)
        self.ids.append(noun.id)
        self.names.append(words)
        for read in usual if self.keys is None else self.keys:
            for key, value in read_keys(read, noun):
                if not value:
                    continue
                holders = self.holders[key]
                known = holders.get(value)
                # Most values have one holder, and a list of each would cost more than all else.
                if known is None:
                    holders[value] = place
                elif isinstance(known, list):
                    if known[-1] != place:
                        known.append(place)
                elif known != place:
                    holders[value] = [known, place]

    def link_by_keys(self) -> None:
        for key, holders in self.holders.items():
            for places in holders.values():
                if isinstance(places, list):
                    self.link(key, places)

    def link(self, key: MatchKey, places: list[int]) -> None:
        """Link those of one name among all who share a value, and those without a name to them."""
        if key.strength is Strength.IDENTITY:
            self.chain(places, key.name, Sureness.CERTAIN)
            return
        by_name: dict[Words, list[int]] = defaultdict(list)
        for place in places:
            by_name[self.names[place]].append(place)
        unnamed = by_name.pop((), [])
        people = list(self.people(by_name))
        for person in people:
            self.chain(person, key.name, _AMONG_NAMES[key.strength])
        if key.strength is Strength.CONTEXT:
            return
        if len(people) > 1:
            told = tuple(self.ids[place] for place in places)
            self.shared.append(SharedKey(key.name, told, names=len(people), places=tuple(places)))
        elif people and key.strength is Strength.SHARED:
            self.chain([people[0][0], *unnamed], key.name, Sureness.POSSIBLE)
        else:
            self.chain([*(people[0][:1] if people else ()), *unnamed], key.name, Sureness.LIKELY)

    def people(self, by_name: Mapping[Words, list[int]]) -> Iterator[list[int]]:
        """Put together the places of names that are alike; one that may be of two is of none."""
        if len(by_name) == 1 or len(by_name) > _CROWD:
            yield from by_name.values()
            return
        people: list[_OnePerson] = []
        is_crowded = len(by_name) > _FEW
        for words in sorted(by_name, key=len, reverse=True):
            heard = self.alike.heard(words) if is_crowded else frozenset()
            met = [
                p
                for p in people
                if p.may_be(heard) and all(map(self.alike, p.names, repeat(words)))
            ]
            if len(met) == 1:
                met[0].add(words, heard, by_name[words])
            else:
                people.append(_OnePerson([words], heard, list(by_name[words])))
        for person in people:
            yield person.places

    def chain(self, places: list[int], by: str, sureness: Sureness) -> None:
        for place in places[1:]:
            self.links[min(places[0], place), max(places[0], place)].append((by, sureness))

    def link_by_pairs(
        self, pairs: Iterable[GivenPair], threshold: float, certain: float | None
    ) -> None:
        """Link what another program holds to be the same."""
        if isinstance(pairs, type) or not hasattr(pairs, "__iter__"):
            raise WrongKind.of("pairs", pairs, wanted="several pairs, such as ('7', '9', 0.95)")
        place_of = {id_: place for place, id_ in enumerate(self.ids)}
        for pair in pairs:
            try:
                one, other, probability = pair
                is_chance = not isinstance(probability, bool) and 0 <= probability <= 1
                are_known = one in place_of and other in place_of
            except (TypeError, ValueError, ArithmeticError):
                raise InvalidValue("pairs", _PAIR) from None
            if not is_chance or one == other:
                raise InvalidValue("pairs", _PAIR)
            if not are_known:
                raise InvalidValue("pairs", _UNKNOWN)
            is_certain = certain is not None and probability >= certain
            if is_certain or probability >= threshold:
                sureness = Sureness.CERTAIN if is_certain else Sureness.LIKELY
                self.chain([place_of[one], place_of[other]], "given pair", sureness)

    def result(self) -> Duplicates:
        """Join what is linked, the surest links first."""
        groups = Groups(self.names, Alike(near_words(more_slips=1)))
        order = {sureness: place for place, sureness in enumerate(Sureness)}
        told = {
            pair: Link(
                self.ids[pair[0]],
                self.ids[pair[1]],
                by=tuple(dict.fromkeys(by for by, _ in rests_on)),
                sureness=max((sureness for _, sureness in rests_on), key=order.__getitem__),
                places=pair,
            )
            for pair, rests_on in self.links.items()
        }
        by_sureness = sorted(told, key=lambda pair: -order[told[pair].sureness])
        holds = [
            pair
            for pair in by_sureness
            if told[pair].sureness is not Sureness.POSSIBLE
            and groups.join(*pair, whatever_the_names=told[pair].sureness is Sureness.CERTAIN)
        ]
        links: dict[int, list[Link]] = defaultdict(list)
        for pair in sorted(holds):
            links[groups.root(pair[0])].append(told[pair])
        return Duplicates(
            groups=tuple(
                DuplicateGroup(
                    tuple(self.ids[place] for place in places), places, tuple(links[places[0]])
                )
                for places in groups.found()
            ),
            shared=tuple(self.shared),
            looked_through=len(self.ids),
        )


def _probability(threshold: float, field: str) -> float:
    try:
        is_one = 0 <= threshold <= 1
    except (TypeError, ValueError, ArithmeticError):
        raise WrongKind.of(field, threshold, wanted="a number from 0 to 1") from None
    if not is_one:
        raise InvalidValue(field, _NO_PROBABILITY)
    return threshold


def described(noun: Any) -> tuple[tuple[KeyReader, ...], Words]:  # noqa: ANN401 - refused if odd
    """
    Say by what an entry of that kind is known, and the words of its name.

    >>> described(Person("Dr. Sara Ahmadi"))[1]
    ('sara', 'ahmadi')
    """
    match noun:
        case Lead():
            return LEAD_KEYS, name_words(noun.person.name) if noun.person else ()
        case Account():
            return ACCOUNT_KEYS, tuple((noun.company or Company(noun.name)).key.split())
        case Person():
            return PERSON_KEYS, name_words(noun.name)
        case _:
            raise WrongKind.of("nouns", noun, wanted=_WANTED)
