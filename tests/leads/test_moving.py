"""Moves of a pipeline of one's own: those that stay, and what a lead adds to its pipeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import ConversionRefused, InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.history import apply, time_in_stage
from salesfunnel.leads import Lead
from salesfunnel.pipeline import LEAD_PIPELINE, Destination, Move, MoveTaken, Pipeline
from salesfunnel.pipeline.presets.standard import FIVE_STAGES
from salesfunnel.qualification import BANT

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
STAYS = Destination.STAYS


def with_moves(*moves, without=()):
    """Give the usual pipeline with further moves, and without some of its own."""
    kept = [move for move in LEAD_PIPELINE.moves if move.trigger not in without]
    return Pipeline("ours", stages=LEAD_PIPELINE.stages, moves=[*kept, *moves])


def captured(*moves, without=(), stage=""):
    """Capture a lead that is led by such a pipeline."""
    pipeline = with_moves(*moves, without=without)
    return Lead.capture(company="Novin", pipeline=pipeline, stage=stage, at=MONDAY)


def answered_well(lead):
    """Answer all that matters with yes."""
    return lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)


def test_a_move_that_stays_is_recorded_and_changes_nothing_else():
    """A reminder is told by the timeline; the time in stage goes on."""
    lead = captured(Move("remind", "new", STAYS))

    reminded = lead.move("remind", reason="fair", note="they asked", by="Sara", at=FRIDAY)

    taken = MoveTaken(
        at=FRIDAY, by="Sara", trigger="remind", from_stage="new", reason="fair", note="they asked"
    )
    assert reminded == apply(lead, taken)
    assert (reminded.stage, reminded.timeline[-1]) == ("new", taken)
    assert time_in_stage(reminded.timeline, at=FRIDAY) == {"new": timedelta(days=4)}


def test_a_date_to_wait_for_means_nothing_where_nothing_waits():
    """Only an open stage that is entered can be one to wait in."""
    lead = captured(Move("remind", "new", STAYS))

    for trigger, reason in (("remind", ""), ("disqualify", "junk")):
        with pytest.raises(
            InvalidValue, match=r"^until is given for a move that waits for nothing"
        ):
            lead.move(trigger, reason=reason, until=FRIDAY, at=MONDAY)


def test_the_reason_of_any_move_is_kept():
    """A reason is not only for giving up: it stays with the move for which it was given."""
    nurtured = captured().move("nurture", reason="budget_year", at=MONDAY)

    assert nurtured.timeline[-1].reason == "budget_year"


def test_a_closed_lead_may_be_moved_where_it_is():
    """A move that stays closes nothing, so it wants no reason, and gives none."""
    lead = captured(Move("archive", "disqualified", STAYS)).disqualify("junk", at=MONDAY)

    archived = lead.move("archive", at=FRIDAY)

    assert (archived.stage, archived.rejection) == ("disqualified", "junk")
    with pytest.raises(InvalidValue, match=r"^trigger does not lead to a lost stage"):
        lead.disqualify("other", trigger="archive", at=FRIDAY)


def test_a_note_on_a_converted_lead_wins_nothing():
    """A move that stays in the won stage is no second way to win."""
    lead = captured(Move("remind", "converted", STAYS), stage="converted")

    assert [(way.trigger, bool(way)) for way in lead.ways(at=FRIDAY)] == [("remind", True)]
    assert lead.move("remind", at=FRIDAY).stage == "converted"


def test_a_conversation_takes_a_move_that_stays():
    """Where ``contact`` stays where it is, a call is recorded, and then the move."""
    ring = Move("ring", "new", "contacted")
    lead = captured(ring, Move("contact", "new", STAYS), without=("contact",))

    called = lead.log("call", inbound=True, at=FRIDAY)

    assert (called.stage, called.version) == ("new", 3)
    assert type(called.timeline[-1]) is MoveTaken


@pytest.mark.parametrize("stage", ["disqualified", "converted"])
def test_a_conversation_closes_no_lead(stage):
    """Where ``contact`` leads to a closed stage, a call is recorded, and no more."""
    ring = Move("ring", "new", "contacted")
    lead = captured(ring, Move("contact", "new", stage), without=("contact",))

    called = lead.log("call", inbound=True, at=FRIDAY)

    assert (called.stage, called.version) == ("new", 2)


def test_nothing_stays_where_it_was_not():
    """A stored event that keeps another stage tells no possible story."""
    lead = captured(Move("remind", "new", STAYS))
    elsewhere = MoveTaken(at=FRIDAY, trigger="remind", from_stage="contacted")

    with pytest.raises(InvalidHistory, match="leaves contacted, which was not the stage"):
        Lead.replay([*lead.timeline, elsewhere])


def test_qualifying_enters_a_stage():
    """Where ``qualify`` stays, nothing would tell that the lead is qualified, so it is refused."""
    moves = Move("qualify", "new", STAYS), Move("promote", "new", "qualified")
    lead = answered_well(captured(*moves, without=("qualify",)))
    (way,) = (way for way in lead.ways(at=MONDAY) if way.trigger == "qualify")

    with pytest.raises(MoveRefused) as refused:
        lead.qualify(BANT, at=MONDAY)

    assert refused.value.refusal == way.verdict
    assert str(refused.value) == (
        "cannot qualify: qualify leads into no stage (let the move lead into a stage)"
    )


def test_converting_enters_a_stage():
    """Where ``convert`` stays, the plan is refused before anything is made."""
    moves = Move("convert", "new", STAYS), Move("become", "qualified", "converted")
    lead = captured(*moves, without=("convert",))
    (way,) = (way for way in lead.ways(at=MONDAY) if way.trigger == "convert")

    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(lead)

    assert [o.code for o in refused.value.refusal.objections] == ["enters_nothing"]
    assert refused.value.refusal == way.verdict


def test_a_lead_is_not_won_by_a_move():
    """Along all five stages a lead is told that it cannot be won, asked or tried."""
    lead = Lead.capture(company="Novin", pipeline=FIVE_STAGES, stage="proposal", at=MONDAY)
    ways = {way.trigger: way for way in lead.ways(at=MONDAY)}

    with pytest.raises(MoveRefused) as refused:
        lead.move("win", at=MONDAY)

    assert {trigger: bool(way) for trigger, way in ways.items()} == {"win": False, "lose": True}
    assert refused.value.refusal == ways["win"].verdict == lead.decide("win", at=MONDAY)
    assert str(refused.value) == (
        "cannot win: a lead is not won by a move (convert it, and win the opportunity)"
    )


@pytest.mark.parametrize(
    ("trigger", "need", "code"),
    [
        ("qualify", "assessment", "assessment_required"),
        ("convert", "account", "account_required"),
    ],
)
def test_a_lead_needs_the_same_on_every_pipeline(trigger, need, code):
    """A pipeline of one's own that says nothing of it still wants an assessment or an account."""
    lead = captured(
        Move("qualify", "new", "qualified"),
        Move("convert", "new", "converted"),
        without=("qualify", "convert"),
    )
    (way,) = (way for way in lead.ways(at=MONDAY) if way.trigger == trigger)

    verdict = lead.decide(trigger, at=MONDAY)

    assert (bool(way), way.needs) == (True, (need,))
    assert [objection.code for objection in verdict.objections] == [code]
    with pytest.raises(MoveRefused) as refused:
        lead.move(trigger, at=MONDAY)
    assert refused.value.refusal == verdict


def test_a_need_is_listed_once():
    """The usual pipeline names what a lead needs; the lead does not name it again."""
    needs = {way.trigger: way.needs for way in captured(stage="qualified").ways(at=MONDAY)}

    assert needs == {"nurture": (), "convert": ("account",), "disqualify": ("reason",)}
