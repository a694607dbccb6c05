"""Why there is no such move: no way from here, an unknown name, too early, a need not given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

import attrs

from ..errors import Objection, Refusal, Text
from ..history.timeline import TOO_EARLY
from .codes import meant
from .move import Move
from .stage import Stage

_UNKNOWN_STAGE = Text(
    "unknown_stage", "the pipeline has no stage of that name{meant}", "the stages are {stages}"
)
_UNKNOWN_TRIGGER = Text(
    "unknown_trigger", "the pipeline has no move of that name{meant}", "the moves are {triggers}"
)
_NOT_FROM_HERE = Text(
    "not_from_here", "the stage is {stage}", "{trigger} is possible from {sources}"
)

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
            meant=_meant(trigger_name, names, moves), triggers=", ".join(triggers)
        )
    else:
        leaving = [move.sources for move in moves if move.trigger == trigger]
        sources = ", ".join(dict.fromkeys(chain.from_iterable(leaving)))
        objection = _NOT_FROM_HERE.objection(
            stage=stage_name, trigger=trigger_name, sources=sources
        )
    return Refusal(trigger_name, stage_name, (objection,))


def _meant(trigger: str, names: Collection[str], moves: Sequence[Move]) -> str:
    """Say which trigger was probably meant; of a stage also how one moves to it."""
    if trigger not in names:
        return meant(trigger, [move.trigger for move in moves])
    leading = dict.fromkeys(move.trigger for move in moves if move.destination == trigger)
    ways = [*leading, f'move(to="{trigger}")']
    return f" (did you mean {', or '.join(ways)}?)"


def unknown_stage(names: Sequence[str], stage: object) -> Objection:
    """Say which stages there are."""
    return _UNKNOWN_STAGE.objection(meant=meant(stage, names), stages=", ".join(names))


def too_early(entity: object, trigger: str, stage: str, at: datetime) -> Refusal | None:
    """Refuse a move that would lie before the last event on the timeline of an entity."""
    timeline = getattr(entity, "timeline", None)
    if timeline and isinstance(timeline, tuple) and at < timeline[-1].at:
        return Refusal(trigger, stage, (TOO_EARLY.objection(),))
    return None


def _known_as(names: Iterable[str], given: object) -> str:
    return next((name for name in names if name == given), as_text(given))


def as_text(given: object) -> str:
    """
    Write a name as a text; a thing that is none is named by its kind.

    >>> as_text("win"), as_text(None)
    ('win', 'NoneType')
    """
    return str(given) if isinstance(given, str) else type(given).__name__
