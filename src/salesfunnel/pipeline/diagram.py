"""Pictures of a pipeline: an outline in words, and Mermaid text that survives every script."""

from __future__ import annotations

from collections.abc import Iterator

from .move import LAST_OPEN, Move
from .pipeline import Pipeline
from .stage import StageKind

ESCAPED = '"#;:<>\n'


def outline(pipeline: Pipeline) -> str:
    """
    Print a pipeline in words: each stage, and the moves that lead out of it.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(outline(OPPORTUNITY_PIPELINE).splitlines()[1])
      meeting (25 %): propose -> proposal, lose -> lost
    """
    lines = [f"pipeline {pipeline.name}"]
    for stage in pipeline.stages:
        moves = [
            f"{m.trigger} -> {m.destination}" for m in pipeline.moves if stage.name in m.sources
        ]
        kind = "" if stage.kind is StageKind.OPEN else f" [{stage.kind}]"
        chance = "" if stage.probability is None else f" ({int(stage.probability * 100)} %)"
        lines.append(f"  {stage.name}{chance}{kind}" + (f": {', '.join(moves)}" if moves else ""))
    return "\n".join(lines)


def mermaid(pipeline: Pipeline, *, current: str | None = None) -> str:
    """
    Write a pipeline as a Mermaid state diagram, with the current stage marked if one is given.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(mermaid(OPPORTUNITY_PIPELINE, current="proposal").splitlines()[0])
    stateDiagram-v2
    """
    ids = {stage.name: f"s{number}" for number, stage in enumerate(pipeline.stages)}
    lines = ["stateDiagram-v2", "  direction LR"]
    lines += [f'  state "{_escape(stage.title)}" as {ids[stage.name]}' for stage in pipeline.stages]
    lines.append(f"  [*] --> {ids[pipeline.initial.name]}")
    for move in pipeline.moves:
        lines += [f"  {ids[s]} --> {ids[d]}: {_label(move)}" for s, d in _arrows(pipeline, move)]
    lines += [f"  {ids[s.name]} --> [*]" for s in pipeline.stages if s.kind is not StageKind.OPEN]
    if current is not None:
        lines += ["  classDef current stroke-width:4px", f"  class {ids[current]} current"]
    return "\n".join(lines)


def _arrows(pipeline: Pipeline, move: Move) -> Iterator[tuple[str, str]]:
    open_stages = [stage.name for stage in pipeline.stages if stage.kind is StageKind.OPEN]
    destinations = open_stages if move.destination == LAST_OPEN else [move.destination]
    return ((source, destination) for source in move.sources for destination in destinations)


def _label(move: Move) -> str:
    guards = " & ".join(guard.name for guard in move.guards)
    return _escape(f"{move.trigger} [{guards}]" if guards else move.trigger)


def _escape(text: str) -> str:
    """Write what Mermaid would read as syntax as a character code."""
    return "".join(f"#{ord(c)};" if c in ESCAPED else c for c in text)
