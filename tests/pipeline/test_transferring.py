"""Leads and deals that go on along another pipeline, or a new version of their own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.conversion import Conversion, plan_conversion
from salesfunnel.errors import ConversionRefused, InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.history import anomalies, apply, as_of, stage_history, time_in_stage
from salesfunnel.leads import Lead, nurturing
from salesfunnel.opportunities import Opportunity, Probability, closing
from salesfunnel.pipeline import (
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Destination,
    Move,
    Pipeline,
    PipelineChanged,
    Stage,
    overdue,
    plan_transfer,
    transfer,
)
from salesfunnel.rules import field
from salesfunnel.testing import leads, opportunities

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOUNS = leads() | opportunities()
few = settings(max_examples=max(settings.default.max_examples // 2, 10))


def retold(pipeline, *, name="", suffix=" (new)"):
    """Give every stage another name, and say how each was called."""
    names = {stage.name: f"{stage.name}{suffix}" for stage in pipeline.stages}
    called = {**names, **{place: place for place in Destination}}
    return names, Pipeline(
        name or pipeline.name,
        version=f"{pipeline.version}.1",
        stages=[attrs.evolve(stage, name=names[stage.name]) for stage in pipeline.stages],
        moves=[
            attrs.evolve(
                move,
                sources=[names[source] for source in move.sources],
                destination=called[move.destination],
            )
            for move in pipeline.moves
        ],
    )


def later(noun):
    """Give a time after all that has happened."""
    return noun.timeline[-1].at + DAY


RENEWALS = Pipeline(
    "renewals",
    stages=[
        Stage("review", probability="0.4"),
        Stage("proposal", probability="0.8", limit=10 * DAY),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
    moves=[
        Move("propose", "review", "proposal"),
        Move("win", "proposal", "won"),
        Move("lose", ["review", "proposal"], "lost"),
        Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
    ],
)
REVIEWED = {"meeting": "review", "negotiation": "proposal"}


@given(NOUNS, st.sampled_from(["", "another"]))
def test_time_in_stage_sums_to_the_age_over_pipelines(noun, name):
    """Law 41: no time is lost and none counts twice; the stage goes on since it was entered."""
    names, pipeline = retold(noun.pipeline, name=name)
    at = later(noun)
    before = time_in_stage(noun.timeline, at=at)

    moved = transfer(noun, pipeline, stages=names, at=at)

    spent = time_in_stage(moved.timeline, at=at)
    assert spent == {names[stage]: length for stage, length in before.items()}
    assert sum(spent.values(), timedelta()) == at - noun.timeline[0].at
    assert (moved.stage, moved.stage_since) == (names[noun.stage], noun.stage_since)
    assert anomalies(moved.timeline, at=at) == anomalies(noun.timeline, at=at)
    assert type(noun).replay(moved.timeline) == moved
    assert as_of(moved, at=at - timedelta(minutes=1)) == noun


@few
@given(NOUNS)
def test_transfer_there_and_back_is_the_same_but_for_the_timeline(noun):
    """Law 42: along one-to-one names, everything is what it was."""
    names, pipeline = retold(noun.pipeline)
    there = transfer(noun, pipeline, stages=names, at=later(noun))

    back = transfer(
        there, noun.pipeline, stages={new: old for old, new in names.items()}, at=later(there)
    )

    assert attrs.evolve(back, timeline=()) == attrs.evolve(noun, timeline=())
    assert stage_history(back.timeline) == stage_history(noun.timeline)


@few
@given(NOUNS, st.data())
def test_a_kind_never_changes_by_transfer(noun, data):
    """Law 43: open stays open, won stays won, and lost stays lost; all else is refused."""
    names, pipeline = retold(noun.pipeline)
    target = data.draw(st.sampled_from(pipeline.stages))
    wrong = {**names, noun.stage: target.name}
    kind = noun.pipeline.stage(noun.stage).kind

    if target.kind is kind:
        moved = transfer(noun, pipeline, stages=wrong, at=later(noun))
        assert moved.pipeline.stage(moved.stage).kind is kind
    else:
        with pytest.raises(MoveRefused, match=f"{noun.stage} is {kind}, and"):
            transfer(noun, pipeline, stages=wrong, at=later(noun))


@given(NOUNS)
def test_identity_transfer_keeps_everything(noun):
    """Law 44: to the same pipeline it is the same noun, and a new version changes only that."""
    newer = attrs.evolve(noun.pipeline, version="9")

    moved = transfer(noun, newer, at=later(noun))

    assert transfer(noun, noun.pipeline, at=later(noun)) is noun
    assert attrs.evolve(moved, timeline=(), pipeline=noun.pipeline) == attrs.evolve(
        noun, timeline=()
    )


@few
@given(NOUNS)
def test_transfer_composes(noun):
    """By way of a version between, or at once: the same place, clock and chance."""
    names, second = retold(noun.pipeline)
    again, third = retold(second, suffix="!")
    at = later(noun)
    along = {old: again[new] for old, new in names.items()}

    stepwise = transfer(transfer(noun, second, stages=names, at=at), third, stages=again, at=at)
    at_once = transfer(noun, third, stages=along, at=at)

    assert attrs.evolve(stepwise, timeline=()) == attrs.evolve(at_once, timeline=())
    assert time_in_stage(stepwise.timeline, at=at) == time_in_stage(at_once.timeline, at=at)


@few
@given(NOUNS, st.data())
def test_a_plan_of_a_transfer_tells_what_transfer_does(noun, data):
    """Law: who is refused and why, who goes where, and who is there already, for each of many."""
    names, pipeline = retold(noun.pipeline, name=data.draw(st.sampled_from(["", "another"])))
    told = {
        old: new
        for old, new in names.items()
        if data.draw(st.booleans()) or noun.pipeline.stage(old).kind.value != "open"
    }
    at = later(noun)
    plan = plan_transfer([noun, noun], pipeline, stages=told, at=at)

    if plan.is_complete:
        moved = transfer(noun, pipeline, stages=told, at=at)
        again = plan_transfer([moved], pipeline, stages=told, at=at)
        assert transfer(moved, pipeline, stages=told, at=at) is moved  # once more is nothing
        assert plan.counts == ((noun.stage, moved.stage, 2),)
        assert (again.already, again.counts, again.refused) == (1, (), ())
        assert "along it already: 1" in str(again)
    else:
        with pytest.raises(MoveRefused) as error:
            transfer(noun, pipeline, stages=told, at=at)
        assert plan.refused == ((noun.id, error.value.refusal),) * 2
        assert plan.counts == ()
        assert str(error.value.refusal) in str(plan)
    assert json.loads(json.dumps(plan.as_data()))["already"] == 0


def test_a_dry_run_says_how_many_go_where_and_who_cannot():
    """In the order of the new stages; nothing is written."""
    deals = [Opportunity.open(id=number, at=MONDAY) for number in "123"]
    deals[1] = deals[1].move("propose", at=MONDAY)
    deals[2] = deals[2].move("propose", at=MONDAY).move("negotiate", at=MONDAY)

    plan = plan_transfer(deals, RENEWALS, stages={"meeting": "review"}, at=MONDAY)

    assert str(plan).splitlines()[:3] == [
        "2 go on along renewals 1",
        "  meeting → review: 1",
        "  proposal → proposal: 1",
    ]
    assert str(plan).splitlines()[3:] == [f"  3: {plan.refused[0][1]}"]
    assert "has no stage negotiation" in str(plan)
    alone = plan_transfer(deals[:1], RENEWALS, stages={"meeting": "review"}, at=MONDAY)
    assert str(alone).startswith("1 goes on along renewals 1")
    for odd in ("123", None, {"1": deals[0]}):
        with pytest.raises(InvalidValue, match="nouns is of the wrong kind"):
            plan_transfer(odd, RENEWALS, at=MONDAY)


def test_a_deal_that_was_lost_is_reopened_with_the_chance_of_its_new_stage():
    """Lost in negotiation, which is proposal there: the chance that was the stage's follows."""
    lost = (
        Opportunity.open(id="7", at=MONDAY)
        .move("propose", at=MONDAY)
        .move("negotiate", at=MONDAY)
        .lose("price", at=MONDAY)
    )
    by_hand = (
        Opportunity.open(id="7", at=MONDAY).estimate("0.9", at=MONDAY).lose("price", at=MONDAY)
    )

    again = transfer(lost, RENEWALS, stages=REVIEWED, at=MONDAY).reopen(at=MONDAY)
    kept = transfer(by_hand, RENEWALS, stages=REVIEWED, at=MONDAY).reopen(at=MONDAY)

    assert (again.stage, again.probability) == ("proposal", Probability("0.8", "stage"))
    assert (kept.stage, kept.probability) == ("review", Probability("0.9", "hand"))
    assert (again.losses[0].stage, again.closings[0].reason) == ("negotiation", "price")


