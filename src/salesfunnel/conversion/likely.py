"""Accounts that a lead may belong to, told by its company's name and by its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..accounts.account import Account
from ..leads.lead import Lead
from ..values import converters
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint

# A short number may be that of a switchboard's extension, or of the police.
_LONG_ENOUGH = 7
_STRONG = {
    ContactKind.EMAIL: "email",
    ContactKind.PHONE: "phone",
    ContactKind.MOBILE: "phone",
    ContactKind.WEBSITE: "website",
}


@attrs.frozen
class LikelyAccount:
    """
    An account that a lead may belong to, and what speaks for it: company, email, phone, website.

    >>> LikelyAccount("7", ("company", "email")).by
    ('company', 'email')
    """

    id: str
    by: tuple[str, ...]

    def __str__(self) -> str:
        """Say which account, and why."""
        return f"{self.id} ({', '.join(self.by)})"


class KnownAccounts:
    """
    Accounts that are looked through once, so that many leads can be held against them.

    It grows by `add`, as a register does: with each conversion there is one more account to know.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> known = KnownAccounts([Account.open(id="7", company=Company("Novin Ltd"), at=monday)])
    >>> known.likely(Lead.capture(company="NOVIN", at=monday))
    (LikelyAccount(id='7', by=('company',)),)
    """

    def __init__(self, accounts: Iterable[Account]) -> None:
        """Look through the accounts."""
        self._places: dict[str, int] = {}
        self._found: dict[tuple[str, str], dict[str, None]] = {}
        for account in converters.several(Account, accounts, "among"):
            self.add(account)

    def add(self, account: Account) -> None:
        """
        Look through one more, such as the account that the last conversion has opened or completed.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> known = KnownAccounts([])
        >>> known.add(Account.open(id="7", company="Novin Ltd", at=monday))
        >>> known.likely(Lead.capture(company="NOVIN", at=monday))[0].id
        '7'
        """
        converters.one(Account, account, "account")
        self._places.setdefault(account.id, len(self._places))
        firm = account.company or Company(account.name)
        of_people = (point for person in account.people for point in person.contact_points)
        for key in _keys(firm, (*account.contact_points, *of_people)):
            self._found.setdefault(key, {})[account.id] = None

    def likely(self, lead: Lead) -> tuple[LikelyAccount, ...]:
        """
        Name the accounts that a lead may belong to, in the order in which they were given.

        >>> from datetime import UTC, datetime
        >>> lead = Lead.capture(company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> KnownAccounts([]).likely(lead)
        ()
        """
        found: dict[str, dict[str, None]] = {}
        for key in _keys(lead.company, lead.contact_points):
            for id_ in self._found.get(key, ()):
                found.setdefault(id_, {})[key[0]] = None
        ordered = sorted(found, key=self._places.__getitem__)
        return tuple([LikelyAccount(id_, tuple(found[id_])) for id_ in ordered])


def bears_other_name(account: Account, company: Company | None) -> bool:
    """
    Tell whether an account bears the name of another company than the one that is meant.

    >>> from datetime import UTC, datetime
    >>> novin = Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> bears_other_name(novin, Company("Faradis")), bears_other_name(novin, None)
    (True, False)
    """
    if company is None:
        return False
    if account.company is None and any(person.name == account.name for person in account.people):
        return False
    return (account.company or Company(account.name)).key != company.key


def _keys(company: Company | None, points: Iterable[ContactPoint]) -> Iterator[tuple[str, str]]:
    if company is not None and company.key:
        yield "company", company.key
    if company is not None and company.website:
        points = (*points, ContactPoint(ContactKind.WEBSITE, company.website))
    for point in points:
        key = point.key
        if point.kind in _STRONG and len(key) >= _LONG_ENOUGH:
            yield _STRONG[point.kind], key
