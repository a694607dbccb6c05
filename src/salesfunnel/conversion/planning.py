"""Planning a conversion: what the lead brings, held against what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import attrs

from ..accounts.account import Account
from ..accounts.people import find_people, person_id
from ..errors import ConversionRefused, InvalidValue, Text
from ..leads.lead import Lead
from ..opportunities import contacts
from ..opportunities.contacts import Involvement
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.code_lists import OTHER
from ..pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ..qualification.policy import Policy
from ..values import converters
from ..values.change import Change
from ..values.contribution import Contribution
from ..values.money import Money
from ..values.person import Person
from .carrying import Cargo, cargo_for, decisions, settled
from .lead_changes import about_the_owner, at_the_lead, left_with_the_lead, other_name
from .likely import KnownAccounts
from .mapping import STANDARD_MAPPING, Carried, ConversionMapping
from .objections import (
    about_likely_contacts,
    about_the_account,
    about_the_deal,
    about_the_person,
    about_the_role,
    conflicts,
)
from .opening import NEW, NO_ACCOUNT, NO_OPPORTUNITY, Opening
from .plan import ConversionPlan
from .undoing import id_of_new_account

_DEAL_WANTED = Text(
    "deal_wanted",
    "{field} is None, but a name, an amount or a day is given for it",
    "NEW, or an open deal",
)


def plan_conversion(
    lead: Lead,
    *,
    account: Account | None = None,
    contact: Person | str | None = None,
    opportunity: Opportunity | Opening | None = NEW,
    among: Iterable[Account] | KnownAccounts = (),
    mapping: ConversionMapping = STANDARD_MAPPING,
    decide: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    amount: Money | None = None,
    expected_close: date | None = None,
    name: str = "",
    role: str | None = None,
    pipeline: Pipeline = OPPORTUNITY_PIPELINE,
) -> ConversionPlan:
    """
    Plan the conversion of a qualified lead. Raises `ConversionRefused` with every reason.

    Args:
        lead: the lead.
        account: an account that exists; a new one is opened without it.
        contact: who of its people the lead's person is, where the names differ; by id, address
            or name.
        opportunity: an open deal that exists, ``NEW``, or ``None`` for none at all.
        among: the accounts there are; where the lead may belong to one of them, none is chosen.
        mapping: what becomes of each field.
        decide: by the place at the lead, such as company.city: its value (lead), or what stands
            there (keep).
        policy: a policy that must still qualify the lead.
        amount: what the deal is worth.
        expected_close: when it is expected to close.
        name: how it is called; by the company or the person if it is left out.
        role: the part of the person; that of the lead unless given, or decision maker if authority
            was answered with yes.
        pipeline: the pipeline of a new deal.

    >>> from datetime import UTC, datetime
    >>> plan_conversion(Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC)))
    Traceback (most recent call last):
    salesfunnel.errors.ConversionRefused: cannot convert: the stage is new (convert is possible ...
    """
    plan = draft_conversion(
        lead,
        account=account,
        contact=contact,
        opportunity=opportunity,
        among=among,
        mapping=mapping,
        decide=decide,
        policy=policy,
        amount=amount,
        expected_close=expected_close,
        name=name,
        role=role,
        pipeline=pipeline,
    )
    refusal = plan.refusal
    if refusal is not None:
        raise ConversionRefused(refusal)
    return plan


def draft_conversion(
    lead: Lead,
    *,
    account: Account | None = None,
    contact: Person | str | None = None,
    opportunity: Opportunity | Opening | None = NEW,
    among: Iterable[Account] | KnownAccounts = (),
    mapping: ConversionMapping = STANDARD_MAPPING,
    decide: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    amount: Money | None = None,
    expected_close: date | None = None,
    name: str = "",
    role: str | None = None,
    pipeline: Pipeline = OPPORTUNITY_PIPELINE,
) -> ConversionPlan:
    """
    Plan a conversion as `plan_conversion` does, also where it is refused: ``refusal`` says why.

    So a form can show both values of a conflict, and many leads can be planned without a ``try``.

    >>> from datetime import UTC, datetime
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> draft_conversion(lead).refusal.code
    'not_from_here'
    """
    _check_nouns(lead, account, opportunity)
    converters.one(Pipeline, pipeline, "pipeline")
    if opportunity is None and (name or amount is not None or expected_close is not None):
        raise InvalidValue("opportunity", _DEAL_WANTED)
    mapping = converters.one(ConversionMapping, mapping, "mapping").for_class(type(lead))
    chosen = decisions({} if decide is None else decide, mapping)
    deal = opportunity if isinstance(opportunity, Opportunity) else None
    now = max(noun.timeline[-1].at for noun in (lead, account, deal) if noun is not None)
    person = _named_as(lead.person, contact, account)
    told = role or (lead.role if _carries_role(mapping) else "")
    part = contacts.role(told or _part_by_authority(lead, at=now))
    involved = Involvement(person, part, primary=deal is None) if person else None
    account_id = account.id if account else id_of_new_account(lead)
    contact_id = lead.contact_id or _contact_id(lead, person, account, account_id)
    usual_name = _usual_name(lead)
    for_account = cargo_for(
        "account",
        lead,
        mapping,
        contact=involved,
        contact_id=contact_id,
        given={} if account else {"name": usual_name},
    )
    for_deal = cargo_for(
        "opportunity",
        lead,
        mapping,
        contact=involved,
        contact_id=contact_id,
        given={
            "name": converters.name(name) or ("" if deal else usual_name),
            "account_id": account_id,
            "amount": converters.amount(amount),
            "expected_close": converters.expected_close(expected_close),
        },
    )
    if opportunity is None and "steps" in for_deal.values:
        for_account.values["steps"] = for_deal.values.pop("steps")
    account_part, account_changes = _settled(for_account, account, NO_ACCOUNT, chosen)
    account_changes = (
        *account_changes,
        *other_name(lead.person, person),
        *about_the_owner(account, for_account),
    )
    deal_part: Contribution | None = None
    deal_changes: tuple[Change, ...] = ()
    if opportunity is not None:
        deal_part, deal_changes = _settled(for_deal, deal, NO_OPPORTUNITY, chosen)
        deal_changes = (*deal_changes, *about_the_owner(deal, for_deal))
    found = (
        *about_the_account(lead, account, among, chosen),
        *about_the_person(account, for_account.values.get("people", ()), contact),
        *about_likely_contacts(lead, account, among, contact),
        *about_the_deal(deal, account),
        *about_the_role(told if opportunity else "", deal.pipeline if deal else pipeline),
        *conflicts("account", account_changes, for_account),
        *conflicts("opportunity", deal_changes, for_deal),
    )
    plan = ConversionPlan(
        lead=lead,
        account=account,
        opportunity=opportunity,
        contact_id=contact_id,
        pipeline=pipeline,
        policy=policy,
        planned_at=now,
        changes=(),
        objections=found,
        for_account=account_part,
        for_opportunity=deal_part,
        owned_by={"account": for_account.owned_by, "opportunity": for_deal.owned_by},
    )
    changes = (
        *(change.within("account") for change in account_changes),
        *(change.within("opportunity") for change in deal_changes),
        *at_the_lead(plan),
        *left_with_the_lead(lead, mapping, has_deal=opportunity is not None),
    )
    return attrs.evolve(plan, changes=changes)


def _check_nouns(lead: object, account: object, opportunity: Opportunity | Opening | None) -> None:
    """Refuse what is of another kind, such as the id of an account."""
    converters.one(Lead, lead, "lead")
    converters.maybe(Account, account, "account")
    if opportunity is not NEW:
        converters.maybe(Opportunity, opportunity, "opportunity")


def _usual_name(lead: Lead) -> str:
    """Give the name that account and deal bear unless another is given."""
    reached = lead.contact_points[0].text if lead.contact_points else lead.id
    return str(lead.company or lead.person or reached)


def _part_by_authority(lead: Lead, *, at: datetime) -> str:
    """Tell the part of a person of whom no more is known than who may decide."""
    authority = lead.answers.get("authority")
    decides = authority is not None and authority.current(at=at) is True
    return "decision_maker" if decides else OTHER


def _carries_role(mapping: ConversionMapping) -> bool:
    return any(isinstance(row, Carried) and row.field == "role" for row in mapping.rows)


def _named_as(
    person: Person | None, contact: Person | str | None, account: Account | None
) -> Person | None:
    """Call the lead's person as the account does; the deal knows name and title, no addresses."""
    if not contact:
        return person
    found = find_people(account, contact) if account else ()
    told = contact if isinstance(contact, Person) else Person(contact)
    known = found[0] if found else told
    if person is None:
        return attrs.evolve(known, contact_points=())
    return attrs.evolve(person, name=known.name, id=known.id or person.id)


def _contact_id(lead: Lead, person: Person | None, account: Account | None, account_id: str) -> str:
    """Say by which id the account knows the lead's person; blank where there is none."""
    if person is None:
        return ""
    reached = attrs.evolve(person, contact_points=lead.contact_points)
    known = find_people(account, reached) if account else ()
    one = attrs.evolve(known[0], id=known[0].id or person.id) if known else person
    return person_id(account_id, one)


def _settled(
    cargo: Cargo, known: object, nothing: object, decide: Mapping[str, str]
) -> tuple[Contribution, tuple[Change, ...]]:
    """Hold what the lead brings against what stands there; in a new noun nothing stands there."""
    if known is None:
        contribution = Contribution(cargo.values)
        return contribution, contribution.differences(nothing)
    return settled(cargo, known, cargo.decided(decide))
