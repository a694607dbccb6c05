"""The straight lines of a plain way: what they hold, and what they leave to others."""

from __future__ import annotations

from collections import UserList
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import attrs
import pytest

from salesfunnel.errors import GuardFailed, InvalidValue
from salesfunnel.pipeline import STAYS, Guard, Move, MoveTaken, Pipeline, Stage, StageChanged
from salesfunnel.values import FrozenMap

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUNDAY, TUESDAY = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


@attrs.frozen
class Deal:
    """A deal that remembers all it can."""

    id: str = "7"
    stage: str = "demo"
    last_open_stage: str = ""
    timeline: tuple[object, ...] = ()


@attrs.frozen
class Picky:
    """A deal whose stage is looked at whenever it is set."""

    stage: str = attrs.field(default="demo", converter=str.strip)


def note_the_call(deal, _at):
    """Write down that somebody called."""
    deal.id = "called"


def funnel(trigger="win", goal="won", guard="signed"):
    """Define a pipeline with one way that is guarded, by names of choice."""
    return Pipeline(
        "funnel",
        stages=[Stage("demo"), Stage(goal, kind="won")],
        moves=[
            Move(trigger, "demo", goal, guards=Guard(guard, lambda deal, _at: deal.id == "7")),
            Move("call", "demo", STAYS),
            Move("phone", "demo", STAYS, after=note_the_call),
        ],
    )


def code_of(pipeline, entity, trigger):
    """Return what a step consists of, once an entity has taken it."""
    pipeline.move(entity, trigger, at=MONDAY)
    code = pipeline._compiled.steps[type(entity)][trigger]["demo"].__code__
    return code.co_code, code.co_names, code.co_consts, code.co_varnames


def test_no_word_of_a_pipeline_becomes_code():
    """A hostile pipeline is taken by the very code that takes a tame one of the same shape."""
    hostile = funnel("{ask}", "__import__('os').abort()", '"""; exit()')

    assert code_of(hostile, Deal(), "{ask}") == code_of(funnel(), Deal(), "win")


def test_a_step_is_prepared_when_it_is_first_taken():
    """What no entity of a class has done costs nothing."""
    pipeline = funnel()
    pipeline.move(Deal(), "win", at=MONDAY)

    assert {t: [*by] for t, by in pipeline._compiled.steps[Deal].items()} == {"win": ["demo"]}


def test_all_that_a_move_sets_is_set():
    """Stage, last open stage and event are those of the way; all else is kept."""
    later = funnel().move(Deal(id="7"), "win", at=MONDAY, by="Sara")

    assert later == Deal(
        "7",
        "won",
        "demo",
        (
            StageChanged(
                at=MONDAY,
                by="Sara",
                trigger="win",
                from_stage="demo",
                to_stage="won",
                also=FrozenMap({"last_open_stage": "demo"}),
            ),
        ),
    )
    assert type(later) is Deal
    assert hash(later) == hash(attrs.evolve(later))


def test_a_class_that_looks_at_its_stage_is_asked():
    """A converter sees what a move sets."""
    assert funnel(goal=" won ").move(Picky("demo"), "call", at=MONDAY) == Picky("demo")
    pipeline = Pipeline(
        "funnel",
        stages=[Stage("demo"), Stage(" won ", kind="won")],
        moves=[Move("win", "demo", " won ")],
    )

    assert pipeline.move(Picky(), "win", at=MONDAY) == Picky("won")


@attrs.frozen
class Private:
    """A deal whose stage and timeline are private fields, shown by properties."""

    _stage: str = "demo"
    _timeline: tuple[object, ...] = ()

    @property
    def stage(self):
        """Where the deal is."""
        return self._stage

    @property
    def timeline(self):
        """What happened to it."""
        return self._timeline


@attrs.frozen
class Reckoning:
    """A deal that works out its last open stage, and has no timeline to write on."""

    stage: str = "demo"
    timeline: ClassVar[tuple[object, ...]] = ()

    @property
    def last_open_stage(self):
        """Where the deal was open."""
        return "demo"


UNGUARDED = Pipeline(
    "unguarded",
    stages=[Stage("demo"), Stage("won", kind="won")],
    moves=[Move("win", "demo", "won")],
)


def raising(_deal, _at):
    """Break."""
    raise KeyError


LATE = (StageChanged(at=TUESDAY, trigger="win", from_stage="demo", to_stage="won"),)
EARLY = (StageChanged(at=SUNDAY, trigger="win", from_stage="demo", to_stage="won"),)
DEALS = [
    Private(),
    Private(timeline=LATE),
    Reckoning(),
    *[
        Deal(timeline=timeline)
        for timeline in ((), EARLY, LATE, [], [*LATE], UserList(EARLY), None, 5, "ab", FrozenMap())
    ],
]


def outcome(step, deal):
    """Take a step, and say what comes of it, or how it fails."""
    try:
        later = step(deal, MONDAY, "Sara")
    except (GuardFailed, InvalidValue) as error:
        return type(error), str(error), repr(error.__cause__)
    return type(later), repr(later)


@pytest.mark.parametrize("check", [lambda *_: True, lambda *_: False, lambda *_: 1, raising])
@pytest.mark.parametrize("deal", DEALS, ids=repr)
def test_the_straight_way_ends_where_the_long_one_does(deal, check):
    """Moved, refused or failed, with the same words, whatever the deal is like."""
    pipeline = Pipeline(
        "funnel",
        stages=[Stage("demo"), Stage("offer"), Stage("won", kind="won")],
        moves=[
            Move("go", "demo", "offer", guards=Guard("checked", check)),
            Move("go", "offer", "won"),
        ],
    )
    way = pipeline._table()["go"]["demo"]
    step = pipeline._compiled.step_of(type(deal), way)

    assert outcome(step, deal) == outcome(pipeline._compiled._any_step(way), deal)


def test_a_deal_with_private_fields_is_moved_like_any_other():
    """Its stage is set, and its event is kept."""
    later = funnel().move(Private(), "call", at=MONDAY)
    moved = UNGUARDED.move(later, "win", at=MONDAY)

    assert (moved.stage, [type(event) for event in moved.timeline]) == (
        "won",
        [MoveTaken, StageChanged],
    )


def test_what_a_deal_works_out_about_itself_is_its_own_affair():
    """A move sets the fields that a deal has."""
    assert UNGUARDED.move(Reckoning(), "win", at=MONDAY) == Reckoning("won")


@pytest.mark.parametrize(
    "stage", [attrs.field(default="demo", alias="at"), attrs.field(default="demo", init=False)]
)
def test_a_deal_whose_stage_cannot_be_given_is_refused(stage):
    """The error names what the move would set."""
    odd = attrs.make_class("Odd", {"stage": stage}, frozen=True)

    with pytest.raises(InvalidValue, match="lacks a field that the move sets; allowed: stage"):
        UNGUARDED.move(odd(), "win", at=MONDAY)


@pytest.mark.parametrize("trigger", ["win", "phone"])
@pytest.mark.parametrize("timeline", [[], None, FrozenMap()])
def test_a_timeline_that_is_no_tuple_is_refused(trigger, timeline):
    """An event can only be appended to a tuple, whichever way is taken."""
    with pytest.raises(InvalidValue, match="timeline is no tuple"):
        funnel().move(Deal(timeline=timeline), trigger, at=MONDAY)
