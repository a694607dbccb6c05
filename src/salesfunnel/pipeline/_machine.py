"""
The engine: the only file that knows the package ``transitions``, and only its public interface.

A pipeline becomes a machine whose states are the stages and whose conditions are the guards. Each
transition is asked for ``at`` and for what its move needs as keyword arguments of the trigger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from transitions import EventData, Machine, State

from ..errors import InvalidDefinition, Objection, Text
from ..rules.facts import read_fact
from ..values.instants import instant
from .guard import Guard
from .judging import Permit, lacks
from .move import Destination, Move
from .stage import Stage, StageKind

Condition = Callable[..., bool | None]

_IS_ATTRIBUTE = Text(
    "trigger_is_attribute",
    "move {trigger!r} is called like the attribute that holds the stage",
    "attribute=… with another one",
)


class StageMachine(Machine):
    """A machine in which a stage may be called ``*`` or ``=`` like any other."""

    wildcard_all = "\0every stage"
    wildcard_same = "\0the same stage"


class StandIn:
    """
    What goes through the machine for an object of a host, so that it is changed by no other hand.

    It keeps what each guard has said, so that the refusal asks none again.
    """

    def __init__(self, driven: object) -> None:
        """Stand in for an object, about which no guard has been asked yet."""
        self.driven = driven
        self.stage = ""
        self.asked: dict[Guard, Objection | None] = {}


def build_machine(
    stages: Iterable[Stage], moves: Iterable[Move], *, attribute: str = "stage"
) -> Machine:
    """Build a machine without a model, by the definition of a pipeline."""
    by_name = {stage.name: stage for stage in stages}
    machine = StageMachine(
        model=None,
        states=[State(stage.name, final=not stage.is_open) for stage in by_name.values()],
        initial=next(iter(by_name)),
        auto_transitions=False,
        send_event=True,
        model_attribute=attribute,
        after_state_change=_remember_in(by_name),
    )
    for move in moves:
        if move.trigger == attribute:
            problem = _IS_ATTRIBUTE.problem(trigger=move.trigger)
            raise InvalidDefinition("machine", (problem,))
        for destination, conditions in _ways(move, by_name):
            for source in move.sources:
                machine.add_transition(move.trigger, source, destination, [*conditions])
    return machine


def run(
    machine: Machine,
    stand_in: StandIn,
    permit: Permit,
    given: Mapping[str, object],
    *,
    at: datetime,
) -> None:
    """Send a stand-in along a permitted way through the machine."""
    stand_in.stage = permit.source.name
    machine.events[permit.trigger].trigger(stand_in, **{**given, "at": at})


def _ways(move: Move, stages: Mapping[str, Stage]) -> Iterable[tuple[str | None, list[Condition]]]:
    """Go through the destinations of a move, each with its conditions."""
    if move.destination == Destination.STAYS:
        return [(None, _conditions(move, None))]
    if move.destination != Destination.LAST_OPEN:
        return [(move.destination, _conditions(move, stages[move.destination]))]
    open_stages = [stage for stage in stages.values() if stage.is_open]
    return [(s.name, [_closed_from(s.name), *_conditions(move, s)]) for s in open_stages]


def _conditions(move: Move, destination: Stage | None) -> list[Condition]:
    """List the needs and guards of a move, and the conditions of the stage that it enters."""
    entered = destination.conditions if destination else ()
    loses = destination is not None and destination.kind is StageKind.LOST
    needs = dict.fromkeys((*move.needs, *(["reason"] if loses else [])))
    guards = dict.fromkeys((*move.guards, *entered))
    return [*map(_given, needs), *map(_agrees, guards)]


def _given(need: str) -> Condition:
    return lambda event: not lacks(event.kwargs, need)


def _agrees(guard: Guard) -> Condition:
    def agrees(event: EventData) -> bool:
        at, model = _moment(event), event.model
        if not isinstance(model, StandIn):
            return guard.objection(model, at=at) is None
        if guard not in model.asked:
            model.asked[guard] = guard.objection(model.driven, at=at)
        return model.asked[guard] is None

    return agrees


def _closed_from(stage: str) -> Condition:
    def closed_from(event: EventData) -> bool:
        model = event.model.driven if isinstance(event.model, StandIn) else event.model
        known: object = read_fact(model, ("last_open_stage",), at=_moment(event))
        return known == stage

    return closed_from


def _moment(event: EventData) -> datetime:
    at: Any = event.kwargs.get("at")
    return instant(at)


def _remember_in(stages: Mapping[str, Stage]) -> Callable[[EventData], None]:
    """Note the last open stage on a model that keeps one, so that reopening finds the way."""

    def remember(event: EventData) -> None:
        taken: Any = event.transition
        ends = (taken.dest, taken.source) if taken.dest else ()
        last_open = next((name for name in ends if stages[name].is_open), "")
        if last_open and hasattr(event.model, "last_open_stage"):
            event.model.last_open_stage = last_open

    return remember
