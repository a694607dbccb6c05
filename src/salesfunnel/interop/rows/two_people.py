"""Rows with the address of another lead, and another name: two people who share it."""

from __future__ import annotations

import attrs

from ...leads.captured import LeadCaptured
from ...leads.lead import Lead
from ...values.ids import derived_id
from ...values.names import are_two_people, called_words
from ...values.person import Person


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
    if has_id or known.person is None or told.person is None:
        return None
    if not are_called_otherwise(known.person, told.person):
        return None
    if told.id != known.id:
        return told
    beginning, *rest = told.timeline
    assert isinstance(beginning, LeadCaptured)  # noqa: S101 - as every timeline of a lead begins
    own_id = derived_id("lead", told.id, told.person.key)
    return Lead.replay([attrs.evolve(beginning, id=own_id), *rest])


def are_called_otherwise(one: Person, other: Person) -> bool:
    """
    Tell whether two cannot be one person by their names, nor by titles where those are all.

    >>> mr, mrs = (Person("Dupont", salutation=title) for title in ("M.", "Mme"))
    >>> are_called_otherwise(mr, mrs), are_called_otherwise(mr, Person("Jean Dupont"))
    (True, False)
    """
    ours, theirs = (called_words(person.name, person.salutation) for person in (one, other))
    return are_two_people(ours, theirs)
