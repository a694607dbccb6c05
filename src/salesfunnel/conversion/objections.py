"""What speaks against a conversion: about the account, the person, the deal, and each conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ..accounts.account import Account
from ..accounts.people import find_people
from ..errors import Objection, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.codes import unknown_code
from ..pipeline.pipeline import Pipeline
from ..values.change import Change, ChangeKind
from ..values.members import Members
from ..values.person import Person
from ..values.sameness import member_keys, places_of
from .carrying import Cargo
from .likely import KnownAccounts, bears_other_name

_AMBIGUOUS = Text(
    "ambiguous",
    "the lead may belong to {accounts}",
    "give account=, or leave among= out to open a new account",
)
_AMBIGUOUS_CONTACT = Text(
    "ambiguous_contact",
    "the person of the lead may be {contacts} of the account",
    "give contact=, or leave among= out to add a new one",
)
_OTHER_COMPANY = Text(
    "other_company",
    "the account bears another name than the {fact} of the lead",
    "give the right account, or decide={{'{fact}': 'lead' or 'keep'}}",
)
_CONTACT_ELSEWHERE = Text(
    "contact_elsewhere", "the contact is not one of the account's people", "give one of its people"
)
_AMBIGUOUS_PERSON = Text(
    "ambiguous_person",
    "the account has {number} people of that name",
    "give them ids or addresses that tell which is which",
)
_DEAL_CLOSED = Text(
    "deal_closed", "the opportunity is closed ({stage})", "reopen it first, or open a new one"
)
_DEAL_OF_OTHER_ACCOUNT = Text(
    "deal_of_other_account", "the opportunity belongs to account {account_id}", "give that account"
)
_CONFLICT = Text(
    "conflict",
    "the {noun} has another {fact} than the lead",
    "decide={{'{fact}': 'lead' or 'keep'}}",
)


def about_the_account(
    lead: Lead,
    account: Account | None,
    among: Iterable[Account] | KnownAccounts,
    decide: Mapping[str, str],
) -> Iterator[Objection]:
    """Ask which account is meant, and object to one that bears another name."""
    if account is None:
        known = among if isinstance(among, KnownAccounts) else KnownAccounts(among)
        if likely := known.likely(lead):
            yield _AMBIGUOUS.objection(accounts=", ".join(map(str, likely)))
    elif "company" not in decide and bears_other_name(account, lead.company):
        yield _OTHER_COMPANY.objection(fact="company")


def about_the_person(
    account: Account | None, offered: Iterable[Person], contact: Person | str | None
) -> Iterator[Objection]:
    """Object to a contact of elsewhere, and to a person who may be any of several."""
    known = Members.of(account.people if account else (), member_keys)
    if contact and not (account and find_people(account, contact)):
        yield _CONTACT_ELSEWHERE.objection()
    for person in offered:
        number = len(places_of(known, person))
        if number > 1:
            yield _AMBIGUOUS_PERSON.objection(number=number)


def about_likely_contacts(
    lead: Lead,
    account: Account | None,
    among: Iterable[Account] | KnownAccounts,
    contact: Person | str | None,
) -> Iterator[Objection]:
    """Object to a new person where one under another spelling may be meant."""
    if account is None or contact or lead.person is None:
        return
    if not isinstance(among, KnownAccounts):
        among = KnownAccounts([account]) if tuple(among) else KnownAccounts(())
    reached = attrs.evolve(lead.person, contact_points=lead.contact_points)
    likely = among.contacts(account.id, lead)
    if likely and not find_people(account, reached):
        yield _AMBIGUOUS_CONTACT.objection(contacts=" or ".join(map(str, likely)))


def about_the_deal(deal: Opportunity | None, account: Account | None) -> Iterator[Objection]:
    """Object to a deal that is closed, or that belongs to another account."""
    if deal is None:
        return
    if not deal.pipeline.stage(deal.stage).is_open:
        yield _DEAL_CLOSED.objection(stage=deal.stage)
    if deal.account_id not in {"", account.id if account else ""}:
        yield _DEAL_OF_OTHER_ACCOUNT.objection(account_id=deal.account_id)


def about_the_role(role: str, pipeline: Pipeline) -> Iterator[Objection]:
    """Object to a role that was told, and that the pipeline of the deal does not have."""
    place = f"the roles of {pipeline.name}"
    found = unknown_code(role, pipeline.roles, field="role", place=place) if role else None
    if found is not None:
        yield found


def conflicts(noun: str, changes: Iterable[Change], cargo: Cargo) -> Iterator[Objection]:
    """Object to each pair of values of which it is not decided which one stands."""
    for change in changes:
        if change.kind is ChangeKind.CONFLICT:
            fact = cargo.origin(change.place)
            yield _CONFLICT.objection(noun=noun, fact=fact)
