"""
The way back from a conversion, for as long as nothing has been built on it.

What it has changed is given back; what it has made is gone. So what came later and would
be lost with it stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ..accounts.account import Account
from ..accounts.events import AccountCompleted, AccountRestored
from ..errors import Objection, Refusal, Text
from ..history.timeline import apply, standing_in_the_way
from ..leads.events import LeadConverted, LeadRestored
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values import converters
from ..values.ids import derived_id
from ..values.instants import instant

_NOT_CONVERTED = Text(
    "not_converted", "the lead is not converted", "give the lead as it stands since"
)
_LEAD_MOVED_ON = Text(
    "lead_moved_on", "the lead has moved to another stage since", "lose the opportunity instead"
)
_OTHER_ACCOUNT = Text(
    "other_account", "the account is not the one that the lead became", "give account {account_id}"
)
_ACCOUNT_MOVED_ON = Text(
    "account_moved_on",
    "the account, which it opened, has changed since",
    "keep the account, and lose the opportunity instead",
)
_ACCOUNT_CHANGED = Text(
    "account_changed",
    "what was filled in at the account has changed since: {fields}",
    "undo that first, or lose the opportunity instead",
)
_OTHER_OPPORTUNITY = Text(
    "other_opportunity",
    "the opportunity is not the one that the conversion opened",
    "give opportunity {opportunity_id}",
)
_OPPORTUNITY_MOVED_ON = Text(
    "opportunity_moved_on", "the opportunity has changed since", "lose it instead, with the reason"
)


class ConversionUndone(NamedTuple):
    """
    What is left of a conversion that was undone: the lead, and the account if it is older.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.conversion import plan_conversion
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
    >>> undone = plan_conversion(lead).apply(at=monday).undo(at=monday)
    >>> undone.lead.stage, undone.account
    ('qualified', None)
    """

    lead: Lead
    account: Account | None


def id_of_new_account(lead: Lead) -> str:
    """Derive the id of the account that the conversion of a lead opens."""
    return derived_id("account", lead.id)


def undone_conversion(
    lead: Lead, account: Account, opportunity: Opportunity, *, at: datetime, by: str
) -> ConversionUndone | Refusal:
    """Undo the conversion of a lead, or return everything that stands in the way."""
    converters.one(Lead, lead, "lead")
    converters.one(Account, account, "account")
    converters.one(Opportunity, opportunity, "opportunity")
    conversion = _conversion(lead)
    if conversion is None:
        return Refusal("undo", lead.stage, (_NOT_CONVERTED.objection(),))
    before, converted = conversion
    objections = (
        *_at_the_lead(lead, converted),
        *_at_the_account(account, lead, converted),
        *_at_the_opportunity(opportunity, lead, converted),
        *_too_early(lead, account, opportunity, at=instant(at)),
    )
    if objections:
        return Refusal("undo", lead.stage, objections)
    restored = LeadRestored(
        at=at,
        by=by,
        from_stage=lead.stage,
        to_stage=before.stage,
        last_open_stage=before.last_open_stage,
        stage_since=before.stage_since,
        account_id=before.account_id,
        opportunity_id=before.opportunity_id,
        contact_id=before.contact_id,
    )
    return ConversionUndone(
        apply(lead, restored, verb="undo"), _account_before(account, lead, converted, at=at, by=by)
    )


def _conversion(lead: Lead) -> tuple[Lead, LeadConverted] | None:
    """Find the lead before its conversion, and the conversion, unless it was undone already."""
    for place, event in reversed(tuple(enumerate(lead.timeline))):
        if isinstance(event, LeadRestored):
            return None
        if isinstance(event, LeadConverted):
            return type(lead).replay(lead.timeline[:place]), event
    return None


def _completion(
    account: Account, lead: Lead, converted: LeadConverted
) -> tuple[Account, AccountCompleted] | None:
    """Find the account before it was completed by a conversion, and how, if it lacked anything."""
    mark = (converted.at, (lead.id,))
    for place, event in reversed(tuple(enumerate(account.timeline))):
        if isinstance(event, AccountRestored) and event.lead_ids == (lead.id,):
            return None
        if isinstance(event, AccountCompleted) and (event.at, event.lead_ids) == mark:
            return type(account).replay(account.timeline[:place]), event
    return None


def _was_opened(account: Account, lead: Lead, converted: LeadConverted) -> bool:
    return account.id == id_of_new_account(lead) and account.timeline[0].at == converted.at


def _at_the_lead(lead: Lead, converted: LeadConverted) -> Iterator[Objection]:
    if lead.stage != converted.to_stage:
        yield _LEAD_MOVED_ON.objection()


def _at_the_account(account: Account, lead: Lead, converted: LeadConverted) -> Iterator[Objection]:
    if account.id != converted.account_id:
        yield _OTHER_ACCOUNT.objection(account_id=converted.account_id)
    elif _was_opened(account, lead, converted):
        if account.version > 1:
            yield _ACCOUNT_MOVED_ON.objection()
    elif completion := _completion(account, lead, converted):
        filled = completion[1].completed
        changed = ", ".join(name for name in filled if getattr(account, name) != filled[name])
        if changed:
            yield _ACCOUNT_CHANGED.objection(fields=changed)


def _at_the_opportunity(
    opportunity: Opportunity, lead: Lead, converted: LeadConverted
) -> Iterator[Objection]:
    opened = (opportunity.id, opportunity.lead_id, opportunity.timeline[0].at)
    if opened != (converted.opportunity_id, lead.id, converted.at):
        yield _OTHER_OPPORTUNITY.objection(opportunity_id=converted.opportunity_id)
    elif opportunity.version > 1:
        yield _OPPORTUNITY_MOVED_ON.objection()


def _too_early(*nouns: Lead | Account | Opportunity, at: datetime) -> tuple[Objection, ...]:
    found = (standing_in_the_way(noun, at=at) for noun in nouns)
    return tuple(dict.fromkeys(objection for objection in found if objection is not None))


def _account_before(
    account: Account, lead: Lead, converted: LeadConverted, *, at: datetime, by: str
) -> Account | None:
    if _was_opened(account, lead, converted):
        return None
    completion = _completion(account, lead, converted)
    if completion is None:
        return account
    before, completed = completion
    earlier = {name: getattr(before, name) for name in completed.completed}
    restored = AccountRestored(at=at, by=by, restored=earlier, lead_ids=(lead.id,))
    return apply(account, restored, verb="undo")
