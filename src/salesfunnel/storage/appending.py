"""
Appending: what has happened since a version, numbered, and what of it a database lacks.

A unique key of noun and number is all that a database needs: the second of two editors meets it.
The rest is one comparison of plain data, so that the same append again is no error, and a write
that was torn apart heals at the next save.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..errors import StaleVersion, WrongKind
from ..history.event import Chronicled
from ..history.versions import events_since
from .documents import to_data
from .event_names import NAMES


@attrs.frozen
class NumberedEvent:
    """
    An event and its number on the timeline of its noun, from 0.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import Recorded
    >>> sent = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="sent")
    >>> NumberedEvent(3, sent).name
    'host.recorded'
    """

    number: int
    event: Any

    @property
    def name(self) -> str:
        """The stored name of the event."""
        return NAMES[type(self.event)]

    def as_data(self) -> dict[str, Any]:
        """
        Give the event as it is stored.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.history import Recorded
        >>> sent = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="sent")
        >>> NumberedEvent(3, sent).as_data()["format"]
        'salesfunnel.event'
        """
        return to_data(self.event)


def news(known: int, noun: Chronicled) -> tuple[NumberedEvent, ...]:
    """
    List what has happened to a noun since a version that you have stored, with its numbers.

    Raises `StaleVersion` for a version that the noun has not reached.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", at=monday)
    >>> [(one.number, one.name) for one in news(lead.version, lead.assign("Ani", at=monday))]
    [(1, 'owner.assigned')]
    """
    if not isinstance(getattr(noun, "timeline", None), tuple):
        raise WrongKind.of("noun", noun, wanted="a lead, an opportunity or an account")
    told = events_since(noun, known)
    if known > len(noun.timeline):
        raise StaleVersion(known, len(noun.timeline))
    return tuple(NumberedEvent(known + place, event) for place, event in enumerate(told))


def unsaved(known: int, noun: Chronicled, found: Iterable[Any]) -> tuple[NumberedEvent, ...]:
    """
    List what is still to be stored, where a database has ``found`` from a version on.

    Nothing found: all news. The same append again: nothing, it is already there. A part of it, as
    after a crash: the rest. Raises `StaleVersion` where another editor was first; it says up to
    which version both agree.

    Args:
        known: the version that was loaded; 0 for a noun that is new.
        noun: as it is to be saved.
        found: the data of the events that are stored with this number and later, by their number.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", at=monday)
    >>> ani, reza = lead.assign("Ani", at=monday), lead.assign("Reza", at=monday)
    >>> unsaved(1, ani, [to_data(ani.timeline[1])])
    ()
    >>> unsaved(1, reza, [to_data(ani.timeline[1])])
    Traceback (most recent call last):
    salesfunnel.errors.StaleVersion: expected version 1, found 2; load it again and repeat
    """
    fresh = news(known, noun)
    if isinstance(found, (str, Mapping, type)) or not hasattr(found, "__iter__"):
        raise WrongKind.of("found", found, wanted="the data of several events")
    stored = tuple(found)
    for one, data in zip(fresh, stored, strict=False):
        if one.as_data() != data:
            raise StaleVersion(one.number, known + len(stored))
    return fresh[len(stored) :]
