"""Around the closing of a deal: correcting it, letting the deal rest, and what is past its day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

import attrs

from ..activities.steps import is_past
from ..errors import InvalidValue, MoveRefused, Objection, Refusal, Text, WrongKind
from ..history.timeline import apply, standing_in_the_way
from ..pipeline.codes import Codes, must_be_listed
from ..pipeline.judging import against_reasons
from ..pipeline.stage import Stage
from ..values.instants import instant
from ..values.money import Money
from .closed import ClosingCorrected
from .held import Held, Resumed
from .moving import Deal, DealT, must_be_open
from .outcomes import Closing, several_codes
from .rest import Rest

_OPEN = Text("still_open", "the deal is open, in {stage}", "win or lose it first")
_NOT_HELD = Text("not_held", "the deal does not rest", "hold it first")
_CORRECTABLE = "closed_on, amount, reason, also, competitor, note"
_CORRECTS_NOTHING = Text("corrects_nothing", "{field} is not corrected by nothing", "{fields}")


def correct(
    deal: DealT,
    *,
    at: datetime,
    why: str,
    closed_on: date | None = None,
    amount: Money | None = None,
    reason: str | None = None,
    also: Iterable[str] | None = None,
    competitor: str | Iterable[str] | None = None,
    note: str | None = None,
    by: str = "",
) -> DealT:
    """
    Correct how a closed deal was closed: the day, the amount, the reasons, competitors, note.

    What is not given stays; a new reason must be one of the stage's. A report counts what is
    corrected; `as_of` still tells what was known.
    Raises `MoveRefused` for a deal that is open.

    Args:
        deal: the deal that was won or lost.
        at: when it is corrected.
        why: what was wrong.
        closed_on: the day on which it was really closed.
        amount: what it was really closed for.
        reason: the code of the real reason.
        also: what mattered beside it.
        competitor: who else was asked, one or several.
        note: what is to be remembered about it.
        by: who corrects it.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> april = datetime(2026, 4, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=april).lose("price", at=april)
    >>> correct(deal, closed_on=date(2026, 3, 31), why="entered late", at=april).closed_on
    datetime.date(2026, 3, 31)
    """
    _must_be_deal(deal)
    closing = deal.closing
    if closing is None:
        objection = standing_in_the_way(deal, at=instant(at)) or _OPEN.objection(stage=deal.stage)
        raise MoveRefused(Refusal("correct", deal.stage, (objection,)))
    told: dict[str, Any] = {
        "closed_on": closed_on,
        "amount": amount,
        "reason": reason,
        "also": None if also is None else several_codes(also),
        "competitors": competitor,
        "note": note,
    }
    named = {field: value for field, value in told.items() if value is not None}
    if not named:
        raise InvalidValue("closing", _CORRECTS_NOTHING, {"fields": _CORRECTABLE})
    right = attrs.evolve(closing, **named)
    if objections := tuple(_against(deal.pipeline.stage(deal.stage), right, named)):
        raise MoveRefused(Refusal("correct", deal.stage, objections))
    event = ClosingCorrected(at=at, by=by, before=closing, after=right, why=why)
    return deal if right == closing else apply(deal, event, verb="correct")


def hold(
    deal: DealT,
    *,
    at: datetime,
    until: date | None = None,
    reason: str = "",
    note: str = "",
    by: str = "",
) -> DealT:
    """
    Let a deal rest in its stage, until a day if that is known. Meanwhile it is not overdue.

    A deal that rests already goes on until the new day. Any move, and closing it, ends the rest.

    Args:
        deal: an open deal.
        at: when it was put to rest.
        until: the day, or the moment, on which it is to be taken up again.
        reason: a code out of ``pipeline.reasons["hold"]``.
        note: more about it.
        by: who put it to rest.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> april = datetime(2026, 4, 2, tzinfo=UTC)
    >>> hold(Opportunity.open(id="7", at=april), until=date(2026, 6, 1), at=april).held_until
    datetime.date(2026, 6, 1)
    """
    _must_be_deal(deal)
    must_be_open(deal, "hold", at=at)
    if reason:
        reasons = deal.pipeline.reasons.get("hold", Codes())
        place = f"the reasons to hold of {deal.pipeline.name}"
        must_be_listed(reason, reasons, field="reason", place=place, verb="hold", stage=deal.stage)
    held = Held(at=at, by=by, until=until, reason=reason, note=note)
    return apply(deal, held, verb="hold")


def resume(deal: DealT, *, at: datetime, note: str = "", by: str = "") -> DealT:
    """
    Take a deal up again that rests; it stands where it stood.

    Raises `MoveRefused` for a deal that does not rest.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> april, june = (datetime(2026, month, 1, tzinfo=UTC) for month in (4, 6))
    >>> deal = hold(Opportunity.open(id="7", at=april), at=april)
    >>> resume(deal, at=june).rest.rested.days
    61
    """
    _must_be_deal(deal)
    if deal.rest.since is None:
        objection = standing_in_the_way(deal, at=instant(at)) or _NOT_HELD.objection()
        raise MoveRefused(Refusal("resume", deal.stage, (objection,)))
    return apply(deal, Resumed(at=at, by=by, note=note), verb="resume")


def is_past_due(deal: Deal, *, at: datetime) -> bool:
    """
    Tell whether a deal is still open although the day on which it was expected to close has passed.

    A day passes at midnight in the zone that ``at`` carries. What is closed is never past due.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> april, may = (datetime(2026, month, 1, tzinfo=UTC) for month in (4, 5))
    >>> deal = Opportunity.open(id="7", expected_close=date(2026, 4, 30), at=april)
    >>> is_past_due(deal, at=may), is_past_due(deal.lose("price", at=may), at=may)
    (True, False)
    """
    _must_be_deal(deal)
    day = None if deal.closing is not None else deal.expected_close
    return day is not None and is_past(day, at=at)


def _must_be_deal(deal: object) -> None:
    if not isinstance(getattr(deal, "rest", None), Rest):
        raise WrongKind.of("deal", deal, wanted="Opportunity; a lead is nurtured, not held")


def _against(stage: Stage, right: Closing, named: Collection[str]) -> Iterator[Objection]:
    """Object to the codes that are corrected, and to those that want the note that is taken."""
    told = [("reason", right.reason), *(("also", code) for code in right.also)]
    codes = [
        code
        for field, code in told
        if field in named or ("note" in named and code in stage.note_for)
    ]
    return against_reasons(stage, {"also": codes, "note": right.note}, trigger="correct")
