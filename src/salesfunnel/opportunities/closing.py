"""Moving a deal, closing it, and opening it again: the event of each move."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..history.timeline import Chronicled, standing_in_the_way
from ..pipeline.judging import Permit
from ..pipeline.moving import MoveTaken
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..values.instants import instant
from ..values.money import Money
from .events import (
    OpportunityEvent,
    OpportunityLost,
    OpportunityMoved,
    OpportunityReopened,
    OpportunityWon,
)
from .outcomes import Loss, LossReason
from .probability import Probability, ProbabilityOrigin

CERTAIN = Probability(1, ProbabilityOrigin.CLOSING)
HOPELESS = Probability(0, ProbabilityOrigin.CLOSING)

_CLOSED = Text("closed", "the deal is closed as {stage}", "reopen it first")
_CLOSES_NOTHING = Text("closes_nothing", "{field} is given for a move that closes nothing", "None")


class Deal(Chronicled, Protocol):
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
    def timeline(self) -> tuple[OpportunityEvent, ...]:
        """What happened, so far."""
        ...


def event_of(
    deal: Deal,
    permit: Permit,
    *,
    at: datetime,
    reason: LossReason | str = "",
    competitor: str = "",
    closed_on: date | None = None,
    note: str = "",
    by: str = "",
) -> OpportunityEvent:
    """
    Make the event of a move: on to another stage, won, lost, reopened, or staying.

    The day of closing is that of the place where it happened, not that of Greenwich.
    """
    if permit.enters and not permit.destination.is_open:
        day = at.date() if closed_on is None else closed_on
        before = open_probability(deal)
        if permit.destination.kind is StageKind.WON:
            return OpportunityWon(
                at=at,
                by=by,
                **permit.way,
                probability=CERTAIN,
                probability_before=before,
                amount=deal.amount,
                closed_on=day,
                reason=reason,
                note=note,
            )
        loss = Loss(
            reason=reason, competitor=competitor, note=note, stage=deal.stage, amount=deal.amount
        )
        return OpportunityLost(
            at=at,
            by=by,
            **permit.way,
            probability=HOPELESS,
            probability_before=before,
            loss=loss,
            closed_on=day,
        )
    if closed_on is not None or competitor:
        raise InvalidValue("closed_on" if closed_on else "competitor", _CLOSES_NOTHING)
    if not permit.enters:
        return MoveTaken(at=at, by=by, **permit.way, reason=reason, note=note)
    if permit.source.is_open:
        chance = Probability.entering(permit.destination, before=deal.probability)
        return OpportunityMoved(
            at=at, by=by, **permit.way, probability=chance, reason=reason, note=note
        )
    before = open_probability(deal)
    if permit.destination.name != deal.last_open_stage:
        before = Probability.entering(permit.destination, before=before)
    return OpportunityReopened(
        at=at, by=by, **permit.way, probability=before, reason=reason, note=note
    )


def open_probability(deal: Deal) -> Probability | None:
    """Return the chance to win, or what it was before the deal was closed."""
    if deal.probability is None or deal.probability.origin is not ProbabilityOrigin.CLOSING:
        return deal.probability
    closings = [e for e in deal.timeline if isinstance(e, (OpportunityWon, OpportunityLost))]
    return closings[-1].probability_before if closings else None


def must_be_open(deal: Deal, verb: str, *, at: datetime) -> None:
    """Refuse to change what was settled when the deal was closed."""
    stage = deal.pipeline.find_stage(deal.stage)
    if stage is not None and stage.is_open:
        return
    objection = standing_in_the_way(deal, at=instant(at)) or _CLOSED.objection(stage=deal.stage)
    raise MoveRefused(Refusal(verb, deal.stage, (objection,)))
