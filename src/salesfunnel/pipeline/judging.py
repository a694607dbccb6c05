"""
Judging a move: the table that is compiled from a definition, and the verdicts that are read off it.

Each guard is asked at most once in an attempt. Judging changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Literal, TypedDict

import attrs

from ..errors import InvalidValue, MoveRefused, Objection, Refusal, Text
from ..history.timeline import TOO_EARLY
from ..rules.facts import read_fact
from .codes import meant, note_missing, unknown_code
from .guard import Guard
from .move import Destination, Move, stages_of_rest
from .stage import Stage, StageKind

Asked = dict[Guard, Objection | None]
"""What each guard has objected in an attempt."""

_UNKNOWN_STAGE = Text(
    "unknown_stage", "the pipeline has no stage of that name{meant}", "the stages are {stages}"
)
_UNKNOWN_TRIGGER = Text(
    "unknown_trigger", "the pipeline has no move of that name{meant}", "the moves are {triggers}"
)
_NOT_FROM_HERE = Text(
    "not_from_here", "the stage is {stage}", "{trigger} is possible from {sources}"
)
_NO_MOVE_TO = Text(
    "no_move_to", "no move leads from {stage} to {to}{meant}", "moves lead to {stages}"
)
_LAST_OPEN_UNKNOWN = Text(
    "last_open_unknown",
    "the open stage in which it stood before is not known",
    "set {fact} to one of the open stages",
)
_LEADS_ELSEWHERE = Text("leads_elsewhere", "the move leads to {to} now")
_NEEDS = {
    text.code: text
    for text in (
        Text("reason_required", "a {need} is needed", "give it, as in {trigger}, {need}=…{listed}"),
        Text(
            "assessment_required",
            "it has not been assessed",
            "{trigger} it by an {need}, or by a policy such as BANT",
        ),
        Text(
            "account_required",
            "an {need} is needed",
            "to {trigger} it, use plan_conversion(lead), which makes one",
        ),
    )
}
_NEED = Text("need_required", "{need} is needed", "give it, as in {trigger}, {need}=…")
_TRIGGER_OR_STAGE = Text(
    "trigger_or_stage", "{field} wants a trigger or a stage, and not both", "a trigger, or to=…"
)


class TakenWay(TypedDict):
    """The part of an event that says which way was taken."""

    trigger: str
    from_stage: str
    to_stage: str


@attrs.frozen
class Permit:
    """
    A *yes*: the trigger, the stage it leads from, and the stage it leads to. It is truthy.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday).destination.name
    'proposal'
    """

    trigger: str
    source: Stage
    destination: Stage
    enters: bool = attrs.field(default=True, kw_only=True)
    _rests: frozenset[str] = attrs.field(
        default=frozenset(), alias="rests", kw_only=True, repr=False, eq=False
    )

    @property
    def way(self) -> TakenWay:
        """Trigger, stage before and stage after, as an event keeps them; no stage if it stays."""
        to_stage = self.destination.name if self.enters else ""
        return {"trigger": self.trigger, "from_stage": self.source.name, "to_stage": to_stage}

    @property
    def last_open_stage(self) -> str:
        """The stage that a later move back leads to; empty if it stays the one it was."""
        ends = (self.destination, self.source)
        return next((s.name for s in ends if s.is_open and s.name not in self._rests), "")

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for a front end.

        >>> Permit("propose", Stage("meeting"), Stage("proposal")).as_data()["to"]
        'proposal'
        """
        return {
            "allowed": True,
            "trigger": self.trigger,
            "stage": self.source.name,
            "to": self.destination.name,
        }

    def __bool__(self) -> Literal[True]:
        """Is always true: a permit is a yes."""
        return True


@attrs.frozen
class Way:
    """
    A move out of a stage: where it leads, whether it is open, and what must be given with it.

    It is truthy if it is open once its ``needs`` are given.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> ways = OPPORTUNITY_PIPELINE.ways("meeting", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> [(way.trigger, way.destination.name, way.needs, bool(way)) for way in ways]
    [('propose', 'proposal', (), True), ('lose', 'lost', ('reason',), True)]
    """

    trigger: str
    destination: Stage
    verdict: Permit | Refusal
    needs: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for the columns of a board.

        >>> meeting, proposal = Stage("meeting"), Stage("proposal")
        >>> way = Way("propose", proposal, Permit("propose", meeting, proposal))
        >>> way.as_data()["needs"]
        []
        """
        return {
            **self.verdict.as_data(),
            "to": self.destination.name,
            "label": self.destination.title,
            "needs": list(self.needs),
            "reasons": dict(self.destination.reasons),
            "note_for": list(self.destination.note_for),
        }

    def __bool__(self) -> bool:
        """Tell whether the way is open."""
        return isinstance(self.verdict, Permit)


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

    def towards(self, entity: object, at: datetime) -> TableRow | None:
        """Return the row to judge: this one, or that of the stage the entity was closed from."""
        if not self.reopening:
            return self
        known = read_fact(entity, ("last_open_stage",), at=at)
        return self.reopening.get(known) if isinstance(known, str) else None


Table = Mapping[str, Mapping[str, Sequence[TableRow]]]
"""The rows of each trigger, by the stage that it leaves and then by the trigger."""


def compile_table(stages: Sequence[Stage], moves: Sequence[Move]) -> Table:
    """
    Write down every way out of each stage, in the order of the definition.

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
            rows.append(_row(move, by_name[source], by_name, rests))
    return table


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
            objections[_LAST_OPEN_UNKNOWN.objection(fact="last_open_stage")] = None
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


