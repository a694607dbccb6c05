"""What can be wrong with a pipeline is found when it is defined, each fault said in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .move import LAST_OPEN, Move
from .stage import Stage, StageKind


def problems(stages: Sequence[Stage], moves: Sequence[Move]) -> tuple[str, ...]:
    """List every fault of a definition; an empty tuple means that it is sound."""
    if not stages:
        return ("a pipeline needs at least one stage",)
    return (
        *_repeated(stages),
        *_unknown(stages, moves),
        *_left_when_closed(stages, moves),
        *_unreachable(stages, moves),
        *_dead_ends(stages, moves),
    )


def _repeated(stages: Sequence[Stage]) -> Iterator[str]:
    counts = Counter(stage.name for stage in stages)
    yield from (f"stage {name!r} is defined {n} times" for name, n in counts.items() if n > 1)


def _unknown(stages: Sequence[Stage], moves: Sequence[Move]) -> Iterator[str]:
    known = {stage.name for stage in stages}
    for move in moves:
        for source in move.sources:
            if source not in known:
                yield f"move {move.trigger!r} leaves the unknown stage {source!r}"
        if move.destination not in known | {LAST_OPEN}:
            yield f"move {move.trigger!r} leads to the unknown stage {move.destination!r}"


def _left_when_closed(stages: Sequence[Stage], moves: Sequence[Move]) -> Iterator[str]:
    closed = {stage.name for stage in stages if stage.kind is not StageKind.OPEN}
    for move in moves:
        for source in move.sources:
            if source in closed and not move.reopening:
                yield f"move {move.trigger!r} leaves the closed {source!r} but does not reopen"


def _unreachable(stages: Sequence[Stage], moves: Sequence[Move]) -> Iterator[str]:
    reached = _reach({stages[0].name}, [(s, m.destination) for m in moves for s in m.sources])
    for stage in stages:
        if stage.name not in reached:
            yield f"stage {stage.name!r} cannot be reached from {stages[0].name!r}"


def _dead_ends(stages: Sequence[Stage], moves: Sequence[Move]) -> Iterator[str]:
    closed = {stage.name for stage in stages if stage.kind is not StageKind.OPEN}
    if not closed:
        yield "no stage is won or lost, so the way has no end"
        return
    backwards = [(m.destination, s) for m in moves for s in m.sources]
    ending = _reach(closed, backwards)
    for stage in stages:
        if stage.name not in ending:
            yield f"from stage {stage.name!r} no way leads to an end"


def _reach(start: Iterable[str], steps: Sequence[tuple[str, str]]) -> set[str]:
    """Return everything that can be reached from the start by the steps."""
    reached, fresh = set(start), set(start)
    while fresh:
        fresh = {to for frm, to in steps if frm in fresh} - reached
        reached |= fresh
    return reached
