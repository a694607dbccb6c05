"""The table of all ways out of each stage, as it is compiled from a definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import attrs

from ..rules.facts import read_fact
from .guard import Guard
from .move import Destination, Move, stages_of_rest
from .short_guards import with_labels
from .stage import Stage, StageKind
from .verdicts import Permit


@attrs.frozen
class TableRow:
    """
    One way out of a stage by a trigger: the guards that must agree, and the permit if they do.

    A reopening has a row for each stage to which it may lead back.
    """

    permit: Permit
    guards: tuple[Guard, ...]
    needs: tuple[str, ...]
    reopening: Mapping[str, TableRow] = attrs.field(factory=dict)
    looks_at_reasons: bool = attrs.field(init=False)
    asks_nothing: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Note whether the reason matters, and whether the way is open to everything."""
        keep = object.__setattr__
        stage = self.permit.destination
        looks = self.permit.enters and bool(stage.reasons or stage.note_for)
        keep(self, "looks_at_reasons", looks)
        keep(self, "asks_nothing", not (self.guards or self.needs or self.reopening or looks))

    def with_labels_of(self, roles: Mapping[str, str]) -> TableRow:
        """Let its guards call the roles that they ask for by their labels."""
        back = {stage: row.with_labels_of(roles) for stage, row in self.reopening.items()}
        return attrs.evolve(self, guards=with_labels(self.guards, roles), reopening=back)

    def towards(self, entity: object, at: datetime) -> TableRow | None:
        """Return the row to judge: this one, or that of the stage the entity was closed from."""
        if not self.reopening:
            return self
        known = read_fact(entity, ("last_open_stage",), at=at)
        return self.reopening.get(known) if isinstance(known, str) else None


Table = Mapping[str, Mapping[str, Sequence[TableRow]]]
"""The rows of each trigger, by the stage that it leaves and then by the trigger."""


def compile_table(
    stages: Sequence[Stage], moves: Sequence[Move], roles: Mapping[str, str] = MappingProxyType({})
) -> Table:
    """
    Write down every way out of each stage, in the order of the definition, with labels of roles.

    >>> stages = [Stage("open"), Stage("won", kind="won")]
    >>> table = compile_table(stages, [Move("win", "open", "won")])
    >>> table["open"]["win"][0].permit.destination.name
    'won'
    """
    by_name = {stage.name: stage for stage in stages}
    rests = stages_of_rest(stages, moves)
    table: dict[str, dict[str, list[TableRow]]] = {stage.name: {} for stage in stages}
    for move in moves:
        for source in move.sources:
            rows = table[source].setdefault(move.trigger, [])
            row = _row(move, by_name[source], by_name, rests)
            rows.append(row.with_labels_of(roles) if roles else row)
    return table


def _row(move: Move, source: Stage, stages: Mapping[str, Stage], rests: frozenset[str]) -> TableRow:
    if move.destination == Destination.STAYS:
        permit = Permit(move.trigger, source, source, enters=False)
        return TableRow(permit, move.guards, move.needs)
    if move.destination != Destination.LAST_OPEN:
        return _entering_row(move, source, stages[move.destination], rests)
    open_stages = [s for s in stages.values() if s.is_open and s.name not in rests]
    back = {stage.name: _entering_row(move, source, stage, rests) for stage in open_stages}
    permit = Permit(move.trigger, source, source, enters=False)
    return TableRow(permit, move.guards, move.needs, back)


def _entering_row(move: Move, source: Stage, destination: Stage, rests: frozenset[str]) -> TableRow:
    """Ask the guards of the move and the conditions of the stage, each once."""
    guards = tuple(dict.fromkeys((*move.guards, *destination.conditions)))
    closing = ("reason",) if destination.kind is StageKind.LOST else ()
    needs = tuple(dict.fromkeys((*move.needs, *closing)))
    return TableRow(Permit(move.trigger, source, destination, rests=rests), guards, needs)
