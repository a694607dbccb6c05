"""Leads and deals of one system: linked to each other, and held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..accounts.account import Account
from ..activities.events import ActivityLogged
from ..errors import Text
from ..leads.converted import LeadConverted
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from .rows.file_contradiction import FileContradiction
from .rows.stage_timelines import told_beginning

_OLDER = Text(
    "deal_older_than_lead",
    "deal {deal} was opened on {opened}, before its lead {lead} came on {captured}",
)
_WON_BEFORE = Text(
    "won_before_contact", "deal {deal} was won on {won}, before the first contact on {contact}"
)
_NO_DEAL = Text(
    "converted_without_deal", "lead {lead} was converted, but no deal in the files is of it"
)
_NO_SUCH_DEAL = Text(
    "converted_into_unknown", "lead {lead} was converted into deal {deal}, which is in no file"
)
_NO_SUCH_LEAD = Text(
    "deal_of_unknown_lead", "deal {deal} is that of lead {lead}, which is in no file"
)
_NOT_CONVERTED = Text(
    "deal_of_open_lead", "deal {deal} is that of lead {lead}, which was not converted"
)
_OTHER_ACCOUNT = Text(
    "accounts_differ",
    "lead {lead} was converted into account {account}, but deal {deal} is with {other}",
)
_NO_ACCOUNT = Text(
    "deal_without_account", "deal {deal} is with account {account}, which is in no file"
)


def linked(
    leads: Mapping[str, Lead], deals: Mapping[str, Opportunity]
) -> tuple[dict[str, Lead], dict[str, Opportunity]]:
    """Complete the links between leads and deals, each of which may name the other."""
    all_leads, all_deals = dict(leads), dict(deals)
    for lead in leads.values():
        deal = all_deals.get(lead.opportunity_id)
        if deal is not None and lead.id not in deal.lead_ids:
            all_deals[deal.id] = begun_anew(deal, lead_ids=(*deal.lead_ids, lead.id))
    for deal in all_deals.values():
        for named in deal.lead_ids:
            lead_of_it = all_leads.get(named)
            if lead_of_it is not None and _is_converted(lead_of_it):
                all_leads[named] = _into(lead_of_it, deal)
    return all_leads, all_deals


def begun_anew(deal: Opportunity, **known: Any) -> Opportunity:  # noqa: ANN401 - a field each
    """Return a deal that began with what another file tells of it."""
    beginning, *rest = deal.timeline
    begun: Any = beginning
    return Opportunity.replay([attrs.evolve(begun, **known), *rest])


def _into(lead: Lead, deal: Opportunity) -> Lead:
    """Tell into which deal, and into which account, where the lead does not say."""
    if lead.opportunity_id and lead.account_id:
        return lead
    links: dict[str, Any] = {
        "opportunity_id": lead.opportunity_id or deal.id,
        "account_id": lead.account_id or deal.account_id,
    }
    events = [
        attrs.evolve(event, **links) if isinstance(event, LeadConverted) else event
        for event in lead.timeline
    ]
    return Lead.replay(events)


def contradictions_of(
    leads: Mapping[str, Lead],
    deals: Mapping[str, Opportunity],
    accounts: Mapping[str, Account],
) -> Iterator[FileContradiction]:
    """
    List what the files of leads, deals and accounts deny of each other.

    What is in no file is only named where there is a file of its kind. A beginning that no file
    tells is contradicted by nothing.
    """
    if deals:
        for lead in leads.values():
            yield from _of_converted(lead, deals)
    for deal in deals.values():
        if accounts and deal.account_id and deal.account_id not in accounts:
            yield FileContradiction(_NO_ACCOUNT, {"deal": deal.id, "account": deal.account_id})
        if leads:
            for lead_id in deal.lead_ids:
                yield from _of_deal_and_lead(deal, lead_id, leads)
        yield from _of_contacts(deal, leads)


def _is_converted(lead: Lead) -> bool:
    return lead.pipeline.stage(lead.stage).kind is StageKind.WON


def _of_converted(lead: Lead, deals: Mapping[str, Opportunity]) -> Iterator[FileContradiction]:
    if not _is_converted(lead):
        return
    if not lead.opportunity_id:
        yield FileContradiction(_NO_DEAL, {"lead": lead.id})
        return
    deal = deals.get(lead.opportunity_id)
    if deal is None:
        yield FileContradiction(_NO_SUCH_DEAL, {"lead": lead.id, "deal": lead.opportunity_id})
    elif lead.account_id and deal.account_id and lead.account_id != deal.account_id:
        ids = {"account": lead.account_id, "deal": deal.id, "other": deal.account_id}
        yield FileContradiction(_OTHER_ACCOUNT, {"lead": lead.id, **ids})


def _of_deal_and_lead(
    deal: Opportunity, lead_id: str, leads: Mapping[str, Lead]
) -> Iterator[FileContradiction]:
    lead = leads.get(lead_id)
    if lead is None:
        yield FileContradiction(_NO_SUCH_LEAD, {"deal": deal.id, "lead": lead_id})
        return
    if not _is_converted(lead):
        yield FileContradiction(_NOT_CONVERTED, {"deal": deal.id, "lead": lead_id})
    captured = told_beginning(lead)
    if captured and deal.opened_on and deal.opened_on < captured.date():
        days = {"opened": deal.opened_on, "captured": captured.date()}
        yield FileContradiction(_OLDER, {"deal": deal.id, "lead": lead_id, **days})


def _of_contacts(deal: Opportunity, leads: Mapping[str, Lead]) -> Iterator[FileContradiction]:
    """Name a deal that was won before anyone on our side is known to have met them."""
    won = deal.closed_on
    if won is None or deal.loss is not None:
        return
    nouns: list[Lead | Opportunity] = [deal, *(leads[one] for one in deal.lead_ids if one in leads)]
    contacts: list[date] = [
        event.happened.date()
        for noun in nouns
        for event in noun.timeline
        if isinstance(event, ActivityLogged) and event.is_contact
    ]
    if contacts and min(contacts) > won:
        yield FileContradiction(
            _WON_BEFORE, {"deal": deal.id, "won": won, "contact": min(contacts)}
        )
