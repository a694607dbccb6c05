"""What stands in the cells of an account and of one of its people, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ...accounts.account import Account
from ...accounts.people import person_id
from ..people import AccountPerson
from .told_parts import Cells, Told


def account_cells(account: Account, cells: Cells, names: Mapping[str, str]) -> Told:
    """
    Tell an account field by field; ``names`` are those of accounts, by id.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> novin = Account.open(id="7", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> account_cells(novin, Cells.of(load_mapping("vtiger"), "account"), {}).cells["name"]
    'Novin'
    """
    began = account.timeline[0].at
    told = Told({"id": account.id, "name": account.name}, is_usual=False)
    told.cells["created"] = cells.values.moment(began)
    if account.owner:
        told.cells["owner"] = account.owner
    if account.lead_ids:
        told.cells["lead_id"] = account.lead_ids[0]
    if account.parent_id:
        told.cells["parent_id"] = account.parent_id
        if not cells.columns.has("parent_id") and account.parent_id in names:
            told.cells["parent"] = names[account.parent_id]
    if account.company is not None:
        cells.tell_company(told, account.company)
    cells.tell_contact_points(told, account.contact_points)
    cells.tell_source(told, account.source, account.source_words)
    cells.tell_details(told, account.details)
    return told


def person_cells(person: AccountPerson, cells: Cells) -> Told:
    """
    Tell a person of an account field by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.values import Person
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> sara = AccountPerson(id="7", person=Person("Sara Ahmadi"), account="Novin", since=at)
    >>> person_cells(sara, Cells.of(load_mapping("vtiger"), "person")).cells["account"]
    'Novin'
    """
    told = Told({"id": person.id, "created": cells.values.moment(person.since)}, is_usual=False)
    told.cells["account"] = person.account
    told.cells["account_id"] = person.account_id
    told.cells["owner"] = person.owner
    cells.tell_person(told, person.person)
    cells.tell_contact_points(told, person.person.contact_points)
    cells.tell_source(told, person.source, person.source_words)
    cells.tell_details(told, person.details)
    return told


def people_of(account: Account) -> Iterator[AccountPerson]:
    """
    Give the people of an account, each as a list tells of one.

    >>> from datetime import UTC, datetime
    >>> novin = Account.open(
    ...     id="7", name="Novin", people=["Sara"], at=datetime(2026, 3, 2, tzinfo=UTC)
    ... )
    >>> [one.account for one in people_of(novin)]
    ['Novin']
    """
    for person in account.people:
        found = person_id(account.id, person)
        yield AccountPerson(
            id=found,
            person=attrs.evolve(person, id=found),
            account_id=account.id,
            account=account.name,
            owner=account.owner,
            since=account.timeline[0].at,
        )
