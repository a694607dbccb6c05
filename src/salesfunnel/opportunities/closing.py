"""The events that close a deal and open it again; each keeps what the other needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from ..history.timeline import Event
from ..pipeline.permit import Permit
from ..values.instants import instant
from ..values.money import Money
from .events import OpportunityLost, OpportunityReopened, OpportunityWon
from .outcomes import Loss
from .probability import Probability, ProbabilityOrigin

CERTAIN = Probability(1, ProbabilityOrigin.CLOSING)
HOPELESS = Probability(0, ProbabilityOrigin.CLOSING)


class Deal(Protocol):
    """What closing wants to know of an opportunity."""

    @property
    def amount(self) -> Money | None:
        """What is on the table."""

    @property
    def probability(self) -> Probability | None:
        """The chance to win, so far."""

    @property
    def timeline(self) -> tuple[Event, ...]:
        """What happened, so far."""


def won(
    deal: Deal,
    permit: Permit,
    *,
    at: datetime,
    closed_on: date | None = None,
    note: str = "",
    by: str = "",
) -> OpportunityWon:
    """Close a deal as won, for the amount on the table."""
    return OpportunityWon(
        at=at,
        by=by,
        **permit.way,
        probability=CERTAIN,
        probability_before=deal.probability,
        amount=deal.amount,
        closed_on=closed_on or instant(at).date(),
        note=note,
    )


def lost(
    deal: Deal,
    permit: Permit,
    loss: Loss,
    *,
    at: datetime,
    closed_on: date | None = None,
    by: str = "",
) -> OpportunityLost:
    """Close a deal as lost, with its reason."""
    return OpportunityLost(
        at=at,
        by=by,
        **permit.way,
        probability=HOPELESS,
        probability_before=deal.probability,
        loss=loss,
        closed_on=closed_on or instant(at).date(),
    )


def reopened(
    deal: Deal, permit: Permit, *, at: datetime, note: str = "", by: str = ""
) -> OpportunityReopened:
    """Open a closed deal again, with the probability that it had before the close."""
    closings = [e for e in deal.timeline if isinstance(e, (OpportunityWon, OpportunityLost))]
    before = closings[-1].probability_before if closings else None
    return OpportunityReopened(at=at, by=by, **permit.way, probability=before, note=note)
