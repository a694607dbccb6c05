"""Moving a deal, closing it, and opening it again: the event of each move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..history.event import Chronicled
from ..history.timeline import standing_in_the_way
from ..pipeline.moving import MoveTaken
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..pipeline.verdicts import Permit
from ..values.instants import instant
from ..values.lines import Line
from ..values.money import Money
from .closed import ClosingCorrected, OpportunityLost, OpportunityWon
from .events import OpportunityEvent
from .moved import OpportunityMoved, OpportunityReopened
from .outcomes import Closing
from .probability import Probability
from .rest import Rest

_CLOSED = Text("closed", "the deal is closed as {stage}", "reopen it first")
_ENDS_ELSEWHERE = Text(
    "ends_elsewhere", "{field} does not lead to a {kind} stage", "{verb}, or one of your own"
)
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
    def lines(self) -> tuple[Line, ...]:
        """Of what the amount is the sum; nothing where it is one figure."""
        ...

    @property
    def expected_close(self) -> date | None:
        """When it is expected to close."""
        ...

    @property
    def probability(self) -> Probability | None:
        """The chance to win, so far."""
        ...

    @property
    def closing(self) -> Closing | None:
        """How it was closed, while it is."""
        ...

    @property
    def rest(self) -> Rest:
        """Its rest in the stage."""
        ...


DealT = TypeVar("DealT", bound=Deal)


def event_of(
    deal: Deal,
    permit: Permit,
    *,
    at: datetime,
    reason: str = "",
    also: Iterable[str] = (),
    competitor: str | Iterable[str] = "",
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
        return closed_by(
            deal,
            permit,
            at=at,
            by=by,
            closed_on=day,
            reason=reason,
            also=also,
            competitor=competitor,
            note=note,
        )
    told = {"closed_on": closed_on, "competitor": competitor, "also": also}
    if closes := next((name for name, value in told.items() if value), ""):
        raise InvalidValue(closes, _CLOSES_NOTHING)
    if not permit.enters:
        return MoveTaken(at=at, by=by, **permit.way, reason=reason, note=note)
    if permit.source.is_open:
        chance = Probability.entering(permit.destination, before=deal.probability)
        return OpportunityMoved(
            at=at, by=by, **permit.way, probability=chance, reason=reason, note=note
        )
    before = open_probability(deal)
    # The stage to which it comes back may be one of another pipeline by now, with another chance.
    if before is not None or permit.destination.name != deal.last_open_stage:
        before = Probability.entering(permit.destination, before=before)
    return OpportunityReopened(
        at=at, by=by, **permit.way, probability=before, reason=reason, note=note
    )


def closed_by(
    deal: Deal,
    permit: Permit,
    *,
    at: datetime,
    closed_on: date | None,
    reason: str = "",
    also: Iterable[str] = (),
    competitor: str | Iterable[str] = "",
    note: str = "",
    by: str = "",
) -> OpportunityWon | OpportunityLost:
    """Make the event of a move that closes a deal; the day is ``None`` where no one tells it."""
    kind = permit.destination.kind
    closing = Closing(
        kind=kind,
        reason=reason,
        also=also,
        competitors=competitor,
        note=note,
        stage=deal.stage,
        amount=deal.amount,
        probability_before=open_probability(deal),
        closed_on=closed_on,
    )
    event = OpportunityWon if kind is StageKind.WON else OpportunityLost
    return event(at=at, by=by, **permit.way, closing=closing)


def closings_of(timeline: Iterable[OpportunityEvent]) -> tuple[Closing, ...]:
    """List every closing that a timeline tells of, each as it was corrected last."""
    found: list[Closing] = []
    for event in timeline:
        if isinstance(event, (OpportunityWon, OpportunityLost)):
            found.append(event.closing)
        elif isinstance(event, ClosingCorrected):
            found[-1] = event.after
    return tuple(found)


def open_probability(deal: Deal) -> Probability | None:
    """Return the chance to win, or what it was before the deal was closed."""
    return deal.probability if deal.closing is None else deal.closing.probability_before


def must_end_in(kind: StageKind, permit: Permit) -> None:
    """Refuse a move that does not close a deal as it is to be closed."""
    if not permit.enters or permit.destination.kind is not kind:
        verb = "win" if kind is StageKind.WON else "lose"
        raise InvalidValue("trigger", _ENDS_ELSEWHERE, {"kind": kind.value, "verb": verb})


def must_be_open(deal: Deal, verb: str, *, at: datetime) -> None:
    """Refuse to change what was settled when the deal was closed."""
    stage = deal.pipeline.find_stage(deal.stage)
    if stage is not None and stage.is_open:
        return
    objection = standing_in_the_way(deal, at=instant(at)) or _CLOSED.objection(stage=deal.stage)
    raise MoveRefused(Refusal(verb, deal.stage, (objection,)))
