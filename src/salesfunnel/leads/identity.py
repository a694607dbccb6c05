"""Which lead this is: an id derived from its content, so that a file read twice gives one lead."""

from __future__ import annotations

from collections.abc import Iterable

from ..values import converters
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint
from ..values.ids import derived_id
from ..values.person import Person
from ..values.text import fold


def content_id(
    person: Person | None, company: Company | None, contact_points: Iterable[ContactPoint]
) -> str:
    """
    Derive an id from who it is and how to reach them, in any spelling.

    >>> content_id(Person("Sara Ahmadi"), None, ()) == content_id(Person("AHMADI Sara"), None, ())
    True
    """
    points = {f"{p.kind}:{p.key or fold(p.text) or p.text}" for p in contact_points}
    # What has no letters has no key: then the text itself tells one from another.
    who = person.key or person.name if person else ""
    firm = company.key or company.name if company else ""
    return derived_id("lead", who, firm, *sorted(points))


def reached_by(email: str, phone: str, others: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """
    List the ways to reach a lead: the address, the number, and what else is known.

    >>> reached_by("sara@novin.example", "", ())
    (ContactPoint(email: …),)
    """
    given = ((ContactKind.EMAIL, email), (ContactKind.PHONE, phone))
    points = (ContactPoint(kind, text) for kind, text in given if text)
    return (*points, *converters.points(others))
