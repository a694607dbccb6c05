"""Leads that are known, and which of them another one may be: by the match keys of the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..leads.lead import Lead
from ..values import converters
from ..values.match_keys import LEAD_KEYS, KeyReader, MatchKey, Strength, key_readers, read_keys
from ..values.match_links import Link, Sureness
from ..values.names import Alike, Words, is_slip
from .linking import CROWD, FEW, among_names
from .sharing import Sharing, described

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
        self._keys = key_readers(keys)
        self._sharing = Sharing(self._keys)
        self._alike = Alike(is_slip)
        self._sounds: dict[int, frozenset[str]] = {}
        self._leads: dict[str, Lead] = {}
        self._last: tuple[Lead | None, tuple[Link, ...]] = (None, ())
        self._crowds: dict[tuple[MatchKey, str], dict[int, list[int]]] = {}
        for lead in converters.several(Lead, leads, "known"):
            if lead.id not in self._leads:
                self._leads[lead.id] = lead
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
        return self._leads[links[0].one] if links else None

    def _held_against_all(self, lead: Lead) -> tuple[Link, ...]:
        words = described(lead)[1]
        found: dict[int, list[tuple[str, Sureness]]] = defaultdict(list)
        for read in self._keys:
            for key, value in read_keys(read, lead):
                if not value:
                    continue
                shared = [(key, self._sharing.who_shares(key, value))]
                if key.between_scripts is not None:
                    shared.append((key.by_sound, self._sharing.in_other_scripts(key, value)))
                for by, places in shared:
                    if not places:  # as of most values
                        continue
                    for place, sureness in self._same(by, value, places, words):
                        found[place].append((by.name, sureness))
        links = [self._link(place, lead, rests_on) for place, rests_on in found.items()]
        links = [link for link in links if link.sureness is not Sureness.POSSIBLE]
        links.sort(key=lambda link: -_SURENESSES.index(link.sureness))
        if lead.id in self._leads:
            others = [link for link in links if link.one != lead.id]
            links = [Link(lead.id, lead.id, (_ID,), Sureness.CERTAIN), *others]
        return tuple(links)

    def _link(self, place: int, lead: Lead, rests_on: list[tuple[str, Sureness]]) -> Link:
        by = tuple(dict.fromkeys(name for name, _ in rests_on))
        sureness = max((sureness for _, sureness in rests_on), key=_SURENESSES.index)
        return Link(self._sharing.ids[place], lead.id, by, sureness)

    def _same(
        self, key: MatchKey, value: str, places: Sequence[int], words: Words
    ) -> Iterator[tuple[int, Sureness]]:
        """Give the places of those who share a value and may be the one of a name, and how sure."""
        by_name = self._by_name(key, value, places)
        if key.strength is Strength.IDENTITY:
            yield from _all(by_name, by_name, Sureness.CERTAIN)
            return
        if len(by_name) > CROWD:  # which is not gone through
            the_same = self._sharing.known_names.find(words)
            yield from _all(by_name, [the_same] if the_same else [], among_names(key))
            return
        named = [name for name in by_name if name]
        same = [name for name in self._worth_comparing(named, words) if self._is_alike(words, name)]
        if len(same) > 1 and not self._are_one(same):
            return
        if words:
            yield from _all(by_name, same, among_names(key))
        if key.strength is not Strength.CONTEXT and len(same) == len(named):
            nameless = by_name if not words else [0]
            # Where no one has a name, a number is all that there is.
            is_vague = key.strength is Strength.SHARED and (named or words)
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

    def _worth_comparing(self, named: list[int], words: Words) -> list[int]:
        if not words or len(named) <= FEW:
            return named
        heard = self._alike.heard(words)
        return [name for name in named if not heard.isdisjoint(self._heard(name))]

    def _is_alike(self, words: Words, name: int) -> bool:
        return not words or self._alike(words, self._sharing.known_names.words[name])

    def _are_one(self, names: list[int]) -> bool:
        first, *others = map(self._sharing.known_names.words.__getitem__, names)
        return all(self._alike(first, other) for other in others)

    def _heard(self, name: int) -> frozenset[str]:
        if name not in self._sounds:
            self._sounds[name] = self._alike.heard(self._sharing.known_names.words[name])
        return self._sounds[name]


def _all(
    by_name: Mapping[int, list[int]], names: Iterable[int], sureness: Sureness
) -> Iterator[tuple[int, Sureness]]:
    return ((place, sureness) for name in names for place in by_name.get(name, ()))
