"""Rows with the address of another lead, and another name: two people who share it."""

from __future__ import annotations

import attrs

from ...leads.captured import LeadCaptured
from ...leads.lead import Lead
from ...values.ids import derived_id
from ...values.names import are_two_people


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
    if not are_two_people(known.person.name, told.person.name):
        return None
    if told.id != known.id:
        return told
    beginning, *rest = told.timeline
    assert isinstance(beginning, LeadCaptured)  # noqa: S101 - as every timeline of a lead begins
    own_id = derived_id("lead", told.id, told.person.key)
    return Lead.replay([attrs.evolve(beginning, id=own_id), *rest])
