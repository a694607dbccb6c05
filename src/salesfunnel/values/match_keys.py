"""Match keys: what two entries of one person or firm are likely to share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from ..errors import WrongKind
from . import converters
from .company import Company
from .company_names import company_keys
from .contact_points import ContactKind, ContactPoint
from .numbering_plans import national_number
from .sounds import firm_sound
from .text import fold

# What comes in here is for a firm, not for one person.
_MAILBOXES = """
info contact office mail mailbox email post hello hi sales sale support service help helpdesk
admin administrator webmaster postmaster hostmaster noreply no-reply billing accounting accounts
finance invoice orders order shop store marketing media press pr hr jobs job careers career team
enquiries inquiry reception secretariat export import purchase purchasing customer
customerservice accueil bonjour commercial compta comptabilite direction secretariat rh vente
ventes facturation achats
"""
# Who has an address there has nothing else in common.
_PROVIDERS = """
gmail.com googlemail.com yahoo.com yahoo.fr ymail.com rocketmail.com hotmail.com hotmail.fr
hotmail.co.uk live.com live.fr msn.com outlook.com outlook.fr icloud.com me.com mac.com aol.com
aim.com mail.com gmx.com gmx.net gmx.de web.de t-online.de proton.me protonmail.com zoho.com
yandex.com yandex.ru mail.ru inbox.ru list.ru bk.ru rambler.ru fastmail.com tutanota.com
orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr neuf.fr numericable.fr chmail.ir
mihanmail.ir mailfa.com
"""
_READERS = "several readers of keys, such as LEAD_KEYS"
_KEYS = "readers of pairs of a MatchKey and its value"
_IS_MAILBOX = frozenset(_MAILBOXES.split())
_IS_PROVIDER = frozenset(_PROVIDERS.split())
_AN_EMAIL, _A_MOBILE = ContactKind.EMAIL, ContactKind.MOBILE
_MOST_REMEMBERED = 10_000
_WITH_NUMBER = frozenset({ContactKind.PHONE, ContactKind.MOBILE})


class Strength(StrEnum):
    """
    How much it says that two entries share a value.

    ``identity``: it is given to one alone, such as a number in a register, so the names may differ.
    ``own``: a mobile number, a personal address; the names must not differ. ``shared``: the same,
    but less sure, since others may have it too, such as a switchboard. ``context``: a company, a
    town, a birthday; both names must be known, and alike.

    >>> Strength("own").name
    'OWN'
    """

    IDENTITY = "identity"
    OWN = "own"
    SHARED = "shared"
    CONTEXT = "context"


def _name(text: str) -> str:
    return converters.visible_line(text, "name")


def _strength(text: str) -> Strength:
    return converters.choice(Strength, text, "strength")


@attrs.frozen(cache_hash=True)
class MatchKey:
    """
    A thing by which two entries are held to be one person or firm, and how much it says.

    >>> MatchKey("badge", "own").strength.value
    'own'
    """

    name: str = attrs.field(converter=_name)
    """What a link says that it rests on."""
    strength: Strength = attrs.field(converter=_strength)
    between_scripts: Callable[[str], str] | None = attrs.field(default=None, kw_only=True)
    """What two values in different scripts have in common, such as a sound; blank if little."""
    unless_differing: MatchKey | None = attrs.field(default=None, kw_only=True)
    """Another match key: two who have values of that which differ share nothing by this one."""

    @property
    def by_sound(self) -> MatchKey:
        """
        The match key of two values in different scripts that have that in common.

        >>> MatchKey("company", "context", between_scripts=str.upper).by_sound.name
        'company by sound'
        """
        return MatchKey(f"{self.name} by sound", self.strength)


KeyReader = Callable[[Any], Iterable[tuple[MatchKey, str]]]
"""
Reads match keys with their values from a lead, an account or a person; blanks count for nothing.

