"""Asking and trying agree: on every verb, along every path, and on every pipeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import MoveRefused
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import (
    FIVE_STAGES,
    HUBSPOT,
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    SALESFORCE,
    Destination,
    Guard,
    Move,
    Pipeline,
    Stage,
)
from salesfunnel.qualification import BANT
from salesfunnel.rules import yes
from tests.funnel.verbs import STRATEGIES, VERBS

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)

# Two moves of one trigger, a gate, a guard, a need of its own, a move that stays, one into itself.
CAREFUL = Pipeline(
    "careful",
    stages=[
        Stage("card"),
        Stage("called", requires="answers.need"),
        Stage("qualified"),
        Stage("signed", kind="won", entry=yes("answers.budget")),
        Stage("gone", kind="lost"),
    ],
    moves=[
        Move("contact", "card", "called"),
        Move("qualify", ("card", "called"), "qualified"),
        Move("go", "card", "called", guards=Guard("never", lambda *_: False)),
        Move("go", "card", "qualified", needs="reason"),
        Move("back", ("called", "qualified"), "card"),
        Move("again", "called", "called"),
        Move("remind", ("card", "gone"), Destination.STAYS),
        Move("win", ("qualified", "called"), "signed"),
        Move("convert", "qualified", "signed"),
        Move("lose", ("card", "called", "qualified"), "gone"),
        Move("reopen", ("gone", "signed"), Destination.LAST_OPEN, reopening=True),
    ],
)
few = settings(max_examples=max(settings.default.max_examples // 4, 5))
PIPELINES = (LEAD_PIPELINE, OPPORTUNITY_PIPELINE, FIVE_STAGES, SALESFORCE, HUBSPOT, CAREFUL)
REASONS = {Lead: "no_need", Opportunity: "price"}
both = pytest.mark.parametrize("noun", REASONS, ids=lambda noun: noun.__name__)


def begun(noun, pipeline):
    """Begin a lead or a deal along a pipeline."""
    if noun is Lead:
        return Lead.capture(company="Novin", pipeline=pipeline, at=MONDAY)
    return Opportunity.open(id="7", pipeline=pipeline, at=MONDAY)


def tried(verb):
    """Do a verb, and give back what came of it: the noun, or the refusal."""
    try:
        return verb()
    except MoveRefused as refused:
        return refused.refusal


@st.composite
def walked(draw, noun):
    """Draw a lead or a deal that went some way along some pipeline."""
    pipeline = draw(st.sampled_from(PIPELINES))
    entity, at = begun(noun, pipeline), MONDAY
    for trigger in draw(st.lists(st.sampled_from(pipeline.triggers), max_size=5)):
        at += draw(st.sampled_from([0 * HOUR, HOUR]))
        for verb in draw(st.lists(st.sampled_from(["answer", "log", "amend"]), max_size=1)):
            entity = tried(lambda e=entity, v=verb, a=at: VERBS[noun][v](e, a)) or entity
        moved = tried(lambda e=entity, t=trigger, a=at: e.move(t, reason=REASONS[noun], at=a))
        entity = moved or entity
    return entity


@both
@given(data=st.data())
def test_a_move_does_what_was_decided(noun, data):
    """With and without a reason, a trigger that is known or misspelt is decided as it is tried."""
    entity = data.draw(walked(noun))
    at = entity.timeline[-1].at + data.draw(st.sampled_from([-HOUR, 0 * HOUR, HOUR]))
    trigger = data.draw(st.sampled_from([*entity.pipeline.triggers, "propse", "?", " "]))
    said = {
        "reason": data.draw(st.sampled_from(["", REASONS[noun], "other", "the weather"])),
        "note": data.draw(st.sampled_from(["", "they said so"])),
    }

    verdict = entity.decide(trigger, **said, at=at)
    outcome = tried(lambda: entity.move(trigger, **said, at=at))

    if not verdict:
        assert outcome == verdict
        return
    assert outcome.stage == (verdict.destination.name if verdict.enters else entity.stage)
    assert outcome.timeline[:-1] == entity.timeline
    assert noun.replay(outcome.timeline) == outcome


@both
@given(data=st.data())
def test_a_way_that_is_open_can_be_gone_with_its_needs(noun, data):
    """Each way tells whether it is open, and which needs make it so; no other way leads out."""
    entity = data.draw(walked(noun))
    at = entity.timeline[-1].at + data.draw(st.sampled_from([-HOUR, HOUR]))
    ways = entity.ways(at=at)
    triggers = {m.trigger for m in entity.pipeline.moves if entity.stage in m.sources}

    assert {way.trigger for way in ways} <= triggers
    for way in ways:
        reasons = [*way.destination.reasons, REASONS[noun]]
        given_with = {need: reasons[0] for need in way.needs if need == "reason"}
        verdict = entity.decide(way.trigger, at=at, **given_with)
        if set(way.needs) <= {"reason"}:
            leads_there = bool(verdict) and verdict.destination == way.destination
            assert bool(way) == leads_there
        else:
            assert not verdict
        if not way:
            assert not verdict or verdict.destination != way.destination


@both
@given(data=st.data())
def test_a_board_is_told_the_same_as_a_trigger(noun, data):
    """Moving to a stage takes the first way that is open, or is refused as its trigger is."""
    entity = data.draw(walked(noun))
    at = entity.timeline[-1].at
    stage = data.draw(st.sampled_from([s.name for s in entity.pipeline.stages]))
    reason = data.draw(st.sampled_from(["", REASONS[noun]]))
    leading = [way for way in entity.ways(at=at) if way.destination.name == stage]

    outcome = tried(lambda: entity.move(to=stage, reason=reason, at=at))

    if not leading:
        assert outcome.code == "no_move_to"
        return
    trigger = next((way.trigger for way in leading if way), leading[0].trigger)
    assert outcome == tried(lambda: entity.move(trigger, reason=reason, at=at))


@both
@given(data=st.data())
def test_changed_by_hand_is_the_same_no_for_every_question(noun, data):
    """A lead or deal with another pipeline put in by hand takes no verb, and says so when asked."""
    entity = data.draw(walked(noun))
    other = data.draw(st.sampled_from([p for p in PIPELINES if p is not entity.pipeline]))
    change = data.draw(st.sampled_from([{"pipeline": other}, {"id": "8"}, {"source": "fair"}]))
    by_hand = attrs.evolve(entity, **change)
    at = entity.timeline[-1].at + HOUR

    assert not any(by_hand.ways(at=at))
    for trigger in entity.pipeline.triggers:
        verdict = by_hand.decide(trigger, at=at)
        assert (verdict.code, verdict.stage) == ("changed_by_hand", entity.stage)
        assert tried(lambda t=trigger: by_hand.move(t, at=at)) == verdict


@pytest.mark.parametrize(
    ("noun", "verb"), [(noun, verb) for noun, verbs in VERBS.items() for verb in verbs]
)
@few
@given(data=st.data())
def test_no_verb_takes_what_was_changed_by_hand(noun, verb, data):
    """Every verb of every noun refuses a value whose fields do not follow from its timeline."""
    entity = attrs.evolve(data.draw(STRATEGIES[noun]), id="changed by hand")

    refusal = tried(lambda: VERBS[noun][verb](entity, entity.timeline[-1].at))

    assert {objection.code for objection in refusal.objections} == {"changed_by_hand"}


@given(data=st.data())
def test_qualifying_and_converting_do_what_was_decided(data):
    """`qualify` and the plan of a conversion are refused exactly as `decide` refuses them."""
    lead = data.draw(walked(Lead) | STRATEGIES[Lead])
    at = lead.timeline[-1].at
    said = BANT.assess(lead, at=at)

    decided = lead.decide("qualify", assessment=said, at=at)
    qualified = tried(lambda: lead.qualify(said, at=at))
    assert qualified == tried(lambda: lead.qualify(BANT, at=at))
    assert qualified.stage == decided.destination.name if decided else qualified == decided

    decided = lead.decide("convert", account="7", at=at)
    planned = tried(lambda: plan_conversion(lead))
    assert planned.refusal is None if decided else planned == decided


@given(data=st.data())
def test_winning_and_losing_do_what_was_decided(data):
    """`win` and `lose` are refused exactly as `decide` refuses their triggers."""
    deal = data.draw(STRATEGIES[Opportunity])
    at = deal.timeline[-1].at

    for verb, trigger, reason in (
        (deal.win, "win", ""),
        (deal.win, "win", "quality"),
        (deal.lose, "lose", "price"),
        (deal.lose, "lose", ""),
    ):
        verdict = deal.decide(trigger, reason=reason, at=at)
        outcome = tried(lambda v=verb, r=reason: v(r, at=at))
        assert outcome.stage == verdict.destination.name if verdict else outcome == verdict


def test_a_plan_is_refused_for_an_account_that_was_changed_by_hand():
    """The account of a conversion is asked as well as the lead."""
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY)
    account = attrs.evolve(Account.open(id="7", name="Novin", at=MONDAY), source="web")

    refusal = tried(lambda: plan_conversion(lead, account=account))

    assert [objection.code for objection in refusal.objections] == ["changed_by_hand"]
