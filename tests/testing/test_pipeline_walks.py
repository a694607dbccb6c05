"""The walk through a pipeline: it passes what is sound and catches what is broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from salesfunnel.errors import GuardFailed, InvalidValue, MoveRefused, Refusal
from salesfunnel.pipeline import (
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Destination,
    Guard,
    Move,
    MoveTaken,
    Permit,
    Pipeline,
    Stage,
)
from salesfunnel.rules import field, yes
from salesfunnel.testing import PipelineWalk, pipelines, walk_through
from salesfunnel.testing.pipeline_walks import facts_asked
from salesfunnel.testing.traveller import Traveller

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
STAGES = (
    Stage("meeting"),
    Stage("proposal"),
    Stage("won", kind="won", requires="contract"),
    Stage("lost", kind="lost"),
)
MOVES = (
    Move("propose", "meeting", "proposal", guards=(Guard("large", field("amount") >= 3),)),
    Move("win", "proposal", "won", guards=(Guard("agreed", yes("agreed")),), needs="paper"),
    Move("lose", ("meeting", "proposal"), "lost"),
    Move("note", ("meeting", "won"), Destination.STAYS),
    Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True),
    Move("restart", "lost", "meeting", reopening=True),
)


def walk(machine, *, examples=20):
    """Walk through a pipeline, and raise what is found."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=20,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.parametrize(
    "pipeline",
    [LEAD_PIPELINE, OPPORTUNITY_PIPELINE, Pipeline("own", stages=STAGES, moves=MOVES)],
    ids=lambda pipeline: pipeline.name,
)
def test_a_sound_pipeline_can_be_walked(pipeline):
    """The pipelines of the library, and one with all kinds of moves, keep every law."""
    walk(walk_through(pipeline))


class AnyPipelineWalk(PipelineWalk):
    """Walks through a pipeline that is drawn at the beginning of each walk."""

    facts = dict.fromkeys(
        ("ready", "urgent", "score", "company.employees", "contract"),
        st.sampled_from([None, True, False, 0, 1, 2, 3]),
    )

    @initialize(pipeline=pipelines())
    def begin(self, pipeline):
        """Set out."""
        self.set_out(pipeline)


def test_any_pipeline_can_be_walked():
    """The laws hold on every pipeline that can be generated."""
    walk(AnyPipelineWalk, examples=50)


def guarded(check) -> Pipeline:
    """Make a pipeline with a guard at its first move."""
    moves = (Move("propose", "meeting", "proposal", guards=(Guard("odd", check),)), *MOVES[1:])
    return Pipeline("guarded", stages=STAGES, moves=moves)


def raising(_entity, _at):
    """Be a guard that fails."""
    raise LookupError


@pytest.mark.parametrize("check", [raising, lambda _entity, _at: None, lambda _entity, _at: "yes"])
def test_a_guard_that_does_not_answer_is_named(check):
    """A guard that raises, or says neither yes nor no, is found at the first step."""
    with pytest.raises(GuardFailed, match="odd"):
        walk(walk_through(guarded(check)))


@pytest.mark.parametrize("what", ["opportunity", None])
def test_only_a_pipeline_can_be_walked(what):
    """The name of a pipeline is not the pipeline."""
    with pytest.raises(InvalidValue, match="pipeline is of the wrong kind"):
        walk_through(what)
    with pytest.raises(InvalidValue, match="pipeline is of the wrong kind"):
        PipelineWalk().set_out(what)


def test_a_moody_guard_is_caught():
    """A guard that answers now so and now so makes explaining and moving disagree."""
    calls = count()

    with pytest.raises(AssertionError, match=r"differ on propose|drive refuses propose"):
        walk(walk_through(guarded(lambda _entity, _at: next(calls) % 2 == 0)))


def test_a_meddling_guard_is_caught():
    """A guard that changes what it is asked about is found out."""

    def meddle(entity, _at):
        entity.facts["agreed"] = True
        return False

    with pytest.raises(AssertionError, match="asking has changed the entity"):
        walk(walk_through(guarded(meddle)))


