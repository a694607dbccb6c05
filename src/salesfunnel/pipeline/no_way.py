"""
Why no way leads on: no such stage, no such trigger, or a trigger that is not open from there.

A name may come from anywhere, as a member of an enumeration or as no name at all. What the pipeline
knows is told by the pipeline's own name for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from ..errors import Objection, Refusal, Text
from .move import Move
from .stage import Stage


def no_way(
    stages: Sequence[Stage], moves: Sequence[Move], stage: object, trigger: object
) -> Refusal:
    """
    Refuse a trigger along which no way leads out of a stage.

    >>> print(no_way([Stage("demo"), Stage("won", kind="won")], [], "hall", "win"))
    cannot win from hall: no such stage; stages: demo, won
    """
    names = [known.name for known in stages]
    triggers = list(dict.fromkeys(move.trigger for move in moves))
    stage_name, trigger_name = _known_as(names, stage), _known_as(triggers, trigger)
    if stage not in names:
        objection = unknown_stage(stages)
    elif trigger not in triggers:
        known = f"triggers: {', '.join(triggers)}"
        objection = Text("unknown_trigger", "there is no such move", "{known}").objection(
            known=known
        )
    else:
        ways = [move.sources for move in moves if move.trigger == trigger]
        sources = ", ".join(dict.fromkeys(chain.from_iterable(ways)))
        objection = Text(
            "not_from_here", "the stage is {stage}", "{trigger} is possible from {sources}"
        ).objection(stage=stage_name, trigger=trigger_name, sources=sources)
    return Refusal(trigger_name, stage_name, (objection,))


def unknown_stage(stages: Iterable[Stage]) -> Objection:
    """Say which stages there are."""
    return Text("unknown_stage", "there is no such stage; the stages are {stages}").objection(
        stages=", ".join(s.name for s in stages)
    )


def _known_as(names: Iterable[str], given: object) -> str:
    return next((name for name in names if name == given), str(given))
