"""Which lead this is: an id derived from its content, so that a file read twice gives one lead."""

from __future__ import annotations

from collections.abc import Iterable

from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.ids import derived_id
from ..values.person import Person


def content_id(
    person: Person | None, company: Company | None, contact_points: Iterable[ContactPoint]
) -> str:
    """
    Derive an id from who it is and how to reach them, whatever the spelling.

    >>> content_id(Person("Sara Ahmadi"), None, ()) == content_id(Person("AHMADI Sara"), None, ())
    True
    """
    points = sorted(f"{point.kind}:{point.key or point.text}" for point in contact_points)
    return derived_id("lead", person.key if person else "", company.key if company else "", *points)
