"""What can be wrong with a pipeline is found when it is defined, each fault said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise
from typing import TypeVar

import attrs

from ..errors import InvalidDefinition
from ..rules.rule import Rule
from .conditions import (
    Conditions,
    ask_no_more,
    conditions_of,
    contradiction,
    exclude_each_other,
)
from .guard import Guard
from .move import LAST_OPEN, STAYS, Move
from .stage import Stage


@attrs.frozen
class Problem:
    """
    Something wrong with a pipeline (an error), or at least doubtful.

    >>> print(Problem("dead_end", "no move leads out of stage 'demo'"))
    no move leads out of stage 'demo'
    """

    code: str
    message: str
    is_error: bool = attrs.field(default=True, kw_only=True)

    def __str__(self) -> str:
        """Say the problem as a sentence without its full stop."""
        return self.message


Found = Iterator[Problem]
PartT = TypeVar("PartT", Stage, Move)
Entry = Mapping[str, tuple[Guard, ...]]
Way = tuple[Move, Conditions]
Step = tuple[str, str]
Rows = Mapping[Step, Sequence[Way]]

_NOTHING_ASKED: Conditions = frozenset()


def made_by(kind: type[PartT], parts: Iterable[PartT], name: str) -> tuple[PartT, ...]:
    """Return the parts of a pipeline, if they are all of their kind."""
    found = tuple(parts) if hasattr(parts, "__iter__") else None
    if found is None or [part for part in found if not isinstance(part, kind)]:
        raise InvalidDefinition("pipeline", (f"its {name} are made by {kind.__name__}(…)",))
    return found


def find_problems(stages: Sequence[Stage], moves: Sequence[Move]) -> tuple[Problem, ...]:
    """List every problem of a definition, errors first. Ways are followed once names are right."""
    if not stages:
        return (Problem("no_stages", "a pipeline needs at least one stage"),)
    entry = {stage.name: stage.conditions for stage in stages}
    found = (*_repeated(stages), *_unknown(entry, moves), *_ambiguous(entry, moves))
    if not found:
        closed = [stage.name for stage in stages if not stage.is_open]
        ways = [(move, _asked_by(move, entry)) for move in moves]
        rivals = [*_rivals(_rows(ways))]
        steps = [(source, move.destination) for move in moves for source in move.sources]
        found = (
            *_left_when_closed(stages, closed, moves),
            *_contradictory(ways),
            *_shadowed(rivals),
            *_unreachable(stages, steps),
            *_endless(stages, closed, steps),
            *_decided_by_order(rivals),
            *_falling(stages),
        )
    return found


def _repeated(stages: Sequence[Stage]) -> Found:
    counts: dict[str, int] = {}
    for stage in stages:
        counts[stage.name] = counts.get(stage.name, 0) + 1
    for name, count in counts.items():
        if count > 1:
            yield Problem("repeated_stage", f"stage {name!r} is defined {count} times")
        if name in (LAST_OPEN, STAYS):
            yield Problem("repeated_stage", f"a stage cannot be called {name!r}")


def _unknown(stages: Entry, moves: Sequence[Move]) -> Found:
    destinations = {*stages, LAST_OPEN, STAYS}
    for move in moves:
        if not move.sources:
            yield Problem("no_source", f"move {move.trigger!r} leaves no stage")
        for source in move.sources:
            if source not in stages:
                yield Problem(
                    "unknown_stage", f"move {move.trigger!r} leaves the unknown stage {source!r}"
                )
        if move.destination not in destinations:
            yield Problem(
                "unknown_stage",
                f"move {move.trigger!r} leads to the unknown stage {move.destination!r}",
            )


def _ambiguous(entry: Entry, moves: Sequence[Move]) -> Found:
    """Two guards of one name cannot be told apart, unless they differ but in what they say."""
    guards = [*chain(*entry.values(), *[move.guards for move in moves])]
    by_name: dict[str, set[Guard]] = {}
    if len({guard.name for guard in guards}) < len(guards):
        for guard in guards:
            by_name.setdefault(guard.name, set()).add(guard)
    for name, alike in by_name.items():
        if len(alike) > 1 and not _check_one_rule(alike):
            yield Problem("ambiguous_guard", f"{len(alike)} different guards are called {name!r}")


def _check_one_rule(guards: Iterable[Guard]) -> bool:
    checks = {guard.check for guard in guards}
    return len(checks) == 1 and isinstance(checks.pop(), Rule)


def _left_when_closed(
    stages: Sequence[Stage], closed: Sequence[str], moves: Sequence[Move]
) -> Found:
    if stages[0].name in closed:
        yield Problem("closed_beginning", f"the first stage {stages[0].name!r} is closed")
    for move in moves:
        for source in move.sources:
            if move.destination == LAST_OPEN and source not in closed:
                yield Problem(
                    "nothing_to_reopen",
                    f"move {move.trigger!r} reopens, but leaves {source!r}, which is open",
                )
            if source in closed and not move.reopening and move.destination != STAYS:
                yield Problem(
                    "closed_stage_left",
                    f"move {move.trigger!r} leaves the closed {source!r} but does not reopen",
                )


def _contradictory(ways: Iterable[Way]) -> Found:
    for move, conditions in ways:
        if conditions and (pair := contradiction(conditions)):
            for source in move.sources:
                yield Problem(
                    "contradiction",
                    f"move {move.trigger!r} from {source!r} can never be taken: "
                    f"{pair[0]} and {pair[1]} exclude each other",
                )


def _rivals(rows: Rows) -> Iterator[tuple[Step, Way, Way]]:
    """Go through the ways that may be open at the same time, two by two, the earlier first."""
    for leaving, ways in rows.items():
        for one, other in combinations(ways, 2):
            if not exclude_each_other(one[1], other[1]):
                yield leaving, one, other


def _shadowed(rivals: Iterable[tuple[Step, Way, Way]]) -> Found:
    """A way asks for all that an earlier one asks for, so the earlier one is always taken."""
    found: dict[Problem, None] = {}
    for (trigger, source), (earlier, one), (later, other) in rivals:
        if earlier.destination != LAST_OPEN and ask_no_more(one, other):
            message = (
                f"move {trigger!r} from {source!r} to {later.destination!r} is never taken: "
                "an earlier one asks for no more and comes first"
            )
            found[Problem("shadowed", message)] = None
    yield from found


def _decided_by_order(rivals: Iterable[tuple[Step, Way, Way]]) -> Found:
    """A later way that asks for less is an *otherwise*; anything else would be chance."""
    for (trigger, source), (first, one), (second, other) in rivals:
        settled = first.destination == second.destination or ask_no_more(other, one)
        if not settled and not ask_no_more(one, other):
            yield Problem(
                "order_decides",
                f"move {trigger!r} from {source!r}: only their order decides between "
                f"{first.destination!r} and {second.destination!r} when both are possible",
                is_error=False,
            )


def _unreachable(stages: Sequence[Stage], steps: Sequence[Step]) -> Found:
    reached = _reach({stages[0].name}, steps)
    for stage in stages:
        if stage.name not in reached:
            yield Problem(
                "unreachable", f"stage {stage.name!r} cannot be reached from {stages[0].name!r}"
            )


def _endless(stages: Sequence[Stage], closed: Sequence[str], steps: Sequence[Step]) -> Found:
    if not closed:
        yield Problem("no_end", "no stage is won or lost, so the way has no end")
        return
    ending = _reach(closed, [(there, here) for here, there in steps])
    for stage in stages:
        if stage.name in ending:
            continue
        if any(here == stage.name and there not in (STAYS, here) for here, there in steps):
            yield Problem("no_end", f"from stage {stage.name!r} no way leads to an end")
        else:
            yield Problem("dead_end", f"no move leads out of stage {stage.name!r}: a dead end")


def _falling(stages: Sequence[Stage]) -> Found:
    """The stages stand in the order of the main path, along which the chance should grow."""
    likely = [(s.name, s.probability) for s in stages if s.is_open and s.probability is not None]
    for (before, higher), (after, lower) in pairwise(likely):
        if lower < higher:
            yield Problem(
                "falling_probability",
                f"the probability falls from stage {before!r} to stage {after!r}",
                is_error=False,
            )


def _asked_by(move: Move, entry: Entry) -> Conditions:
    """List all that a move asks for, and the stage it enters."""
    guards = move.guards + entry.get(move.destination, ())
    return conditions_of(guards) if guards else _NOTHING_ASKED


def _rows(ways: Sequence[Way]) -> Rows:
    """Put the ways out of each stage by each trigger in order, where there is more than one."""
    rows: dict[tuple[str, str], list[Way]] = {}
    if len({move.trigger for move, _ in ways}) < len(ways):
        for way in ways:
            for source in way[0].sources:
                rows.setdefault((way[0].trigger, source), []).append(way)
    return {leaving: several for leaving, several in rows.items() if len(several) > 1}


def _reach(start: Iterable[str], steps: Iterable[Step]) -> set[str]:
    """Return everything that can be reached from the start by the steps."""
    onward: dict[str, list[str]] = {}
    for here, there in steps:
        onward.setdefault(here, []).append(there)
    reached = [*start]
    for here in reached:
        reached += onward.pop(here, ())
    return set(reached)
