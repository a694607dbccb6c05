"""
The compiled form of a pipeline: for each trigger and stage, the ways to go, ready to be judged.

Whatever happens, a guard is asked at most once in an attempt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from ..errors import Objection, Refusal, Text
from ..rules.facts import read_fact
from .guard import Ask, Guard, asking, raised, unmet
from .permit import Permit

Asked = dict[Guard, Objection | None]
"""What each guard has objected in an attempt."""

UNGUARDED = Guard("nothing stands in the way", lambda _entity, _at: True)
TOO_EARLY = Text(
    "too_early", "the time lies before the last event", "give a time at or after the last event"
).objection()
CLOSED_FROM_UNKNOWN = Text(
    "closed_from_unknown",
    "the stage it was closed from is not known",
    "set {unknown} to one of the open stages",
).objection(unknown="last_open_stage")


@attrs.frozen
class Row:
    """
    One way out of a stage by a trigger: the guards that must agree, and the permit if they do.

    A reopening has no permit of its own, but a row for each stage to which it may lead back.
    """

    guards: tuple[Guard, ...]
    permit: Permit | None = None
    reopening: Mapping[str, Row] = attrs.field(factory=dict)

    def towards(self, entity: object, at: datetime) -> Row:
        """Return the row to judge: this one, or that of the stage the entity was closed from."""
        return self.reopening.get(last_open_stage(entity, at), self) if self.reopening else self


class OneWay:
    """
    The usual case: a single way with a few guards, along which nothing else happens.

    The first guard is asked by whoever takes the way, since most ways have no other and a call
    more would be felt. A way without guards asks one that always agrees.
    """

    __slots__ = ("ask", "first", "has_more", "others", "permit", "plain_no", "stage", "trigger")

    def __init__(self, permit: Permit, guards: Sequence[Guard]) -> None:
        """Prepare the question to the first guard."""
        self.permit: Permit = permit
        self.trigger: str = permit.trigger
        self.stage: str = permit.source.name
        self.first: Guard = guards[0] if guards else UNGUARDED
        self.others: Sequence[Guard] = guards[1:]
        self.has_more: bool = len(guards) > 1
        self.ask: Ask = asking(self.first)
        self.plain_no: Refusal | None = None

    def judge(self, entity: object, at: datetime, _: Asked) -> Permit | Refusal:
        """Return the permit, or every objection."""
        try:
            answer = self.ask(entity, at)
        except Exception as error:
            raise raised(self.first, error) from error
        return self.verdict(answer, entity, at)

    def verdict(self, answer: object, entity: object, at: datetime) -> Permit | Refusal:
        """
        Ask the other guards too, now that the first has answered.

        When a single guard says no, that is the same value each time, so it is made only once.
        """
        if self.plain_no is not None and answer is False:
            return self.plain_no
        first = None if answer is True else unmet(self.first, answer, entity, at)
        others = [guard.objection(entity, at=at) for guard in self.others]
        objections = tuple(objection for objection in (first, *others) if objection)
        if not objections:
            return self.permit
        refusal = Refusal(self.trigger, self.stage, objections)
        if answer is False and not self.others:
            self.plain_no = refusal
        return refusal


class Ways:
    """
    Several ways by one trigger, or one along which more happens, or one back to an open stage.

    The first whose guards all agree is taken; if there is none, all object together.
    """

    __slots__ = ("rows", "stage", "trigger")

    def __init__(self, trigger: str, stage: str, rows: Sequence[Row]) -> None:
        """Take the rows in the order in which they are to be tried."""
        self.trigger: str = trigger
        self.stage: str = stage
        self.rows: Sequence[Row] = rows

    def judge(self, entity: object, at: datetime, asked: Asked) -> Permit | Refusal:
        """Return the permit of the first way that is open, or every objection."""
        ways = [row.towards(entity, at) for row in self.rows]
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
        return Refusal(self.trigger, self.stage, tuple(objections))


Table = Mapping[str, Mapping[str, OneWay | Ways]]


def last_open_stage(entity: object, at: datetime) -> str:
    """Name the open stage from which an entity was closed, as far as the entity knows it."""
    known = read_fact(entity, ("last_open_stage",), at=at)
    return known if isinstance(known, str) else ""


def too_early(entity: object, trigger: str, stage: str, at: datetime) -> Refusal | None:
    """Refuse a move that would lie before the last event on the timeline of an entity."""
    timeline = getattr(entity, "timeline", None)
    if timeline and isinstance(timeline, tuple) and at < timeline[-1].at:
        return dated_too_early(trigger, stage)
    return None


def dated_too_early(trigger: str, stage: str) -> Refusal:
    """Refuse a move because of its date."""
    return Refusal(trigger, stage, (TOO_EARLY,))


def once(guard: Guard, entity: object, at: datetime, asked: Asked) -> Objection | None:
    """Return what a guard objects, and ask it only if it has not been asked yet."""
    if guard not in asked:
        asked[guard] = guard.objection(entity, at=at)
    return asked[guard]
