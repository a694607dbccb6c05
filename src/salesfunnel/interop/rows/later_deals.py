"""What a later row, or a later list, tells of a deal that is known: put in as events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from typing import Any

import attrs

from ...history.timeline import apply
from ...opportunities.closed import ClosingCorrected, OpportunityLost, OpportunityWon
from ...opportunities.events import OpportunityEvent
from ...opportunities.moved import OpportunityMoved, OpportunityReopened
from ...opportunities.moving import open_probability
from ...opportunities.opportunity import Opportunity
from ...opportunities.outcomes import Closing
from ...opportunities.probability import Probability, ProbabilityOrigin
from ...opportunities.revised import AmountRevised, CloseDateMoved, ProbabilityEstimated
from ...pipeline.stage import StageKind
from .kept_beside import is_respelt
from .later_facts import answers_told, later, trigger_of, with_owner
from .told_facts import with_facts

_FACTS = (*("name", "account_id", "lead_ids", "contacts", "source", "source_words", "details"),)
_ANOTHER_ROW = "a later row tells it otherwise"


def deal_told_later(
    deal: Opportunity, told: Opportunity, *, tells_stage: bool = True, keeps: bool = False
) -> Opportunity:
    """
    Return a deal with all that a later row tells of it, as events; the same deal if that is known.

    Another stage is a move, another amount a revision, another day a slip, and another ending than
    the one that is known a correction. No gate is asked: it happened elsewhere. Where
    it ``keeps`` its details, others come below them.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> before = Opportunity.open(id="7", at=monday)
    >>> row = Opportunity.open(id="7", stage="proposal", at=friday)
    >>> [type(event).__name__ for event in deal_told_later(before, row).timeline]
    ['OpportunityOpened', 'OpportunityMoved']
    """
    at = later(deal, told)
    deal = with_facts(deal, told, _FACTS, at=at, keeps=keeps)
    deal = with_owner(deal, told, at=at)
    deal = reduce(apply, answers_told(deal, told, at=at), deal)
    deal = reduce(apply, _values(deal, told, at=at), deal)
    if not tells_stage or deal.pipeline.find_stage(told.stage) is None:
        return deal
    return reduce(apply, _way(deal, told, at=at), deal)


def _values(deal: Opportunity, told: Opportunity, *, at: datetime) -> Iterator[OpportunityEvent]:
    """Tell of another amount, another day and another chance, while they are open on both sides."""
    if told.expected_close not in (None, deal.expected_close):
        yield CloseDateMoved(at=at, before=deal.expected_close, expected_close=told.expected_close)
    if deal.closing is None and told.amount not in (None, deal.amount):
        yield AmountRevised(at=at, before=deal.amount, amount=told.amount, agreed=False)
    chance = told.probability
    if chance is None or deal.closing is not None or chance == deal.probability:
        return
    if chance.origin is ProbabilityOrigin.HAND:
        yield ProbabilityEstimated(at=at, before=deal.probability, probability=chance)


def _way(deal: Opportunity, told: Opportunity, *, at: datetime) -> Iterator[OpportunityEvent]:
    """Let a deal go where the row says that it stands."""
    way = {"from_stage": deal.stage, "to_stage": told.stage}
    trigger = trigger_of(deal.pipeline, deal.stage, told.stage)
    is_there = told.stage == deal.stage
    if told.closing is None:
        if is_there:
            return
        stage = deal.pipeline.stage(told.stage)
        chance = Probability.entering(stage, before=open_probability(deal))
        if deal.closing is None:
            yield OpportunityMoved(at=at, trigger=trigger, **way, probability=chance)
        else:
            yield OpportunityReopened(at=at, trigger=trigger, **way, probability=chance)
        return
    closing = _closing(deal, told.closing)
    if is_there and deal.closing is not None:
        if closing != deal.closing:
            yield ClosingCorrected(at=at, before=deal.closing, after=closing, why=_ANOTHER_ROW)
        return
    if closing.kind is StageKind.WON:
        yield OpportunityWon(at=at, trigger=trigger, **way, closing=closing)
    else:
        yield OpportunityLost(at=at, trigger=trigger, **way, closing=closing)


def _closing(deal: Opportunity, told: Closing) -> Closing:
    """Complete the closing that a row tells by what is known: from which stage, and how likely."""
    known = deal.closing if deal.closing is not None and deal.closing.kind is told.kind else None
    more: dict[str, Any] = {
        "stage": told.stage or (known.stage if known else deal.last_open_stage),
        "amount": told.amount or (known.amount if known else deal.amount),
        "probability_before": open_probability(deal),
    }
    if known is not None:
        more |= {
            "reason": known.reason if told.reason in ("", "unknown") else told.reason,
            "also": told.also or known.also,
            "competitors": told.competitors or known.competitors,
            "note": known.note if is_respelt(known.note, told.note) else told.note or known.note,
            "closed_on": told.closed_on or known.closed_on,
        }
    return attrs.evolve(told, **more)
