"""Moves of a pipeline of one's own that stay where they are, or call back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, InvalidHistory, InvalidValue
from salesfunnel.history import time_in_stage
from salesfunnel.leads import Lead
from salesfunnel.pipeline import LEAD_PIPELINE, STAYS, Move, Pipeline, StageKept

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


def with_moves(*moves, without=()):
    """Give the usual pipeline with further moves, and without some of its own."""
    kept = [move for move in LEAD_PIPELINE.moves if move.trigger not in without]
    return Pipeline("ours", stages=LEAD_PIPELINE.stages, moves=[*kept, *moves])


def captured(*moves, without=()):
    """Capture a lead that is led by such a pipeline."""
    return Lead.capture(company="Novin", pipeline=with_moves(*moves, without=without), at=MONDAY)


def test_a_move_that_stays_is_recorded_and_changes_nothing_else():
    """A reminder is told by the timeline; the time in stage goes on."""
    lead = captured(Move("remind", "new", STAYS))

    reminded = lead.move("remind", note="they asked", by="Sara", at=FRIDAY)

    kept = StageKept(at=FRIDAY, by="Sara", trigger="remind", stage="new", note="they asked")
    assert reminded == attrs.evolve(lead, timeline=(*lead.timeline, kept))
    assert time_in_stage(reminded.timeline, at=FRIDAY) == {"new": timedelta(days=4)}


def test_a_date_to_wait_for_means_nothing_to_a_move_that_stays():
    """Only a stage that is entered can be one to wait in."""
    lead = captured(Move("remind", "new", STAYS))

    with pytest.raises(InvalidValue, match="until is given for a move that stays"):
        lead.move("remind", until=FRIDAY, at=MONDAY)


def test_a_closed_lead_may_be_moved_where_it_is():
    """A move that stays closes nothing, so it wants no reason, and gives none."""
    lead = captured(Move("archive", "disqualified", STAYS)).disqualify("junk", at=MONDAY)

    archived = lead.move("archive", at=FRIDAY)

    assert (archived.stage, archived.rejection) == ("disqualified", "junk")
    with pytest.raises(InvalidValue, match="does not lead to a lost stage"):
        lead.disqualify("other", trigger="archive", at=FRIDAY)


def test_a_conversation_takes_a_move_that_stays():
    """Where ``contact`` stays where it is, a touch is recorded, and then the move."""
    ring = Move("ring", "new", "contacted")
    lead = captured(ring, Move("contact", "new", STAYS), without=("contact",))

    touched = lead.log("call", inbound=True, at=FRIDAY)

    assert (touched.stage, touched.version) == ("new", 3)
    assert type(touched.timeline[-1]) is StageKept


def test_a_conversation_closes_no_lead():
    """Where ``contact`` leads to a closed stage, a touch is recorded, and no more."""
    ring = Move("ring", "new", "contacted")
    lead = captured(ring, Move("contact", "new", "disqualified"), without=("contact",))

    touched = lead.log("call", inbound=True, at=FRIDAY)

    assert (touched.stage, touched.version) == ("new", 2)


def test_a_lead_is_not_led_by_moves_that_call_back():
    """What a callback sets is told by no event, so such a pipeline is refused at once."""
    with pytest.raises(InvalidDefinition, match="pipeline ours: move 'call' calls back"):
        captured(Move("call", "new", "contacted", after=lambda *_: None))


@pytest.mark.parametrize(("trigger", "stage"), [("qualify", "qualified"), ("convert", "contacted")])
def test_what_means_a_stage_must_enter_one(trigger, stage):
    """A lead that is qualified or converted is so by the stage it has entered."""
    with pytest.raises(InvalidDefinition, match=f"move '{trigger}' must enter a stage"):
        captured(Move(trigger, stage, STAYS))


def test_nothing_stays_where_it_was_not():
    """A stored event that keeps another stage tells no possible story."""
    lead = captured(Move("remind", "new", STAYS))
    elsewhere = StageKept(at=FRIDAY, trigger="remind", stage="contacted")

    with pytest.raises(InvalidHistory, match="stays in a stage that was not the stage"):
        Lead.replay([*lead.timeline, elsewhere])
