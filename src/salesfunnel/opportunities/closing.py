"""The events that move a deal, close it, and open it again; each keeps what the others need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..history.timeline import Event
from ..pipeline.events import StageKept
from ..pipeline.permit import Permit
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..values.money import Money
from .events import OpportunityLost, OpportunityMoved, OpportunityReopened, OpportunityWon
from .outcomes import Loss, LossReason
from .probability import Probability, ProbabilityOrigin

CLOSED = Text("closed", "the deal is closed as {stage}", "reopen it first")

CERTAIN = Probability(1, ProbabilityOrigin.CLOSING)
HOPELESS = Probability(0, ProbabilityOrigin.CLOSING)


class Deal(Protocol):
    """What closing wants to know of an opportunity."""

    @property
    def pipeline(self) -> Pipeline:
        """The stages it may enter."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...

    @property
    def last_open_stage(self) -> str:
        """Where it stood while it was open."""
        ...

    @property
    def amount(self) -> Money | None:
        """What is on the table."""
        ...

    @property
    def probability(self) -> Probability | None:
        """The chance to win, so far."""
        ...

    @property
    def timeline(self) -> tuple[Event, ...]:
        """What happened, so far."""
        ...


def moved(
    deal: Deal,
    permit: Permit,
    *,
    at: datetime,
    closed_on: date | None = None,
    note: str = "",
    by: str = "",
) -> Event:
    """Make the event of a move, also one that wins, reopens or stays. A loss wants its reason."""
    before = open_probability(deal)
    if permit.enters and permit.destination.kind is StageKind.LOST:
        raise InvalidValue("reason", "is missing", f"lose(reason, …): {', '.join(LossReason)}")
    if permit.enters and permit.destination.kind is StageKind.WON:
        return OpportunityWon(
            at=at,
            by=by,
            **permit.way,
            probability=CERTAIN,
            probability_before=before,
            amount=deal.amount,
            closed_on=at.date() if closed_on is None else closed_on,
            note=note,
        )
    if closed_on is not None:
        raise InvalidValue("closed_on", "is given for a move that closes nothing", "None")
    if not permit.enters:
        return StageKept(at=at, by=by, trigger=permit.trigger, stage=deal.stage, note=note)
    if permit.source.kind is StageKind.OPEN:
        chance = Probability.entering(permit.destination, before=before)
        return OpportunityMoved(at=at, by=by, **permit.way, probability=chance, note=note)
    if permit.destination.name != deal.last_open_stage:
        before = Probability.entering(permit.destination, before=before)
    return OpportunityReopened(at=at, by=by, **permit.way, probability=before, note=note)


def lost(
    deal: Deal,
    permit: Permit,
    loss: Loss,
    *,
    at: datetime,
    closed_on: date | None = None,
    by: str = "",
) -> OpportunityLost:
    """Make the event of a loss, with its reason."""
    if not permit.enters or permit.destination.kind is not StageKind.LOST:
        raise InvalidValue("trigger", "does not lead to a lost stage", "lose, or one of your own")
    return OpportunityLost(
        at=at,
        by=by,
        **permit.way,
        probability=HOPELESS,
        probability_before=open_probability(deal),
        loss=loss,
        # The day is that of the place where it happened, not that of Greenwich.
        closed_on=at.date() if closed_on is None else closed_on,
    )


def open_probability(deal: Deal) -> Probability | None:
    """Return the chance to win, or what it was before the deal was closed."""
    if deal.probability is None or deal.probability.origin is not ProbabilityOrigin.CLOSING:
        return deal.probability
    closings = [e for e in deal.timeline if isinstance(e, (OpportunityWon, OpportunityLost))]
    return closings[-1].probability_before if closings else None


def must_be_open(deal: Deal, verb: str) -> None:
    """Refuse to change what was settled when the deal was closed."""
    if deal.pipeline.stage(deal.stage).kind is not StageKind.OPEN:
        raise MoveRefused(Refusal(verb, deal.stage, (CLOSED.objection(stage=deal.stage),)))