class OpensEverything(Pipeline):
    """Lists every way as open."""

    def ways(self, stage, facts, *, at):
        """Open them all."""
        here = self.stage(stage)
        return tuple(
            attrs.evolve(way, verdict=Permit(way.trigger, here, way.destination))
            for way in super().ways(stage, facts, at=at)
        )


class ListsNothing(Pipeline):
    """Knows of no way."""

    def ways(self, stage, facts, *, at):  # noqa: ARG002 - a lie takes no notice
        """List nothing."""
        return ()


class Refuses(Pipeline):
    """Permits more than it obeys."""

    def drive(self, driven, trigger, *, at, **given):  # noqa: ARG002 - see above
        """Refuse everything."""
        raise MoveRefused(Refusal(trigger, driven.stage, ()))


class Obeys(Pipeline):
    """Does what it has refused."""

    def drive(self, driven, trigger, *, at, **given):
        """Obey at any time."""
        try:
            return super().drive(driven, trigger, at=at, **given)
        except MoveRefused:
            return MoveTaken(at=at, trigger=trigger, from_stage=driven.stage)


class ObeysThePast(Pipeline):
    """Takes a move that is dated before the last event as if it happened just then."""

    def drive(self, driven, trigger, *, at, **given):
        """Obey at any time."""
        return super().drive(driven, trigger, at=max(at, driven.timeline[-1].at), **given)


class GivesNoReasons(Pipeline):
    """Refuses a move without the reasons that it decides."""

    def drive(self, driven, trigger, *, at, **given):
        """Leave the reasons out."""
        try:
            return super().drive(driven, trigger, at=at, **given)
        except MoveRefused as error:
            raise MoveRefused(attrs.evolve(error.refusal, objections=())) from error


class ForgetsNeeds(Pipeline):
    """Lists ways without what they need."""

    def ways(self, stage, facts, *, at):
        """Leave the needs out."""
        return tuple(attrs.evolve(way, needs=()) for way in super().ways(stage, facts, at=at))


class LeadsAstray(Pipeline):
    """Permits one way and takes another."""

    def drive(self, driven, trigger, *, at, **given):
        """Lose everything that moves."""
        taken = super().drive(driven, trigger, at=at, **given)
        driven.stage = "lost"
        return taken


class Invents(Pipeline):
    """Permits, and takes, a way that was never defined."""

    def decide(self, stage, trigger, facts, *, at, **given):
        """Win at once."""
        verdict = super().decide(stage, trigger, facts, at=at, **given)
        won = self.stage("won")
        return attrs.evolve(verdict, destination=won) if verdict else verdict

    def ways(self, stage, facts, *, at):
        """Tell the same lie."""
        found = super().ways(stage, facts, at=at)
        return tuple(attrs.evolve(way, destination=self.stage("won")) for way in found)

    def drive(self, driven, trigger, *, at, **given):
        """Keep the promise."""
        taken = super().drive(driven, trigger, at=at, **given)
        driven.stage = "won"
        return attrs.evolve(taken, to_stage="won")


class Forgets(Pipeline):
    """Moves without a word on the timeline of where to."""

    def drive(self, driven, trigger, *, at, **given):
        """Leave the stage out."""
        return attrs.evolve(super().drive(driven, trigger, at=at, **given), to_stage="")


class Postdates(Pipeline):
    """Writes another time on the timeline than that of the move."""

    def drive(self, driven, trigger, *, at, **given):
        """Pretend that it happens later."""
        return attrs.evolve(super().drive(driven, trigger, at=at, **given), at=at + HOUR)


