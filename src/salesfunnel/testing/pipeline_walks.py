"""
A walk through your own pipeline: Hypothesis takes every way it can find, and checks each step.

What is tried is the public API, so a pipeline, its guards and its callbacks are tried as they are
used: first asked, then moved, then replayed from what was written on the timeline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import SearchStrategy

from ..errors import MoveRefused, Refusal
from ..history.oddities import oddities
from ..history.stages import current_stay, time_in_stage
from ..history.timeline import as_of
from ..pipeline.move import LAST_OPEN, STAYS, Move
from ..pipeline.permit import Permit
from ..pipeline.pipeline import Pipeline
from ..rules.rule import Rule
from ..values import gates
from .traveller import Traveller

Facts = Mapping[str, SearchStrategy[Any]]

_MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_MOMENT = timedelta(microseconds=1)
_NO_TRIGGER = "(no such trigger)"

_walks = st.runner()
_waits = st.sampled_from([timedelta(), _MOMENT, timedelta(hours=8)]) | st.timedeltas(
    timedelta(), timedelta(days=40)
)
_triggers = _walks.flatmap(lambda walk: st.sampled_from(walk.triggers))
_moments = _walks.flatmap(lambda walk: st.sampled_from(sorted(walk.past)))
_known = _walks.flatmap(lambda walk: st.sampled_from(sorted(walk.facts))).flatmap(
    lambda path: st.tuples(st.just(path), _walks.flatmap(lambda walk: walk.facts[path]))
)


class PipelineWalk(RuleBasedStateMachine):
    """
    The walk that `walk_through` makes of a pipeline; derive from it to check more of your own.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> walk = walk_through(OPPORTUNITY_PIPELINE)()
    >>> walk.attempt("propose", timedelta(days=1))
    >>> walk.traveller.stage
    'proposal'
    """

    pipeline: Pipeline
    facts: Facts
    now: datetime
    traveller: Traveller
    last_open: str
    past: dict[datetime, Traveller]

    def __init__(self) -> None:
        """Set out on Monday morning, if it is known by now where."""
        super().__init__()
        if hasattr(self, "pipeline"):
            self.set_out(self.pipeline)

    def set_out(self, pipeline: Pipeline) -> None:
        """Begin in the first stage of a pipeline."""
        self.pipeline = pipeline
        self.now = _MONDAY
        self.traveller = Traveller.set_out(pipeline, at=self.now)
        self.last_open = self.traveller.stage
        self.past = {self.now: self.traveller}

    @property
    def triggers(self) -> tuple[str, ...]:
        """What is tried: all triggers, one that does not exist, and again those that are open."""
        allowed = self.pipeline.allowed(self.traveller.stage, self.traveller, at=self.now)
        return (*self.pipeline.triggers, _NO_TRIGGER, *allowed)

    @rule(trigger=_triggers, wait=_waits)
    def attempt(self, trigger: str, wait: timedelta) -> None:
        """Wait a while and take a move, if it is open."""
        self.now += wait
        before = self.traveller
        verdict = self.pipeline.decide(before.stage, trigger, before, at=self.now)
        if isinstance(verdict, Refusal):
            _insist(
                _refusal(self.pipeline, before, trigger, self.now) == verdict,
                f"move refuses {trigger} for other reasons than decide gives",
            )
            return
        after = self.pipeline.move(before, trigger, at=self.now)
        self._check_way(before, after, verdict)
        self._become(after)

    @rule(known=_known, wait=_waits)
    def learn(self, known: tuple[str, Any], wait: timedelta) -> None:
        """Learn a fact that a guard asks for, or that it is not known after all."""
        self.now += wait
        path, value = known
        self._become(self.traveller.learn(path, value, at=self.now))

    @rule(moment=_moments)
    def look_back(self, moment: datetime) -> None:
        """See everything as it was at an earlier moment."""
        _insist(
            as_of(self.traveller, at=moment) == self.past[moment],
            "the past is not what it was",
        )

    @rule(trigger=_triggers)
    def attempt_too_early(self, trigger: str) -> None:
        """Date a move before what happened last."""
        earlier = self.traveller.timeline[-1].at - _MOMENT
        _refusal(self.pipeline, self.traveller, trigger, earlier)

    @invariant()
    def every_answer_is_the_same(self) -> None:
        """Asking changes nothing, and all ways of asking give one answer: that of moving."""
        asked, stage, now = self.traveller, self.traveller.stage, self.now
        kept = attrs.evolve(asked)
        allowed = self.pipeline.allowed(stage, asked, at=now)
        explained = self.pipeline.explain(stage, asked, at=now)
        for trigger in self.pipeline.triggers:
            verdict = self.pipeline.decide(stage, trigger, asked, at=now)
            _insist(explained.get(trigger) == verdict, f"explain and decide differ on {trigger}")
            _insist(
                (trigger in allowed) == bool(verdict), f"allowed and decide differ on {trigger}"
            )
            tried = self.pipeline.try_move(asked, trigger, at=now)
            _insist(
                tried == verdict if isinstance(tried, Refusal) else bool(verdict),
                f"a move and decide differ on {trigger}",
            )
        _insist(asked == kept, "asking has changed the entity")

    @invariant()
    def the_timeline_tells_all(self) -> None:
        """From its events the entity is rebuilt, its time is complete, and nothing is odd."""
        timeline = self.traveller.timeline
        stay = current_stay(timeline, at=self.now)
        spent = time_in_stage(timeline, at=self.now)
        _insist(Traveller.replay(timeline) == self.traveller, "replaying gives another entity")
        _insist(stay is not None and stay.stage == self.traveller.stage, "the stay is elsewhere")
        _insist(sum(spent.values(), timedelta()) == self.now - _MONDAY, "time in stage is no sum")
        _insist(not oddities(timeline, at=self.now), "the timeline is odd")

    def _become(self, traveller: Traveller) -> None:
        self.traveller = traveller
        self.past[self.now] = traveller
        if self.pipeline.stage(traveller.stage).is_open:
            self.last_open = traveller.stage

    def _check_way(self, before: Traveller, after: Traveller, permit: Permit) -> None:
        trigger, stage, reached = permit.trigger, before.stage, after.stage
        _insist(reached == permit.destination.name, f"{trigger} leads elsewhere than decide says")
        ways = [
            move
            for move in self.pipeline.moves
            if move.trigger == trigger and stage in move.sources
            if reached == self._destination(move, stage)
        ]
        _insist(bool(ways), f"no move {trigger} leads from {stage} to {reached}")
        is_left = not self.pipeline.stage(stage).is_open and reached != stage
        is_reopened = any(move.reopening for move in ways)
        _insist(
            not is_left or is_reopened, f"{trigger} leaves the closed {stage} and reopens nothing"
        )

    def _destination(self, move: Move, stage: str) -> str:
        return {LAST_OPEN: self.last_open, STAYS: stage}.get(move.destination, move.destination)


def walk_through(pipeline: Pipeline, *, facts: Facts | None = None) -> type[PipelineWalk]:
    """
    Make a Hypothesis state machine that walks through your pipeline.

    It takes every move and checks that `allowed`, `explain` and `decide` agree with what moving
    does, that a refusal changes nothing, that what is closed is only left by reopening, that the
    entity is the fold of its timeline, and that the time in all stages is its age. What the rules
    of guards ask for is read off them; name what your functions ask for in ``facts``, each with a
    strategy.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> TestOpportunityPipeline = walk_through(OPPORTUNITY_PIPELINE).TestCase  # for pytest to find
    """
    gates.one(Pipeline, pipeline, "pipeline")
    asked = {path: st.sampled_from(values) for path, values in facts_asked(pipeline).items()}
    body = {"pipeline": pipeline, "facts": {**asked, **(facts or {})}}
    walk: type[PipelineWalk] = type("PipelineWalk", (PipelineWalk,), body)
    return walk


def facts_asked(pipeline: Pipeline) -> dict[str, list[object]]:
    """List the facts that the rules of all guards ask for, with values that make a difference."""
    stages = [guard for stage in pipeline.stages for guard in stage.conditions]
    asked: dict[str, list[object]] = {}
    for guard in (*stages, *(guard for move in pipeline.moves for guard in move.guards)):
        if isinstance(guard.check, Rule):
            for path, value in _operands(guard.check):
                asked.setdefault(path, [None, True, False]).append(value)
    return asked or {"anything": [None, True]}


def _operands(rule_asked: Rule) -> Iterator[tuple[str, object]]:
    for part in rule_asked.parts:
        yield from _operands(part)
    operands = (
        rule_asked.operand if isinstance(rule_asked.operand, tuple) else (rule_asked.operand,)
    )
    for operand in operands if rule_asked.path else ():
        yield rule_asked.path, operand
        if isinstance(operand, int | Decimal):
            yield from ((rule_asked.path, operand - 1), (rule_asked.path, operand + 1))


def _refusal(pipeline: Pipeline, entity: Traveller, trigger: str, at: datetime) -> Refusal:
    """Return the refusal of a move that must not be possible."""
    try:
        pipeline.move(entity, trigger, at=at)
    except MoveRefused as error:
        return error.refusal
    raise AssertionError(f"{trigger} was obeyed although it should have been refused")


def _insist(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - a law, and how it is broken
    if not holds:
        raise AssertionError(otherwise)
