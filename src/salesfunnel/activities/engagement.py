"""Engagement: what all activities of a lead, a deal or an account come to, for rules to read."""

from __future__ import annotations

from datetime import datetime

import attrs

from ..values.frozen_map import FrozenMap
from .known_ids import KnownIds


@attrs.frozen(kw_only=True)
class Engagement:
    """
    How often, and when last: activities, attempts, contacts, and since when it is quiet.

    Rules read it by path, such as ``field("engagement.quiet_since").older_than(days=30)``. The
    moments are those at which things happened, whenever they were entered. ``quiet_since`` is the
    last contact, or the beginning of the noun where there was none.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).log("call", at=friday)
    >>> lead.engagement.attempts, lead.engagement.last_contact
    (1, None)
    >>> lead.engagement.quiet_since == monday
    True
    """

    activities: int = 0
    attempts: int = 0
    times_in_contact: int = 0
    last_activity: datetime | None = None
    last_contact: datetime | None = None
    last_inbound: datetime | None = None
    quiet_since: datetime | None = None
    _known: KnownIds = attrs.field(default=KnownIds(), alias="known", repr=False, eq=False)

    def knows(self, id: str) -> bool:
        """
        Whether an activity of that id counts already.

        >>> Engagement().knows("mail 7")
        False
        """
        return id in self._known

    def heard_of(
        self,
        *,
        last_activity: datetime | None = None,
        last_contact: datetime | None = None,
        last_inbound: datetime | None = None,
    ) -> Engagement:
        """
        Take in when things last happened elsewhere, such as with the lead; they are counted there.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> heard = Engagement().heard_of(last_contact=monday)
        >>> heard.quiet_since == monday, heard.activities
        (True, 0)
        """
        contact = _latest(self.last_contact, last_contact)
        return attrs.evolve(
            self,
            last_activity=_latest(self.last_activity, last_activity),
            last_contact=contact,
            last_inbound=_latest(self.last_inbound, last_inbound),
            quiet_since=contact or self.quiet_since,
        )

    @property
    def moments(self) -> FrozenMap[str, datetime]:
        """When things last happened, by name; without what never did."""
        last = {
            "last_activity": self.last_activity,
            "last_contact": self.last_contact,
            "last_inbound": self.last_inbound,
        }
        return FrozenMap({name: moment for name, moment in last.items() if moment is not None})

    def after(self, *, id: str, happened: datetime, is_contact: bool, inbound: bool) -> Engagement:
        """
        Count one activity more.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Engagement().after(id="7", happened=monday, is_contact=True, inbound=False).attempts
        0
        """
        last_contact = _later(self.last_contact, happened) if is_contact else self.last_contact
        return Engagement(
            activities=self.activities + 1,
            attempts=self.attempts + (not is_contact),
            times_in_contact=self.times_in_contact + is_contact,
            last_activity=_later(self.last_activity, happened),
            last_contact=last_contact,
            last_inbound=(
                _later(self.last_inbound, happened) if is_contact and inbound else self.last_inbound
            ),
            quiet_since=last_contact or self.quiet_since,
            known=self._known.with_id(id) if id else self._known,
        )


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [moment for moment in (one, other) if moment is not None]
    return max(known, default=None)


def _later(before: datetime | None, now: datetime) -> datetime:
    return before if before is not None and before > now else now
