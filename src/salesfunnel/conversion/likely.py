"""Accounts and people that a lead may belong to, told by the match keys of the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import attrs

from ..accounts.account import Account
from ..accounts.people import person_id
from ..history.contributed import Contributed
from ..leads.lead import Lead
from ..values import converters
from ..values.company import Company
from ..values.company_names import company_keys, company_words
from ..values.match_keys import (
    ACCOUNT_KEYS,
    LEAD_KEYS,
    PERSON_KEYS,
    KeyReader,
    Strength,
    key_readers,
    read_keys,
    sound_between_scripts,
)
from ..values.names import SCRIPTS, Alike, Words, called_words, name_words, script, sound_the_same
from ..values.person import Person

_Key = tuple[str, str]
_NAME = "name"
_COMPANY, _BY_SOUND = "company", "company by sound"


@attrs.frozen
class LikelyContact:
    """
    A person of an account who may be the one behind a lead, and what speaks for it.

    >>> print(LikelyContact("p7", ("mobile", "name")))
    p7 (mobile, name)
    """

    id: str
    by: tuple[str, ...]

    def __str__(self) -> str:
        """Say who, by the id, and why."""
        return f"{self.id} ({', '.join(self.by)})"


@attrs.frozen
class LikelyAccount:
    """
    An account that a lead may belong to, what speaks for it, and who of its people may be meant.

    >>> print(LikelyAccount("7", ("company", "email"), (LikelyContact("p7", ("email",)),)))
    7 (company, email), there p7 (email)
    """

    id: str
    by: tuple[str, ...]
    contacts: tuple[LikelyContact, ...] = ()

    def __str__(self) -> str:
        """Say which account, and why, and who."""
        there = f", there {' or '.join(map(str, self.contacts))}" if self.contacts else ""
        return f"{self.id} ({', '.join(self.by)}){there}"


class KnownAccounts:
    """
    Accounts that are looked through once, so that many leads can be held against them.

    It grows by `add`, as a register does: with each conversion there is one more account to know.

    Args:
        accounts: the accounts there are.
        keys: further readers of match keys, which read leads and accounts alike.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> known = KnownAccounts([Account.open(id="7", company=Company("Novin Ltd"), at=monday)])
    >>> known.likely(Lead.capture(company="NOVIN", at=monday))
    (LikelyAccount(id='7', by=('company',), contacts=()),)
    """

    def __init__(self, accounts: Iterable[Account], *, keys: Iterable[KeyReader] = ()) -> None:
        """Look through the accounts."""
        further = key_readers(keys)
        self._of_leads = (*LEAD_KEYS, *further)
        self._of_accounts = (*ACCOUNT_KEYS, *further)
        self._versions: dict[str, int] = {}
        self._found: dict[_Key, dict[str, Strength]] = defaultdict(dict)
        self._known_by: dict[str, set[_Key]] = defaultdict(set)
        self._people: dict[str, People] = {}
        self._names: dict[str, Words] = {}
        self._alike_firms = Alike(str.__eq__, are_firms=True)
        for account in converters.several(Account, accounts, "among"):
            self.add(account)

    def add(self, account: Account) -> None:
        """
        Look through one more, such as the account that the last conversion has opened or completed.

        Of an account that is known already only what has happened since is looked through.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> known = KnownAccounts([])
        >>> known.add(Account.open(id="7", company="Novin Ltd", at=monday))
        >>> known.likely(Lead.capture(company="NOVIN", at=monday))[0].id
        '7'
        """
        converters.one(Account, account, "account")
        since = account.timeline[self._versions.get(account.id, 0) :]
        brought = [event for event in since if isinstance(event, Contributed)]
        if account.id in self._versions and len(brought) == len(since):
            for event in brought:
                self._learn(account, _told_by(account, event))
        else:
            self._forget(account.id)
            self._learn(account, account)
        self._names[account.id] = company_words((account.company or Company(account.name)).name)
        self._versions[account.id] = account.version

    def likely(self, lead: Lead) -> tuple[LikelyAccount, ...]:
        """
        Name the accounts that a lead may belong to, in the order in which they were given.

        What firms have in common, such as a domain, speaks for one only where the names agree.

        >>> from datetime import UTC, datetime
        >>> lead = Lead.capture(company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> KnownAccounts([]).likely(lead)
        ()
        """
        found: dict[str, dict[str, Strength]] = defaultdict(dict)
        for key, value in _keys(lead, self._of_leads):
            for id_, strength in self._found.get((key, value), {}).items():
                if key != _BY_SOUND or self._bears_its_name(id_, lead):
                    found[id_][key] = strength
        return tuple(
            LikelyAccount(id_, tuple(found[id_]), self.contacts(id_, lead))
            for id_ in self._versions
            if id_ in found and _is_enough(found[id_], lead)
        )

    def _bears_its_name(self, account_id: str, lead: Lead) -> bool:
        """Tell whether the names of firms agree in more than their consonants, word by word."""
        told = company_words(lead.company.name) if lead.company else ()
        return self._alike_firms(told, self._names[account_id])

    def contacts(self, account_id: str, lead: Lead) -> tuple[LikelyContact, ...]:
        """
        Name the people of an account who may be the person of a lead.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> novin = Account.open(id="7", name="Novin", people=["Sara Ahmadi"], at=monday)
        >>> lead = Lead.capture(person="سارا احمدی", company="Novin", at=monday)
        >>> [contact.by for contact in KnownAccounts([novin]).contacts("7", lead)]
        [('name',)]
        """
        people = self._people.get(account_id)
        return people.likely(lead) if people else ()

    def _learn(self, account: Account, told: Any) -> None:  # noqa: ANN401 - an account, or a part
        for read in self._of_accounts:
            for key, value in read_keys(read, told):
                if value:
                    self._put(account, (key.name, value), key.strength)
                if heard := sound_between_scripts(key, value):
                    self._put(
                        account, (key.by_sound.name, f"{script(value)} {heard}"), key.strength
                    )
        people = self._people.setdefault(account.id, People(account.id))
        for person in told.people:
            people.add(person)

    def _put(self, account: Account, known_by: _Key, strength: Strength) -> None:
        self._found[known_by][account.id] = strength
        self._known_by[account.id].add(known_by)

    def _forget(self, account_id: str) -> None:
        for key in self._known_by.pop(account_id, ()):
            self._found[key].pop(account_id, None)
        self._people.pop(account_id, None)


class People:
    """
    The people of one account, by their addresses and by what their names sound like.

    >>> people = People("7")
    >>> people.add(Person("Sara Ahmadi", id="p7"))
    """

    def __init__(self, account_id: str) -> None:
        """Begin with none."""
        self._account_id = account_id
        self._alike = Alike(str.__eq__)
        self._known: dict[str, Person] = {}
        self._found: dict[_Key, dict[str, None]] = defaultdict(dict)

    def add(self, person: Person) -> None:
        """Look through one more."""
        id_ = person_id(self._account_id, person)
        self._known[id_] = person
        for key in (*_keys(person, PERSON_KEYS), *self._sounds(person)):
            self._found[key][id_] = None

    def likely(self, lead: Lead) -> tuple[LikelyContact, ...]:
        """Name those who may be the person of a lead: alike by name, or without one by address."""
        named = lead.person
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key in _keys(lead, PERSON_KEYS):
            for id_ in self._found.get(key, ()):
                found[id_][key[0]] = None
        for key in self._sounds(named) if named else ():
            for id_ in self._found.get(key, ()):
                found[id_][_NAME] = None
        return tuple(
            LikelyContact(id_, tuple(by))
            for id_, by in found.items()
            if named is None or self._are_alike(named, self._known[id_])
        )

    def _sounds(self, person: Person) -> Iterator[_Key]:
        for heard in self._alike.heard(name_words(person.name)):
            yield _NAME, heard

    def _are_alike(self, one: Person, other: Person) -> bool:
        ours, theirs = (called_words(p.name, p.salutation) for p in (one, other))
        return self._alike(ours, theirs)


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
    known = company_keys((account.company or Company(account.name)).name)
    told = company_keys(company.name)
    return set(known).isdisjoint(told) and not sound_the_same(known[0], told[0])


def _keys(noun: Any, readers: Iterable[KeyReader]) -> Iterator[_Key]:  # noqa: ANN401 - a noun
    for read in readers:
        for key, value in read_keys(read, noun):
            if value:
                yield key.name, value
            if heard := sound_between_scripts(key, value):
                others = (other for other in SCRIPTS if other != script(value))
                yield from ((key.by_sound.name, f"{other} {heard}") for other in others)


def _told_by(account: Account, event: Contributed) -> SimpleNamespace:
    """Give what a contribution tells of an account, in the fields that readers of keys ask for."""
    values = event.contribution.values
    return SimpleNamespace(
        name=account.name,
        company=account.company,
        contact_points=values.get("contact_points", ()),
        people=values.get("people", ()),
        details=account.details,
        timeline=account.timeline,
    )


def _is_enough(by: dict[str, Strength], lead: Lead) -> bool:
    """Tell whether it speaks for an account: what many have in common does so for its name."""
    return (
        lead.company is None
        or _COMPANY in by
        or _BY_SOUND in by
        or any(strength is not Strength.CONTEXT for strength in by.values())
    )
