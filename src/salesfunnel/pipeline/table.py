"""
The compiled form of a pipeline: for each trigger and stage, the function that judges the move.

Whatever happens, a guard is asked at most once in an attempt: what it said is kept in ``asked``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from ..errors import Objection, Refusal
from ..rules.facts import read_fact
from .guard import Guard, asking, raised, unmet
from .permit import Permit

Asked = dict[str, Objection | None]
Judge = Callable[[Any, datetime, Asked], Permit | Refusal]
Table = Mapping[str, Mapping[str, Judge]]

CLOSED_FROM_UNKNOWN = Objection(
    "unknown",
    "the stage it was closed from is not known",
    "set last_open_stage to one of the open stages",
    (("unknown", "last_open_stage"),),
)


@attrs.frozen
class Row:
    """
    One way out of a stage by a trigger: the guards that must agree, and the permit if they do.

    A reopening has no permit of its own, but a row for each stage to which it may lead back.
    """

    guards: tuple[Guard, ...]
    permit: Permit | None = None
    reopening: Mapping[str, Row] = {}

    def towards(self, entity: object, at: datetime) -> Row:
        """Return the row to judge: this one, or that of the stage the entity was closed from."""
        return self.reopening.get(last_open_stage(entity, at), self) if self.reopening else self


def last_open_stage(entity: object, at: datetime) -> str:
    """Name the open stage from which an entity was closed, as far as the entity knows it."""
    return str(read_fact(entity, ("last_open_stage",), at=at))


def once(guard: Guard, entity: object, at: datetime, asked: Asked) -> Objection | None:
    """Return what a guard objects, and ask it only if it has not been asked yet."""
    if guard.name not in asked:
        asked[guard.name] = guard.objection(entity, at=at)
    return asked[guard.name]


def judge_of(trigger: str, stage: str, rows: Sequence[Row]) -> Judge:
    """Return the function that judges a trigger from a stage: the quick one where it will do."""
    first = rows[0]
    if len(rows) == 1 and first.permit is not None and not first.permit.calls_back:
        return _judge_one(first.permit, first.guards)
    return _judge_several(trigger, stage, rows)


def _judge_one(permit: Permit, guards: Sequence[Guard]) -> Judge:
    """A single plain way: ask each guard, and collect what they object."""
    questions = tuple((guard, asking(guard)) for guard in guards)
    trigger, stage = permit.trigger, permit.source.name

    def judge(entity: object, at: datetime, _: Asked) -> Permit | Refusal:
        objections: list[Objection] = []
        for guard, ask in questions:
            try:
                answer = ask(entity, at)
            except Exception as error:
                raise raised(guard, error) from error
            if answer is not True:
                objections.append(unmet(guard, answer, entity, at))
        if objections:
            return Refusal(trigger, stage, "guard", tuple(objections))
        return permit

    return judge


def _judge_several(trigger: str, stage: str, rows: Sequence[Row]) -> Judge:
    """Several ways: the first whose guards agree is taken; if none is, all object together."""

    def judge(entity: object, at: datetime, asked: Asked) -> Permit | Refusal:
        ways = [row.towards(entity, at) for row in rows]
        for way in ways:
            if way.permit and all(once(guard, entity, at, asked) is None for guard in way.guards):
                return way.permit
        objections: dict[Objection, None] = {}
        for way in ways:
            if way.permit is None:
                objections[CLOSED_FROM_UNKNOWN] = None
            for guard in way.guards:
                if objection := once(guard, entity, at, asked):
                    objections[objection] = None
        return Refusal(trigger, stage, "guard", tuple(objections))

    return judge
