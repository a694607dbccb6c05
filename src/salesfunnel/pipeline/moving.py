"""
Taking a permitted way: the next value of a frozen entity, or new attributes on a mutable object.

An entity with a timeline gets the event of the move; what else a move has set goes along with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue
from ..history.draft import rebuilt, settable
from ..values.frozen_map import FrozenMap
from .events import MoveTaken, StageChanged, like
from .permit import Permit

KEPT = ("timeline", "last_open_stage")


def moved(
    entity: Any,  # noqa: ANN401 - whatever has a stage
    permit: Permit,
    also: Mapping[str, Any],
    *,
    at: datetime,
    by: str = "",
) -> Any:  # noqa: ANN401 - see above
    """Return the entity one move later, with all that the callbacks of the move have set."""
    entity_type: Any = type(entity)
    fields = settable(entity_type)
    # What an entity works out about itself, rather than keep it in a field, is its own affair.
    kept = {name for name in KEPT if name in fields and hasattr(entity, name)}
    if permit.enters and permit.last_open_stage and "last_open_stage" in kept:
        also = {**also, "last_open_stage": permit.last_open_stage}
    event = _event(permit, FrozenMap(also), at=at, by=by)
    changes = dict(event.changes(entity))
    if "timeline" in kept:
        if not isinstance(entity.timeline, tuple):
            raise no_tuple()
        changes["timeline"] = (*entity.timeline, event)
    if not fields.issuperset(changes):
        raise InvalidValue("entity", "lacks a field that the move sets", ", ".join(changes))
    return rebuilt(entity, changes) if changes else entity


def _event(
    permit: Permit, also: FrozenMap[str, Any], *, at: datetime, by: str
) -> StageChanged | MoveTaken:
    if permit.enters:
        return StageChanged(at=at, by=by, **permit.way, also=also)
    return MoveTaken(at=at, by=by, trigger=permit.trigger, stage=permit.source.name, also=also)


def no_tuple() -> InvalidValue:
    """Say that an event cannot be appended to a timeline."""
    return InvalidValue("timeline", "is no tuple", "a tuple of events, such as ()")


def drive(
    driven: object, permit: Permit, also: Mapping[str, Any], *, attribute: str = "stage"
) -> None:
    """Set the new stage on a mutable object, and all else that the move has set, or nothing."""
    changes = dict(also)
    if permit.enters:
        changes[attribute] = like(getattr(driven, attribute), permit.destination.name)
    if permit.enters and permit.last_open_stage and remembers(driven):
        changes["last_open_stage"] = permit.last_open_stage
    before = {name: getattr(driven, name) for name in changes if hasattr(driven, name)}
    try:
        for name, value in changes.items():
            setattr(driven, name, value)
    except attrs.exceptions.FrozenInstanceError:
        allowed = "an object that can be changed; move(…) gives the next value of a frozen one"
        raise InvalidValue("driven", "is frozen", allowed) from None
    except Exception:
        for name in changes:
            if name in before:
                setattr(driven, name, before[name])
            elif hasattr(driven, name):
                delattr(driven, name)
        raise


def remembers(driven: object) -> bool:
    """Tell whether a last open stage can be set on an object, which may also work it out itself."""
    kept = getattr(type(driven), "last_open_stage", None)
    is_worked_out = isinstance(kept, property) and kept.fset is None
    return hasattr(driven, "last_open_stage") and not is_worked_out