def needed(need: str, *, trigger: str, codes: Collection[str] = ()) -> Objection:
    """
    Say what must be given with a move, and which codes there are for it.

    >>> print(needed("reason", trigger="lose"))
    a reason is needed
    """
    code = f"{need}_required"
    text = _NEEDS.get(code) or attrs.evolve(_NEED, code=code)
    said = {"need": need, "trigger": trigger}
    if "{listed}" in text.remedy:
        said["listed"] = f"; one of: {', '.join(codes)}" if codes else ""
    return text.objection(**said)


def no_way(
    stages: Sequence[Stage], moves: Sequence[Move], stage: object, trigger: object
) -> Refusal:
    """
    Refuse a trigger along which no way leads out of a stage.

    A name may come from anywhere, as a member of an enumeration or as no name at all. What the
    pipeline knows is told by the pipeline's own name for it.

    >>> print(no_way([Stage("demo"), Stage("won", kind="won")], [], "dmeo", "win"))
    cannot win: the pipeline has no stage of that name (did you mean demo?) (the stages are ...)
    """
    names = [known.name for known in stages]
    triggers = list(dict.fromkeys(move.trigger for move in moves))
    stage_name, trigger_name = _known_as(names, stage), _known_as(triggers, trigger)
    if stage not in names:
        objection = unknown_stage(names, stage)
    elif trigger not in triggers:
        objection = _UNKNOWN_TRIGGER.objection(
            meant=meant(trigger_name, triggers), triggers=", ".join(triggers)
        )
    else:
        leaving = [move.sources for move in moves if move.trigger == trigger]
        sources = ", ".join(dict.fromkeys(chain.from_iterable(leaving)))
        objection = _NOT_FROM_HERE.objection(
            stage=stage_name, trigger=trigger_name, sources=sources
        )
    return Refusal(trigger_name, stage_name, (objection,))


def unknown_stage(names: Sequence[str], stage: object) -> Objection:
    """Say which stages there are."""
    return _UNKNOWN_STAGE.objection(meant=meant(stage, names), stages=", ".join(names))


def too_early(entity: object, trigger: str, stage: str, at: datetime) -> Refusal | None:
    """Refuse a move that would lie before the last event on the timeline of an entity."""
    timeline = getattr(entity, "timeline", None)
    if timeline and isinstance(timeline, tuple) and at < timeline[-1].at:
        return Refusal(trigger, stage, (TOO_EARLY.objection(),))
    return None


def granted(verdict: Permit | Refusal) -> Permit:
    """
    Return the permit, or raise `MoveRefused` with all the reasons.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> granted(OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday)).trigger
    'propose'
    """
    if isinstance(verdict, Refusal):
        raise MoveRefused(verdict)
    return verdict


def towards(trigger: str, to: str, *, stage: str, ways: Sequence[Way]) -> str:
    """
    Name the trigger of a move that is given by its trigger, or by the stage that it leads to.

    Of several moves to one stage the first that is open is meant. Raises `MoveRefused` where no
    move leads there.

    >>> meeting, proposal = Stage("meeting"), Stage("proposal")
    >>> way = Way("propose", proposal, Permit("propose", meeting, proposal))
    >>> towards("", "proposal", stage="meeting", ways=[way])
    'propose'
    """
    if bool(trigger) is bool(to):
        raise InvalidValue("move", _TRIGGER_OR_STAGE)
    if trigger:
        return trigger
    leading = [way for way in ways if way.destination.name == to]
    if not leading:
        stages = list(dict.fromkeys(way.destination.name for way in ways))
        said = {"stage": stage, "to": to, "meant": meant(to, stages)}
        objection = _NO_MOVE_TO.objection(**said, stages=", ".join(stages) or "no stage")
        raise MoveRefused(Refusal("move", stage, (objection,)))
    return next((way.trigger for way in leading if way), leading[0].trigger)


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


def _known_as(names: Iterable[str], given: object) -> str:
    return next((name for name in names if name == given), as_text(given))


def as_text(given: object) -> str:
    """
    Write a name as a text; a thing that is none is named by its kind.

    >>> as_text("win"), as_text(None)
    ('win', 'NoneType')
    """
    return str(given) if isinstance(given, str) else type(given).__name__