def test_two_pipelines_of_one_name_and_version_are_told_apart():
    """One that decides otherwise needs another version; one that only speaks otherwise does not."""
    deal = Opportunity.open(id="7", at=MONDAY)
    stages = OPPORTUNITY_PIPELINE.stages
    sterner = attrs.evolve(
        OPPORTUNITY_PIPELINE, stages=[attrs.evolve(stages[0], probability="0.1"), *stages[1:]]
    )
    french = attrs.evolve(
        OPPORTUNITY_PIPELINE, stages=[attrs.evolve(stages[0], label="Réunion"), *stages[1:]]
    )

    said = r"^cannot transfer: another opportunity 1 is what it goes along \(another version for"
    with pytest.raises(MoveRefused, match=said):
        transfer(deal, sterner, at=MONDAY)
    newer = transfer(deal, attrs.evolve(sterner, version="2"), at=MONDAY)
    assert newer.probability == Probability("0.1", "stage")
    assert transfer(deal, french, at=MONDAY).pipeline.stage("meeting").label == "Réunion"


def test_a_transfer_is_no_move():
    """Within its own pipeline nothing is renamed, so that no gate is passed by."""
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot transfer: it goes along opportunity already"):
        transfer(deal, deal.pipeline, stages={"meeting": "negotiation"}, at=MONDAY)
    assert transfer(deal, deal.pipeline, stages={"proposal": "negotiation"}, at=MONDAY) is deal


