"""What can be wrong with a pipeline is found when it is defined, each fault said in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise
from typing import TypeVar

from ..errors import InvalidDefinition, Problem, Text
from ..rules.rule import Rule
from ..values.text import shown
from .contradictions import Conditions, ask_no_more, conditions_of, contradiction
from .guard import Guard
from .move import Destination, Move, stages_of_rest
from .stage import Stage

_MADE_BY = Text("made_by", "its {parts} are made by {kind}(…)")
_SHOWN = 60  # characters of an unknown name in a message

_NO_STAGES = Text("no_stages", "a pipeline needs at least one stage")
_REPEATED = Text("repeated_stage", "stage {stage!r} is defined {count} times")
_RESERVED = Text("reserved_stage", "a stage cannot be called {stage!r}")
_NO_SOURCE = Text("no_source", "move {trigger!r} leaves no stage")
_LEAVES_UNKNOWN = Text("leaves_unknown", "move {trigger!r} leaves the unknown stage {stage!r}")
_LEADS_TO_UNKNOWN = Text(
    "leads_to_unknown", "move {trigger!r} leads to the unknown stage {stage!r}"
)
_AMBIGUOUS = Text("ambiguous_guard", "several guards are called {guard!r}: {count}")
_CLOSED_BEGINNING = Text("closed_beginning", "the first stage {stage!r} is closed")
_NOTHING_TO_REOPEN = Text(
    "nothing_to_reopen", "move {trigger!r} reopens, but leaves {stage!r}, which is open"
)
_NOTHING_BEFORE = Text(
    "nothing_before",
    "move {trigger!r} leads back to where it was before, but leaves the first stage, {stage!r}",
)
_CLOSED_LEFT = Text(
    "closed_stage_left",
    "move {trigger!r} leaves the closed {stage!r} but does not reopen",
    "reopening=True says that it does",
)
_CONTRADICTION = Text(
    "contradiction",
    "move {trigger!r} from {stage!r} can never be taken: {one} and {other} exclude each other",
)
_SHADOWED = Text(
    "shadowed",
    "move {trigger!r} from {stage!r} to {to!r} is never taken: "
    "an earlier one asks for no more and comes first",
)
_ORDER_DECIDES = Text(
    "order_decides",
    "move {trigger!r} from {stage!r}: only their order decides between "
    "{first!r} and {second!r} when both are possible",
)
_UNREACHABLE = Text("unreachable", "stage {stage!r} cannot be reached from {first!r}")
_NO_END = Text("no_end", "no stage is won or lost, so the way has no end")
_NO_WAY_OUT = Text("no_way_out", "from stage {stage!r} no way leads to an end")
_DEAD_END = Text("dead_end", "no move leads out of stage {stage!r}: a dead end")
_FALLING = Text(
    "falling_probability", "the probability falls from stage {stage!r} to stage {following!r}"
)

Found = Iterator[Problem]
PartT = TypeVar("PartT", Stage, Move)
Entry = Mapping[str, tuple[Guard, ...]]
AskingMove = tuple[Move, Conditions]
Leaving = tuple[str, str]


def made_by(kind: type[PartT], parts: Iterable[PartT], name: str) -> tuple[PartT, ...]:
    """Return the parts of a pipeline, if they are all of their kind."""
    found = tuple(parts) if hasattr(parts, "__iter__") else None
    if found is None or [part for part in found if not isinstance(part, kind)]:
        raise InvalidDefinition("pipeline", (_MADE_BY.problem(parts=name, kind=kind.__name__),))
    return found


def find_problems(stages: Sequence[Stage], moves: Sequence[Move]) -> tuple[Problem, ...]:
    """List every problem of a definition, errors first. Ways are followed once names are right."""
    if not stages:
        return (_NO_STAGES.problem(),)
    entry = {stage.name: stage.conditions for stage in stages}
    found = (*_repeated(stages), *_unknown(entry, moves), *_ambiguous(entry, moves))
    if found:
        return found
    closed = [stage.name for stage in stages if not stage.is_open]
    asking = [(move, _asked_by(move, entry)) for move in moves]
    rivals = [*_rivals(asking)]
    told = [(source, move.destination) for move in moves for source in move.sources]
    steps = [*told, *_back(told, stages_of_rest(stages, moves))]
    return (
        *_left_when_closed(stages, closed, moves),
        *_contradictory(asking),
        *_shadowed(rivals),
        *_unreachable(stages, steps),
        *_endless(stages, closed, steps),
        *_decided_by_order(rivals),
        *_falling(stages),
    )


def _repeated(stages: Sequence[Stage]) -> Found:
    for name, count in Counter(stage.name for stage in stages).items():
        if count > 1:
            yield _REPEATED.problem(stage=name, count=count)
        if name in set(Destination):
            yield _RESERVED.problem(stage=name)


def _unknown(stages: Entry, moves: Sequence[Move]) -> Found:
    destinations = {*stages, *Destination}
    for move in moves:
        if not move.sources:
            yield _NO_SOURCE.problem(trigger=move.trigger)
        for source in move.sources:
            if source not in stages:
                yield _LEAVES_UNKNOWN.problem(
                    trigger=move.trigger, stage=shown(source, limit=_SHOWN)
                )
        if move.destination not in destinations:
            stage = shown(move.destination, limit=_SHOWN)
            yield _LEADS_TO_UNKNOWN.problem(trigger=move.trigger, stage=stage)


def _ambiguous(entry: Entry, moves: Sequence[Move]) -> Found:
    """Two guards of one name cannot be told apart, unless they differ but in what they say."""
    by_name: dict[str, set[Guard]] = {}
    for guard in chain(*entry.values(), *[move.guards for move in moves]):
        by_name.setdefault(guard.name, set()).add(guard)
    for name, alike in by_name.items():
        if len(alike) > 1 and not _check_one_rule(alike):
            yield _AMBIGUOUS.problem(count=len(alike), guard=name)


def _check_one_rule(guards: Iterable[Guard]) -> bool:
    checks = {guard.check for guard in guards}
    return len(checks) == 1 and isinstance(checks.pop(), Rule)


def _left_when_closed(
    stages: Sequence[Stage], closed: Sequence[str], moves: Sequence[Move]
) -> Found:
    if stages[0].name in closed:
        yield _CLOSED_BEGINNING.problem(stage=stages[0].name)
    for move in moves:
        for source in move.sources:
            if move.destination == Destination.LAST_OPEN and source not in closed:
                yield from _about_rest(move, source, stages[0].name)
            stays = move.destination == Destination.STAYS
            if source in closed and not move.reopening and not stays:
                yield _CLOSED_LEFT.problem(trigger=move.trigger, stage=source)


def _about_rest(move: Move, source: str, first: str) -> Found:
    if move.reopening:
        yield _NOTHING_TO_REOPEN.problem(trigger=move.trigger, stage=source)
    elif source == first:
        yield _NOTHING_BEFORE.problem(trigger=move.trigger, stage=source)


def _contradictory(asking: Iterable[AskingMove]) -> Found:
    for move, conditions in asking:
        if pair := contradiction(conditions):
            for source in move.sources:
                yield _CONTRADICTION.problem(
                    trigger=move.trigger, stage=source, one=pair[0], other=pair[1]
                )


def _rivals(asking: Iterable[AskingMove]) -> Iterator[tuple[Leaving, AskingMove, AskingMove]]:
    """Go through the moves that may be open at the same time, two by two, the earlier first."""
    rows: dict[Leaving, list[AskingMove]] = {}
    for one in asking:
        for source in one[0].sources:
            rows.setdefault((one[0].trigger, source), []).append(one)
    for leaving, several in rows.items():
        for one, other in combinations(several, 2):
            if contradiction(one[1] | other[1]) is None:
                yield leaving, one, other


def _shadowed(rivals: Iterable[tuple[Leaving, AskingMove, AskingMove]]) -> Found:
    """A way asks for all that an earlier one asks for, so the earlier one is always taken."""
    found: dict[Problem, None] = {}
    for (trigger, source), (earlier, one), (later, other) in rivals:
        if earlier.destination != Destination.LAST_OPEN and ask_no_more(one, other):
            problem = _SHADOWED.problem(trigger=trigger, stage=source, to=later.destination)
            found[problem] = None
    yield from found


def _decided_by_order(rivals: Iterable[tuple[Leaving, AskingMove, AskingMove]]) -> Found:
    """A later way that asks for less is an *otherwise*; anything else would be chance."""
    for (trigger, source), (first, one), (second, other) in rivals:
        if first.destination != second.destination and not (
            ask_no_more(other, one) or ask_no_more(one, other)
        ):
            yield _ORDER_DECIDES.problem(
                is_error=False,
                trigger=trigger,
                stage=source,
                first=first.destination,
                second=second.destination,
            )


def _back(steps: Sequence[Leaving], rests: frozenset[str]) -> Iterator[Leaving]:
    """Lead from each stage of rest back to those from which one comes there, by way of others."""
    for rest in rests:
        came = _reach({rest}, [(there, here) for here, there in steps if there in rests])
        yield from ((rest, here) for here in came if here not in rests)


def _unreachable(stages: Sequence[Stage], steps: Sequence[Leaving]) -> Found:
    reached = _reach({stages[0].name}, steps)
    for stage in stages:
        if stage.name not in reached:
            yield _UNREACHABLE.problem(stage=stage.name, first=stages[0].name)


def _endless(stages: Sequence[Stage], closed: Sequence[str], steps: Sequence[Leaving]) -> Found:
    if not closed:
        yield _NO_END.problem()
        return
    ending = _reach(closed, [(there, here) for here, there in steps])
    for stage in stages:
        if stage.name in ending:
            continue
        leads_on = any(
            here == stage.name and there not in (Destination.STAYS, here) for here, there in steps
        )
        yield (_NO_WAY_OUT if leads_on else _DEAD_END).problem(stage=stage.name)


def _falling(stages: Sequence[Stage]) -> Found:
    """The stages stand in the order of the main path, along which the chance should grow."""
    likely = [(s.name, s.probability) for s in stages if s.is_open and s.probability is not None]
    for (before, higher), (after, lower) in pairwise(likely):
        if lower < higher:
            yield _FALLING.problem(is_error=False, stage=before, following=after)


def _asked_by(move: Move, entry: Entry) -> Conditions:
    """List all that a move asks for, and the stage it enters."""
    return conditions_of((*move.guards, *entry.get(move.destination, ())))


def _reach(start: Iterable[str], steps: Iterable[Leaving]) -> set[str]:
    """Return everything that can be reached from the start by the steps."""
    onward: dict[str, list[str]] = {}
    for here, there in steps:
        onward.setdefault(here, []).append(there)
    reached = [*start]
    for here in reached:
        reached += onward.pop(here, ())
    return set(reached)
