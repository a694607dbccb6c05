"""What a deal is told when it asks, and that it is told the same when it tries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.opportunities import Opportunity, OpportunityMoved, Probability
from salesfunnel.pipeline import FIVE_STAGES, Move, Pipeline, Stage
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
PRICE = Money(900, "EUR")
GATED = Pipeline(
    "gated",
    stages=[Stage("first", requires="amount"), Stage("second"), Stage("won", kind="won")],
    moves=[Move("go", "first", "second"), Move("win", "second", "won")],
)


@pytest.fixture
def deal():
    """A deal in its second stage."""
    return Opportunity.open(id="7", amount=PRICE, stage="proposal", at=MONDAY)


def ways(deal, at=MONDAY):
    """List each way with its destination, whether it is open, and its needs."""
    return [(w.trigger, w.destination.name, bool(w), *w.needs) for w in deal.ways(at=at)]


def test_a_deal_is_told_all_its_ways(deal):
    """Where each leads, whether it is open, and what must be given with it."""
    assert ways(deal) == [
        ("meet", "meeting", True),
        ("negotiate", "negotiation", True),
        ("win", "won", False),
        ("lose", "lost", True, "reason"),
    ]


def test_every_way_is_closed_to_a_time_that_is_too_early(deal):
    """All ways are listed with one and the same refusal, which trying gives as well."""
    early = MONDAY - timedelta(microseconds=1)

    assert [way.verdict.code for way in deal.ways(at=early)] == ["too_early"] * 4
    for way in deal.ways(at=early):
        with pytest.raises(MoveRefused) as refused:
            deal.move(way.trigger, reason="price", at=early)
        assert refused.value.refusal == way.verdict == deal.decide(way.trigger, at=early)


def test_a_deal_that_was_changed_by_hand_is_told_so(deal):
    """Along another pipeline, no way is known, and every verb is refused."""
    by_hand = attrs.evolve(deal, pipeline=GATED)
    other = attrs.evolve(deal, amount=Money(1, "EUR"))

    assert by_hand.ways(at=MONDAY) == ()
    assert [way.verdict.code for way in other.ways(at=MONDAY)] == ["changed_by_hand"] * 4
    for changed in (by_hand, other, attrs.evolve(deal, pipeline=FIVE_STAGES)):
        for verb in (
            lambda d: d.move("negotiate", at=MONDAY),
            lambda d: d.estimate("0.5", at=MONDAY),
            lambda d: d.agree(PRICE, at=MONDAY),
            lambda d: d.amend(amount=PRICE, at=MONDAY),
            lambda d: d.lose("price", at=MONDAY),
        ):
            with pytest.raises(MoveRefused) as refused:
                verb(changed)
            assert refused.value.refusal.code == "changed_by_hand"


def test_a_board_moves_by_the_stage(deal):
    """The stage names the move; a stage to which no move leads is refused with those that do."""
    moved = deal.move(to="negotiation", note="by post", by="Sara", at=MONDAY)

    assert moved.timeline[-1] == OpportunityMoved(
        at=MONDAY,
        by="Sara",
        trigger="negotiate",
        from_stage="proposal",
        to_stage="negotiation",
        probability=Probability("0.7", "stage"),
        note="by post",
    )
    with pytest.raises(MoveRefused) as refused:
        moved.move(to="negotiatoin", at=MONDAY)
    assert refused.value.refusal.code == "no_move_to"
    with pytest.raises(MoveRefused, match="did you mean meeting"):
        deal.move(to="meating", at=MONDAY)
    for wrong in ({}, {"trigger": "negotiate", "to": "negotiation"}):
        with pytest.raises(InvalidValue, match=r"^move wants a trigger or a stage"):
            deal.move(**wrong, at=MONDAY)


def test_a_misspelt_trigger_is_told_what_was_meant(deal):
    """With the word that is near, and with all that there are."""
    with pytest.raises(MoveRefused, match="did you mean negotiate"):
        deal.move("negotiat", at=MONDAY)
    with pytest.raises(MoveRefused, match=r'did you mean propose, or move\(to="proposal"\)\?'):
        deal.move("proposal", at=MONDAY)
    with pytest.raises(MoveRefused, match="did you mean lose"):
        deal.lose("price", trigger="loose", at=MONDAY)


def test_a_deal_begins_only_where_the_stage_lets_it():
    """The conditions of the first stage are asked on opening, and not by a replay."""
    begun = Opportunity.open(id="7", pipeline=GATED, stage="second", at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        Opportunity.open(id="7", pipeline=GATED, at=MONDAY)

    assert str(refused.value) == "cannot open: amount is not known (find out amount)"
    assert refused.value.refusal.stage == "first"
    assert Opportunity.open(id="7", amount=PRICE, pipeline=GATED, at=MONDAY).stage == "first"
    assert Opportunity.replay([attrs.evolve(begun.timeline[0], to_stage="first")]).stage == "first"


def test_an_event_that_closes_lies_in_the_past(deal):
    """One day of tolerance is given, because somewhere it is tomorrow already."""
    tomorrow = date(2026, 3, 3)

    assert deal.lose("price", closed_on=tomorrow, at=MONDAY).closed_on == tomorrow
    with pytest.raises(InvalidValue, match=r"^closed_on lies in the future"):
        deal.lose("price", closed_on=date(2026, 3, 4), at=MONDAY)


def test_what_has_happened_since_a_version_is_listed(deal):
    """A host reads on from where it was."""
    later = deal.move("negotiate", at=FRIDAY).lose("price", at=FRIDAY)

    assert later.events_since(deal.version) == later.timeline[1:]
    assert [event.to_stage for event in later.events_since(1)] == ["negotiation", "lost"]
