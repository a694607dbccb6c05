"""What happened to a deal between two instants, each change with its one cause and its amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

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
class DealState:
    """
    How a deal stood from an instant on: its kind of stage, whether it counts, and its own amount.

    What is closed is valued on its day of closing, which may not be known.
    """

    id: Any
    kind: str
    counts: bool
    amount: Money | None
    is_closed: bool = False
    closed_on: date | None = None

    @classmethod
    def of(cls, deal: Opportunity, expected_in: Period | None) -> DealState:
        """Look at a deal: what is open counts, if it is expected in the period that is asked."""
        kind = deal.pipeline.stage(deal.stage).kind
        is_in = expected_in is None or (
            deal.expected_close is not None and deal.expected_close in expected_in
        )
        return cls(
            deal.id,
            "uncounted" if uncounted_reason(deal) else kind.value,
            kind is StageKind.OPEN and is_in,
            deal.amount,
            deal.closing is not None,
            deal.closed_on,
        )


States = Iterable[tuple[datetime, DealState | None]]
"""How a deal stood at the beginning, and after each event, and since when."""


def deal_states(
    deal: Opportunity, begins: datetime, ends: datetime, expected_in: Period | None
) -> States:
    """Show a deal as it stood at the beginning, and after each event up to the end."""
    past = [event for event in deal.timeline if event.at <= begins]
    yield begins, DealState.of(Opportunity.replay(past), expected_in) if past else None
    for place, event in enumerate(deal.timeline, 1):
        if begins < event.at <= ends and type(event).__name__ not in _IDLE:
            seen = Opportunity.replay(deal.timeline[:place])
            yield event.at, DealState.of(seen, expected_in)


@attrs.frozen
class Changes:
    """Until when, by whose days, and how amounts are valued."""

    ends: datetime
    valuing: Valuing
    calendar: Calendar

    def of(self, states: States) -> Iterator[Change]:
        """Go through what happened to one deal, its opening and its closing included."""
        before: DealState | None = None
        valued_on: date | None = None
        for moment, after in states:
            today = self.calendar.day_of(moment)
            if valued_on is not None:
                yield from self._revalued(before, after, valued_on, today)
                yield from self._changed(before, after, today)
            elif after and after.counts:
                yield "opening", self._amount(after, today)
            before, valued_on = after, today
        last = self.calendar.day_of(self.ends)
        if before and before.counts and valued_on is not None:
            yield from self._revalued(before, before, valued_on, last)
            yield "closing", self._amount(before, last)

    def _amount(self, state: DealState, on: date) -> Money | None:
        day = state.closed_on if state.is_closed else on
        return self.valuing.on_day(state.id, state.amount, day)

    def _revalued(
        self, before: DealState | None, after: DealState | None, since: date, until: date
    ) -> Iterator[Change]:
        """Tell what other rates alone have made of an amount that was open."""
        if self.valuing.rates is None or before is None or not before.counts:
            return
        was, is_now = self._amount(before, since), self._amount(before, _day_of(after, until))
        if was and is_now and was != is_now:
            if was.currency == is_now.currency:
                yield "revalued", is_now - was
            else:
                yield "revalued", -was
                yield "revalued", is_now

    def _changed(
        self, before: DealState | None, after: DealState | None, today: date
    ) -> Iterator[Change]:
        """Name what one event did to the pipeline."""
        is_out = before is not None and before.counts and not (after and after.counts)
        on = _day_of(after, today) if is_out else today
        return change_between(self._standing(before, on), self._standing(after, today))

    def _standing(self, state: DealState | None, on: date) -> DealStanding | None:
        if state is None:
            return None
        # Only what is in the pipeline is valued, since a missing rate is told.
        worth = self._amount(state, on) if state.counts else None
        return DealStanding(state.kind, state.counts, worth)


def _day_of(state: DealState | None, today: date) -> date:
    """Return the day by whose rate it is valued: that of its closing, once it is closed."""
    closed_on = None if state is None else state.closed_on
    return today if closed_on is None else closed_on
