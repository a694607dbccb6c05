"""
The table, the engine and every other path agree.

Each generated pipeline is built twice: by the library, and by hand as a bare `transitions` machine
that changes a mutable deal. Whatever that machine does, all paths of the library must do.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from transitions import Machine, MachineError

from salesfunnel.errors import GuardFailed, MoveRefused, Refusal
from salesfunnel.pipeline import LAST_OPEN, STAYS, Guard, Move, Permit, Pipeline, Stage
from salesfunnel.pipeline.checks import find_problems

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
OPEN, CLOSED = ("a", "b", "c"), ("won", "lost")
GUARDS = ("g", "h", "i")
NOT_A_NUMBER = float("nan")
ANSWERS = (True, True, True, False, False, None, "yes", NOT_A_NUMBER, ZeroDivisionError)


class CallbackError(Exception):
    """What a callback raises in these tests."""


@attrs.frozen
class Deal:
    """A deal on which guards find their answers, and note that they were asked."""

    stage: str
    last_open_stage: str
    answers: dict = attrs.field(eq=False)
    asked: list = attrs.field(eq=False)
    note: str = ""


@attrs.frozen
class DealWithHistory(Deal):
    """The same with a timeline."""

    timeline: tuple = ()


@attrs.frozen(cache_hash=True)
class SlowDeal(Deal):
    """The same, of a class that cannot be drafted."""


@attrs.define
class Row:
    """The same as somebody's mutable row."""

    stage: str
    last_open_stage: str
    answers: dict
    asked: list
    note: str = ""


def guard(name):
    """Make a guard that gives the answer written on the deal."""

    def check(deal, _at):
        deal.asked.append(name)
        answer = deal.answers[name]
        if answer is ZeroDivisionError:
            raise ZeroDivisionError
        return answer

    return Guard(name, check, message=f"{name} objects")


CHECKS = {name: guard(name) for name in GUARDS}


def write(deal, _at):
    """Note that something happened along the way, and where."""
    deal.note += f" {deal.stage}"


def fail(_deal, _at):
    """Break down along the way."""
    raise CallbackError


guards = st.lists(st.sampled_from(GUARDS), max_size=2, unique=True)
callbacks = st.lists(st.sampled_from([write, write, fail]), max_size=1)


@st.composite
def extra_moves(draw):
    """Draw a row of a trigger with guards, callbacks, and a destination of any kind."""
    source = draw(st.sampled_from(OPEN + CLOSED))
    closed = source in CLOSED
    destinations = (*OPEN, *CLOSED, STAYS, *((LAST_OPEN, LAST_OPEN) if closed else ()))
    return Move(
        draw(st.sampled_from(["t", "u"])),
        source,
        draw(st.sampled_from(destinations)),
        guards=[CHECKS[name] for name in draw(guards)],
        before=draw(callbacks),
        after=draw(callbacks),
        reopening=closed,
    )


@st.composite
def pipelines(draw):
    """Draw a pipeline: every stage can be reached, and triggers have rows of every kind."""
    entries = {name: [CHECKS[g] for g in draw(guards)] for name in OPEN}
    stages = [Stage(name, entry=entries[name]) for name in OPEN]
    stages += [Stage("won", kind="won"), Stage("lost", kind="lost")]
    moves = [Move("go", "a", "b"), Move("go", "b", "c"), Move("end", "c", "won")]
    moves += [Move("lose", OPEN, "lost"), Move("reopen", CLOSED, LAST_OPEN, reopening=True)]
    for move in draw(st.lists(extra_moves(), min_size=3, max_size=8)):
        if not any(problem.is_error for problem in find_problems(stages, [*moves, move])):
            moves.append(move)
    return Pipeline("drawn", stages=stages, moves=moves)


def asks(one):
    """Return what a condition of the bare machine does: insist on a real yes or no."""

    def ask(row):
        answer = one.check(row, MONDAY)
        if answer is not True and answer is not False:
            raise GuardFailed(one.name, "")
        return answer

    return ask


def by_hand(pipeline):
    """Build a bare machine that moves rows by the same definition."""
    names = [stage.name for stage in pipeline.stages]
    machine = Machine(
        model=None, states=names, initial="a", auto_transitions=False, model_attribute="stage"
    )
    for move, source in [(one, source) for one in pipeline.moves for source in one.sources]:
        ways = OPEN if move.destination == LAST_OPEN else (move.destination,)
        for way in ways:
            back = [lambda row, way=way: row.last_open_stage == way]
            entry = () if way == STAYS else pipeline.stage(way).entry
            machine.add_transition(
                move.trigger,
                source,
                None if way == STAYS else way,
                conditions=[
                    *back * (move.destination == LAST_OPEN),
                    *map(asks, dict.fromkeys((*move.guards, *entry))),
                ],
                before=[lambda row, call=call: call(row, MONDAY) for call in move.before],
                after=[lambda row, call=call: call(row, MONDAY) for call in move.after],
            )
    return machine


