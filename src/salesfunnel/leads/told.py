"""
What a list from elsewhere told of an event of a lead, where a reader had to say something.

An event needs an instant and a stage that it leaves, and many lists tell neither: when a lead was
given up, or where it stood before. What stands there then orders the timeline, and is no fact.
"""

from __future__ import annotations

import attrs

from ..values import converters


def day_told_field() -> bool:
    """Declare whether anyone told the day of the event."""
    return attrs.field(default=True, converter=converters.is_day_told, repr=False)


def from_told_field() -> bool:
    """Declare whether anyone told from which stage it led."""
    return attrs.field(default=True, converter=converters.is_from_told, repr=False)


def has_day(event: object) -> bool:
    """
    Tell whether anyone told the day of an event; of all that happened here it is known.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> has_day(Lead.capture(id="7", at=datetime(2026, 3, 2, tzinfo=UTC)).timeline[0])
    True
    """
    told: bool = getattr(event, "is_day_told", True)
    return told
