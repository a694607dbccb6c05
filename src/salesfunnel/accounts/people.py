"""The people of an account: finding one of them, and the id by which others name one."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import SalesFunnelError
from ..history.person_merged import standing_merges
from ..values.contact_points import ContactKind, ContactPoint
from ..values.ids import derived_id
from ..values.members import Members
from ..values.person import Person
from ..values.sameness import member_keys, places_of
from .account import Account

_REACHING = (ContactKind.EMAIL, ContactKind.MOBILE, ContactKind.PHONE, ContactKind.FAX)


def find_people(account: Account, who: Person | str) -> tuple[Person, ...]:
    """
    Find people of an account by an id, an address, or a name, in any spelling.

    All whom it may mean are given, so that none is chosen for you: two may share a name or a
    number. An address of the firm finds none of them.

    >>> from datetime import UTC, datetime
    >>> sara = Person("Sara Ahmadi", contact_points=[ContactPoint("email", "sara@novin.example")])
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> novin = Account.open(id="7", name="Novin", people=[sara, "Li Wei"], at=monday)
    >>> [str(person) for person in find_people(novin, "SARA@novin.example")]
    ['Sara Ahmadi']
    """
    people = Members.of(account.people, member_keys)
    if isinstance(who, Person):
        return tuple([people[place] for place in places_of(people, who)])
    for key in _keys(who):
        if places := people.at(key):
            return tuple([people[place] for place in places])
    id_ = _since_merged(account, who)
    return tuple([person for person in people if person_id(account.id, person) == id_])


def _since_merged(account: Account, id_: str) -> str:
    """Follow an id from merge to merge, to the one who bears it or took its place."""
    into = {merge.gone: merge.into for merge in standing_merges(account.timeline).values()}
    while id_ in into:
        id_ = into.pop(id_)
    return id_


def person_id(account_id: str, person: Person) -> str:
    """
    Give the id of a person at an account: the given one, or one derived from account and name.

    >>> person_id("7", Person("Sara Ahmadi")) == person_id("7", Person("AHMADI Sara"))
    True
    >>> person_id("7", Person("Sara Ahmadi", id="contact 12"))
    'contact 12'
    """
    return person.id or derived_id("person", account_id, person.key or person.name)


def _keys(text: str) -> Iterator[object]:
    """List the keys under which a text may stand: as an id, as an address, and as a name."""
    yield "id", text
    for kind in _REACHING:
        try:
            (key,) = member_keys(ContactPoint(kind, text))
            yield key
        except SalesFunnelError:
            return  # what is no text, or shows nothing, names none of them
    yield member_keys(Person(text))[0]
