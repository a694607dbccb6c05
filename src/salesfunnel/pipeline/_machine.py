"""
The engine: the only file that knows the package ``transitions``, and only its public interface.

A pipeline becomes a machine whose states are the stages and whose conditions are the guards. Each
transition is asked for ``at`` and for what its move needs as keyword arguments of the trigger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from transitions import EventData, Machine, State

from ..errors import InvalidDefinition, Text
from ..rules.facts import read_fact
from ..values.instants import instant
from .guard import Guard
from .judging import Asked, against_reasons, lacks
from .moving import remembers
from .stage import Stage
from .table import Table, TableRow
from .verdicts import Permit

# The package takes names of methods as well, and its lists are invariant.
Conditions = list[str | Callable[..., bool | None]]
Condition = Callable[[EventData], bool]

_IS_ATTRIBUTE = Text(
    "trigger_is_attribute",
    "move {trigger} is called like the attribute that holds the stage",
    "attribute=… with another one",
)

# Of the stand-in. It shows nothing, so no trigger is called so.
_PLACE = "\0"


class StageMachine(Machine):
    """A machine in which a stage may be called ``*`` or ``=`` like any other."""

    wildcard_all = "\0every stage"
    wildcard_same = "\0the same stage"


class StandIn:
    """
    What goes through the machine for an object of a host, so that it is changed by no other hand.

    It knows what each guard has said, so that the machine asks none again. The machine binds
    methods to it that are called like the triggers.
    """

    trigger: Any
    driven_object: object
    given_needs: Mapping[str, object]
    asked_guards: Asked


class Engine:
    """The machine of a pipeline, and the stand-ins that are idle; one is in use by each thread."""

    def __init__(self, stages: Iterable[Stage], table: Table) -> None:
        """Build the machine."""
        self.machine = build_machine(stages, table, attribute=_PLACE)
        self.idle: list[StandIn] = []

    def move(
        self,
        permit: Permit,
        driven: object,
        given: Mapping[str, object],
        asked: Asked,
        *,
        at: datetime,
    ) -> str:
        """Send a stand-in along a permitted way, and return the stage that it leads to."""
        stand_in = self._stand_in(permit.source)
        stand_in.driven_object, stand_in.given_needs, stand_in.asked_guards = driven, given, asked
        stand_in.trigger(permit.trigger, at=at)
        reached: str = getattr(stand_in, _PLACE)
        stand_in.driven_object, stand_in.given_needs, stand_in.asked_guards = None, {}, {}
        self.idle.append(stand_in)
        return reached

    def _stand_in(self, stage: Stage) -> StandIn:
        """Put a stand-in into a stage, a new one where all others are on their way."""
        try:
            stand_in = self.idle.pop()
        except IndexError:
            stand_in = StandIn()
            self.machine.add_model(stand_in)
        setattr(stand_in, _PLACE, stage.name)
        return stand_in


def build_machine(
    stages: Iterable[Stage],
    table: Table,
    *,
    attribute: str = "stage",
    rests: frozenset[str] = frozenset(),
) -> Machine:
    """Build a machine without a model, with a transition for each row of a table."""
    by_name = {stage.name: stage for stage in stages}
    machine = StageMachine(
        model=None,
        states=[State(stage.name, final=not stage.is_open) for stage in by_name.values()],
        initial=next(iter(by_name)),
        auto_transitions=False,
        send_event=True,
        model_attribute=attribute,
        after_state_change=_remember_in(by_name, rests),
    )
    for source, leaving in table.items():
        for trigger, rows in leaving.items():
            if trigger == attribute:
                raise InvalidDefinition("machine", (_IS_ATTRIBUTE.problem(trigger=trigger),))
            for permit, conditions in _ways(rows):
                destination = permit.destination.name if permit.enters else None
                machine.add_transition(trigger, source, destination, conditions)
    return machine


def _ways(rows: Iterable[TableRow]) -> Iterator[tuple[Permit, Conditions]]:
    """Go through the ways of one trigger from one stage, each with its conditions."""
    for row in rows:
        if not row.reopening:
            yield row.permit, _conditions(row)
        for stage, back in row.reopening.items():
            yield back.permit, [_closed_from(stage), *_conditions(back)]


def _conditions(row: TableRow) -> Conditions:
    reasons = [_reasons_of(row.permit)] if row.looks_at_reasons else []
    return [*map(_given, row.needs), *reasons, *map(_agrees, row.guards)]


def _given(need: str) -> Condition:
    def given(event: EventData) -> bool:
        return not lacks(_told(event), need)

    return given


def _reasons_of(permit: Permit) -> Condition:
    def allowed(event: EventData) -> bool:
        found = against_reasons(permit.destination, _told(event), trigger=permit.trigger)
        return next(found, None) is None

    return allowed


def _told(event: EventData) -> Mapping[str, Any]:
    """Return what was given with the move."""
    model = event.model
    told: Mapping[str, Any] = model.given_needs if isinstance(model, StandIn) else event.kwargs
    return told


def _agrees(guard: Guard) -> Condition:
    def agrees(event: EventData) -> bool:
        model = event.model
        if isinstance(model, StandIn):
            return model.asked_guards[guard] is None
        return guard.objection(model, at=_moment(event)) is None

    return agrees


def _closed_from(stage: str) -> Condition:
    def closed_from(event: EventData) -> bool:
        model = event.model.driven_object if isinstance(event.model, StandIn) else event.model
        known: object = read_fact(model, ("last_open_stage",), at=_moment(event))
        return known == stage

    return closed_from


def _moment(event: EventData) -> datetime:
    at: Any = event.kwargs.get("at")
    return instant(at)


def _remember_in(stages: Mapping[str, Stage], rests: frozenset[str]) -> Callable[[EventData], None]:
    """Note the last open stage on a model that keeps one, so that it can be reopened there."""

    def remember(event: EventData) -> None:
        taken: Any = event.transition
        model: Any = event.model
        if taken.dest is not None and remembers(model):
            for stage in (stages[taken.source], stages[taken.dest]):
                if stage.is_open and stage.name not in rests:
                    model.last_open_stage = stage.name

    return remember
