"""Steps that a deal can take on its walk, and the ways that lead to each of its stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ..opportunities import closing
from ..opportunities.opportunity import Opportunity
from . import _drawn as drawn
from .shared_steps import ANSWERING, SHARED_STEPS, STAYING, NounStep


def _estimate(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.estimate(draw(drawn.chances), at=at)


def _revise(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    if draw(drawn.booleans):
        return deal.amend(lines=draw(drawn.offers), at=at)
    day = draw(drawn.maybe_days)
    return deal.amend(amount=draw(drawn.maybe_moneys), lines=[], expected_close=day, at=at)


def _agree(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.agree(None if deal.lines else draw(drawn.moneys), at=at)


def _rename(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.amend(name=draw(drawn.lines), details=draw(drawn.details), at=at)


def _involve(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.involve(draw(drawn.people), draw(drawn.roles), primary=draw(drawn.booleans), at=at)


def _hold(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    until = draw(st.none() | st.just(at.date()) | st.just(at + timedelta(days=9)))
    reason = draw(st.sampled_from(["", "budget"]))
    deal = closing.hold(deal, until=until, reason=reason, note=draw(drawn.notes), at=at)
    return closing.resume(deal, note=draw(drawn.notes), at=at) if draw(drawn.booleans) else deal


def _move(draw: DrawFn, deal: Opportunity, at: datetime, *, trigger: str) -> Opportunity:
    return deal.move(trigger, note=draw(drawn.notes), at=at)


def _to_proposal(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return _move(draw, deal, at, trigger="propose")


def _win(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    if deal.stage == "meeting":
        deal = _to_proposal(draw, deal, at)
    deal = _agree(draw, deal, at)
    deal = deal.involve(draw(drawn.people), "decision_maker", at=at)
    return deal.win(draw(drawn.win_reasons), note=draw(drawn.notes), at=at)


def _lose(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    reason = draw(drawn.reasons)
    return deal.lose(
        reason,
        also=draw(drawn.also),
        competitor=draw(drawn.competitors),
        note=draw(drawn.why),
        at=at,
    )


def _correct_closing(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    deal = _lose(draw, deal, at)
    amount, note = draw(drawn.maybe_moneys), draw(drawn.why)
    return closing.correct(deal, amount=amount, note=note, why="entered wrongly", at=at)


def _close_and_reopen(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    deal = deal if deal.closed_on else _lose(draw, deal, at)
    return deal.reopen(note=draw(drawn.notes), at=at)


DEAL_REMARKS: Mapping[str, NounStep] = MappingProxyType(
    {
        **ANSWERING,
        "estimate": _estimate,
        "revise": _revise,
        "agree": _agree,
        "rename": _rename,
        "involve": _involve,
        "hold": _hold,
        **SHARED_STEPS,
    }
)
"""What leaves a deal in its stage."""

DEAL_STEPS: Mapping[str, NounStep] = MappingProxyType(
    {
        **DEAL_REMARKS,
        "propose": _to_proposal,
        "negotiate": partial(_move, trigger="negotiate"),
        "meet": partial(_move, trigger="meet"),
        "win": _win,
        "propose and win": lambda draw, deal, at: _win(draw, _to_proposal(draw, deal, at), at),
        "lose": _lose,
        "lose and correct": _correct_closing,
        **STAYING,
        "reopen": _close_and_reopen,
    }
)
"""All that can happen to a deal."""

DEAL_WAYS: Mapping[str, NounStep] = MappingProxyType(
    {
        "meeting": lambda _draw, deal, _at: deal,
        "proposal": _to_proposal,
        "negotiation": lambda draw, deal, at: _move(
            draw, _to_proposal(draw, deal, at), at, trigger="negotiate"
        ),
        "won": _win,
        "lost": _lose,
    }
)
"""How a deal comes into each stage."""
