"""An opportunity on its way: what peers get wrong, and what is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from salesfunnel.errors import InvalidDefinition, InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.opportunities import (
    Closing,
    Involvement,
    Opportunity,
    OpportunityLost,
    OpportunityMoved,
    OpportunityWon,
    Probability,
)
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.values import Answer, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
JUNE = date(2026, 6, 30)
EURO = Money(900, "EUR")
TEHRAN = timezone(timedelta(hours=3, minutes=30))


@pytest.fixture
def deal():
    """A deal in its first stage."""
    return Opportunity.open(id="7", name="Generators", amount=EURO, expected_close=JUNE, at=MONDAY)


@pytest.fixture
def winnable(deal):
    """A proposal that the decision maker has agreed to."""
    agreed = deal.agree(EURO, at=MONDAY)
    return agreed.involve("Sara Ahmadi", "decision_maker", at=MONDAY).move("propose", at=MONDAY)


def test_a_kanban_drag_never_clears_the_close_date(deal):
    """Moving a deal changes its stage and probability, and no other field."""
    dragged = deal.move("propose", at=MONDAY).move("negotiate", at=MONDAY)

    assert (dragged.expected_close, dragged.amount) == (JUNE, EURO)
    assert (dragged.name, dragged.contacts) == (deal.name, deal.contacts)


def test_an_edit_never_resets_a_probability_set_by_hand(deal):
    """A figure set by hand outlives every other verb."""
    estimated = deal.estimate("0.9", at=MONDAY)

    edited = estimated.move("propose", at=MONDAY).amend(expected_close=None, at=MONDAY)

    assert edited.probability == Probability("0.9", "hand")
    assert edited.amend(amount=None, at=MONDAY).probability.value == Decimal("0.9")


def test_a_lost_deal_keeps_no_chance(deal):
    """A lost deal has the probability 0 and a day of closing, even if a hand had set another."""
    lost = deal.estimate("0.7", at=MONDAY).lose("price", at=MONDAY)

    assert lost.probability == Probability(0, "closing")
    assert lost.closed_on == MONDAY.date()


def test_a_won_deal_is_certain(winnable):
    """A won deal has the probability 1, even if a hand had set another."""
    won = winnable.estimate("0.1", at=MONDAY).move("win", at=MONDAY)

    assert won.probability == Probability(1, "closing")


def test_a_reopening_keeps_every_loss(deal):
    """The loss stays in the record; stage and probability are what they were before."""
    before = deal.move("propose", at=MONDAY).estimate("0.6", at=MONDAY)

    again = before.lose("price", competitor="Faradis", at=MONDAY).reopen(at=MONDAY)
    twice = again.lose("timing", at=MONDAY).reopen(at=MONDAY)

    assert (twice.stage, twice.probability) == (before.stage, before.probability)
    assert (twice.loss, twice.closed_on) == (None, None)
    assert [loss.reason for loss in twice.losses] == ["price", "timing"]
    assert twice.losses[0].competitors == ("Faradis",)


def test_no_edit_brings_a_closed_deal_back_to_life(deal):
    """What was settled by closing is not changed unless the deal is reopened."""
    lost = deal.lose("price", at=MONDAY)

    for verb in (
        lambda: lost.estimate("0.5", at=MONDAY),
        lambda: lost.amend(amount=None, at=MONDAY),
        lambda: lost.amend(expected_close=None, at=MONDAY),
    ):
        with pytest.raises(MoveRefused, match=r"closed as lost \(reopen it first\)"):
            verb()


def test_a_won_deal_can_be_reopened_too(winnable):
    """A cancelled order goes back to where it was."""
    again = winnable.move("win", at=MONDAY).reopen(note="cancelled", at=MONDAY)

    assert (again.stage, again.probability) == ("proposal", Probability("0.5", "stage"))


def test_losing_needs_a_reason_on_every_path(deal):
    """Neither a drag to the lost column nor a word of one's own loses a deal."""
    for verb in (
        lambda: deal.move("lose", at=MONDAY),
        lambda: deal.move(to="lost", at=MONDAY),
        lambda: deal.lose("", at=MONDAY),
        lambda: deal.lose(" ", at=MONDAY),
    ):
        with pytest.raises(MoveRefused) as refused:
            verb()
        assert refused.value.refusal == deal.decide("lose", at=MONDAY)
        assert refused.value.refusal.code == "reason_required"
    with pytest.raises(MoveRefused, match="the reason is not one of lost"):
        deal.lose("bad luck", at=MONDAY)


def test_winning_says_all_that_is_missing(deal):
    """The refusal to win lists every reason, and what would help."""
    with pytest.raises(MoveRefused) as refused:
        deal.move("propose", at=MONDAY).move("win", at=MONDAY)

    assert len(refused.value.refusal.objections) == 2
    assert str(refused.value) == (
        "cannot win: no decision maker is known (involve one); "
        "the amount is not agreed (agree on it)"
    )


