"""Moves of a deal along a pipeline of one's own that stay where they are, or call back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, InvalidValue, MoveRefused
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import STAYS, Guard, Move, Pipeline, Stage, StageKept

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
OURS = Pipeline(
    "tender",
    stages=[
        Stage("offer", probability="0.2"),
        Stage("signed", kind="won"),
        Stage("cancelled", kind="lost"),
    ],
    moves=[
        Move("sign", "offer", "signed"),
        Move("cancel", "offer", "cancelled"),
        Move("note", ("offer", "signed", "cancelled"), STAYS),
        Move("doubt", "offer", STAYS, guards=Guard("never", lambda *_: False)),
    ],
)


@pytest.fixture
def deal():
    """A deal that somebody thinks well of."""
    return Opportunity.open(id="7", pipeline=OURS, at=MONDAY).estimate("0.9", at=MONDAY)


def test_a_move_that_stays_leaves_all_as_it_was(deal):
    """Open, won or lost: stage, chance, day of closing and loss stay, and the timeline tells it."""
    won, lost = deal.move("sign", at=MONDAY), deal.lose("price", trigger="cancel", at=MONDAY)

    for before in (deal, won, lost):
        kept = StageKept(at=FRIDAY, by="Sara", trigger="note", stage=before.stage, note="called")
        after = before.move("note", note="called", by="Sara", at=FRIDAY)
        assert after == attrs.evolve(before, timeline=(*before.timeline, kept))


def test_a_move_that_stays_closes_nothing(deal):
    """It takes no day of closing, and no reason for a loss."""
    lost = deal.lose("price", trigger="cancel", at=MONDAY)

    with pytest.raises(InvalidValue, match="closed_on is given for a move that closes nothing"):
        lost.move("note", closed_on=date(2026, 3, 2), at=FRIDAY)
    with pytest.raises(InvalidValue, match="does not lead to a lost stage"):
        lost.lose("other", trigger="note", at=FRIDAY)


def test_a_move_that_stays_is_held_to_its_guards(deal):
    """It is judged as any other."""
    with pytest.raises(MoveRefused, match="cannot doubt from offer"):
        deal.move("doubt", at=FRIDAY)


def test_a_deal_is_not_led_by_moves_that_call_back():
    """What a callback sets is told by no event, so such a pipeline is refused at once."""
    calling = Move("haggle", "offer", "offer", before=lambda *_: None)
    pipeline = Pipeline("calling", stages=OURS.stages, moves=[*OURS.moves, calling])

    with pytest.raises(InvalidDefinition, match="pipeline calling: move 'haggle' calls back"):
        Opportunity.open(id="7", pipeline=pipeline, at=MONDAY)
