"""Who shares what: entries by their match keys, of which nothing else is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..accounts.account import Account
from ..errors import WrongKind
from ..leads.lead import Lead
from ..values.company import Company
from ..values.company_names import company_words
from ..values.match_keys import (
    ACCOUNT_KEYS,
    LEAD_KEYS,
    PERSON_KEYS,
    KeyReader,
    MatchKey,
    key_readers,
    lead_keys_of_a_search,
    read_keys,
    sound_between_scripts,
)
from ..values.names import Words, called_words, is_longer_or_slip, script
from ..values.person import Person
from .known_names import KnownNames

Noun = Lead | Account | Person

WANTED = "leads, accounts or people"


class Sharing:
    """
    What is known of the entries while they are looked through: never the entries themselves.

    Each is known by its place from 0, and each name by a number, since a hundred thousand small
    objects would cost more than all the rest.

    >>> sharing = Sharing(None)
    >>> sharing.take_in(Person("Sara Ahmadi", id="7"))
    >>> sharing.ids, sharing.names
    (['7'], [1])
    """

    def __init__(self, keys: Iterable[KeyReader] | None) -> None:
        """Begin with no entry; ``keys`` are those of the kind unless given."""
        self._keys = None if keys is None else key_readers(keys)
        self._lead_keys = lead_keys_of_a_search()
        self._holders: dict[MatchKey, dict[str, int | list[int]]] = {}
        self._scripts: dict[MatchKey, frozenset[int]] = {}
        self._sounds: dict[MatchKey, dict[str, list[str]]] = {}
        self._values: dict[MatchKey, dict[int, list[str]]] = {}
        self.ids: list[str] = []
        self.names: list[int] = []
        self.known_names: KnownNames = KnownNames()

    def take_in(self, noun: Noun) -> None:
        """Look at one more."""
        usual, words = described(noun)
        place = len(self.ids)
        self.ids.append(noun.id)
        self.names.append(self.known_names.number(words))
        if usual is ACCOUNT_KEYS:
            self.known_names.are_firms = True
        for read in self._readers(usual):
            # Those of the house need no look at what they give.
            for key, value in read(noun) if self._keys is None else read_keys(read, noun):
                if not value:
                    continue
                holders = self._holders.get(key)
                if holders is None:
                    holders = self._holders[key] = {}
                known = holders.setdefault(value, place)
                # Most values have one holder, and a list of each would cost more than all else.
                if known is place:
                    continue
                if isinstance(known, list):
                    if known[-1] != place:
                        known.append(place)
                else:
                    holders[value] = [known, place]

    def _readers(self, usual: tuple[KeyReader, ...]) -> tuple[KeyReader, ...]:
        if self._keys is not None:
            return self._keys
        return self._lead_keys if usual is LEAD_KEYS else usual

    def who_shares(self, key: MatchKey, value: str) -> Sequence[int]:
        """Give the places of those who have a value of a match key."""
        places = self._holders.get(key, {}).get(value, ())
        return (places,) if isinstance(places, int) else places

    def by_key(self) -> Iterator[tuple[MatchKey, Iterator[list[int]]]]:
        """Give for each match key the places of those who share a value of it."""
        for key, holders in self._holders.items():
            yield key, (places for places in holders.values() if isinstance(places, list))
            if key.between_scripts is not None and len(self._scripts_of(key)) > 1:
                yield key.by_sound, self._between_scripts(key)

    def _between_scripts(self, key: MatchKey) -> Iterator[list[int]]:
        """Give the places of those whose values are in several scripts, and sound alike."""
        for values in self._values_by_sound(key).values():
            if len({script(value) for value in values}) > 1:
                places = {p for value in values for p in self.who_shares(key, value)}
                yield sorted(places)

    def _scripts_of(self, key: MatchKey) -> frozenset[int]:
        """Number the scripts of the values: in one alone no sound needs to be looked for."""
        if key not in self._scripts:
            self._scripts[key] = frozenset(map(script, self._holders.get(key, ())))
        return self._scripts[key]

    def _values_by_sound(self, key: MatchKey) -> Mapping[str, list[str]]:
        if key not in self._sounds:
            by_sound = self._sounds[key] = {}
            for value in self._holders.get(key, ()):
                if heard := sound_between_scripts(key, value):
                    by_sound.setdefault(heard, []).append(value)
        return self._sounds[key]

    def agreeing(self, key: MatchKey, places: list[int]) -> Iterable[list[int]]:
        """Put together the places of those who share a value, and of whom nothing else differs."""
        if key.unless_differing is None:
            return (places,)  # as nearly always
        agreeing: list[list[int]] = []
        for place in places:
            values = self.values_of(key.unless_differing, place)
            for others in agreeing:
                if may_be_one(values, self.values_of(key.unless_differing, others[0])):
                    others.append(place)
                    break
            else:
                agreeing.append([place])
        return agreeing

    def values_of(self, key: MatchKey, place: int) -> Sequence[str]:
        """Give the values of a match key that one of them has."""
        if key not in self._values:
            by_place = self._values[key] = {}
            for value in self._holders.get(key, ()):
                for holder in self.who_shares(key, value):
                    by_place.setdefault(holder, []).append(value)
        return self._values[key].get(place, ())

    def in_other_scripts(self, key: MatchKey, value: str) -> list[int]:
        """Give the places of those who have a value in another script that sounds like this one."""
        own = script(value)
        if self._scripts_of(key) <= {own}:
            return []
        heard = sound_between_scripts(key, value)
        values = self._values_by_sound(key).get(heard, ()) if heard else ()
        others = [other for other in values if script(other) != own]
        return [place for other in others for place in self.who_shares(key, other)]


def may_be_one(values: Sequence[str], others: Sequence[str]) -> bool:
    """
    Tell whether values of one kind may be one, if for a slip, or a part that is left out.

    >>> may_be_one(["novintejarat"], ["novintejart"]), may_be_one(["novin"], ["faradis"])
    (True, False)
    """
    pairs = [(one, other) for one in values for other in others]
    return not pairs or any(is_longer_or_slip(one, other) for one, other in pairs)


def described(noun: Any) -> tuple[tuple[KeyReader, ...], Words]:  # noqa: ANN401 - refused if odd
    """
    Say by what an entry of that kind is known, and the words of its name.

    >>> described(Person("Dr. Sara Ahmadi"))[1]
    ('sara', 'ahmadi')
    """
    if isinstance(noun, Lead):
        return LEAD_KEYS, _called(noun.person) if noun.person else ()
    if isinstance(noun, Account):
        return ACCOUNT_KEYS, company_words((noun.company or Company(noun.name)).name)
    if isinstance(noun, Person):
        return PERSON_KEYS, _called(noun)
    raise WrongKind.of("nouns", noun, wanted=WANTED)


def _called(person: Person) -> Words:
    return called_words(person.name, person.salutation)