def test_a_deal_is_closed_on_the_day_where_it_was_closed(winnable):
    """Half past midnight in Tehran is the new day, although it is the old one in Greenwich."""
    past_midnight = datetime(2026, 3, 3, 0, 30, tzinfo=TEHRAN)

    assert winnable.move("win", at=past_midnight).closed_on == date(2026, 3, 3)
    assert winnable.lose("price", at=past_midnight).closed_on == date(2026, 3, 3)
    assert Opportunity.open(id="8", at=past_midnight).opened_on == date(2026, 3, 3)


def test_a_deal_may_have_been_closed_earlier_than_it_was_noted(winnable):
    """The day of closing can be given, unless it is still to come."""
    won = winnable.move("win", closed_on=date(2026, 2, 27), at=MONDAY)

    assert won.closed_on == date(2026, 2, 27)
    assert winnable.lose("price", closed_on=JUNE, at=MONDAY + timedelta(days=200)).closed_on == JUNE
    with pytest.raises(InvalidValue, match="closed_on lies in the future"):
        winnable.move("win", closed_on=JUNE, at=MONDAY)
    with pytest.raises(InvalidValue, match="closed_on lies in the future"):
        winnable.lose("price", closed_on=JUNE, at=MONDAY)
    with pytest.raises(InvalidValue, match="closed_on is given for a move that closes nothing"):
        winnable.move("negotiate", closed_on=JUNE, at=MONDAY)


def test_each_slip_is_kept(deal):
    """From the timeline one can tell from when to when the close date has slipped."""
    slipped = deal.amend(expected_close=date(2026, 9, 30), at=MONDAY).amend(
        expected_close=None, at=MONDAY
    )

    slips = [(event.before, event.expected_close) for event in slipped.timeline[1:]]

    assert slips == [(JUNE, date(2026, 9, 30)), (date(2026, 9, 30), None)]


def test_a_note_on_a_move_is_kept(deal):
    """What was noted when a deal moved stands on its timeline."""
    assert deal.move("propose", note="sent by post", at=MONDAY).timeline[-1].note == "sent by post"


def test_a_person_plays_each_part_once(deal):
    """Involving a person twice in one role changes nothing but the timeline."""
    twice = deal.involve("Sara", "user", at=MONDAY).involve("Sara", "user", at=MONDAY)

    assert twice.contacts == (Involvement(Person("Sara"), "user"),)
    assert not twice.has_decision_maker
    assert twice.involve("Sara", "economic_buyer", at=MONDAY).has_decision_maker


def test_a_deal_may_come_without_a_chance():
    """No chance is a chance of nought, not one that is not known."""
    assert Opportunity.open(id="7", probability=0, at=MONDAY).probability.value == 0


def test_an_estimate_may_be_given_back_to_the_stage(deal):
    """A probability with the origin of the stage follows the stages again."""
    by_hand = deal.estimate("0.9", at=MONDAY)

    given_back = by_hand.estimate(Probability("0.25", "stage"), at=MONDAY)

    assert given_back.move("propose", at=MONDAY).probability.value == Decimal("0.5")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": " "}, "id"),
        ({"id": 7}, "id"),
        ({"name": "two\nlines"}, "name"),
        ({"amount": 900}, "amount"),
        ({"expected_close": "2026-06-30"}, "expected_close"),
        ({"expected_close": MONDAY}, "expected_close"),
        ({"contacts": [Person("Sara")]}, "contacts"),
        ({"contacts": "Sara"}, "contacts"),
        ({"answers": {"need": True}}, "answers"),
        ({"answers": [True]}, "answers"),
        ({"details": {"vat": object()}}, "details"),
        ({"details": ["vat"]}, "details"),
        ({"source": "a dream"}, "source"),
        ({"source_words": "\x00"}, "source_words"),
        ({"stage": "won"}, "stage"),
        ({"pipeline": "opportunity"}, "pipeline"),
        ({"probability": Probability(1, "closing")}, "probability.origin"),
        ({"probability": 0.5}, "probability"),
        ({"probability": ""}, "probability"),
        ({"by": 5}, "by"),
        ({"at": MONDAY.replace(tzinfo=None)}, "at"),
        ({"at": "Monday"}, "at"),
    ],
)
def test_a_deal_is_not_opened_with_impossible_facts(wrong, field):
    """What is wrong is refused by the name of its field."""
    with pytest.raises(InvalidValue, match=f"^{re.escape(field)} "):
        Opportunity.open(**{"id": "7", "at": MONDAY, **wrong})


