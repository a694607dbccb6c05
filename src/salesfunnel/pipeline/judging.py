"""
Judging a move by the rows of its table: needs, reasons and guards, in this order.

Each guard is asked at most once in an attempt. Judging changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..errors import Objection, Refusal, Text
from .codes import note_missing, unknown_code
from .guard import Guard
from .refusals import needed
from .stage import Stage
from .table import TableRow
from .verdicts import Permit, Way

Asked = dict[Guard, Objection | None]
"""What each guard has objected in an attempt."""

LAST_OPEN_UNKNOWN = Text(
    "last_open_unknown",
    "the open stage in which it stood before is not known",
    "set {fact} to one of the open stages",
)
_LEADS_ELSEWHERE = Text("leads_elsewhere", "the move leads to {to} now")


def verdict_on(
    rows: Sequence[TableRow],
    entity: object,
    given: Mapping[str, object],
    *,
    at: datetime,
    asked: Asked,
) -> Permit | Refusal:
    """
    Return the permit of the first way that is open, or the objections of all ways together.

    A way is left at the first no; only when none is open are all their guards asked.
    """
    first = rows[0]
    if len(rows) == 1 and first.asks_nothing:
        return first.permit
    ways = [row.towards(entity, at) for row in rows]
    if len(ways) == 1 and ways[0] is not None:  # the usual case, and twice as fast
        found = tuple(_objections(ways[0], entity, given, at, asked))
        if not found:
            return ways[0].permit
        return Refusal(first.permit.trigger, first.permit.source.name, found)
    for way in ways:
        if way is not None and next(_objections(way, entity, given, at, asked), None) is None:
            return way.permit
    objections: dict[Objection, None] = {}
    for way in ways:
        if way is None:
            objections[LAST_OPEN_UNKNOWN.objection(fact="last_open_stage")] = None
        else:
            objections |= dict.fromkeys(_objections(way, entity, given, at, asked))
    return Refusal(first.permit.trigger, first.permit.source.name, tuple(objections))


def _objections(
    way: TableRow, entity: object, given: Mapping[str, object], at: datetime, asked: Asked
) -> Iterator[Objection]:
    """Go through what stands in the way: needs first, and then guards, asked one by one."""
    permit = way.permit
    for need in way.needs:
        if lacks(given, need):
            yield needed(need, trigger=permit.trigger, codes=permit.destination.reasons)
    if way.looks_at_reasons:
        yield from against_reasons(permit.destination, given, trigger=permit.trigger)
    yield from _unmet(way.guards, entity, at, asked)


def against_reasons(
    stage: Stage, given: Mapping[str, object], *, trigger: str
) -> Iterator[Objection]:
    """
    Object to reasons that are not among those of a stage, and to one that wants a note.

    >>> lost = Stage("lost", kind="lost", reasons={"price": "Price", "other": "Other"})
    >>> print(*against_reasons(lost, {"reason": "prize"}, trigger="lose"))
    the reason is not one of lost (did you mean price?)
    """
    also: Any = given.get("also") or ()
    several = (also,) if isinstance(also, str) or not isinstance(also, Iterable) else also
    told = [*([] if lacks(given, "reason") else [given["reason"]]), *several]
    place = stage.name
    found = [unknown_code(code, stage.reasons, field="reason", place=place) for code in told]
    yield from dict.fromkeys(objection for objection in found if objection is not None)
    if lacks(given, "note"):
        wanting = [code for code in told if isinstance(code, str) and code in stage.note_for]
        yield from (note_missing(code, trigger=trigger) for code in dict.fromkeys(wanting))


def ways_out(rows: Iterable[TableRow], entity: object, *, at: datetime) -> Iterator[Way]:
    """List ways out of a stage, each judged as if its needs were given."""
    asked: Asked = {}
    taken: list[TableRow] = []
    for row in rows:
        way = row.towards(entity, at)
        if way is None:
            continue
        permit = way.permit
        objections = tuple(_unmet(way.guards, entity, at, asked))
        if not objections and (earlier := _taken_before(way, taken)):
            objections = (_LEADS_ELSEWHERE.objection(to=earlier.permit.destination.name),)
        if objections:
            verdict: Permit | Refusal = Refusal(permit.trigger, permit.source.name, objections)
        else:
            taken.append(way)
            verdict = permit
        yield Way(permit.trigger, permit.destination, verdict, way.needs)


def _taken_before(way: TableRow, taken: Iterable[TableRow]) -> TableRow | None:
    """Find an earlier way of the same trigger that is taken with what this one needs."""
    for row in taken:
        if row.permit.trigger == way.permit.trigger and set(row.needs) <= set(way.needs):
            return row
    return None


def _unmet(
    guards: Iterable[Guard], entity: object, at: datetime, asked: Asked
) -> Iterator[Objection]:
    for guard in guards:
        if guard not in asked:
            asked[guard] = guard.objection(entity, at=at)
        if objection := asked[guard]:
            yield objection


def lacks(given: Mapping[str, object], need: str) -> bool:
    """Tell whether a need is not given; a blank gives nothing."""
    value = given.get(need)
    return value is None or (isinstance(value, str) and not value.strip())
