"""
The table, the engine and every other path agree.

Each generated pipeline is built twice: by the library, and by hand as a bare `transitions` machine.
What that machine does, `decide`, `ways`, `drive` and `machine` must do.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transitions import Machine, MachineError

from salesfunnel.errors import GuardFailed, MoveRefused
from salesfunnel.pipeline import Destination, Guard, Move, Permit, Pipeline, Stage
from salesfunnel.pipeline.checks import find_problems

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
OPEN, CLOSED = ("a", "b", "c"), ("won", "lost")
GUARDS = ("g", "h", "i")
NOT_A_NUMBER = float("nan")
ANSWERS = (True, True, True, False, False, None, "yes", NOT_A_NUMBER, ZeroDivisionError)
GIVEN = ({}, {"reason": "price"}, {"paper": 1}, {"reason": "price", "paper": 1}, {"reason": " "})


@attrs.define(slots=False, eq=False)
class Row:
    """A row on which guards find their answers, and note that they were asked."""

    stage: str
    last_open_stage: str
    answers: dict
    asked: list = attrs.Factory(list)


def guard(name):
    """Make a guard that gives the answer written on the row."""

    def check(row, _at):
        row.asked.append(name)
        answer = row.answers[name]
        if answer is ZeroDivisionError:
            raise ZeroDivisionError
        return answer

    return Guard(name, check, message=f"{name} objects")


CHECKS = {name: guard(name) for name in GUARDS}

guards = st.lists(st.sampled_from(GUARDS), max_size=2, unique=True)


@st.composite
def extra_moves(draw):
    """Draw a row of a trigger with guards, needs, and a destination of any kind."""
    source = draw(st.sampled_from(OPEN + CLOSED))
    closed = source in CLOSED
    back = (Destination.LAST_OPEN, Destination.LAST_OPEN) if closed else ()
    return Move(
        draw(st.sampled_from(["t", "u"])),
        source,
        draw(st.sampled_from((*OPEN, *CLOSED, Destination.STAYS, *back))),
        guards=[CHECKS[name] for name in draw(guards)],
        needs=draw(st.sampled_from([(), (), "paper", "reason", ("paper", "reason")])),
        reopening=closed,
    )


@st.composite
def pipelines(draw):
    """Draw a pipeline: every stage can be reached, and triggers have rows of every kind."""
    entries = {name: [CHECKS[g] for g in draw(guards)] for name in OPEN}
    stages = [Stage(name, entry=entries[name]) for name in OPEN]
    stages += [Stage("won", kind="won"), Stage("lost", kind="lost")]
    moves = [Move("go", "a", "b"), Move("go", "b", "c"), Move("end", "c", "won")]
    moves += [
        Move("lose", OPEN, "lost"),
        Move("reopen", CLOSED, Destination.LAST_OPEN, reopening=True),
    ]
    for move in draw(st.lists(extra_moves(), min_size=3, max_size=8)):
        if not any(problem.is_error for problem in find_problems(stages, [*moves, move])):
            moves.append(move)
    return Pipeline("drawn", stages=stages, moves=moves)


def asks(one):
    """Return what a condition of the bare machine does: insist on a real yes or no."""

    def ask(row, _given):
        answer = one.check(row, MONDAY)
        if answer is not True and answer is not False:
            raise GuardFailed(one.name, "")
        return answer

    return ask


def is_given(given, need):
    """Tell whether something shows in what is given."""
    return bool(str(given.get(need, "")).strip())


def by_hand(pipeline):
    """Build a bare machine that moves rows by the same definition."""
    machine = Machine(
        model=None,
        states=[stage.name for stage in pipeline.stages],
        initial="a",
        auto_transitions=False,
        model_attribute="stage",
    )
    for move, source in [(one, source) for one in pipeline.moves for source in one.sources]:
        goes_back, stays = (
            move.destination == special for special in (Destination.LAST_OPEN, Destination.STAYS)
        )
        for way in OPEN if goes_back else (move.destination,):
            needs = {*move.needs, *(["reason"] if way == "lost" else [])}
            entry = () if stays else pipeline.stage(way).entry
            machine.add_transition(
                move.trigger,
                source,
                None if stays else way,
                conditions=[
                    *[lambda row, _given, way=way: row.last_open_stage == way] * goes_back,
                    *[lambda _row, given, need=need: is_given(given, need) for need in needs],
                    *map(asks, dict.fromkeys((*move.guards, *entry))),
                ],
            )
    return machine


def outcome(action, reached):
    """Do something, and say what came of it: the stage, or how it failed."""
    try:
        result = action()
    except (GuardFailed, ZeroDivisionError):
        return "guard failed"
    except (MoveRefused, MachineError):
        return "refused"
    return reached() if result else "refused"


def triggered(machine, row, trigger, *args, **kwargs):
    """Let a machine move a row, and say what came of it."""
    machine.add_model(row, initial=row.stage)
    found = outcome(lambda: row.trigger(trigger, *args, **kwargs), lambda: row.stage)
    machine.remove_model(row)
    return found


def attempts(pipeline, answers):
    """Go through all triggers from all stages, reopening to a known and to an unknown stage."""
    for stage, trigger in itertools.product((*OPEN, *CLOSED), pipeline.triggers):
        last_open = {"won": "b", "lost": ""}.get(stage, stage)
        yield trigger, {"stage": stage, "last_open_stage": last_open, "answers": answers}


answers = st.fixed_dictionaries({name: st.sampled_from(ANSWERS) for name in GUARDS})
CALLS = Counter()


@given(pipelines(), answers, st.sampled_from(GIVEN))
def test_every_path_does_what_the_engine_does(pipeline, answers, needs):
    """
    Moved, refused or failed: the table, rows that are driven, and the machine handed out agree.

    However many ways ask for a guard, it is asked once in an attempt.
    """
    bare, handed_out = by_hand(pipeline), pipeline.machine()
    for trigger, facts in attempts(pipeline, answers):
        by_bare, asked_about, driven, given_out = (Row(**facts) for _ in range(4))
        engine = triggered(bare, by_bare, trigger, by_bare, needs)
        verdicts = []

        def decide(row=asked_about, trigger=trigger, verdicts=verdicts):
            verdicts.append(pipeline.decide(row.stage, trigger, row, at=MONDAY, **needs))
            return verdicts[0]

        decided = outcome(decide, lambda verdicts=verdicts: verdicts[0].destination.name)
        moved = outcome(
            lambda row=driven, trigger=trigger: pipeline.drive(row, trigger, at=MONDAY, **needs),
            lambda row=driven: row.stage,
        )
        assert triggered(handed_out, given_out, trigger, at=MONDAY, **needs) == engine
        assert decided == moved
        assert asked_about.asked == driven.asked
        assert max(Counter(driven.asked).values(), default=0) <= 1
        # The engine stops at the first no; a refusal asks on, and may meet a broken guard.
        if (decided, engine) != ("guard failed", "refused"):
            assert decided == engine
            assert set(by_bare.asked) <= set(driven.asked)
        CALLS["made"] += 3


@given(pipelines(), answers, st.sampled_from(GIVEN))
def test_ways_decide_and_drive_agree(pipeline, answers, needs):
    """A way that is open is taken with what it needs; a refusal is the same on every path."""
    for trigger, facts in attempts(pipeline, answers):
        row = Row(**facts)
        try:
            ways = [
                way for way in pipeline.ways(row.stage, row, at=MONDAY) if way.trigger == trigger
            ]
            verdict = pipeline.decide(row.stage, trigger, row, at=MONDAY, **needs)
        except GuardFailed:
            continue
        CALLS["made"] += 1
        for way in ways:
            given_to_it = dict.fromkeys(way.needs, "given")
            taken = pipeline.decide(row.stage, trigger, row, at=MONDAY, **given_to_it)
            assert bool(way) == bool(taken and taken.destination == way.destination)
        if isinstance(verdict, Permit):
            led = [way for way in ways if way and way.destination == verdict.destination]
            assert any(needs.keys() >= {*way.needs} for way in led)
        else:
            assert verdict.objections
            with pytest.raises(MoveRefused) as refused:
                pipeline.drive(Row(**facts), trigger, at=MONDAY, **needs)
            assert refused.value.refusal == verdict


@given(pipelines(), answers, st.sampled_from(GIVEN))
def test_a_row_moves_as_its_event_says_or_not_at_all(pipeline, answers, needs):
    """A refused row is as it was before; a moved one has the fields that its event names."""
    for trigger, facts in attempts(pipeline, answers):
        row = Row(**facts)
        try:
            event = pipeline.drive(row, trigger, at=MONDAY, by="Sara", **needs)
        except (GuardFailed, MoveRefused):
            event = None
        CALLS["made"] += 1
        if event is None or not event.to_stage:
            assert (row.stage, row.last_open_stage) == (facts["stage"], facts["last_open_stage"])
        else:
            before = Entity(pipeline, facts["stage"], facts["last_open_stage"])
            after = attrs.evolve(before, **event.changes(before))
            assert (row.stage, row.last_open_stage) == (after.stage, after.last_open_stage)
            assert (event.at, event.by, event.trigger) == (MONDAY, "Sara", trigger)


@attrs.frozen
class Entity:
    """What an event of a move changes."""

    pipeline: Pipeline
    stage: str
    last_open_stage: str
    stage_since: datetime | None = None


def test_the_engine_was_asked_often_enough():
    """The paths were compared ten thousand times, unless fewer examples than usual were drawn."""
    assert CALLS["made"] >= 100 * min(settings.default.max_examples, 100)