>>> BADGE = MatchKey("badge", "own")
>>> def badges(lead):
...     yield BADGE, lead.details.get("badge", "")
"""


_REGISTERED = MatchKey("registration number", Strength.IDENTITY)
_MOBILE = MatchKey("mobile", Strength.OWN)
_EMAIL = MatchKey("email", Strength.OWN)
_PHONE = MatchKey("phone", Strength.SHARED)
_MAILBOX = MatchKey("mailbox", Strength.SHARED)
_WEBSITE = MatchKey("website", Strength.SHARED)
_SITE_OF_FIRM = MatchKey("website", Strength.CONTEXT)
_DOMAIN = MatchKey("domain", Strength.CONTEXT)
_COMPANY = MatchKey("company", Strength.CONTEXT, between_scripts=firm_sound)
# Namesakes are many in a town, but few of them have firms of names that are nearly the same.
_TOWN = MatchKey("name and town", Strength.CONTEXT, unless_differing=_COMPANY)


def address_keys(noun: Any) -> list[tuple[MatchKey, str]]:  # noqa: ANN401 - any noun
    """
    Read what addresses say: numbers as mobile and phone, e-mails as own, mailbox and domain.

    >>> from salesfunnel.values import Person
    >>> sara = Person("Sara", contact_points=[ContactPoint("email", "info@novin.example")])
    >>> [(key.name, value) for key, value in address_keys(sara)]
    [('mailbox', 'info@novin.example'), ('domain', 'novin.example')]
    """
    told: list[tuple[MatchKey, str]] = []
    for point in _points(noun):
        key, kind = point.key, point.kind
        if not key:
            continue
        if kind is _AN_EMAIL:
            local, _, domain = key.rpartition("@")
            is_mailbox = local.partition("+")[0] in _IS_MAILBOX
            told.append((_MAILBOX if is_mailbox else _EMAIL, key))
            if domain not in _IS_PROVIDER:
                told.append((_DOMAIN, domain))
        elif kind in _WITH_NUMBER:
            number = national_number(key)
            if kind is _A_MOBILE:
                told.append((_MOBILE, number))
            # Many do not say that a number is a mobile one.
            told.append((_PHONE, number))
    return told


def _points(noun: Any) -> Iterable[ContactPoint]:  # noqa: ANN401 - any noun
    points: tuple[ContactPoint, ...] = noun.contact_points
    for person in (getattr(noun, "person", None), *getattr(noun, "people", ())):
        if person is not None and person.contact_points:
            points = (*points, *person.contact_points)
    return points


def _registered(noun: Any) -> Iterable[tuple[MatchKey, str]]:  # noqa: ANN401 - with details
    number = noun.details.get("registration_number")
    return () if number is None else ((_REGISTERED, fold(str(number))),)


class _AboutCompany:
    """Reads the company of a lead; a search has one of its own, which remembers what it has met."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._keys: dict[str, tuple[str, ...]] = {}

    def __call__(self, lead: Any) -> Iterable[tuple[MatchKey, str]]:  # noqa: ANN401 - a lead
        company, person = lead.company, lead.person
        if company is None:
            return ()
        keys = self._keys.get(company.name)
        if keys is None:
            keys = company_keys(company.name)
            if len(self._keys) < self._most:
                self._keys[company.name] = keys
        told = [(_COMPANY, key) for key in keys]
        if company.website:
            told.append((_SITE_OF_FIRM, ContactPoint(ContactKind.WEBSITE, company.website).key))
        if company.city and person is not None:
            told.append((_TOWN, f"{person.key}|{fold(company.city)}"))
        return told


def _of_account(account: Any) -> Iterable[tuple[MatchKey, str]]:  # noqa: ANN401 - an account
    company = account.company or Company(account.name)
    points = [p for p in account.contact_points if p.kind is ContactKind.WEBSITE]
    if company.website:
        points.append(ContactPoint(ContactKind.WEBSITE, company.website))
    keys = company_keys(company.name)
    return [*((_COMPANY, key) for key in keys), *((_WEBSITE, point.key) for point in points)]


PERSON_KEYS: tuple[KeyReader, ...] = (address_keys,)
"""What a person may be known by again: a mobile number, an own address, a number, a mailbox."""

LEAD_KEYS: tuple[KeyReader, ...] = (_registered, address_keys, _AboutCompany())
"""Also a number in a register, the company and its website, and the name with the town."""

ACCOUNT_KEYS: tuple[KeyReader, ...] = (_registered, address_keys, _of_account)
"""What a firm may be known by again: a number in a register, its addresses, its name."""

_OF_THE_HOUSE = frozenset((*PERSON_KEYS, *LEAD_KEYS, *ACCOUNT_KEYS))


def sound_between_scripts(key: MatchKey, value: str) -> str:
    """
    Return what a value has in common with one in another script; blank where that is nothing.

    >>> company = MatchKey("company", "context", between_scripts=firm_sound)
    >>> sound_between_scripts(company, "irankhodro"), sound_between_scripts(_TOWN, "irankhodro")
    ('rnxdr', '')
    """
    return key.between_scripts(value) if key.between_scripts and value else ""


def lead_keys_of_a_search() -> tuple[KeyReader, ...]:
    """
    Return the usual keys of leads, for one search: they remember the names of firms they have met.

    >>> len(lead_keys_of_a_search()) == len(LEAD_KEYS)
    True
    """
    return (*LEAD_KEYS[:-1], _AboutCompany(_MOST_REMEMBERED))


def key_readers(keys: Iterable[KeyReader]) -> tuple[KeyReader, ...]:
    """
    Let in several readers of match keys.

    >>> key_readers(LEAD_KEYS) == LEAD_KEYS
    True
    """
    if isinstance(keys, (str, type)) or not hasattr(keys, "__iter__"):
        raise WrongKind.of("keys", keys, wanted=_READERS)
    readers = tuple(keys)
    for read in readers:
        if not callable(read):
            raise WrongKind.of("keys", read, wanted=_READERS)
    return readers


def read_keys(
    read: KeyReader,
    noun: Any,  # noqa: ANN401 - any noun
) -> Iterable[tuple[MatchKey, str]]:
    """
    Ask a reader, which may be of the host, and refuse what is no match key with its value.

    >>> from salesfunnel.values import Person
    >>> list(read_keys(PERSON_KEYS[0], Person("Sara")))
    []
    """
    told = read(noun)
    is_ours = read in _OF_THE_HOUSE or isinstance(read, _AboutCompany)
    return told if is_ours else _checked(told)


def _checked(told: Any) -> Iterator[tuple[MatchKey, str]]:  # noqa: ANN401 - of the host
    if isinstance(told, type) or not hasattr(told, "__iter__"):
        raise WrongKind.of("keys", told, wanted=_KEYS)
    for one in told:
        try:
            key, value = one
            hash(value)
        except (TypeError, ValueError):
            raise WrongKind.of("keys", one, wanted=_KEYS) from None
        if not isinstance(key, MatchKey):
            raise WrongKind.of("keys", key, wanted=_KEYS)
        yield key, value