def outcome(action, moved):
    """Do something, and say what came of it: stage and note, or how it failed."""
    try:
        result = action()
    except (GuardFailed, ZeroDivisionError):
        return "guard failed"
    except CallbackError:
        return "callback failed"
    except (MoveRefused, MachineError):
        return "refused"
    if result is False or isinstance(result, Refusal):
        return "refused"
    later = moved(result)
    return later.stage, later.note


def expected(machine, trigger, facts):
    """Say what the bare machine makes of a trigger."""
    row = Row(**facts, asked=[])
    return outcome(lambda: machine.events[trigger].trigger(row, row), lambda _: row), row.asked


def outcomes(pipeline, machine, trigger, facts):
    """Try each path of the library, and yield what came of it, and which guards were asked."""
    deals = [kind(**facts, asked=[]) for kind in (Deal, DealWithHistory, SlowDeal)]
    for deal in deals:
        yield outcome(lambda: pipeline.move(deal, trigger, at=MONDAY), lambda d: d), deal.asked  # noqa: B023
    deal = Deal(**facts, asked=[])
    yield outcome(lambda: pipeline.try_move(deal, trigger, at=MONDAY), lambda d: d), deal.asked
    row = Row(**facts, asked=[])
    yield outcome(lambda: pipeline.drive(row, trigger, at=MONDAY), lambda _: row), row.asked
    row = Row(**facts, asked=[])
    event = machine.events[trigger]
    yield outcome(lambda: event.trigger(row, at=MONDAY), lambda _: row), row.asked


def attempts(pipeline, answers):
    """Go through all triggers from all stages, reopening to a known and to an unknown stage."""
    for stage, trigger in itertools.product((*OPEN, *CLOSED), pipeline.triggers):
        last_open = {"won": "b", "lost": ""}.get(stage, stage)
        yield trigger, {"stage": stage, "last_open_stage": last_open, "answers": answers}


answers = st.fixed_dictionaries({name: st.sampled_from(ANSWERS) for name in GUARDS})
CALLS = Counter()


@given(pipelines(), answers)
def test_every_path_does_what_the_engine_does(pipeline, answers):
    """
    Moved, refused or failed: table, cursor, drafts, rows and the machine handed out agree.

    However many rows ask for a guard, it is asked once in an attempt.
    """
    bare, handed_out = by_hand(pipeline), pipeline.machine()
    for trigger, facts in attempts(pipeline, answers):
        engine, engine_asked = expected(bare, trigger, facts)
        for found, asked in outcomes(pipeline, handed_out, trigger, facts):
            CALLS["made"] += 1
            assert max(Counter(asked).values(), default=0) <= 1
            if found == "guard failed" and engine == "refused":
                # The engine stops at the first no; a refusal asks on, and meets a broken guard.
                assert asked[: len(set(engine_asked))] == list(dict.fromkeys(engine_asked))
            else:
                assert found == engine


@given(pipelines(), answers)
def test_allowed_and_explain_never_disagree_with_a_move(pipeline, answers):
    """What is allowed is done; what is refused gives the same reasons on every path."""
    for trigger, facts in attempts(pipeline, answers):
        deal = Deal(**facts, asked=[])
        try:
            verdict = pipeline.explain(deal.stage, deal, at=MONDAY)[trigger]
            allowed = pipeline.allowed(deal.stage, deal, at=MONDAY)
            later = pipeline.try_move(deal, trigger, at=MONDAY)
        except (GuardFailed, CallbackError):
            continue
        assert pipeline.decide(deal.stage, trigger, deal, at=MONDAY) == verdict
        assert bool(verdict) == (trigger in allowed)
        if isinstance(verdict, Permit):
            assert later.stage == verdict.destination.name
        else:
            assert later == verdict
            assert verdict.objections


@given(pipelines(), answers)
def test_nothing_moves_when_a_guard_or_a_callback_fails(pipeline, answers):
    """A driven row is as it was before, whatever broke down along the way."""
    for trigger, facts in attempts(pipeline, answers):
        row = Row(**facts, asked=[])
        try:
            pipeline.drive(row, trigger, at=MONDAY)
        except (GuardFailed, CallbackError, MoveRefused):
            assert (row.stage, row.last_open_stage, row.note) == (
                facts["stage"],
                facts["last_open_stage"],
                "",
            )


@given(pipelines(), answers)
def test_an_event_tells_all_that_a_move_did(pipeline, answers):
    """The fields of a moved entity are what its last event says that they became."""
    for trigger, facts in attempts(pipeline, answers):
        deal = DealWithHistory(**facts, asked=[])
        try:
            later = pipeline.try_move(deal, trigger, at=MONDAY, by="Sara")
        except (GuardFailed, CallbackError):
            continue
        if not isinstance(later, Refusal) and later.timeline:
            (event,) = later.timeline
            assert attrs.evolve(deal, timeline=(event,), **event.changes(deal)) == later
            assert (event.at, event.by, event.trigger) == (MONDAY, "Sara", trigger)


def test_the_engine_was_asked_often_enough():
    """The paths were compared ten thousand times, unless fewer examples than usual were drawn."""
    assert CALLS["made"] >= 100 * min(settings.default.max_examples, 100)
