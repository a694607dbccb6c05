"""Leads that are known, and which of them another one may be: by the match keys of the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..leads.lead import Lead
from ..values import converters
from ..values.match_keys import (
    LEAD_KEYS,
    KeyReader,
    MatchKey,
    Strength,
    key_readers,
    lead_keys_of_a_search,
    read_keys,
)
from ..values.match_links import Link, Sureness
from ..values.names import Alike, is_slip
from .known_names import NamedAlike
from .linking import CROWD, FEW, SEVERAL, among_names
from .sharing import Sharing, described, may_be_one

_SURENESSES = list(Sureness)
_ID = "id"


class KnownLeads:
    """
    Leads that are looked through once, so that many others can be held against them.

    The same counts as in `find_duplicates`: who shares something and has a name that is alike is
    the same, a switchboard joins no colleagues, and who may be one of two is neither.

    Args:
        leads: the leads there are.
        keys: readers of what two may share.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> sara = Lead.capture(id="7", person="Sara Ahmadi", phone="0912 123 4567", at=monday)
    >>> known = KnownLeads([sara])
    >>> caller = Lead.capture(id="web-9", person="سارا احمدی", phone="+98 912 1234567", at=monday)
    >>> [str(link) for link in known.likely(caller)]
    ['7 and web-9, likely: phone']
    """

    def __init__(self, leads: Iterable[Lead], *, keys: Iterable[KeyReader] = LEAD_KEYS) -> None:
        """Look through the leads; of two with one id the first counts."""
        self._keys = lead_keys_of_a_search() if keys is LEAD_KEYS else key_readers(keys)
        self._sharing = Sharing(self._keys)
        self._alike = Alike(is_slip)
        self._leads: list[Lead] = []
        self._place_of: dict[str, int] = {}
        self._last: tuple[Lead | None, tuple[Link, ...]] = (None, ())
        self._crowds: dict[tuple[MatchKey, str], dict[int, list[int]]] = {}
        for lead in converters.several(Lead, leads, "known"):
            if lead.id not in self._place_of:
                self._place_of[lead.id] = len(self._leads)
                self._leads.append(lead)
                self._sharing.take_in(lead)

    def __bool__(self) -> bool:
        """Whether any lead is known."""
        return bool(self._leads)

    def likely(self, lead: Lead) -> tuple[Link, ...]:
        """
        Name the leads that this one is likely to be, the surest first, and what that rests on.

        One that is known by the same id comes first, even if another one shares more.

        >>> from datetime import UTC, datetime
        >>> KnownLeads([]).likely(Lead.capture(person="Sara", at=datetime(2026, 3, 2, tzinfo=UTC)))
        ()
        """
        was, links = self._last
        if was is not lead:  # a reader asks for the same one several times
            links = self._held_against_all(lead)
            self._last = (lead, links)
        return links

    def find(self, lead: Lead) -> Lead | None:
        """
        Return the known lead that this one most likely is, if there is any.

        >>> from datetime import UTC, datetime
        >>> sara = Lead.capture(person="Sara", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> KnownLeads([sara]).find(sara) is sara
        True
        """
        links = self.likely(lead)
        return self._leads[self._place_of[links[0].one]] if links else None

    def _held_against_all(self, lead: Lead) -> tuple[Link, ...]:
        named = NamedAlike(described(lead)[1], self._sharing.known_names, self._alike)
        told = [
            (key, value)
            for read in self._keys
            for key, value in read_keys(read, lead)
            if value  # as most have
        ]
        own = self._place_of.get(lead.id)
        found: dict[int, list[tuple[str, Sureness]]] = {}
        for key, value in told:
            for by, places in self._who_shares(key, value):
                if len(places) == 1 and places[0] == own:
                    continue  # as nearly always where a list is read again
                for place, sureness in self._same(by, value, places, named):
                    if place != own and self._agrees(by, told, place):
                        found.setdefault(place, []).append((by.name, sureness))
        links = [self._link(place, lead, rests_on) for place, rests_on in found.items()]
        links = [link for link in links if link.sureness is not Sureness.POSSIBLE]
        links.sort(key=lambda link: -_SURENESSES.index(link.sureness))
        if own is not None:
            links.insert(0, Link(lead.id, lead.id, (_ID,), Sureness.CERTAIN))
        return tuple(links)

    def _who_shares(self, key: MatchKey, value: str) -> Iterator[tuple[MatchKey, Sequence[int]]]:
        """Give the places of those who share a value, or have one that sounds the same."""
        if places := self._sharing.who_shares(key, value):
            yield key, places
        if key.between_scripts is not None and (
            places := self._sharing.in_other_scripts(key, value)
        ):
            yield key.by_sound, places

    def _agrees(self, key: MatchKey, told: list[tuple[MatchKey, str]], place: int) -> bool:
        """Tell whether nothing is known of both that speaks against what they share."""
        if (other := key.unless_differing) is None:
            return True  # as nearly always
        values = [value for one, value in told if one == other]
        return may_be_one(values, self._sharing.values_of(other, place))

    def _link(self, place: int, lead: Lead, rests_on: list[tuple[str, Sureness]]) -> Link:
        by = tuple(dict.fromkeys(name for name, _ in rests_on))
        sureness = max((sureness for _, sureness in rests_on), key=_SURENESSES.index)
        return Link(self._sharing.ids[place], lead.id, by, sureness)

    def _same(
        self, key: MatchKey, value: str, places: Sequence[int], named: NamedAlike
    ) -> Iterator[tuple[int, Sureness]]:
        """Give the places of those who share a value and may be the one of a name, and how sure."""
        by_name = self._by_name(key, value, places)
        if key.strength is Strength.IDENTITY:
            yield from _all(by_name, by_name, Sureness.CERTAIN)
            return
        if len(by_name) > CROWD:  # which is not gone through
            yield from _all(by_name, [named.number] if named.number else [], among_names(key))
            return
        names = [name for name in by_name if name]
        worth = names if len(names) <= FEW else named.worth_comparing(names, several=SEVERAL)
        same = [*filter(named.is_alike, worth)]
        if len(same) > 1 and not self._are_one(same):
            return
        if named.words:
            yield from _all(by_name, same, among_names(key))
        if key.strength is not Strength.CONTEXT and len(same) == len(names):
            nameless = [0] if named.words else by_name
            # Where no one has a name, a number is all that there is.
            is_vague = key.strength is Strength.SHARED and (names or named.words)
            sureness = Sureness.POSSIBLE if is_vague else Sureness.LIKELY
            yield from _all(by_name, nameless, sureness)

    def _by_name(self, key: MatchKey, value: str, places: Sequence[int]) -> Mapping[int, list[int]]:
        """Return the places of those who share a value by their names; of a crowd that is kept."""
        if (known := self._crowds.get((key, value))) is not None:
            return known
        by_name: dict[int, list[int]] = {}
        for place in places:
            by_name.setdefault(self._sharing.names[place], []).append(place)
        if len(places) > CROWD:
            self._crowds[key, value] = by_name
        return by_name

    def _are_one(self, names: list[int]) -> bool:
        first, *others = map(self._sharing.known_names.words.__getitem__, names)
        return all(self._alike(first, other) for other in others)


def _all(
    by_name: Mapping[int, list[int]], names: Iterable[int], sureness: Sureness
) -> Iterator[tuple[int, Sureness]]:
    return ((place, sureness) for name in names for place in by_name.get(name, ()))
