"""Slips: how often, and by how many days, the expected close date was put off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import attrs

from ..values.instants import instant
from .order import Dated, in_order


@attrs.frozen
class Slip:
    """
    The expected close date was put off, from one day to a later one, and by whom.

    >>> from datetime import UTC, date, datetime
    >>> Slip(datetime(2026, 3, 2, tzinfo=UTC), date(2026, 6, 1), date(2026, 6, 30)).days
    29
    """

    at: datetime = attrs.field(converter=instant)
    before: date
    after: date
    by: str = attrs.field(default="", kw_only=True)

    @property
    def days(self) -> int:
        """By how many days the date was put off."""
        return (self.after - self.before).days


def slips(timeline: Iterable[Dated]) -> tuple[Slip, ...]:
    """
    List each time that the expected close date was put off, oldest first.

    A date that was withdrawn and set anew later counts from the day that had been expected before.
    Dates that come nearer, and the first date, are no slips.

    >>> from datetime import UTC, date, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", expected_close=date(2026, 6, 1), at=monday)
    >>> deal = deal.amend(expected_close=date(2026, 6, 30), at=monday)
    >>> sum(slip.days for slip in slips(deal.timeline))
    29
    """
    found: list[Slip] = []
    expected: date | None = None
    for event in in_order(timeline):
        after: date | None = getattr(event, "expected_close", None)
        before: date | None = getattr(event, "before", None) if after else None
        before = before or expected
        if after and before and after > before:
            found.append(Slip(event.at, before, after, by=getattr(event, "by", "")))
        expected = after or expected
    return tuple(found)
