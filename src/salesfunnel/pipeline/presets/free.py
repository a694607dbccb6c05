"""
The selling processes of widespread CRMs: every open stage leads to every other.

A stage has the very name under which the CRM stores it, so that its exports need no translation,
and the label that its users read. In all of them an open deal may be put into any other open stage,
won or lost at any time, and reopened where it was; there is never a reason why not.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..checks import made_by
from ..move import Destination, Move
from ..pipeline import Pipeline
from ..stage import Stage


def free_pipeline(name: str, stages: Iterable[Stage]) -> Pipeline:
    """
    Make a pipeline in which every open stage leads to every other stage, as on a kanban board.

    The trigger is ``to_`` and the label of the stage; ``win`` and ``lose`` close the deal, in the
    first stage of the kind, and ``reopen`` takes it back to where it was.

    >>> board = free_pipeline(
    ...     "board", [Stage("new"), Stage("offer", label="Offer sent"), Stage("won", kind="won")]
    ... )
    >>> board.triggers
    ('to_new', 'to_offer_sent', 'win', 'reopen')
    """
    every = made_by(Stage, stages, "stages")
    names = [stage.name for stage in every if stage.is_open]
    closed = [stage for stage in every if not stage.is_open]
    triggers = {"won": "win", "lost": "lose"}
    between = [
        Move(_trigger(stage), [name for name in names if name != stage.name], stage.name)
        for stage in every
        if stage.is_open and len(names) > 1
    ]
    closing = [
        Move(triggers.pop(stage.kind, _trigger(stage)), names, stage.name) for stage in closed
    ]
    reopening = Move(
        "reopen", [stage.name for stage in closed], Destination.LAST_OPEN, reopening=True
    )
    return Pipeline(name, stages=every, moves=(*between, *closing, reopening))


def _trigger(stage: Stage) -> str:
    words = "".join(c if c.isalnum() else " " for c in stage.title.casefold()).split()
    return "to_" + "_".join(words)
