"""An ``if`` tells the type checker which answer it has."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from salesfunnel import Lead, Opportunity
from salesfunnel.errors import Objection, Refusal
from salesfunnel.leads import LeadEvent
from salesfunnel.opportunities import OpportunityEvent
from salesfunnel.pipeline import Permit, Way


def button(deal: Opportunity, at: datetime) -> str:
    """Say where a button leads, or what to do first."""
    verdict = deal.decide("win", at=at)
    if verdict:
        assert_type(verdict, Permit)
        return verdict.destination.title
    assert_type(verdict, Refusal)
    assert_type(verdict.objections, tuple[Objection, ...])
    return verdict.objections[0].remedy


def board(lead: Lead, at: datetime) -> dict[str, tuple[str, ...]]:
    """List where a card may go, and what each move needs."""
    ways = lead.ways(at=at)
    assert_type(ways, tuple[Way, ...])
    return {way.destination.name: way.needs for way in ways if way}


def first_events(lead: Lead, deal: Opportunity) -> tuple[LeadEvent, OpportunityEvent]:
    """Timelines hold the events of their noun."""
    assert_type(lead.timeline, tuple[LeadEvent, ...])
    return lead.timeline[0], deal.timeline[0]
