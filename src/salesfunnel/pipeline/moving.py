"""
Taking a permitted way: the next value of a frozen entity, or new attributes on a mutable object.

An entity with a timeline gets the event of the move; what else a move has set goes along with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue
from ..history.draft import drafting, rebuilt
from ..values.frozen_map import FrozenMap
from .events import StageChanged, like
from .permit import Permit

Mover = Callable[[Any, Permit, datetime, str], Any]

_SET_BY_A_MOVE = frozenset({"stage", "last_open_stage", "timeline"})


def moved(
    entity: Any,  # noqa: ANN401 - whatever has a stage
    permit: Permit,
    also: Mapping[str, Any],
    *,
    at: datetime,
    by: str = "",
) -> Any:  # noqa: ANN401 - see above
    """Return the entity one move later, with all that the callbacks of the move have set."""
    if not permit.enters and not also:
        return entity
    event = StageChanged(
        at=at,
        by=by,
        **permit.way,
        last_open_stage=permit.last_open_stage,
        also=FrozenMap(also),
    )
    changes = dict(event.changes(entity))
    if hasattr(entity, "timeline"):
        changes["timeline"] = (*entity.timeline, event)
    return rebuilt(entity, changes)


def mover(entity_type: type[Any]) -> Mover:
    """
    Return the function that takes the plain moves of one class of entities.

    It does what `moved` does. Where the class allows drafts, it is several times as fast: entity
    and event are both drafts, and the event begins as the undated one of the permit.
    """
    if not attrs.has(entity_type):
        raise InvalidValue(
            "entity", "is no attrs value", "a frozen attrs object, or drive(…) for a mutable one"
        )
    names = {field.name for field in attrs.fields(entity_type)}
    entities, events = drafting(entity_type), drafting(StageChanged)
    if entities is None or events is None or not names & _SET_BY_A_MOVE <= entities.plain:
        return _slowly
    draft, finish = entities.draft, entities.finish
    draft_event, finish_event = events.draft, events.finish
    remembers, keeps_events = "last_open_stage" in names, "timeline" in names

    def move(entity: Any, permit: Permit, at: datetime, by: str) -> Any:  # noqa: ANN401 - see above
        if not permit.enters:
            return entity
        undated = permit.undated
        new = draft(entity)
        new.stage = (
            undated.to_stage if type(entity.stage) is str else like(entity.stage, undated.to_stage)
        )
        if remembers and undated.last_open_stage:
            new.last_open_stage = undated.last_open_stage
        if keeps_events:
            event = draft_event(undated)
            event.at, event.by = at, by
            new.timeline = (*entity.timeline, finish_event(event))
        return finish(new)

    return move


def drive(
    driven: object, permit: Permit, also: Mapping[str, Any], *, attribute: str = "stage"
) -> None:
    """Set the new stage on a mutable object, and all else that the move has set, or nothing."""
    changes = dict(also)
    if permit.enters:
        changes[attribute] = like(getattr(driven, attribute), permit.destination.name)
    if permit.enters and permit.last_open_stage and hasattr(driven, "last_open_stage"):
        changes["last_open_stage"] = permit.last_open_stage
    before = {name: getattr(driven, name) for name in changes if hasattr(driven, name)}
    try:
        for name, value in changes.items():
            setattr(driven, name, value)
    except Exception:
        for name, value in before.items():
            setattr(driven, name, value)
        raise


def _slowly(entity: Any, permit: Permit, at: datetime, by: str) -> Any:  # noqa: ANN401 - see above
    return moved(entity, permit, {}, at=at, by=by)