class ReopensElsewhere(Pipeline):
    """Forgets where a closed deal was open last."""

    def drive(self, driven, trigger, *, at, **given):
        """Remember the beginning instead."""
        taken = super().drive(driven, trigger, at=at, **given)
        driven.last_open_stage = "meeting"
        return taken


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (OpensEverything, "ways and decide differ"),
        (ListsNothing, "ways and decide differ"),
        (ForgetsNeeds, "ways and decide differ"),
        (Refuses, "drive refuses .*, which decide permits|for other reasons"),
        (Obeys, "was obeyed although"),
        (ObeysThePast, "was obeyed although"),
        (GivesNoReasons, "for other reasons"),
        (LeadsAstray, "elsewhere than decide says"),
        (Invents, r"no move .* leads from"),
        (Forgets, "the timeline ends in another stage"),
        (Postdates, "has another time than the move"),
    ],
)
def test_a_broken_pipeline_is_caught(broken, complaint):
    """A pipeline that does not do what it says, or does what it does not say, is found."""
    with pytest.raises(AssertionError, match=complaint):
        walk(walk_through(broken("broken", stages=STAGES, moves=MOVES)), examples=3_000)


def test_a_reopening_elsewhere_is_caught():
    """A deal comes back to where it was, and not to the beginning."""
    moves = (Move("propose", "meeting", "proposal"), *MOVES[2:])
    broken = ReopensElsewhere(
        "broken", stages=STAGES, moves=(*moves, Move("win", "proposal", "won"))
    )

    with pytest.raises(AssertionError, match="no move reopen leads from"):
        walk(walk_through(broken), examples=300)


def test_a_closed_stage_that_is_left_is_caught():
    """A definition that was tampered with after its checks is found as well."""
    pipeline = Pipeline("open doors", stages=STAGES, moves=MOVES)
    tampered = [attrs.evolve(move, reopening=False) for move in MOVES]
    object.__setattr__(pipeline, "moves", tuple(tampered))

    with pytest.raises(AssertionError, match=r"leaves the closed .* and reopens nothing"):
        walk(walk_through(pipeline))


def test_what_rules_ask_for_is_tried_on_both_sides():
    """Facts and bounds are read off the guards of moves and the entry of stages."""
    asked = facts_asked(Pipeline("own", stages=STAGES, moves=MOVES))

    assert {path: set(values) for path, values in asked.items()} == {
        "contract": {None, True, False},
        "amount": {None, True, False, 2, 3, 4},
        "agreed": {None, True, False, 2},
    }


def test_a_pipeline_that_asks_for_nothing_still_learns():
    """Without guards, facts are learnt all the same, since events lie between the moves."""
    assert facts_asked(LEAD_PIPELINE) == {"anything": [None, True]}


def test_what_functions_ask_for_can_be_named():
    """The facts of a function are given by name, each with a strategy."""
    ways = set()

    def is_large(entity, _at):
        large = getattr(entity, "employees", None) == 7
        ways.add(large)
        return large

    walk(walk_through(guarded(is_large), facts={"employees": st.just(7)}))

    assert ways == {True, False}


def test_a_traveller_keeps_its_privacy():
    """Only facts are read like fields; what nobody knows, and what is private, is missing."""
    traveller = walk_through(OPPORTUNITY_PIPELINE)().traveller
    traveller.facts["a.b"] = 1

    assert traveller.a == {"b": 1}
    assert not hasattr(traveller, "b")
    assert not hasattr(traveller, "_a")


def test_the_facts_of_joined_rules_are_asked_for_too():
    """A walk learns what a guard compares with, however deep it stands in a rule."""
    joined = yes("signed") & (field("amount") > 5)
    stages = (Stage("demo"), Stage("won", kind="won"))

    asked = facts_asked(
        Pipeline("p", stages=stages, moves=[Move("win", "demo", "won", guards=joined)])
    )

    assert asked.keys() == {"signed", "amount"}
    assert {4, 5, 6} <= set(asked["amount"])


def test_a_drive_that_refuses_what_is_permitted_is_caught(monkeypatch):
    """Asking and driving give one answer, whoever is driven."""
    right = Traveller.move

    def refuse(self, trigger, *given, **more):
        right(self, trigger, *given, **more)
        raise MoveRefused(Refusal(trigger, "meeting", ()))

    monkeypatch.setattr(Traveller, "move", refuse)

    with pytest.raises(AssertionError, match="which decide permits"):
        walk(walk_through(OPPORTUNITY_PIPELINE))
