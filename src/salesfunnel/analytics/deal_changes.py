"""What happened to a deal between two instants, each change with its one cause and its amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import attrs

from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar, Period
from ..values.money import Money
from .movement_causes import Change, DealStanding, change_between
from .uncounted import uncounted_reason
from .valued import Valuing

_IDLE = frozenset({"ActivityLogged", "ActivityCorrected", "ActivityWithdrawn", "OwnerAssigned"})


@attrs.frozen
class Changes:
    """From when to when, of what is expected when, and how amounts are valued."""

    begins: datetime
    ends: datetime
    expected_in: Period | None
    valuing: Valuing
    calendar: Calendar

    def of(self, deal: Opportunity) -> list[Change]:
        """List what happened to one deal, its opening and its closing included."""
        found: list[Change] = []
        before: Opportunity | None = None
        valued_on = self.calendar.day_of(self.begins)
        for place, (moment, after) in enumerate(self._states(deal)):
            today = self.calendar.day_of(moment)
            if place:
                found += self._revalued(before, after, valued_on, today)
                found += self._changed(before, after, today)
            elif self._counts(after):
                found.append(("opening", self._amount(after, today)))
            before, valued_on = after, today
        last = self.calendar.day_of(self.ends)
        found += self._revalued(before, before, valued_on, last)
        if self._counts(before):
            found.append(("closing", self._amount(before, last)))
        return found

    def _states(self, deal: Opportunity) -> Iterator[tuple[datetime, Opportunity | None]]:
        """Show a deal as it stood at the beginning, and after each event up to the end."""
        past = [event for event in deal.timeline if event.at <= self.begins]
        yield self.begins, Opportunity.replay(past) if past else None
        for place, event in enumerate(deal.timeline, 1):
            if self.begins < event.at <= self.ends and type(event).__name__ not in _IDLE:
                yield event.at, Opportunity.replay(deal.timeline[:place])

    def _counts(self, deal: Opportunity | None) -> bool:
        """Tell whether a deal is part of the pipeline: open, and expected in the period."""
        if deal is None or _kind(deal) is not StageKind.OPEN:
            return False
        if self.expected_in is None:
            return True
        return deal.expected_close is not None and deal.expected_close in self.expected_in

    def _amount(self, deal: Opportunity | None, on: date) -> Money | None:
        return None if deal is None else self.valuing.of(deal, deal.amount, on=on)

    def _revalued(
        self, before: Opportunity | None, after: Opportunity | None, since: date, until: date
    ) -> Iterator[Change]:
        """Tell what other rates alone have made of an amount that was open."""
        if self.valuing.rates is None or not self._counts(before):
            return
        was, is_now = self._amount(before, since), self._amount(before, _day_of(after, until))
        if was and is_now and was != is_now:
            if was.currency == is_now.currency:
                yield "revalued", is_now - was
            else:
                yield "revalued", -was
                yield "revalued", is_now

    def _changed(
        self, before: Opportunity | None, after: Opportunity | None, today: date
    ) -> Iterator[Change]:
        """Name what one event did to the pipeline."""
        is_out = self._counts(before) and not self._counts(after)
        on = _day_of(after, today) if is_out else today
        return change_between(self._standing(before, on), self._standing(after, today))

    def _standing(self, deal: Opportunity | None, on: date) -> DealStanding | None:
        if deal is None:
            return None
        kind = "uncounted" if uncounted_reason(deal) else _kind(deal)
        counts = self._counts(deal)
        # Only what is in the pipeline is valued, since a missing rate is told.
        return DealStanding(kind, counts, self._amount(deal, on) if counts else None)


def _kind(deal: Opportunity) -> StageKind:
    return deal.pipeline.stage(deal.stage).kind


def _day_of(deal: Opportunity | None, today: date) -> date:
    """Return the day by whose rate it is valued: that of its closing, once it is closed."""
    closed_on = None if deal is None else deal.closed_on
    return today if closed_on is None else closed_on
