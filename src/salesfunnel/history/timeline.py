"""
The timeline: each change is an event, and an entity is the fold of its events.

An event is a frozen value named in the past tense, defined beside its noun. It says when (``at``),
by whom (``by``), and which fields it changes. `apply` is the only place where a field changes. An
event with a ``key`` can be withdrawn by a later one that names it (``withdraws``): it stays on the
timeline, and the entity is what the others make of it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import attrs

from ..errors import InvalidHistory, MoveRefused, Objection, Refusal, SalesFunnelError, Text
from ..values.instants import instant
from .event import Chronicled, EntityT, Event, event_types
from .order import in_order

TOO_EARLY = Text(
    "too_early",
    "the time lies before the last event",
    "give a time at or after the last event; when= tells of an earlier call or answer",
)
CHANGED_BY_HAND = Text(
    "changed_by_hand",
    "its fields do not follow from its timeline",
    "change it by its verbs, or replay its timeline",
)
MERGED = Text("merged", "it was merged into {into}", "take that one, or undo the merge")
_NOT_EVENTS = Text("not_events", "is not a list of events")
_NO_EVENT = Text("no_event", "holds {found}, which is not an event")
_FOREIGN_EVENT = Text("foreign_event", "has {event}, which belongs to something else")
_NO_BEGINNING = Text("no_beginning", "does not begin with {event}")
_TWO_BEGINNINGS = Text("two_beginnings", "has {event} more than once")
_MISFIT = Text("misfit", "has {event}, which does not fit what came before it")
_NOT_BEGUN = Text("not_begun", "had not begun by then")

_MISFITS = (AttributeError, LookupError, TypeError, ValueError)


def apply(entity: EntityT, event: Event, *, verb: str = "record this") -> EntityT:
    """
    Return the entity one event later. This is the only place where a field changes.

    Raises `MoveRefused` when the event lies before the last one on the timeline (``too_early``), or
    when the entity was changed by other means than its verbs (``changed_by_hand``), and
    `InvalidHistory` when the event does not belong to the entity or does not fit it. What was
    applied can be replayed.

    Args:
        entity: a lead, an opportunity or an account.
        event: one of the events of that noun.
        verb: what a refusal says is impossible.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> len(apply(lead, ActivityLogged(at=monday, kind="call")).timeline)
    2
    """
    kinds = event_types(type(entity))
    if type(event) not in kinds:
        raise _foreign(event)
    if type(event) is kinds[0]:
        raise InvalidHistory("timeline", _TWO_BEGINNINGS, {"event": kinds[0].__name__})
    if objection := standing_in_the_way(entity, at=event.at):
        raise MoveRefused(Refusal(verb, getattr(entity, "stage", ""), (objection,)))
    return follow(entity, event)


def follow(entity: EntityT, event: Event) -> EntityT:
    """
    Return the entity one event later, where it is known already that nothing stands in the way.

    An event that withdraws an earlier one takes back all that it changed: the entity is folded anew
    without it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> follow(lead, ActivityLogged(at=monday, kind="call")).version
    2
    """
    if getattr(event, "withdraws", ""):
        return replay(type(entity), (*entity.timeline, event))
    try:
        later: EntityT = attrs.evolve(  # type: ignore[misc]  # a Protocol cannot say "attrs class"
            entity,
            timeline=entity.timeline + (event,),  # noqa: RUF005 - copies once
            **event.changes(entity),
        )
    except SalesFunnelError:
        raise
    except _MISFITS as error:
        raise _misfit(event) from error
    return _followed(later)


def standing_in_the_way(entity: Chronicled, *, at: datetime) -> Objection | None:
    """
    Say why nothing can be recorded about an entity at a time, or ``None``.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=friday)
    >>> print(standing_in_the_way(lead, at=monday))
    the time lies before the last event
    """
    if not getattr(entity, "_follows", False):
        return CHANGED_BY_HAND.objection()
    if at < entity.timeline[-1].at:
        return TOO_EARLY.objection()
    into = getattr(entity, "merged_into", "")
    return MERGED.objection(into=into) if into else None


def replay(entity_type: type[EntityT], events: Iterable[Event]) -> EntityT:
    """
    Fold events into an entity: the first begins it, each further one changes a draft of its fields.

    Events come in any order. Those of one instant are put in order as `in_order` says, and what
    begins the entity comes before all else that happened then. Raises `InvalidHistory` unless
    exactly one event begins the entity, and none lies before it; and when anything is not an event,
    belongs to another noun, or does not fit the entity.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> replay(Lead, lead.timeline) == lead
    True
    """
    beginning, later = _begun(_told(events, entity_type), event_types(entity_type)[0])
    return folded(entity_type, beginning, later)


def folded(entity_type: type[EntityT], beginning: Event, later: tuple[Event, ...]) -> EntityT:
    """
    Fold events that are known to be those of the noun, and in their order, as `replay` does.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> folded(Lead, lead.timeline[0], lead.timeline[1:]) == lead
    True
    """
    made = cast("Callable[..., EntityT]", entity_type)
    event, number = beginning, 0
    try:
        draft = SimpleNamespace()
        fields = vars(draft)
        fields.update(_defaults(entity_type))
        fields.update(beginning.changes(None), timeline=(beginning, *later))
        withdrawn = _withdrawn(later)
        for number, event in enumerate(later, start=1):
            if not withdrawn or withdrawn.get(getattr(event, "key", ""), -1) < number:
                fields.update(event.changes(draft))
        entity = made(**fields)
    except InvalidHistory as error:
        raise attrs.evolve(error, number=number) from None
    except SalesFunnelError:
        raise
    except _MISFITS as error:
        raise attrs.evolve(_misfit(event), number=number) from error
    return _followed(entity)


@functools.cache
def _defaults(entity_type: type[Any]) -> dict[str, Any]:
    """Give the fields that a noun has before anything is known of them; all are frozen values."""
    fields = (field for field in attrs.fields(entity_type) if field.init)
    return {field.name: field.default for field in fields if field.default is not attrs.NOTHING}


def _followed(entity: EntityT) -> EntityT:
    """Mark an entity as one that follows from its timeline; `attrs.evolve` drops the mark."""
    object.__setattr__(entity, "_follows", True)
    return entity


@functools.cache
def _kinds(entity_type: type[Chronicled]) -> frozenset[type[Any]]:
    """Give the classes of events that a noun can have, to look them up in no time."""
    return frozenset(event_types(entity_type))


def _told(events: object, entity_type: type[Chronicled]) -> tuple[Event, ...]:
    """Refuse a thing that is not an event of the noun."""
    if not isinstance(events, Iterable):
        raise InvalidHistory("timeline", _NOT_EVENTS)
    told = tuple(events)
    kinds = _kinds(entity_type)
    if not kinds.issuperset(map(type, told)):
        raise next(_foreign(event) for event in told if type(event) not in kinds)
    return told


def _begun(events: Iterable[Event], first: type[Any]) -> tuple[Event, tuple[Event, ...]]:
    """Part the one event that begins an entity from all others, in their order."""
    ordered = in_order(events)
    places = [place for place, event in enumerate(ordered) if type(event) is first]
    if not places or ordered[places[0]].at > ordered[0].at:
        raise InvalidHistory("timeline", _NO_BEGINNING, {"event": first.__name__})
    if len(places) > 1:
        raise InvalidHistory("timeline", _TWO_BEGINNINGS, {"event": first.__name__})
    [place] = places
    return ordered[place], ordered[:place] + ordered[place + 1 :]


def _withdrawn(events: Iterable[Event]) -> dict[str, int]:
    """Find what was withdrawn, by its key, and the last event that did so."""
    keys = [getattr(event, "withdraws", "") for event in events]
    return {key: place for place, key in enumerate(keys) if key} if any(keys) else {}


def _foreign(event: object) -> InvalidHistory:
    name = type(event).__name__
    if not hasattr(event, "changes"):
        return InvalidHistory("timeline", _NO_EVENT, {"found": name})
    return InvalidHistory("timeline", _FOREIGN_EVENT, {"event": name})


def _misfit(event: object) -> InvalidHistory:
    return InvalidHistory("timeline", _MISFIT, {"event": type(event).__name__})


def as_of(entity: EntityT, *, at: datetime) -> EntityT:
    """
    Return the entity as it stood at an instant, by folding the events until then, that included.

    Raises `InvalidHistory` when it did not exist yet.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> as_of(lead.log("call", inbound=True, at=friday), at=monday) == lead
    True
    """
    moment = instant(at)
    past = [event for event in entity.timeline if event.at <= moment]
    if not past:
        raise InvalidHistory("timeline", _NOT_BEGUN)
    return type(entity).replay(past)