def test_all_that_stands_in_the_way_is_said_with_what_was_meant():
    """Names that there are not, and what the new stage asks for: at once, each with its remedy."""
    strict = attrs.evolve(
        RENEWALS, stages=[attrs.evolve(RENEWALS.stages[0], requires="amount"), *RENEWALS.stages[1:]]
    )
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        transfer(deal, strict, stages={"meeting": "review", "propsal": "reviw"}, at=MONDAY)

    assert [str(objection) for objection in refused.value.refusal.objections] == [
        "propsal is not a stage of opportunity (did you mean proposal?)",
        "amount is not known",
    ]
    with pytest.raises(MoveRefused, match=r"reviw is not a stage of renewals \(did you mean"):
        transfer(deal, strict, stages={"meeting": "reviw"}, at=MONDAY)


def test_twelve_days_in_proposal_stay_twelve_days():
    """Story 19: moved to renewals the clock goes on, and so does its limit; back, the same deal."""
    deal = Opportunity.open(id="7", at=MONDAY).move("propose", at=MONDAY)
    at = MONDAY + 12 * DAY

    moved = transfer(deal, RENEWALS, stages=REVIEWED, note="a renewal after all", at=at)
    back = transfer(moved, OPPORTUNITY_PIPELINE, stages={"review": "meeting"}, at=at)

    assert time_in_stage(moved.timeline, at=at)["proposal"] == 12 * DAY
    assert overdue(moved, at=at).excess == 2 * DAY
    assert str(moved.probability.value) == "0.8"
    assert attrs.evolve(back, timeline=()) == attrs.evolve(deal, timeline=())
    assert (moved.timeline[-1].note, moved.timeline[-1].pipeline) == (
        "a renewal after all",
        RENEWALS,
    )


def test_a_chance_set_by_hand_is_not_that_of_the_stage():
    """It stays; and a stage without a chance leaves that of the stage before."""
    deal = Opportunity.open(id="7", at=MONDAY).estimate("0.9", at=MONDAY)
    silent = attrs.evolve(
        RENEWALS, stages=[attrs.evolve(stage, probability=None) for stage in RENEWALS.stages]
    )

    by_hand = transfer(deal, RENEWALS, stages=REVIEWED, at=MONDAY)
    left = transfer(Opportunity.open(id="8", at=MONDAY), silent, stages=REVIEWED, at=MONDAY)

    assert (str(by_hand.probability.value), str(left.probability.value)) == ("0.9", "0.25")


def test_what_is_lost_in_one_pipeline_is_reopened_in_the_other():
    """The last open stage goes along, as does the rest of a deal."""
    lost = Opportunity.open(id="7", at=MONDAY).lose("price", at=MONDAY)
    resting = closing.hold(Opportunity.open(id="8", at=MONDAY), at=MONDAY)

    moved = transfer(lost, RENEWALS, stages=REVIEWED, at=MONDAY)
    rested = transfer(resting, RENEWALS, stages=REVIEWED, at=MONDAY)

    assert moved.reopen(at=MONDAY).stage == "review"
    assert moved.losses[0].stage == "meeting"
    assert (rested.rest, closing.resume(rested, at=MONDAY).stage) == (resting.rest, "review")


def test_a_nurtured_lead_goes_on_where_it_was_under_its_new_name():
    """The stage to which it would come back has to be mapped, and is."""
    names, pipeline = retold(LEAD_PIPELINE)
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY).nurture(at=MONDAY)

    moved = transfer(lead, pipeline, stages=names, at=MONDAY)

    assert nurturing.resume(moved, at=MONDAY).stage == "qualified (new)"
    del names["qualified"]
    with pytest.raises(
        MoveRefused, match="has no stage qualified, where it stands or may come back to"
    ):
        transfer(lead, pipeline, stages=names, at=MONDAY)


