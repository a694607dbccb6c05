"""The laws of stories: what stays is told without a new interval, and junk tells no story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account, AccountAmended
from salesfunnel.activities import ActivityLogged
from salesfunnel.errors import InvalidHistory
from salesfunnel.history import StageEntered, stage_history, time_in_stage
from salesfunnel.leads import Lead
from salesfunnel.opportunities import CloseDateMoved, Opportunity
from salesfunnel.pipeline import Destination, Move, MoveTaken, Pipeline, Stage
from tests.funnel.verbs import STRATEGIES, VERBS

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2200, 1, 1, tzinfo=UTC)
each_noun = pytest.mark.parametrize("noun", VERBS, ids=lambda noun: noun.__name__)
few = settings(max_examples=max(settings.default.max_examples // 2, 10))

ROUND = Pipeline(
    "round",
    stages=[Stage("a"), Stage("b"), Stage("done", kind="won"), Stage("lost", kind="lost")],
    moves=[
        Move("go", "a", "b"),
        Move("back", "b", "a"),
        Move("again", ("a", "b"), "a"),
        Move("drop", ("a", "b"), "lost"),
        Move("win", "b", "done"),
        Move("reopen", "lost", Destination.LAST_OPEN, reopening=True),
        Move("remind", ("a", "b", "lost"), Destination.STAYS),
    ],
)
BEGUN = {
    Lead: Lead.capture(company="Novin", pipeline=ROUND, at=MONDAY),
    Opportunity: Opportunity.open(id="7", pipeline=ROUND, at=MONDAY),
}


def step(entity, trigger, at):
    """Take one move of the pipeline, or none if it is not open from here."""
    reason = "other" if trigger == "drop" else ""
    if entity.decide(trigger, reason=reason, at=at):
        return entity.move(trigger, reason=reason, at=at)
    return entity


@pytest.mark.parametrize("noun", BEGUN, ids=lambda noun: noun.__name__)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*ROUND.triggers, "remind"]), st.sampled_from([0, 0, 1])),
        max_size=12,
    )
)
def test_what_stays_is_told_and_counts_for_nothing(noun, steps):
    """Without the moves that stay a timeline has the same intervals; with them it is told alike."""
    entity, at = BEGUN[noun], MONDAY
    for trigger, hours in steps:
        at += timedelta(hours=hours)
        entity = step(entity, trigger, at)
    moves = [event for event in entity.timeline if not isinstance(event, MoveTaken)]

    assert noun.replay(entity.timeline) == entity
    assert stage_history(entity.timeline) == stage_history(moves)
    assert time_in_stage(entity.timeline, at=at) == time_in_stage(moves, at=at)
    assert attrs.evolve(noun.replay(moves), timeline=()) == attrs.evolve(entity, timeline=())


FOREIGN = {
    Lead: [
        CloseDateMoved(at=LATER, before=None, expected_close=None),
        AccountAmended(at=LATER, amended={"source": "web"}),
        *BEGUN[Opportunity].timeline,
    ],
    Opportunity: [
        AccountAmended(at=LATER, amended={"details": {"hall": "7"}}),
        *BEGUN[Lead].timeline,
    ],
    Account: [
        CloseDateMoved(at=LATER, before=None, expected_close=None),
        MoveTaken(at=LATER, trigger="remind", from_stage="a"),
        *BEGUN[Lead].timeline,
    ],
}
SHAPELESS = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(
        [
            ActivityLogged,
            object(),
            StageEntered(at=LATER, from_stage="a", to_stage="b"),
            SimpleNamespace(at=LATER, by="", changes=lambda _: {"id": "8"}),
            SimpleNamespace(at=LATER, by="", changes=lambda _: {"shoe_size": 43}),
            SimpleNamespace(at=LATER.replace(tzinfo=None), by="", changes=lambda _: {}),
            SimpleNamespace(at="today", by="", changes=lambda _: {}),
        ]
    ),
)


@each_noun
@few
@given(data=st.data())
def test_junk_on_a_timeline_tells_no_story(noun, data):
    """Where something stands that cannot happen to such a noun, the whole is refused."""
    told = list(data.draw(STRATEGIES[noun]).timeline)
    junk = data.draw(st.lists(SHAPELESS | st.sampled_from(FOREIGN[noun]), min_size=1, max_size=3))
    for thing in junk:
        told.insert(data.draw(st.integers(0, len(told))), thing)

    with pytest.raises(InvalidHistory, match=r"^timeline "):
        noun.replay(told)


@each_noun
@given(junk=SHAPELESS)
def test_junk_is_no_timeline(noun, junk):
    """What is no list of events at all is refused in the same way."""
    with pytest.raises(InvalidHistory, match=r"^timeline "):
        noun.replay(junk)