@pytest.mark.parametrize(
    "verb",
    [
        lambda deal: deal.amend(amount="900 EUR", at=MONDAY),
        lambda deal: deal.agree("900 EUR", at=MONDAY),
        lambda deal: deal.amend(amount=None, at=MONDAY).agree(at=MONDAY),
        lambda deal: deal.amend(stage="won", at=MONDAY),
        lambda deal: deal.amend(amount=EURO, amuont=EURO, at=MONDAY),
        lambda deal: deal.amend(at=MONDAY),
        lambda deal: deal.move(at=MONDAY),
        lambda deal: deal.move("propose", to="proposal", at=MONDAY),
        lambda deal: deal.move("propose", competitor="Faradis", at=MONDAY),
        lambda deal: deal.amend(expected_close="soon", at=MONDAY),
        lambda deal: deal.estimate("1.1", at=MONDAY),
        lambda deal: deal.estimate(0.5, at=MONDAY),
        lambda deal: deal.estimate(Probability(1, "closing"), at=MONDAY),
        lambda deal: deal.involve(5, "user", at=MONDAY),
        lambda deal: deal.involve("Sara", "two\nlines", at=MONDAY),
        lambda deal: deal.lose("price", competitor="two\nlines", at=MONDAY),
        lambda deal: deal.lose("price", note=b"bytes", at=MONDAY),
        lambda deal: deal.lose("price", trigger="propose", at=MONDAY),
        lambda deal: deal.move("propose", by="two\nlines", at=MONDAY),
        lambda _: Involvement("Sara", "user"),
        lambda _: Probability("0.5", "a dream"),
        lambda _: Closing(kind="lost", reason="price", stage="proposal", amount=900),
    ],
)
def test_a_verb_refuses_impossible_facts(deal, verb):
    """Wrong types and values outside their range are refused as invalid, and nothing else."""
    with pytest.raises(InvalidValue):
        verb(deal)


def test_a_stage_that_the_pipeline_does_not_have_is_refused(deal):
    """A deal can neither be opened in nor find its way to a stage that is not defined."""
    way = {"at": MONDAY, "trigger": "propose", "probability": None}
    with pytest.raises(InvalidDefinition, match="the pipeline has no stage of that name"):
        Opportunity.open(id="7", stage="nowhere", at=MONDAY)
    with pytest.raises(
        InvalidHistory, match=r"^timeline enters nowhere, which \w+ 1 does not have; it has "
    ):
        Opportunity.replay(
            [*deal.timeline, OpportunityMoved(**way, from_stage="meeting", to_stage="nowhere")]
        )
    with pytest.raises(InvalidHistory, match=r"^timeline leaves proposal, which was not"):
        Opportunity.replay(
            [*deal.timeline, OpportunityMoved(**way, from_stage="proposal", to_stage="meeting")]
        )


def test_stored_events_are_held_to_the_same_rules():
    """An event from elsewhere passes the converters of the verbs."""
    way = {"at": MONDAY, "trigger": "x", "from_stage": "proposal", "to_stage": "won"}
    with pytest.raises(InvalidValue, match="closing is of the wrong kind"):
        OpportunityWon(**way, closing="price")
    with pytest.raises(InvalidValue, match="closing is not of the same kind"):
        OpportunityLost(**way, closing=Closing(kind="won", stage="proposal"))
    with pytest.raises(InvalidValue, match="closed_on lies in the future"):
        OpportunityWon(**way, closing=Closing(kind="won", stage="proposal", closed_on=JUNE))


OWN = Pipeline(
    "tender",
    stages=[
        Stage("first", probability="0.2"),
        Stage("second"),
        Stage("signed", kind="won"),
        Stage("cancelled", kind="lost"),
    ],
    moves=[
        Move("go", "first", "second"),
        Move("sign", ("first", "second", "cancelled"), "signed", reopening=True),
        Move("cancel", ("second", "signed"), "cancelled", reopening=True),
        Move("resume", ("signed", "cancelled"), "first", reopening=True),
    ],
)


def test_a_pipeline_of_one_s_own_has_its_own_triggers():
    """Any trigger to a won stage wins, and one to a lost stage loses, with its reason."""
    deal = Opportunity.open(id="7", pipeline=OWN, at=MONDAY).move("go", at=MONDAY)

    assert deal.move("sign", at=MONDAY).probability.value == 1
    assert deal.lose("budget", trigger="cancel", at=MONDAY).losses[0].reason == "budget"


def test_a_deal_closed_twice_remembers_the_chance_of_the_open_deal():
    """From lost to won to lost: the chance comes back that it had while it was open."""
    deal = Opportunity.open(id="7", pipeline=OWN, at=MONDAY).estimate("0.4", at=MONDAY)
    cancelled = deal.move("go", at=MONDAY).lose("budget", trigger="cancel", at=MONDAY)

    signed = cancelled.move("sign", at=MONDAY)
    again = signed.lose("timing", trigger="cancel", at=MONDAY).move("resume", at=MONDAY)

    assert (signed.loss, signed.probability.value) == (None, 1)
    assert again.probability == Probability("0.4", "hand")


def test_a_deal_resumed_elsewhere_has_the_chance_of_that_stage():
    """Reopening into a fixed stage takes its default, unless a hand had set another."""
    deal = Opportunity.open(id="7", pipeline=OWN, at=MONDAY).move("go", at=MONDAY)

    again = deal.lose("budget", trigger="cancel", at=MONDAY).move("resume", at=MONDAY)

    assert again.probability == Probability("0.2", "stage")


def test_an_answer_that_has_expired_is_unknown():
    """A budget approved until June counts as unknown in July, also to a guard."""
    until = datetime(2026, 6, 1, tzinfo=UTC)
    deal = Opportunity.open(id="7", at=MONDAY).answer(
        "budget", Answer(True, expires=until), at=MONDAY
    )

    assert deal.answers["budget"].current(at=MONDAY) is True
    assert deal.answers["budget"].current(at=until) is None
