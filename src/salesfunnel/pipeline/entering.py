"""Entering a stage: what changes on whatever enters it, and what cannot have happened."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..errors import InvalidDefinition, InvalidHistory
from ..values import gates
from .move import STAYS
from .pipeline import Pipeline
from .stage import StageKind


def must_be_tellable(
    pipeline: Pipeline, stage: str | None = None, *, entering: Collection[str] = ()
) -> None:
    """
    Refuse a pipeline that cannot lead a lead or an opportunity, or a stage that it does not have.

    Their timeline tells every change, so no move may call back, since callbacks set fields that no
    event would name; and a trigger that means ``entering`` a stage may not stay where it is.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> must_be_tellable(LEAD_PIPELINE, "nurturing")
    """
    moves = gates.one(Pipeline, pipeline, "pipeline").moves
    calling = [
        f"move {move.trigger!r} calls back, and no timeline would tell what that changes; "
        "use a verb or an event"
        for move in moves
        if move.calls_back
    ]
    staying = [
        f"move {move.trigger!r} must enter a stage; give one that stays another trigger"
        for move in moves
        if move.destination == STAYS and move.trigger in entering
    ]
    if calling or staying:
        raise InvalidDefinition(f"pipeline {pipeline.name}", (*calling, *staying))
    if stage is not None:
        pipeline.stage(stage)


def beginning(pipeline: Pipeline, stage: str) -> dict[str, Any]:
    """
    Return the fields of whatever begins in a stage. A closed stage is no last open one.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> beginning(LEAD_PIPELINE, "converted")["last_open_stage"]
    ''
    """
    is_open = pipeline.stage(stage).kind is StageKind.OPEN
    return {"pipeline": pipeline, "stage": stage, "last_open_stage": stage if is_open else ""}


def entering(before: Any, *, from_stage: str, to_stage: str) -> dict[str, Any]:  # noqa: ANN401 - whatever has a stage
    """
    Return the fields that change when an entity goes from one stage to another.

    Raises `InvalidHistory` when it was not there, or when its pipeline has no such stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> entering(lead, from_stage="new", to_stage="disqualified")
    {'stage': 'disqualified'}
    """
    if before.stage != from_stage:
        raise InvalidHistory("timeline", "leaves a stage that was not the stage at the time")
    if all(stage.name != to_stage for stage in before.pipeline.stages):
        raise InvalidHistory("timeline", "enters a stage that the pipeline does not have")
    if before.pipeline.stage(to_stage).kind is StageKind.OPEN:
        return {"stage": to_stage, "last_open_stage": to_stage}
    return {"stage": to_stage}
