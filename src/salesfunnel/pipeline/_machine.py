"""
The engine: the only file that knows the package ``transitions``.

A pipeline becomes one private machine without a model. The machine's plain rows become a table, so
that judging a move costs two look-ups and its guards; a row along which more is to happen runs
through the machine itself, on a cursor that is thrown away afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from transitions import Event, EventData, Machine, State, Transition
from transitions.core import Condition

from ..errors import InvalidDefinition
from ..history.draft import making
from ..values.instants import instant
from .guard import Guard
from .move import LAST_OPEN, STAYS, Callback, Move
from .moving import remembers
from .permit import Permit
from .stage import Stage
from .table import Asked, OneWay, Row, Table, Ways, last_open_stage, once

_make_permit = making(Permit)


class Cursor:
    """
    A stand-in for an entity on its way: it shows the entity, and gathers what is to change.

    Callbacks see and set fields as if the entity itself could be changed; if one of them raises,
    the cursor is dropped and nothing has happened.
    """

    __slots__ = ("asked", "changes", "entity", "stage")
    asked: Asked
    changes: dict[str, Any]
    entity: object
    stage: str

    def __init__(self, entity: object, stage: str, asked: Asked) -> None:
        """Begin at a stage, with what the guards have said already."""
        for name, value in (("entity", entity), ("stage", stage), ("asked", asked)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "changes", {})

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a field may be anything
        """Show what was set along the way, or else the entity's own field."""
        return self.changes[name] if name in self.changes else getattr(self.entity, name)

    def __setattr__(self, name: str, value: object) -> None:
        """Note a change; the stage is the machine's own affair."""
        if name == "stage":
            object.__setattr__(self, name, value)
        else:
            self.changes[name] = value


@attrs.frozen
class ClosedFrom:
    """The condition of a way back: that the entity was closed from this very stage."""

    stage: str

    def __call__(self, entity: object, at: datetime) -> bool:
        """Tell whether the entity remembers the stage as its last open one."""
        return last_open_stage(entity, at) == self.stage


class GuardCondition(Condition):
    """
    A condition of the machine that holds a guard, and asks it once in an attempt.

    What somebody adds to a machine that was handed out is asked in the machine's own way.
    """

    def check(self, event_data: EventData) -> bool:
        """Tell whether the guard agrees; ``at`` must have been given to the trigger."""
        condition: Any = self.func
        if not isinstance(condition, (Guard, ClosedFrom)):
            return super().check(event_data)
        at = _moment(event_data)
        entity, asked = _entity_and_answers(event_data)
        if isinstance(condition, ClosedFrom):
            return condition(entity, at)
        return (once(condition, entity, at, asked) is None) is self.target


class MoveTransition(Transition):
    """A transition that remembers the move it was made of."""

    condition_cls = GuardCondition  # type: ignore[mutable-override]  # its hook for this
    move: Move | None = None


class StageState(State):
    """A state that leaves its name on the model, so that a reopening finds the way back."""

    def enter(self, event_data: EventData) -> None:
        """Enter the state, and note an open one."""
        super().enter(event_data)
        _remember(event_data.model, self)

    def exit(self, event_data: EventData) -> None:
        """Leave the state, and note an open one."""
        _remember(event_data.model, self)
        super().exit(event_data)


class PipelineMachine(Machine):
    """A machine of `transitions` whose states are stages and whose conditions are guards."""

    state_cls = StageState  # type: ignore[mutable-override]  # its hook for this
    transition_cls = MoveTransition  # type: ignore[mutable-override]  # likewise

    def get_state(self, state: Any) -> Any:  # noqa: ANN401 - as inherited
        """Find a state by its name, be it a text or a member of an enumeration of texts."""
        return self.states[state] if state in self.states else super().get_state(state)


def build_machine(
    stages: Iterable[Stage], moves: Iterable[Move], *, attribute: str = "stage"
) -> Machine:
    """
    Build a machine without a model, whose conditions are the guards themselves.

    Each transition is put into its event directly: ``Machine.add_transition`` would take a stage
    called ``=`` for a sign, and refuse a trigger that is called like the attribute.
    """
    by_name = {stage.name: stage for stage in stages}
    machine = PipelineMachine(
        model=None,
        states=[StageState(stage.name, final=not stage.is_open) for stage in by_name.values()],
        initial=next(iter(by_name)),
        auto_transitions=False,
        send_event=True,
        model_attribute=attribute,
    )
    for move in moves:
        event = machine.events.setdefault(move.trigger, Event(move.trigger, machine))
        for destination, conditions in _ways(move, by_name):
            for source in move.sources:
                event.add_transition(_transition(move, source, destination, conditions))
    return machine


