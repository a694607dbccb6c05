"""Which lead this is: an id derived from its content, so that a file read twice gives one lead."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..values import converters
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint
from ..values.ids import derived_id
from ..values.person import Person
from ..values.text import fold

_EMAIL, _MOBILE = ContactKind.EMAIL, ContactKind.MOBILE  # looking up a member takes long
_LONG_ENOUGH = 7
_SEPARATORS = "-._"
# Before the @ of an address that several people read, in the languages of our lists.
_OF_A_DESK = frozenset(
    """
    info information infos contact contacts contactus kontakt hello hi bonjour welcome accueil
    reception mail email post office desk frontdesk team all staff company general
    sales sale vente ventes commercial commerciale verkauf marketing export import
    support help helpdesk service services sav customerservice customercare care
    admin administrator administration webmaster postmaster hostmaster root it
    order orders commande commandes purchase purchasing procurement achat achats buyer
    billing invoice invoices accounts accounting account compta comptabilite finance facturation
    hr rh jobs job career careers recrutement press presse media pr legal
    secretary secretariat direction management enquiry enquiries inquiry inquiries
    noreply donotreply newsletter
    """.split()  # noqa: SIM905 - as a list of texts it would be a page long
)


def content_id(
    person: Person | None, company: Company | None, contact_points: Iterable[ContactPoint]
) -> str:
    """
    Derive an id from what tells who it is, in any spelling, and not from what may change.

    A personal address does: a mobile number, else an e-mail address that is not one of a desk. So
    do person and company together; where one of them is missing, the shared addresses help.

    >>> sara, mobile = Person("Sara Ahmadi"), ContactPoint("mobile", "+98 912 123 4567")
    >>> content_id(sara, None, [mobile]) == content_id(sara, Company("Novin"), [mobile])
    True
    >>> content_id(sara, None, ()) == content_id(Person("AHMADI Sara"), None, ())
    True
    """
    points = (*contact_points, *with_own(person)[1])
    if personal := personal_id(points):
        return personal
    # What has no letters has no key: then the text itself tells one from another.
    who = person.key or person.name if person else ""
    firm = company.key or company.name if company else ""
    shared = () if who and firm else sorted({_written(point) for point in points})
    return derived_id("lead", who, firm, *shared)


def personal_id(contact_points: Iterable[ContactPoint]) -> str:
    """
    Derive an id from the strongest address that belongs to one person; blank where none does.

    >>> sara = ContactPoint("mobile", "+98 912 123 4567")
    >>> personal_id([sara]) == content_id(None, None, [sara]), personal_id([])
    (True, '')
    """
    personal = personal_addresses(contact_points)
    return derived_id("lead", personal[0]) if personal else ""


def personal_addresses(contact_points: Iterable[ContactPoint]) -> list[str]:
    """
    List the addresses that belong to one person, the strongest first: mobiles, then e-mails.

    >>> desk, sara = (ContactPoint("email", f"{name}@novin.example") for name in ("info", "sara"))
    >>> personal_addresses([desk, sara])
    ['email:sara@novin.example']
    """
    found = [address for point in contact_points if (address := _personal(point))]
    if len(found) > 1:
        found = sorted(set(found), key=lambda address: (address.startswith("mobile"), address))
        found.reverse()
    return found


def _personal(point: ContactPoint) -> str:
    """Write an address that belongs to one person; nothing for any other."""
    kind = point.kind
    if kind is _EMAIL:
        key = point.key
        local, at, _ = key.partition("@")
        name = local.partition("+")[0]
        for sign in _SEPARATORS:
            name = name.replace(sign, "")
        return f"email:{key}" if at and name not in _OF_A_DESK else ""
    if kind is _MOBILE:
        key = point.key
        return f"mobile:{key}" if sum(map(str.isdecimal, key)) >= _LONG_ENOUGH else ""
    return ""


def _written(point: ContactPoint) -> str:
    return f"{point.kind}:{point.key or fold(point.text) or point.text}"


def reached_by(
    email: str, phone: str, mobile: str, others: Iterable[ContactPoint]
) -> tuple[ContactPoint, ...]:
    """
    List the ways to reach a lead: the address, the numbers, and what else is known.

    >>> reached_by("sara@novin.example", "", "", ())
    (ContactPoint(email: …),)
    """
    kinds = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.MOBILE)
    given = zip(kinds, (email, phone, mobile), strict=True)
    points = (ContactPoint(kind, text) for kind, text in given if text)
    return (*points, *converters.points(others))


def with_own(person: Person | None) -> tuple[Person | None, tuple[ContactPoint, ...]]:
    """
    Part a person from the addresses: a lead reaches one person, so they are the lead's.

    >>> with_own(Person("Sara", contact_points=[ContactPoint("email", "sara@novin.example")]))
    (Person(…), (ContactPoint(email: …),))
    """
    if person is None or not person.contact_points:
        return person, ()
    return attrs.evolve(person, contact_points=()), person.contact_points
