"""What an event is, and what anything is that has a timeline of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, Self, TypeVar


class Event(Protocol):
    """
    Something that happened: when, by whom, and what it changes.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import Recorded
    >>> sent: Event = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="sent", data={}, by="Ani")
    >>> sent.by, sent.changes(None)
    ('Ani', {})
    """

    # A field with a converter is no plain datetime or text to every type checker, hence Any.
    @property
    def at(self) -> Any:  # noqa: ANN401 - see above
        """The instant at which it happened, a datetime in UTC."""
        ...

    @property
    def by(self) -> Any:  # noqa: ANN401 - see above
        """Who did it, as text; empty where it is not known."""
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


def event_types(entity_type: type[Any]) -> tuple[type[Any], ...]:
    """
    List the classes of events that a noun can have, the one that begins it first.

    >>> from salesfunnel.leads import Lead
    >>> event_types(Lead)[0].__name__
    'LeadCaptured'
    """
    kinds: tuple[type[Any], ...] = entity_type.event_types
    return kinds
