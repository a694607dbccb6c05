"""The pipelines that tests are given: sound, and of all the kinds that they promise."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import Phase, given, settings

from salesfunnel import Lead, Opportunity
from salesfunnel.errors import WrongKind
from salesfunnel.pipeline import (
    FIVE_STAGES,
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Destination,
    Move,
    Pipeline,
    Stage,
    mermaid,
)
from salesfunnel.rules import Rule, yes
from salesfunnel.testing import check_pipeline, pipelines

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def leads_into_itself(pipeline):
    """Tell whether a move enters the stage that it leaves."""
    return any(move.destination in move.sources for move in pipeline.moves)


def leads_back(pipeline):
    """Tell whether a move leads to an earlier stage."""
    order = [stage.name for stage in pipeline.stages]
    open_moves = [m for m in pipeline.moves if m.destination in order and not m.reopening]
    return any(order.index(m.destination) < order.index(s) for m in open_moves for s in m.sources)


def has_a_fork(pipeline):
    """Tell whether one trigger leads from one stage to two."""
    ways = {(m.trigger, s, m.destination) for m in pipeline.moves for s in m.sources}
    return len(ways) > len({(trigger, source) for trigger, source, _ in ways})


def asks_a_function(pipeline):
    """Tell whether a guard is a function."""
    return any(not isinstance(g.check, Rule) for m in pipeline.moves for g in m.guards)


def is_limited(pipeline):
    """Tell whether a stage has a time limit."""
    return any(stage.limit for stage in pipeline.stages)


KINDS = [
    leads_into_itself,
    leads_back,
    has_a_fork,
    asks_a_function,
    is_limited,
    lambda pipeline: any(move.destination == Destination.STAYS for move in pipeline.moves),
    lambda pipeline: any(move.destination == Destination.LAST_OPEN for move in pipeline.moves),
    lambda pipeline: any(
        m.reopening and m.destination != Destination.LAST_OPEN for m in pipeline.moves
    ),
    lambda pipeline: any(len(move.guards) > 2 for move in pipeline.moves),
    lambda pipeline: any(stage.requires for stage in pipeline.stages),
    lambda pipeline: sum(stage.kind == "won" for stage in pipeline.stages) == 2,
    lambda pipeline: len(pipeline.stages) == 3,
    lambda pipeline: len(pipeline.stages) == 8,
    lambda pipeline: not pipeline.name.isascii(),
]


@given(pipelines())
@settings(max_examples=50)
def test_they_are_sound(pipeline):
    """Nothing about them is even doubtful, and each can be asked, drawn, sent and compared."""
    assert pipeline.problems() == ()
    reached = {way.destination for way in pipeline.ways(pipeline.initial.name, {}, at=MONDAY)}
    assert reached <= set(pipeline.stages)
    assert mermaid(pipeline).startswith("stateDiagram-v2")
    assert pickle.loads(pickle.dumps(pipeline)) == pipeline  # noqa: S301 - our own bytes


@pytest.fixture(scope="module")
def many():
    """A few hundred pipelines, the same each time."""
    found = []

    @given(pipelines())
    @settings(max_examples=300, derandomize=True, database=None, phases=[Phase.generate])
    def collect(pipeline):
        found.append(pipeline)

    collect()
    return found


@pytest.mark.parametrize("is_kind", KINDS)
def test_they_are_of_every_kind(many, is_kind):
    """Every kind of pipeline that is promised comes up."""
    assert any(map(is_kind, many))


STAGES = [
    Stage("demo", probability="0.5"),
    Stage("offer", probability="0.3"),
    Stage("won", kind="won"),
]
MOVES = [Move("propose", "demo", "offer"), Move("win", "offer", "won", guards=yes("amuont_agreed"))]


def test_a_check_passes_what_is_sound():
    """The pipelines of the library have no doubts, also as those of their nouns."""
    check_pipeline(LEAD_PIPELINE, noun=Lead)
    check_pipeline(OPPORTUNITY_PIPELINE, noun=Opportunity)
    check_pipeline(FIVE_STAGES)


def test_a_check_lists_every_doubt():
    """A falling probability, and a fact that no opportunity can have."""
    pipeline = Pipeline("ours", stages=STAGES, moves=MOVES)

    with pytest.raises(AssertionError) as failed:
        check_pipeline(pipeline, noun=Opportunity)

    assert str(failed.value).splitlines() == [
        "ours is doubtful:",
        "the probability falls from stage 'demo' to stage 'offer'",
        "amuont_agreed: an opportunity has no such fact; did you mean amount_agreed?",
    ]
    with pytest.raises(AssertionError, match="falls"):
        check_pipeline(pipeline)


@pytest.mark.parametrize("what", ["opportunity", None])
def test_only_a_pipeline_is_checked(what):
    """The name of a pipeline is not the pipeline."""
    with pytest.raises(WrongKind, match="pipeline is of the wrong kind"):
        check_pipeline(what)