def compile_table(machine: Machine, stages: Mapping[str, Stage]) -> Table:
    """Read the rows back out of the machine, in the order in which it would try them."""
    return {
        trigger: {
            source: _ways_out(trigger, source, transitions, stages)
            for source, transitions in event.transitions.items()
        }
        for trigger, event in machine.events.items()
    }


def run(
    machine: Machine, permit: Permit, entity: object, asked: Asked, *, at: datetime
) -> dict[str, Any]:
    """Take a permitted way through the machine, and return what its callbacks have set."""
    cursor = Cursor(entity, permit.source.name, asked)
    machine.events[permit.trigger].trigger(cursor, at=at)
    if cursor.stage != permit.destination.name:
        raise InvalidDefinition(f"move {permit.trigger}", ("a callback has set the stage",))
    return cursor.changes


def _transition(move: Move, source: str, destination: Any, conditions: Any) -> MoveTransition:  # noqa: ANN401 - as inherited
    """Make a transition with lists of its own, so that what is added to one is in no other."""
    transition = MoveTransition(source, destination, conditions)
    transition.move = move
    if move.calls_back:
        transition.before += map(_called, move.before)
        transition.after += map(_called, move.after)
    return transition


def _ways(move: Move, stages: Mapping[str, Stage]) -> Iterable[tuple[Any, tuple[Any, ...]]]:
    """Go through the destinations of a move, each with its conditions."""
    if move.destination == STAYS:
        return [(None, move.guards)]
    if move.destination != LAST_OPEN:
        return [(move.destination, _together(move, stages[move.destination]))]
    open_stages = [stage for stage in stages.values() if stage.is_open]
    return [(s.name, (ClosedFrom(s.name), *_together(move, s))) for s in open_stages]


def _together(move: Move, destination: Stage) -> tuple[Guard, ...]:
    """Return the guards of the move and the conditions of the stage it enters, each once."""
    entry = destination.conditions
    return tuple(dict.fromkeys((*move.guards, *entry))) if entry else move.guards


def _ways_out(
    trigger: str, source: str, transitions: Sequence[Any], stages: Mapping[str, Stage]
) -> OneWay | Ways:
    """Put the transitions of one trigger from one stage into the simplest form that will do."""
    first, move = transitions[0], transitions[0].move
    if len(transitions) > 1 or move.calls_back or move.destination == LAST_OPEN:
        return Ways(trigger, source, _rows(trigger, transitions, stages))
    return OneWay(_permit(trigger, first, stages), _guards(first))


def _rows(trigger: str, transitions: Iterable[Any], stages: Mapping[str, Stage]) -> list[Row]:
    """Turn the transitions of one trigger from one stage into rows, a reopening into one row."""
    rows: list[Row] = []
    ways_back: dict[int, dict[str, Row]] = {}
    for transition in transitions:
        move = transition.move
        row = Row(_guards(transition), _permit(trigger, transition, stages))
        if move.destination != LAST_OPEN:
            rows.append(row)
            continue
        if id(move) not in ways_back:
            ways_back[id(move)] = {}
            rows.append(Row(move.guards, reopening=ways_back[id(move)]))
        ways_back[id(move)][transition.dest] = row
    return rows


def _permit(trigger: str, transition: Any, stages: Mapping[str, Stage]) -> Permit:  # noqa: ANN401 - see above
    source, destination = transition.source, transition.dest
    permit: Permit = _make_permit(
        trigger=trigger,
        source=stages[source],
        destination=stages[source if destination is None else destination],
        enters=destination is not None,
        calls_back=transition.move.calls_back,
    )
    return permit


def _guards(transition: Any) -> tuple[Guard, ...]:  # noqa: ANN401 - see above
    """Return the guards that the conditions hold; that of a way back holds none."""
    return tuple([c.func for c in transition.conditions if isinstance(c.func, Guard)])


def _called(callback: Callback) -> Any:  # noqa: ANN401 - see above
    """Give a callback of a move the entity and the instant, and not the machine's own data."""
    return lambda event_data: callback(event_data.model, _moment(event_data))


def _entity_and_answers(event_data: EventData) -> tuple[object, Asked]:
    """Return whom the guards are asked about, and what they have said in this attempt."""
    model = event_data.model
    if isinstance(model, Cursor):
        return model.entity, model.asked
    return model, vars(event_data).setdefault("asked", {})


def _moment(event_data: EventData) -> datetime:
    at: Any = event_data.kwargs.get("at")
    return instant(at)


def _remember(model: Any, state: State) -> None:  # noqa: ANN401 - any model
    """Note an open stage on a model that keeps its last one; what a cursor shows is not ours."""
    if not state.final and not isinstance(model, Cursor) and remembers(model):
        model.last_open_stage = state.name
