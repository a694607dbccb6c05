"""
The engine: the only file that knows the package ``transitions``.

A pipeline becomes one private machine without a model; the machine's rows become a table, keyed by
trigger and stage, so that judging a move costs two look-ups and its guards.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from transitions import Machine, Transition

from .move import LAST_OPEN, Move
from .stage import Stage
from .table import Row, Table


def build_machine(stages: Iterable[Stage], moves: Iterable[Move]) -> Machine:
    """Build a machine without a model, whose conditions are the guards themselves."""
    names = [stage.name for stage in stages]
    machine = Machine(
        model=None, states=[*names, LAST_OPEN], initial=names[0], auto_transitions=False
    )
    for move in moves:
        for source in move.sources:
            machine.add_transition(
                move.trigger, source, move.destination, conditions=list(move.guards)
            )
    return machine


def compile_table(stages: Iterable[Stage], moves: Iterable[Move]) -> Table:
    """Read the rows back out of the machine, in the order in which it would try them."""
    events = build_machine(stages, moves).events
    return {
        trigger: {source: tuple(map(_row, rows)) for source, rows in event.transitions.items()}
        for trigger, event in events.items()
    }


def _row(transition: Transition) -> Row:
    guards: Any = [condition.func for condition in transition.conditions]
    return Row(str(transition.dest), tuple(guards))
