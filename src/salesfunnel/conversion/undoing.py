"""
The way back from a conversion, for as long as nothing has been built on it.

What it opened is no more; what was there before is what its other events make of it. So only what
would have no ground any more stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

import attrs

from ..accounts.account import Account
from ..errors import Objection, Refusal, Text
from ..history.contributed import ContributionWithdrawn, standing_contribution
from ..history.timeline import apply, standing_in_the_way
from ..leads.converted import LeadConverted, LeadRestored
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.ids import derived_id
from ..values.instants import instant
from .built_on import built_on

NounT = TypeVar("NounT", Account, Opportunity)

_NOT_CONVERTED = Text(
    "not_converted", "the lead is not converted", "give the lead as it stands since"
)
_CONVERTED_ELSEWHERE = Text(
    "converted_elsewhere",
    "the lead was converted elsewhere, and what that changed is not known",
    "undo it where it was converted",
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
_OTHER_OPPORTUNITY = Text(
    "other_opportunity",
    "the opportunity is not the one of the conversion",
    "give {opportunity}",
)
_OPPORTUNITY_MOVED_ON = Text(
    "opportunity_moved_on", "the opportunity has changed since", "lose it instead, with the reason"
)
_BUILT_ON = Text(
    "built_on",
    "later events of the {noun} rest on what the conversion brought: {events}",
    "take these back first",
)


@attrs.frozen
class ConversionUndone:
    """
    What is left of a conversion that was undone: the lead, and what was there before it.

    Account and opportunity are ``None`` where the conversion had opened them: they are no more.

    >>> lead, account, deal = ConversionUndone("the lead")
    >>> account is None
    True
    """

    lead: Lead
    account: Account | None = None
    opportunity: Opportunity | None = None

    def __iter__(self) -> Iterator[Any]:
        """Give lead, account and opportunity, in this order."""
        return iter((self.lead, self.account, self.opportunity))


def id_of_conversion(lead: Lead) -> str:
    """Derive the id of the conversion of a lead as it stands; its contributions bear it too."""
    return derived_id("conversion", lead.id, str(lead.version))


def id_of_new_account(lead: Lead) -> str:
    """Derive the id of the account that the conversion of a lead opens."""
    return derived_id("account", lead.id)


def id_of_new_opportunity(lead: Lead) -> str:
    """Derive the id of the opportunity that the conversion of a lead opens."""
    return derived_id("opportunity", lead.id)


def undone_conversion(
    lead: Lead,
    account: Account | None,
    opportunity: Opportunity | None,
    *,
    at: datetime,
    by: str,
) -> ConversionUndone | Refusal:
    """Undo the conversion of a lead, or return everything that stands in the way."""
    found = _conversion(lead)
    if found is None:
        return Refusal("undo", lead.stage, (_NOT_CONVERTED.objection(),))
    before, converted = found
    if not converted.conversion_id:
        return Refusal("undo", lead.stage, (_CONVERTED_ELSEWHERE.objection(),))
    objections = (
        *_at_the_lead(lead, before, converted),
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
        conversion_id=converted.conversion_id,
    )
    withdrawn = ContributionWithdrawn(at=at, by=by, withdraws=converted.conversion_id)
    return ConversionUndone(
        apply(lead, restored, verb="undo"),
        _without(account, id_of_new_account(lead), converted, withdrawn),
        _without(opportunity, id_of_new_opportunity(lead), converted, withdrawn),
    )


def _conversion(lead: Lead) -> tuple[Lead, LeadConverted] | None:
    """Find the lead before its conversion, and the conversion, unless it was undone already."""
    for place, event in reversed(tuple(enumerate(lead.timeline))):
        if isinstance(event, LeadRestored):
            return None
        if isinstance(event, LeadConverted):
            return type(lead).replay(lead.timeline[:place]), event
    return None


def _without(
    noun: NounT | None, new_id: str, converted: LeadConverted, withdrawn: ContributionWithdrawn
) -> NounT | None:
    """Give what was there before, with the contribution withdrawn; what was opened is no more."""
    if noun is None or _was_opened(noun, new_id, converted):
        return None
    if standing_contribution(noun, withdrawn.withdraws) is None:
        return noun
    return apply(noun, withdrawn, verb="undo")


def _was_opened(noun: Account | Opportunity, new_id: str, converted: LeadConverted) -> bool:
    return noun.id == new_id and noun.timeline[0].at == converted.at


def _at_the_lead(lead: Lead, before: Lead, converted: LeadConverted) -> Iterator[Objection]:
    if lead.stage != converted.to_stage or lead.pipeline != before.pipeline:
        yield _LEAD_MOVED_ON.objection()


def _at_the_account(
    account: Account | None, lead: Lead, converted: LeadConverted
) -> Iterator[Objection]:
    if account is None or account.id != converted.account_id:
        yield _OTHER_ACCOUNT.objection(account_id=converted.account_id)
    elif _was_opened(account, id_of_new_account(lead), converted):
        if _has_lived_on(account, converted):
            yield _ACCOUNT_MOVED_ON.objection()
    elif built := built_on(account, converted.conversion_id):
        yield _BUILT_ON.objection(noun="account", events=built)


def _at_the_opportunity(
    opportunity: Opportunity | None, lead: Lead, converted: LeadConverted
) -> Iterator[Objection]:
    if (opportunity.id if opportunity else "") != converted.opportunity_id:
        named = converted.opportunity_id
        wanted = f"opportunity {named}" if named else "no opportunity"
        yield _OTHER_OPPORTUNITY.objection(opportunity=wanted)
    elif opportunity is None:
        return
    elif _was_opened(opportunity, id_of_new_opportunity(lead), converted):
        if _has_lived_on(opportunity, converted):
            yield _OPPORTUNITY_MOVED_ON.objection()
    elif built := built_on(opportunity, converted.conversion_id):
        yield _BUILT_ON.objection(noun="opportunity", events=built)


def _has_lived_on(noun: Account | Opportunity, converted: LeadConverted) -> bool:
    """Tell whether anything came after the beginning that was not withdrawn."""
    gone = {getattr(event, "withdraws", ""): place for place, event in enumerate(noun.timeline)}
    for place, event in enumerate(noun.timeline[1:], start=1):
        key = getattr(event, "key", "")
        # A correction withdraws what it puts right, and lives on itself; a withdrawal does not.
        is_withdrawal = bool(getattr(event, "withdraws", "")) and not key
        if not is_withdrawal and key != converted.conversion_id and gone.get(key, -1) <= place:
            return True
    return False


def _too_early(*nouns: Lead | Account | Opportunity | None, at: datetime) -> tuple[Objection, ...]:
    found = (standing_in_the_way(noun, at=at) for noun in nouns if noun is not None)
    return tuple(dict.fromkeys(objection for objection in found if objection is not None))
