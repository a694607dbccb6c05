"""A stage of one's own to rest in, such as *on hold*: from there it goes on where it was before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidDefinition, MoveRefused
from salesfunnel.history import time_in_stage
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Destination, Move, Pipeline, Stage, mermaid, overdue

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WORKED = ["demo", "offer"]
OURS = Pipeline(
    "ours",
    stages=[
        Stage("demo", limit=10 * DAY),
        Stage("offer"),
        Stage("on hold"),
        Stage("next year"),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
    moves=[
        Move("propose", "demo", "offer"),
        Move("hold", WORKED, "on hold"),
        Move("put off", [*WORKED, "on hold"], "next year"),
        Move("resume", ["on hold", "next year"], Destination.LAST_OPEN),
        Move("win", "offer", "won"),
        Move("lose", [*WORKED, "on hold"], "lost"),
        Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
    ],
)
TRIGGERS = st.lists(st.sampled_from(OURS.triggers), max_size=8)


def a_deal(stage="demo"):
    """Open a deal."""
    return Opportunity.open(id="7", pipeline=OURS, stage=stage, at=MONDAY)


@pytest.mark.parametrize("stage", WORKED)
def test_it_goes_on_where_it_was_before(stage):
    """From each stage, also by way of another stage of rest; meanwhile it is late for nothing."""
    deal = a_deal(stage).move("hold", at=MONDAY + DAY)

    assert (deal.stage, deal.last_open_stage) == ("on hold", stage)
    assert overdue(deal, at=MONDAY + 99 * DAY) is None
    assert deal.move("resume", at=MONDAY + 99 * DAY).stage == stage
    longer = deal.move("put off", at=MONDAY + 2 * DAY).move("resume", at=MONDAY + 99 * DAY)
    assert longer.stage == stage
    assert time_in_stage(longer.timeline, at=MONDAY + 99 * DAY) == {
        stage: DAY,
        "on hold": DAY,
        "next year": 97 * DAY,
    }
    assert Opportunity.replay(longer.timeline) == longer


def test_what_was_lost_while_it_rested_is_reopened_where_it_was_worked_on():
    """A stage of rest is never the last open one."""
    lost = a_deal("offer").move("hold", at=MONDAY).lose("price", at=MONDAY)

    assert lost.reopen(at=MONDAY).stage == "offer"
    assert [way.destination.name for way in lost.ways(at=MONDAY) if way] == ["offer"]


def test_what_begins_at_rest_has_nowhere_to_go_back_to():
    """The way is closed and says so; every other way out is as it was."""
    deal = a_deal("on hold")

    assert deal.last_open_stage == ""
    with pytest.raises(MoveRefused) as refused:
        deal.move("resume", at=MONDAY)
    assert refused.value.refusal.code == "last_open_unknown"
    assert deal.lose("price", at=MONDAY).stage == "lost"


@given(TRIGGERS)
def test_rows_and_machines_rest_as_deals_do(triggers):
    """Whichever moves are made, a row, a live machine and a deal stand in the same stages."""
    deal = a_deal()
    row = SimpleNamespace(stage="demo", last_open_stage="demo")
    model = SimpleNamespace(stage="demo", last_open_stage="demo")
    machine = OURS.machine()
    machine.add_model(model, initial="demo")
    rested_from = "demo"

    for trigger in triggers:
        told = {"reason": "price"} if trigger == "lose" else {}
        verdict = deal.decide(trigger, at=MONDAY, **told)
        if not verdict:
            with pytest.raises(MoveRefused):
                OURS.drive(row, trigger, at=MONDAY, **told)
            continue
        deal = deal.move(trigger, at=MONDAY, **told)
        OURS.drive(row, trigger, at=MONDAY, **told)
        assert machine.events[trigger].trigger(model, at=MONDAY, **told)
        rested_from = deal.stage if deal.stage in WORKED else rested_from
        for one in (row, model, deal):
            assert (one.stage, one.last_open_stage) == (deal.stage, rested_from)


def test_a_lead_may_rest_too():
    """A pipeline of leads with a stage of rest, to which contact leads back."""
    kin = Pipeline(
        "kin",
        stages=[Stage("new"), Stage("asleep"), Stage("converted", kind="won")],
        moves=[
            Move("sleep", "new", "asleep"),
            Move("contact", "asleep", Destination.LAST_OPEN),
            Move("convert", "new", "converted", needs="account"),
        ],
    )
    lead = Lead.capture(company="Novin", pipeline=kin, at=MONDAY).move("sleep", at=MONDAY)

    assert lead.log("call", inbound=True, at=MONDAY).stage == "new"


def test_the_first_stage_is_none_of_rest():
    """Before it there is nothing."""
    with pytest.raises(InvalidDefinition, match="leads back to where it was before, but leaves"):
        Pipeline(
            "odd",
            stages=[Stage("on hold"), Stage("demo"), Stage("won", kind="won")],
            moves=[
                Move("resume", "on hold", Destination.LAST_OPEN),
                Move("begin", "on hold", "demo"),
                Move("win", "demo", "won"),
            ],
        )


def test_the_picture_leads_back_to_where_work_is_done():
    """No arrow leads from a stage of rest into another."""
    picture = mermaid(OURS)

    assert OURS.rests_in("on hold")
    assert not OURS.rests_in("offer")
    assert picture.count(": resume") == 2 * len(WORKED)