def test_all_that_is_not_mapped_is_said_at_once():
    """Stages that there are not, kinds that differ, and where it could not come back to."""
    lost = Opportunity.open(id="7", at=MONDAY).lose("price", at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        transfer(lost, RENEWALS, stages={"demo": "review", "won": "wonn", "lost": "won"}, at=MONDAY)

    assert [objection.code for objection in refused.value.refusal.objections] == [
        "mapped_from_nowhere",
        "mapped_from_nowhere",
        "stage_of_other_kind",
        "stage_not_mapped",
    ]
    assert refused.value.refusal.objections[3].remedy == (
        "stages={'meeting': …}, with one of: review, proposal, won, lost"
    )
    closes = attrs.evolve(
        RENEWALS,
        stages=[*RENEWALS.stages[:2], Stage("meeting", kind="won")],
        moves=[Move("propose", "review", "proposal"), Move("win", "proposal", "meeting")],
    )
    with pytest.raises(MoveRefused, match="meeting is open, and meeting is won"):
        transfer(Opportunity.open(id="7", at=MONDAY), closes, at=MONDAY)


def test_another_pipeline_asks_what_its_stage_asks_for_and_a_new_version_does_not():
    """A deal without an amount is not moved into a stage that wants one, under another name."""
    asking = [attrs.evolve(stage, requires="amount") for stage in RENEWALS.stages]
    other = attrs.evolve(RENEWALS, stages=asking)
    newer = attrs.evolve(
        OPPORTUNITY_PIPELINE,
        version="2",
        stages=[
            attrs.evolve(stage, entry=field("amount_agreed").is_(True))
            for stage in OPPORTUNITY_PIPELINE.stages
        ],
    )
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(MoveRefused, match="cannot transfer: amount is not known"):
        transfer(deal, other, stages=REVIEWED, at=MONDAY)
    assert transfer(deal, newer, at=MONDAY).pipeline.version == "2"


def test_a_transfer_takes_a_pipeline_names_and_a_time():
    """Anything else is named, and a time before the last event is too early."""
    deal = Opportunity.open(id="7", at=MONDAY)

    for wrong, said in (
        ({"pipeline": "renewals"}, "pipeline is of the wrong kind"),
        ({"stages": ["meeting"]}, "stages is of the wrong kind"),
        ({"stages": {"meeting": " "}}, "stages is blank"),
        ({"at": MONDAY.replace(tzinfo=None)}, "at has no time zone"),
    ):
        given_ = {"pipeline": RENEWALS, "stages": REVIEWED, "at": MONDAY, **wrong}
        with pytest.raises(InvalidValue, match=rf"^{said}"):
            transfer(deal, given_.pop("pipeline"), **given_)
    with pytest.raises(MoveRefused, match=r"^cannot transfer: the time lies before"):
        transfer(deal, RENEWALS, stages=REVIEWED, at=MONDAY - DAY)


def test_an_event_from_elsewhere_cannot_lead_to_where_nothing_is():
    """Neither from a stage where it did not stand, nor to one that the new pipeline lacks."""
    deal = Opportunity.open(id="7", at=MONDAY)

    for from_stage, stages in (("proposal", REVIEWED), ("meeting", {})):
        event = PipelineChanged(at=MONDAY, pipeline=RENEWALS, from_stage=from_stage, stages=stages)
        with pytest.raises(InvalidHistory):
            apply(deal, event)


def test_a_converted_lead_that_was_transferred_is_not_undone():
    """Where it stood before has no name in the new pipeline."""
    names, pipeline = retold(LEAD_PIPELINE, suffix="")
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY)
    done = plan_conversion(lead).apply(at=MONDAY)
    moved = transfer(done.lead, pipeline, stages=names, at=MONDAY)

    with pytest.raises(ConversionRefused, match="the lead has moved to another stage since"):
        Conversion(moved, done.account, done.opportunity).undo(at=MONDAY)


def test_two_versions_of_one_name_are_told_apart():
    """A sentence on "ours" alone would not say which of the two lacks the stage."""
    old, new = (
        Pipeline(
            "ours",
            version=version,
            stages=[Stage(name), Stage("won", kind="won")],
            moves=[Move("win", name, "won")],
        )
        for name, version in (("visit", "1"), ("demo", "2"))
    )
    deal = Opportunity.open(id="7", pipeline=old, at=MONDAY)

    with pytest.raises(MoveRefused, match="ours 2 has no stage visit, where it stands"):
        transfer(deal, new, at=MONDAY)
    with pytest.raises(MoveRefused, match="vist is not a stage of ours 1 "):
        transfer(deal, new, stages={"vist": "demo"}, at=MONDAY)
    with pytest.raises(MoveRefused, match="dmo is not a stage of ours 2 "):
        transfer(deal, new, stages={"visit": "dmo"}, at=MONDAY)
