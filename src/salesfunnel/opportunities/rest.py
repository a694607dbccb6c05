"""Rest: a deal that waits in its stage until a day, and how long it has waited there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import note_field
from ..values.instants import day, instant

_ENDS_EARLY = Text("rest_ends_early", "{field} does not lie ahead", "a later day, or None")


def rest_until(value: date | None) -> date | None:
    """Let in the day, or the moment, until which a deal rests, or nothing."""
    if isinstance(value, datetime):
        return instant(value, what="until")
    return None if value is None else day(value, what="until")


def must_lie_ahead(until: date | None, *, at: datetime) -> None:
    """Refuse a rest that is over before it begins."""
    if until is None:
        return
    is_ahead = until > at if isinstance(until, datetime) else until >= at.date()
    if not is_ahead:
        raise InvalidValue("until", _ENDS_EARLY)


@attrs.frozen(kw_only=True)
class Rest:
    """
    The rest of a deal in its stage: since when and until when, and how long it has rested before.

    ``since`` is ``None`` while it does not rest; ``until`` is a day, a moment, or not known.
    Rules read it by path, such as ``answered("rest.since")``.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> Rest().begun(at=monday, until=None, note="").ended(at=friday).rested.days
    4
    """

    since: datetime | None = None
    until: date | None = None
    note: str = note_field()
    rested: timedelta = timedelta()

    def begun(self, *, at: datetime, until: date | None, note: str) -> Rest:
        """
        Return the rest that begins now, or goes on until another day.

        >>> from datetime import UTC
        >>> Rest().begun(at=datetime(2026, 3, 2, tzinfo=UTC), until=None, note="").since.day
        2
        """
        return attrs.evolve(self, since=self.since or at, until=until, note=note)

    def ended(self, *, at: datetime) -> Rest:
        """
        Return the rest that is over; how long it was stays.

        >>> from datetime import UTC
        >>> Rest().ended(at=datetime(2026, 3, 2, tzinfo=UTC)) == Rest()
        True
        """
        return Rest(rested=self.rested + (timedelta() if self.since is None else at - self.since))
