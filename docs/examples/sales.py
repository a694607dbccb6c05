"""What both example applications sell by: a pipeline, its next version, and what a win leads to."""

from __future__ import annotations

from datetime import datetime, timedelta

from salesfunnel import Destination, Move, Opportunity, Pipeline, Stage
from salesfunnel.history import record
from salesfunnel.opportunities import OpportunityWon


def _pipeline(version: str, offer: str) -> Pipeline:
    return Pipeline(
        "sales",
        version=version,
        stages=[
            Stage("visit", limit=timedelta(days=5), probability="0.2"),
            Stage(offer, limit=timedelta(days=10), probability="0.5"),
            Stage("won", kind="won"),
            Stage("lost", kind="lost"),
        ],
        moves=[
            Move("propose", "visit", offer),
            Move("win", offer, "won"),
            Move("lose", ["visit", offer], "lost"),
            Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
        ],
    )


SALES_1 = _pipeline("1", "offer")
SALES_2 = _pipeline("2", "quotation")
RENAMED = {"offer": "quotation"}


def react(deal: Opportunity, known: int, *, at: datetime) -> Opportunity:
    """Send an invoice for each win that has come since a version, and note that it was sent."""
    for event in deal.events_since(known):
        if isinstance(event, OpportunityWon):
            deal = record(deal, "invoice_sent", {"amount": deal.amount}, at=at)
    return deal
