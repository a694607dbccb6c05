"""The move that is meant, where it is given by the stage to which it leads."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InvalidValue, MoveRefused, Refusal, Text
from .codes import meant
from .verdicts import Way

_NO_MOVE_TO = Text(
    "no_move_to", "no move leads from {stage} to {to}{meant}", "moves lead to {stages}"
)
_TRIGGER_OR_STAGE = Text(
    "trigger_or_stage", "{field} wants a trigger or a stage, and not both", "a trigger, or to=…"
)


def towards(trigger: str, to: str, *, stage: str, ways: Sequence[Way]) -> str:
    """
    Name the trigger of a move that is given by its trigger, or by the stage that it leads to.

    Of several moves to one stage the first that is open is meant. Raises `MoveRefused` where no
    move leads there.

    >>> from salesfunnel.pipeline import Permit, Stage, Way
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
