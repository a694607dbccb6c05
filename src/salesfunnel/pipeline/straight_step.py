"""
A plain way in one go: straight lines that judge it, and build the next value of an entity.

They do what judging the way and then `moved` do, several times as fast, since nothing is called but
the guard. They are written once for each way and class of entities, and held to the slow way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, LiteralString

import attrs

from ..errors import Refusal
from ..history.draft import copying, draft_type_of, drafting
from ..values.frozen_map import FrozenMap
from ..values.straight_lines import Lines, function_of
from .events import StageChanged, like
from .guard import raised
from .moving import KEPT, no_tuple
from .table import OneWay, dated_too_early

Step = Callable[[Any, datetime, str], Any]
"""Takes an entity along a way, at an instant, by somebody: to its next value, or a refusal."""

_START: LiteralString = """
def run(old, at, by):"""
_IN_TIME: LiteralString = """
    timeline = old.timeline
    is_tuple = type(timeline) is tuple or isinstance(timeline, tuple)
    if timeline and is_tuple and at < timeline[-1].at:
        return {too_early}"""
_ASK: LiteralString = """
    try:
        answer = {ask}(old, at)
    except Exception as error:
        raise {raised}({first}, error) from error
    if answer is not True or {has_more}:
        verdict = {verdict}(answer, old, at)
        if type(verdict) is {refusal}:
            return verdict
    new = {draft}()"""
_ENTER: LiteralString = """
    new.stage = {stage} if type(old.stage) is str else {like}(old.stage, {stage})"""
_REMEMBER: LiteralString = """
    new.last_open_stage = {last_open}"""
# A tuple of one that is added takes half as long as one that is unpacked into.
_NOTE: LiteralString = """
    event = {draft_event}()
    event.at = at
    event.by = by
    event.trigger = {trigger}
    event.from_stage = {from_stage}
    event.to_stage = {stage}
    event.also = {also}
    event.__class__ = {event_type}
    if not is_tuple:
        raise {no_tuple}()
    new.timeline = timeline + (event,)"""
_BECOME: LiteralString = """
    new.__class__ = {entity_type}"""
_CHECK: LiteralString = """
    new.__attrs_post_init__()"""
_END: LiteralString = """
    return new"""


def straight_step(way: OneWay, entity_type: Any) -> Step | None:  # noqa: ANN401 - a class
    """Write the step along a plain way, or nothing if the class allows no drafts."""
    drafted = drafting(entity_type)
    names = [field.name for field in attrs.fields(entity_type)]
    last_open = way.permit.last_open_stage if "last_open_stage" in names else ""
    remembered = {"last_open_stage": last_open} if last_open else {}
    set_here = {"stage", *{"timeline", *remembered}.intersection(names)}
    if drafted is None or not set_here <= drafted.plain or not way.permit.enters:
        return None
    if any(hasattr(entity_type, name) and name not in names for name in KEPT):
        return None
    values = {
        "ask": way.ask,
        "first": way.first,
        "has_more": way.has_more,
        "verdict": way.verdict,
        "raised": raised,
        "refusal": Refusal,
        "too_early": dated_too_early(way.trigger, way.stage),
        "draft": drafted.draft_type,
        "entity_type": entity_type,
        "like": like,
        "draft_event": draft_type_of(StageChanged),
        "event_type": StageChanged,
        "no_tuple": no_tuple,
        "trigger": way.trigger,
        "from_stage": way.stage,
        "stage": way.permit.destination.name,
        "last_open": last_open,
        "also": FrozenMap(remembered),
    }
    keeps_events = "timeline" in names
    begin = _START + (_IN_TIME if keeps_events else "") + _ASK
    change = _ENTER + (_REMEMBER if remembered else "") + (_NOTE if keeps_events else "")
    end = _BECOME + (_CHECK if drafted.is_checked else "") + _END
    copied = [name for name in names if name not in set_here]
    return function_of(
        [Lines(begin, values), *copying(len(copied)), Lines(change + end, values)], fields=copied
    )
