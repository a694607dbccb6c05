"""The straight lines of a plain way: what they hold, and what they leave to others."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.pipeline import STAYS, Guard, Move, Pipeline, Stage, StageChanged
from salesfunnel.values import FrozenMap

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


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


@pytest.mark.parametrize("trigger", ["win", "phone"])
@pytest.mark.parametrize("timeline", [[], None, FrozenMap()])
def test_a_timeline_that_is_no_tuple_is_refused(trigger, timeline):
    """An event can only be appended to a tuple, whichever way is taken."""
    with pytest.raises(InvalidValue, match="timeline is no tuple"):
        funnel().move(Deal(timeline=timeline), trigger, at=MONDAY)
