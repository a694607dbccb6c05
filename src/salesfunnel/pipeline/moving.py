"""
Taking a permitted way: the next value of a frozen entity, or new attributes on a mutable object.

An entity with a timeline gets the event of the move; what else a move has set goes along with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import Refusal
from ..history.draft import Drafting, draft_type_of, drafting, rebuilt
from ..values.frozen_map import FrozenMap
from .events import StageChanged, like
from .guard import raised
from .permit import Permit
from .table import OneWay, too_early

Step = Callable[[Any, datetime, str], Any]
"""Takes an entity along a way, at an instant, by somebody: to its next value, or a refusal."""

_SET_BY_A_MOVE = frozenset({"stage", "last_open_stage", "timeline"})
_DRAFT_EVENT: Any = draft_type_of(StageChanged)
_NOTHING = FrozenMap[str, Any]()


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
    if permit.enters and permit.last_open_stage and hasattr(entity, "last_open_stage"):
        also = {**also, "last_open_stage": permit.last_open_stage}
    event = StageChanged(at=at, by=by, **permit.way, also=FrozenMap(also))
    changes = dict(event.changes(entity))
    if hasattr(entity, "timeline"):
        changes["timeline"] = (*entity.timeline, event)
    return rebuilt(entity, changes)


def step_along(way: OneWay, entity_type: Any) -> Step | None:  # noqa: ANN401 - a class
    """
    Return a function that takes a plain way in one go, or nothing if the class allows no drafts.

    It does what judging the way and then `moved` do, several times as fast. That is why both kinds
    of steps are written out: a call more, or a question more, would be felt.
    """
    drafted = drafting(entity_type)
    names = {field.name for field in attrs.fields(entity_type)} & _SET_BY_A_MOVE
    if drafted is None or not names <= drafted.plain or not way.permit.enters:
        return None
    if names == {"stage"} and not drafted.is_checked:
        return _bare_step(way, drafted, entity_type)
    return _step_with_memory(way, drafted, entity_type, names)


def _bare_step(way: OneWay, drafted: Drafting, entity_type: Any) -> Step:  # noqa: ANN401 - a class
    """Return the step of an entity that has a stage, and remembers nothing."""
    ask, has_more, to_stage = way.ask, way.has_more, way.permit.destination.name
    draft_type, fill = drafted.draft_type, drafted.fill

    def step(entity: Any, at: datetime, _: str) -> Any:  # noqa: ANN401 - whatever has a stage
        try:
            answer = ask(entity, at)
        except Exception as error:
            raise raised(way.first, error) from error
        if answer is not True or has_more:
            verdict = way.verdict(answer, entity, at)
            if isinstance(verdict, Refusal):
                return verdict
        new = draft_type()
        fill(new, entity)
        new.stage = to_stage if type(entity.stage) is str else like(entity.stage, to_stage)
        new.__class__ = entity_type
        return new

    return step


def _step_with_memory(
    way: OneWay,
    drafted: Drafting,
    entity_type: Any,  # noqa: ANN401 - a class
    names: set[str],
) -> Step:
    """Return the step of an entity with a timeline, a last open stage, or an invariant."""
    ask, has_more, permit = way.ask, way.has_more, way.permit
    draft_type, fill, is_checked = drafted.draft_type, drafted.fill, drafted.is_checked
    trigger, from_stage, to_stage = permit.trigger, permit.source.name, permit.destination.name
    last_open = permit.last_open_stage
    keeps_events = "timeline" in names
    remembers = bool(last_open) and "last_open_stage" in names
    also = FrozenMap({"last_open_stage": last_open}) if remembers else _NOTHING

    def step(entity: Any, at: datetime, by: str) -> Any:  # noqa: ANN401 - whatever has a stage
        timeline = entity.timeline if keeps_events else ()
        if timeline and at < timeline[-1].at:
            return too_early(entity, trigger, from_stage, at)
        try:
            answer = ask(entity, at)
        except Exception as error:
            raise raised(way.first, error) from error
        if answer is not True or has_more:
            verdict = way.verdict(answer, entity, at)
            if isinstance(verdict, Refusal):
                return verdict
        new = draft_type()
        fill(new, entity)
        new.stage = to_stage if type(entity.stage) is str else like(entity.stage, to_stage)
        if remembers:
            new.last_open_stage = last_open
        if keeps_events:
            event = _DRAFT_EVENT()
            event.at = at
            event.by = by
            event.trigger = trigger
            event.from_stage = from_stage
            event.to_stage = to_stage
            event.also = also
            event.__class__ = StageChanged
            new.timeline = timeline + (event,)  # noqa: RUF005 - twice as fast
        new.__class__ = entity_type
        if is_checked:
            new.__attrs_post_init__()
        return new

    return step


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
