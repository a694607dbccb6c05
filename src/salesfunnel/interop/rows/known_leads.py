"""Leads that are known already: found again by what a list tells of them, also by other ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import attrs

from ...leads.captured import LeadCaptured
from ...leads.identity import personal_addresses
from ...leads.lead import Lead
from ...values import converters
from ...values.ids import derived_id
from ...values.person import Person

Key = tuple[object, ...]


class KnownLeads:
    """
    Leads by their match keys: their ids, their personal addresses, and person with company.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> sara = Lead.capture(id="7", person="Sara Ahmadi", email="sara@novin.example", at=monday)
    >>> row = Lead.capture(person="SARA AHMADI", email="Sara@Novin.example", at=monday)
    >>> KnownLeads([sara]).find(row).id
    '7'
    """

    def __init__(self, leads: Iterable[Lead]) -> None:
        """Index the leads; where two have one key, the first is found."""
        self._by_id: dict[str, Lead] = {}
        self._by_key: dict[Key, Lead] = {}
        for lead in converters.several(Lead, leads, "known"):
            self._by_id.setdefault(lead.id, lead)
            for key in _keys(lead):
                self._by_key.setdefault(key, lead)

    def __bool__(self) -> bool:
        """Whether any lead is known."""
        return bool(self._by_id)

    def find(self, told: Lead) -> Lead | None:
        """Find the lead that a row is about."""
        if (same := self._by_id.get(told.id)) is not None:
            return same
        found = (self._by_key.get(key) for key in _keys(told))
        return next(
            (lead for lead in found if lead and not are_two_people(lead.person, told.person)), None
        )


def _keys(lead: Lead) -> Iterator[Key]:
    """List what tells that two leads are one, the strongest first."""
    yield from (("address", address) for address in personal_addresses(lead.contact_points))
    who = lead.person.key if lead.person else ""
    firm = lead.company.key if lead.company else ""
    if who and firm:
        yield "person and company", who, firm
    if who or firm:
        for point in lead.contact_points:
            if point.key:
                yield "shared address", who or firm, (point.kind, point.key)


def another_lead(known: Lead, told: Lead, *, has_id: bool) -> Lead | None:
    """
    Give a lead an id of its own that has the address of another, and another name.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> desk = {"email": "office7@novin.example", "at": monday}
    >>> sara, reza = (Lead.capture(person=name, **desk) for name in ("Sara Ahmadi", "Reza Karimi"))
    >>> sara.id == reza.id, another_lead(sara, reza, has_id=False).id == sara.id
    (True, False)
    """
    if has_id or not are_two_people(known.person, told.person):
        return None
    assert told.person is not None  # noqa: S101 - else they would not be two
    if told.id != known.id:
        return told
    beginning, *rest = told.timeline
    assert isinstance(beginning, LeadCaptured)  # noqa: S101 - as every timeline of a lead begins
    own_id = derived_id("lead", told.id, told.person.key)
    return Lead.replay([attrs.evolve(beginning, id=own_id), *rest])


def are_two_people(one: Person | None, other: Person | None) -> bool:
    """
    Tell whether two names cannot be those of one person: written alike, without a word in common.

    >>> sara, reza = Person("Sara Ahmadi"), Person("Reza Karimi")
    >>> are_two_people(sara, reza), are_two_people(sara, Person("سارا احمدی"))
    (True, False)
    """
    if one is None or other is None:
        return False
    ours, theirs = set(one.key.split()), set(other.key.split())
    if not ours or not theirs or not ours.isdisjoint(theirs):
        return False
    return len({_script(word[0]) for word in ours | theirs}) == 1


def _script(letter: str) -> str:
    """Name the script of a letter, well enough to tell Latin from Arabic and Armenian."""
    return unicodedata.name(letter, "?").partition(" ")[0]
