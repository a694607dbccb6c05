"""Pictures of a pipeline: an outline in words, and Mermaid text that survives every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from ..errors import InvalidValue, Text
from ..values.text import shown
from .codes import label_of
from .move import Destination, Move, stages_of_rest
from .stage import Stage
from .verdicts import Way

NOT_A_STAGE = Text("not_a_stage", "{field} is not a stage of the pipeline", "{stages}")

_SIGN = re.compile(r"(?P<in_word>(?<=[^\W_])_(?=[^\W_]))|.", re.DOTALL)
# Mermaid obeys this command wherever in a line it stands, even inside a name.
_DIRECTION = re.compile("(?<=direction) (?=tb|bt|rl|lr)", re.IGNORECASE)
_MOST_REASONS = 12
_PLAIN = " \u200c\u200d"  # the joiners are part of the spelling of Persian words


class Drawn(Protocol):
    """What a picture shows: the stages, the first of them the beginning, and the moves."""

    @property
    def name(self) -> str:
        """What the pipeline is called."""
        ...

    # A field with a converter is no plain tuple to every type checker, hence Any.
    @property
    def stages(self) -> Any:  # noqa: ANN401 - see above
        """The stages in order."""
        ...

    @property
    def moves(self) -> Any:  # noqa: ANN401 - see above
        """The moves between them."""
        ...

    @property
    def triggers(self) -> tuple[str, ...]:
        """All triggers, in the order of their definition."""
        ...


class OnItsWay(Protocol):
    """What stands in a stage of a pipeline, and knows which moves are open."""

    @property
    def pipeline(self) -> Drawn:
        """The pipeline that it goes through."""
        ...

    @property
    def stage(self) -> str:
        """The stage where it stands."""
        ...

    def ways(self, *, at: datetime) -> tuple[Way, ...]:
        """List the moves out of the stage."""
        ...


def outline(pipeline: Drawn) -> str:
    """
    Print a pipeline in words: each stage, and the moves that lead out of it.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(outline(OPPORTUNITY_PIPELINE).splitlines()[1])
      meeting (25%): propose -> proposal, lose -> lost
    """
    lines = [f"pipeline {shown(pipeline.name)}"]
    for stage in pipeline.stages:
        kind = "" if stage.is_open else f" [{stage.kind}]"
        chance = "" if stage.probability is None else f" ({percent(stage.probability)})"
        moves = ", ".join(
            f"{shown(move.trigger)} -> {shown(move.destination)}"
            for move in pipeline.moves
            if stage.name in move.sources
        )
        lines.append(f"  {shown(stage.name)}{chance}{kind}" + (f": {moves}" if moves else ""))
        if stage.reasons:
            lines.append(f"    reasons: {reasons_of(stage)}")
    return "\n".join(lines)


def mermaid(pipeline: Drawn, *, current: str | None = None, ways: Sequence[Way] = ()) -> str:
    """
    Write a pipeline as a Mermaid state diagram, with the current stage marked if one is given.

    With the ways out of that stage, each move from there bears a tick or a cross. Names may be in
    any script and hold any sign. Raises `InvalidValue` for a stage that is not there.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(mermaid(OPPORTUNITY_PIPELINE, current="proposal").splitlines()[0])
    stateDiagram-v2
    """
    ids = {stage.name: f"s{number}" for number, stage in enumerate(pipeline.stages)}
    if current is not None and current not in ids:
        raise InvalidValue("current", NOT_A_STAGE, {"stages": ", ".join(ids)})
    lines = ["stateDiagram-v2", "  direction LR"]
    lines += [f'  state "{_title(stage)}" as {ids[stage.name]}' for stage in pipeline.stages]
    lines.append("  [*] --> s0")
    for move in pipeline.moves:
        for source, destination in _arrows(pipeline, move):
            mark = _mark(ways, move.trigger, destination) if ways and source == current else ""
            label = mark + _label(pipeline, move)
            lines.append(f"  {ids[source]} --> {ids[destination]}: {label}")
    lines += [f"  {ids[stage.name]} --> [*]" for stage in pipeline.stages if not stage.is_open]
    if current is not None:
        lines += ["  classDef current stroke-width:4px", f"  class {ids[current]} current"]
    return "\n".join(lines)


def mermaid_of(entity: OnItsWay, *, at: datetime) -> str:
    """
    Draw the pipeline of a lead or an opportunity: where it stands, and which moves are open now.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
    >>> mermaid_of(deal, at=monday).splitlines()[12]
    '  s1 --> s2: ✓ negotiate'
    """
    return mermaid(entity.pipeline, current=entity.stage, ways=entity.ways(at=at))


def conditions(pipeline: Drawn, move: Move) -> tuple[str, ...]:
    """Name all that a move asks for: its own guards, and the conditions of the stage it enters."""
    entered = [stage for stage in pipeline.stages if stage.name == move.destination]
    guards = (*move.guards, *(guard for stage in entered for guard in stage.conditions))
    return tuple(dict.fromkeys(guard.name for guard in guards))


def reasons_of(stage: Stage) -> str:
    """
    Name the reasons for a stage by their labels; of many only the first.

    >>> reasons_of(Stage("lost", kind="lost", reasons={"price": "Too dear", "too_far": ""}))
    'Too dear, too far'
    """
    labels = [shown(label_of(stage.reasons, code)) for code in stage.reasons]
    more = ["…"] if len(labels) > _MOST_REASONS else []
    return ", ".join([*labels[:_MOST_REASONS], *more])


def percent(probability: Decimal) -> str:
    """
    Write a probability in percent.

    >>> percent(Decimal("0.125"))
    '12.5%'
    """
    return f"{probability:.2%}".rstrip("%0").rstrip(".") + "%"


def _arrows(pipeline: Drawn, move: Move) -> Iterator[tuple[str, str]]:
    rests = stages_of_rest(pipeline.stages, pipeline.moves)
    open_stages = [s.name for s in pipeline.stages if s.is_open and s.name not in rests]
    for source in move.sources:
        if move.destination == Destination.LAST_OPEN:
            yield from ((source, destination) for destination in open_stages)
        else:
            yield source, source if move.destination == Destination.STAYS else move.destination


def _label(pipeline: Drawn, move: Move) -> str:
    guards = " & ".join(conditions(pipeline, move))
    return _text(f"{move.trigger} [{guards}]" if guards else move.trigger)


def _mark(ways: Sequence[Way], trigger: str, destination: str) -> str:
    """Return a tick for a way that is open now, and a cross for one that is closed."""
    here = (trigger, destination)
    is_open = any(way and (way.trigger, way.destination.name) == here for way in ways)
    return "✓ " if is_open else "✗ "


def _title(stage: Stage) -> str:
    return _text(stage.label) or _text(stage.name) or "?"  # an empty title would be a syntax error


def _text(raw: str) -> str:
    """Write all but letters, digits and spaces as character codes, which Mermaid only shows."""
    return _DIRECTION.sub("#32;", _SIGN.sub(_sign, shown(raw)))


def _sign(found: re.Match[str]) -> str:
    sign = found[0]
    is_plain = found["in_word"] or sign.isalnum() or sign in _PLAIN
    return sign if is_plain or unicodedata.category(sign)[0] == "M" else f"#{ord(sign)};"
