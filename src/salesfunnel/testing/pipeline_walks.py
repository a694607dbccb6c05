"""
A walk through your own pipeline: Hypothesis takes every way it can find, and checks each step.

What is tried is the public interface, so a pipeline and its guards are tried as they are used:
first asked, then driven, and then read back from the events that were given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import SearchStrategy

from ..errors import MoveRefused, Refusal
from ..history.anomalies import anomalies
from ..history.stage_history import current_interval, time_in_stage
from ..pipeline.move import Destination, Move
from ..pipeline.pipeline import Pipeline
from ..pipeline.verdicts import Permit
from ..rules.rule import Rule
from ..values import converters
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
    needs: list[str]

    def __init__(self) -> None:
        """Set out on Monday morning, if it is known by now where."""
        super().__init__()
        if hasattr(self, "pipeline"):
            self.set_out(self.pipeline)

    def set_out(self, pipeline: Pipeline) -> None:
        """Begin in the first stage of a pipeline."""
        self.pipeline = converters.one(Pipeline, pipeline, "pipeline")
        self.now = _MONDAY
        self.traveller = Traveller(pipeline, at=self.now)
        self.last_open = self.traveller.stage
        self.needs = sorted({need for move in pipeline.moves for need in move.needs})

    @property
    def triggers(self) -> tuple[str, ...]:
        """What is tried: all triggers, one that does not exist, and again those that are open."""
        ways = self.pipeline.ways(self.traveller.stage, self.traveller, at=self.now)
        return (*self.pipeline.triggers, _NO_TRIGGER, *(way.trigger for way in ways if way))

    def given(self, trigger: str) -> dict[str, object]:
        """Give all that a move may need, and a reason that is one of the stage that it enters."""
        here = self.traveller.stage
        ways = self.pipeline.ways(here, self.traveller, at=self.now)
        stages = [way.destination for way in ways if way.trigger == trigger and way]
        reason = next((code for stage in stages[:1] for code in stage.reasons), "given")
        return {**dict.fromkeys((*self.needs, "note"), "given"), "reason": reason}

    @rule(trigger=_triggers, wait=_waits, tells=st.booleans())
    def attempt(self, trigger: str, wait: timedelta, *, tells: bool = True) -> None:
        """Wait a while and take a move, if it is open, with all that it needs or with nothing."""
        self.now += wait
        stage, given = self.traveller.stage, self.given(trigger) if tells else {}
        verdict = self._decide(trigger, self.now, given)
        if isinstance(verdict, Refusal):
            refused = self._refused(trigger, self.now, given)
            _insist(
                refused == verdict, f"drive refuses {trigger} for other reasons than decide gives"
            )
            return
        try:
            self.traveller.move(trigger, given, at=self.now)
        except MoveRefused:
            raise AssertionError(f"drive refuses {trigger}, which decide permits") from None
        taken_at = self.traveller.timeline[-1].at
        _insist(taken_at == self.now, f"the event of {trigger} has another time than the move")
        self._check_way(stage, self.traveller.stage, verdict)
        reached = self.traveller.stage
        if self.pipeline.stage(reached).is_open and not self.pipeline.rests_in(reached):
            self.last_open = self.traveller.stage

    @rule(known=_known)
    def learn(self, known: tuple[str, Any]) -> None:
        """Learn a fact that a guard asks for, or that it is not known after all."""
        path, value = known
        self.traveller.facts[path] = value

    @rule(trigger=_triggers)
    def attempt_too_early(self, trigger: str) -> None:
        """Date a move before what happened last."""
        early = self.traveller.timeline[-1].at - _MOMENT
        self._refused(trigger, early, self.given(trigger))

    @invariant()
    def every_answer_is_the_same(self) -> None:
        """Asking changes nothing, and a way that is open is permitted with what it needs."""
        before, stage = self.traveller.state, self.traveller.stage
        ways = [way for way in self.pipeline.ways(stage, self.traveller, at=self.now) if way]
        for way in ways:
            reasons = [*way.destination.reasons, "given"]
            told = dict.fromkeys((*way.needs, "note"), "given")
            told |= {"reason": reasons[0]} if "reason" in way.needs else {}
            verdict = self._decide(way.trigger, self.now, told)
            leads_there = verdict and verdict.destination == way.destination
            _insist(bool(leads_there), f"ways and decide differ on {way.trigger}")
        for trigger in self.pipeline.triggers:
            permitted = bool(self._decide(trigger, self.now, self.given(trigger)))
            is_open = trigger in [way.trigger for way in ways]
            _insist(permitted == is_open, f"ways and decide differ on {trigger}")
        _insist(self.traveller.state == before, "asking has changed the entity")

    @invariant()
    def the_timeline_tells_all(self) -> None:
        """By its events its stage is known, its time is complete, and nothing is strange."""
        timeline: tuple[Any, ...] = self.traveller.timeline
        interval = current_interval(timeline, at=self.now)
        spent = time_in_stage(timeline, at=self.now)
        is_here = interval is not None and interval.stage == self.traveller.stage
        _insist(is_here, "the timeline ends in another stage")
        _insist(sum(spent.values(), timedelta()) == self.now - _MONDAY, "time in stage is no sum")
        _insist(not anomalies(timeline, at=self.now), "the timeline is strange")

    def _decide(self, trigger: str, at: datetime, given: Mapping[str, object]) -> Permit | Refusal:
        here = self.traveller.stage
        return self.pipeline.decide(here, trigger, self.traveller, at=at, **given)

    def _refused(self, trigger: str, at: datetime, given: Mapping[str, object]) -> Refusal:
        """Return the refusal of a move that must not be possible, and that changes nothing."""
        before = self.traveller.state
        try:
            self.traveller.move(trigger, given, at=at)
        except MoveRefused as error:
            _insist(self.traveller.state == before, f"refusing {trigger} has changed the entity")
            return error.refusal
        raise AssertionError(f"{trigger} was obeyed although it should have been refused")

    def _check_way(self, stage: str, reached: str, permit: Permit) -> None:
        trigger = permit.trigger
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
        ends = {str(Destination.LAST_OPEN): self.last_open, str(Destination.STAYS): stage}
        return ends.get(move.destination, move.destination)


def walk_through(pipeline: Pipeline, *, facts: Facts | None = None) -> type[PipelineWalk]:
    """
    Make a Hypothesis state machine that walks through your pipeline.

    It takes every move and checks that `ways` and `decide` agree with what `drive` does, that a
    refusal changes nothing, that what is closed is only left by reopening, and that the time in all
    stages is the age. What the rules of guards ask for is read off them; name what your functions
    ask for in ``facts``, each with a strategy.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> TestOpportunityPipeline = walk_through(OPPORTUNITY_PIPELINE).TestCase  # for pytest to find
    """
    converters.one(Pipeline, pipeline, "pipeline")
    asked = {path: st.sampled_from(values) for path, values in facts_asked(pipeline).items()}

    class WalkThrough(PipelineWalk):
        """The walk through one pipeline."""

    WalkThrough.pipeline = pipeline
    WalkThrough.facts = {**asked, **(facts or {})}
    return WalkThrough


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


def _insist(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - a law, and how it is broken
    if not holds:
        raise AssertionError(otherwise)
