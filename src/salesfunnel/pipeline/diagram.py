"""Pictures of a pipeline: an outline in words, and Mermaid text that survives every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from ..errors import InvalidValue, Refusal
from ..values.text import shown
from .move import LAST_OPEN, STAYS, Move
from .permit import Permit
from .stage import Stage

Verdicts = Mapping[str, Permit | Refusal]

_SIGN = re.compile(r"(?P<in_word>(?<=[^\W_])_(?=[^\W_]))|.", re.DOTALL)
# Mermaid obeys this command wherever in a line it stands, even inside a name.
_DIRECTION = re.compile("(?<=direction) (?=tb|bt|rl|lr)", re.IGNORECASE)
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
    """Whatever stands in a stage of a pipeline, and knows which moves are open."""

    @property
    def pipeline(self) -> Drawn:
        """The pipeline that it goes through."""
        ...

    @property
    def stage(self) -> str:
        """The stage where it stands."""
        ...

    def explain(self, trigger: str, /, *, at: datetime) -> Permit | Refusal:
        """Say whether a move would be obeyed."""
        ...


def outline(pipeline: Drawn) -> str:
    """
    Print a pipeline in words: each stage, and the moves that lead out of it.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(outline(OPPORTUNITY_PIPELINE).splitlines()[1])
      meeting (25 %): propose -> proposal, lose -> lost
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
    return "\n".join(lines)


def mermaid(
    pipeline: Drawn, *, current: str | None = None, verdicts: Verdicts | None = None
) -> str:
    """
    Write a pipeline as a Mermaid state diagram, with the current stage marked if one is given.

    With the verdicts of `Pipeline.explain`, each move from there bears a tick or a cross. Names may
    be in any script and hold any sign. Raises `InvalidValue` for a stage that is not there.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> print(mermaid(OPPORTUNITY_PIPELINE, current="proposal").splitlines()[0])
    stateDiagram-v2
    """
    ids = {stage.name: f"s{number}" for number, stage in enumerate(pipeline.stages)}
    if current is not None and current not in ids:
        raise InvalidValue("current", "is no stage of the pipeline", ", ".join(ids))
    lines = ["stateDiagram-v2", "  direction LR"]
    lines += [f'  state "{_title(stage)}" as {ids[stage.name]}' for stage in pipeline.stages]
    lines.append("  [*] --> s0")
    for move in pipeline.moves:
        for source, destination in _arrows(pipeline, move):
            verdict = (verdicts or {}).get(move.trigger) if source == current else None
            label = _mark(verdict, move, destination) + _label(pipeline, move)
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
    >>> mermaid_of(deal, at=monday).splitlines()[9]
    '  s1 --> s2: ✓ negotiate'
    """
    verdicts = {t: entity.explain(t, at=at) for t in entity.pipeline.triggers}
    return mermaid(entity.pipeline, current=entity.stage, verdicts=verdicts)


def conditions(pipeline: Drawn, move: Move) -> tuple[str, ...]:
    """Name all that a move asks for: its own guards, and the conditions of the stage it enters."""
    entered = [stage for stage in pipeline.stages if stage.name == move.destination]
    guards = (*move.guards, *(guard for stage in entered for guard in stage.conditions))
    return tuple(dict.fromkeys(guard.name for guard in guards))


def leads_along(permit: Permit, move: Move, destination: str | None = None) -> bool:
    """Tell whether a permit leads along this move, and to this stage if one is given."""
    reached = permit.destination.name
    if move.destination not in {LAST_OPEN, STAYS}:
        return reached == move.destination
    return destination in {None, reached}


def percent(probability: Decimal) -> str:
    """
    Write a probability in percent.

    >>> percent(Decimal("0.125"))
    '12.5 %'
    """
    return f"{probability:.2%}".rstrip("%0").rstrip(".") + " %"


def _arrows(pipeline: Drawn, move: Move) -> Iterator[tuple[str, str]]:
    open_stages = [stage.name for stage in pipeline.stages if stage.is_open]
    for source in move.sources:
        if move.destination == LAST_OPEN:
            yield from ((source, destination) for destination in open_stages)
        else:
            yield source, source if move.destination == STAYS else move.destination


def _label(pipeline: Drawn, move: Move) -> str:
    guards = " & ".join(conditions(pipeline, move))
    return _text(f"{move.trigger} [{guards}]" if guards else move.trigger)


def _mark(verdict: Permit | Refusal | None, move: Move, destination: str) -> str:
    """Return a tick for a way that is open now, and a cross for one that is closed."""
    if verdict is None:
        return ""
    is_open = isinstance(verdict, Permit) and leads_along(verdict, move, destination)
    return "✓ " if is_open else "✗ "


def _title(stage: Stage) -> str:
    return _text(stage.label) or _text(stage.name) or "?"  # an empty title would be a syntax error


def _text(raw: str) -> str:
    """Write all but letters, digits and spaces as character codes, lest Mermaid read syntax."""
    return _DIRECTION.sub("#32;", _SIGN.sub(_sign, shown(raw)))


def _sign(found: re.Match[str]) -> str:
    sign = found[0]
    is_plain = found["in_word"] or sign.isalnum() or sign in _PLAIN
    return sign if is_plain or unicodedata.category(sign)[0] == "M" else f"#{ord(sign)};"
