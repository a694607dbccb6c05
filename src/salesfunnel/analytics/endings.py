"""How a lead or a deal ended, and on which days it began and ended; a lead with its deals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import attrs

from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar
from .lead_deals import LeadDeals
from .nouns import beginning_of
from .told import undated_entries
from .uncounted import uncounted_reason


@attrs.frozen
class Ending:
    """The first and the last day, as far as they are known, and whether it was won or lost."""

    began: date | None
    ended: date | None
    outcome: str = ""
    uncounted: str = ""


def ending_of(
    noun: Lead | Opportunity, deals: LeadDeals, *, at: datetime, calendar: Calendar
) -> Ending:
    """
    Tell how it stood at an instant.

    A converted lead goes on as its deals: it is won on the day on which the first of them was, lost
    when the last of them was, and open while one of them is.
    """
    own = _own_ending(noun, at=at, calendar=calendar)
    if own.outcome != StageKind.WON or not deals.deals:
        return own
    counted, uncounted = deals.counted_of(noun, at=at)
    if not counted:
        return attrs.evolve(own, ended=None, outcome="", uncounted=uncounted)
    endings = [_own_ending(deal, at=at, calendar=calendar) for deal in counted]
    won = [ending for ending in endings if ending.outcome == StageKind.WON]
    if won:
        return attrs.evolve(own, ended=_one_of(won, min), outcome="won")
    if all(ending.outcome for ending in endings):
        return attrs.evolve(own, ended=_one_of(endings, max), outcome="lost")
    return attrs.evolve(own, ended=None, outcome="")


def _own_ending(noun: Lead | Opportunity, *, at: datetime, calendar: Calendar) -> Ending:
    """Tell how one ended by itself."""
    seen = noun if noun.timeline[-1].at <= at else as_of(noun, at=at)
    kind = seen.pipeline.stage(seen.stage).kind
    outcome = "" if kind is StageKind.OPEN else kind.value
    uncounted = uncounted_reason(seen)
    if isinstance(seen, Opportunity):
        return Ending(seen.opened_on, seen.closed_on, outcome, uncounted)
    captured = beginning_of(seen)
    began = None if captured is None else calendar.day_of(captured)
    is_dated = not any(event.at == seen.stage_since for event in undated_entries(seen, at=at))
    ended = calendar.day_of(seen.stage_since) if outcome and is_dated else None
    return Ending(began, ended, outcome, uncounted)


def _one_of(endings: list[Ending], choose: Callable[[list[date]], date]) -> date | None:
    """Choose one of the days; ``None`` where any is not known, for it may have been that one."""
    days = [ending.ended for ending in endings if ending.ended is not None]
    return choose(days) if len(days) == len(endings) else None
