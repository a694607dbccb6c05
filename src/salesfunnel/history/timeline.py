"""
The timeline: each change is an event, and an entity is the fold of its events.

An event is a frozen value named in the past tense, defined beside its noun. It says when (``at``),
by whom (``by``), and which fields it changes. `apply` is the only place where a field changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol, Self, TypeVar

import attrs

from ..errors import InvalidHistory, InvalidValue, SalesFunnelError, StaleVersion
from ..values.instants import instant
from .order import in_order


class Event(Protocol):
    """
    Something that happened: when, by whom, and what it changes.

    >>> from salesfunnel.leads import LeadTouched
    >>> from datetime import UTC, datetime
    >>> touched: Event = LeadTouched(at=datetime(2026, 3, 2, tzinfo=UTC), channel="phone", by="Ani")
    >>> touched.by, touched.changes(None)
    ('Ani', {})
    """

    # A field with a converter is no plain datetime or text to every type checker, hence Any.
    @property
    def at(self) -> Any:  # noqa: ANN401 - see above
        """The instant at which it happened, a datetime in UTC."""
        ...

    @property
    def by(self) -> Any:  # noqa: ANN401 - see above
        """Who did it, as text; empty when nobody said."""
        ...

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - each noun knows its own
        """Return the new value of each field that the event changes."""
        ...


class Chronicled(Protocol):
    """
    Anything that has a timeline and can be rebuilt from it, such as a lead.

    >>> from salesfunnel.leads import Lead
    >>> hasattr(Lead, "replay")
    True
    """

    @property
    def timeline(self) -> tuple[Any, ...]:
        """Its events, oldest first."""
        ...

    @classmethod
    def replay(cls, events: Iterable[Any], /) -> Self:
        """Rebuild it from its events."""
        ...


EntityT = TypeVar("EntityT", bound=Chronicled)

_MISFITS = (AttributeError, LookupError, TypeError, ValueError)


def apply(entity: EntityT, event: Event) -> EntityT:
    """
    Return the entity one event later. This is the only place where a field changes.

    Raises `InvalidValue` when the event lies before the last one on the timeline, and
    `InvalidHistory` when it is no event or does not fit the entity. Where the class of the entity
    names its ``story``, as those of this library do, so is an event of another noun and a second
    beginning, so that what was applied can be replayed.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead, LeadTouched
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> len(apply(lead, LeadTouched(at=monday, channel="phone")).timeline)
    2
    """
    story: tuple[type[Event], ...] = getattr(type(entity), "story", ())
    if story and not isinstance(event, story):
        raise InvalidHistory("timeline", "has an event that belongs to something else")
    if story and isinstance(event, story[0]):
        raise InvalidHistory("timeline", f"has {story[0].__name__} more than once")
    try:
        must_not_be_early(entity, at=event.at)
        later: EntityT = attrs.evolve(  # type: ignore[misc]  # a Protocol cannot say "attrs class"
            entity, timeline=(*entity.timeline, event), **event.changes(entity)
        )
    except SalesFunnelError:
        raise
    except _MISFITS as error:
        raise InvalidHistory("timeline", "has an event that does not fit") from error
    return later


def must_not_be_early(entity: Chronicled, *, at: datetime) -> None:
    """
    Refuse to record anything that lies before the last event, even if it would change nothing.

    What a pipeline judges is refused before it comes here, with the code ``too_early``.
    """
    if at < entity.timeline[-1].at:
        raise InvalidValue("at", "lies before the last event", "a time at or after the last event")


def replay(
    entity_type: Callable[..., EntityT],
    first: type[Event],
    events: Iterable[Event],
    *,
    story: tuple[type[Event], ...] = (),
) -> EntityT:
    """
    Fold events into an entity: the first begins it, each further one is applied.

    Events come in any order. Those of one instant are put in order as `in_order` says, and what
    begins the entity comes before all else that happened then. Raises `InvalidHistory` unless
    exactly one event begins the entity, and none lies before it; and when anything is no event,
    belongs to another noun than the ``story`` is of, or does not fit the entity.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> Lead.replay(lead.timeline) == lead
    True
    """
    told = _told(events, story)
    try:
        return _folded(entity_type, first, told)
    except SalesFunnelError:
        raise
    except _MISFITS as error:
        raise InvalidHistory("timeline", "has an event that does not fit") from error


def _told(events: object, story: tuple[type[Event], ...]) -> tuple[Event, ...]:
    """Refuse whatever is no event, or is none of the story."""
    if not isinstance(events, Iterable):
        raise InvalidHistory("timeline", "is not a list of events")
    told = tuple(events)
    if not all(map(_is_event, told)):
        raise InvalidHistory("timeline", "holds something that is no event")
    if story and not all(isinstance(event, story) for event in told):
        raise InvalidHistory("timeline", "has an event that belongs to something else")
    return told


def _is_event(thing: object) -> bool:
    at = getattr(thing, "at", None)
    is_dated = isinstance(at, datetime) and at.utcoffset() is not None
    return is_dated and callable(getattr(thing, "changes", None))


def _folded(
    entity_type: Callable[..., EntityT], first: type[Event], events: Iterable[Event]
) -> EntityT:
    ordered = in_order(events)
    beginnings = [event for event in ordered if isinstance(event, first)]
    if not beginnings or beginnings[0].at > ordered[0].at:
        raise InvalidHistory("timeline", f"does not begin with {first.__name__}")
    if len(beginnings) > 1:
        raise InvalidHistory("timeline", f"has {first.__name__} more than once")
    beginning = beginnings[0]
    entity = entity_type(timeline=(beginning,), **beginning.changes(None))
    for event in ordered:
        if event is not beginning:
            entity = apply(entity, event)
    return entity


def as_of(entity: EntityT, *, at: datetime) -> EntityT:
    """
    Return the entity as it stood at an instant, by folding the events until then, that included.

    Raises `InvalidHistory` when it did not exist yet.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> as_of(lead.touch("phone", at=friday), at=monday) == lead
    True
    """
    moment = instant(at)
    past = [event for event in entity.timeline if event.at <= moment]
    if not past:
        raise InvalidHistory("timeline", "had not begun by then")
    return type(entity).replay(past)


def expect(entity: EntityT, version: int) -> EntityT:
    """
    Return the entity if it still has the version you read, lest two editors overwrite each other.

    The version is the length of the timeline. Raises `StaleVersion` otherwise, and `InvalidValue`
    for what is no version, such as the text that a web form sends.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = expect(lead, 1).touch("phone", at=monday)
    >>> expect(lead, 1)
    Traceback (most recent call last):
    salesfunnel.errors.StaleVersion: expected version 1, found 3; load it again and repeat
    """
    if type(version) is not int:
        raise InvalidValue("version", "is not a whole number", "the version that you read")
    if len(entity.timeline) != version:
        raise StaleVersion(version, len(entity.timeline))
    return entity
