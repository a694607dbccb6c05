"""Leads and deals that are counted one at a time, and what is told where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..errors import Problem, Text, WrongKind
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..leads.told import has_day
from ..opportunities.opportunity import Opportunity

_MERGED = Text("merged_into_others", "merged into others, and counted there: {count:,}")
_UNDATED = Text(
    "time_without_days", "left out, since a day is not known, or lies too early: {count:,}"
)
_WANTED = "several leads, or several opportunities"


def nouns_of(given: Any, field: str) -> Iterator[Lead | Opportunity]:  # noqa: ANN401 - see below
    """Go through leads or deals; anything else is told at once."""
    if isinstance(given, (str, Mapping, type)) or not hasattr(given, "__iter__"):
        raise WrongKind.of(field, given, wanted=_WANTED)
    for noun in given:
        if not isinstance(noun, (Lead, Opportunity)):
            raise WrongKind.of(field, noun, wanted=_wanted(_WANTED, noun))
        yield noun


def deals_of(given: Any) -> Iterator[Opportunity]:  # noqa: ANN401 - likewise
    """Go through deals; anything else is told at once."""
    if isinstance(given, (str, Mapping, type)) or not hasattr(given, "__iter__"):
        raise WrongKind.of("opportunities", given, wanted="several opportunities")
    for deal in given:
        if not isinstance(deal, Opportunity):
            wanted = _wanted("several opportunities", deal)
            raise WrongKind.of("opportunities", deal, wanted=wanted)
        yield deal


def _wanted(wanted: str, given: object) -> str:
    """Say what is wanted; of a row that was read, the entity is."""
    is_row = isinstance(getattr(given, "row", None), int)
    return f"{wanted}; of a reading its .entities()" if is_row else wanted


def deals_then(given: Any, *, at: datetime) -> Iterator[Opportunity]:  # noqa: ANN401 - likewise
    """Go through deals as they stood at an instant; those that had not begun are not there."""
    for deal in deals_of(given):
        if deal.timeline[-1].at <= at:
            yield deal
        elif deal.timeline[0].at <= at:
            yield as_of(deal, at=at)


def is_merged_away(noun: Lead | Opportunity, *, at: datetime) -> bool:
    """Tell whether it had turned out to be another one by then: it counts there, and once."""
    if not getattr(noun, "merged_into", ""):
        return False
    seen = noun if noun.timeline[-1].at <= at else as_of(noun, at=at)
    return bool(getattr(seen, "merged_into", ""))


def merged_problems(count: int) -> tuple[Problem, ...]:
    """Say how many were merged into others."""
    return (_MERGED.problem(is_error=False, count=count),) if count else ()


def has_begun(noun: Lead | Opportunity, *, at: datetime) -> bool:
    """Tell whether it existed at an instant."""
    began: datetime = noun.timeline[0].at
    return began <= at


def beginning_of(noun: Lead | Opportunity) -> datetime | None:
    """Tell when it began; ``None`` where no list tells the day."""
    is_told = noun.opened_on if isinstance(noun, Opportunity) else has_day(noun.timeline[0])
    began: datetime = noun.timeline[0].at
    return began if is_told else None


def undated_problems(count: int) -> tuple[Problem, ...]:
    """Say how many are left out, since it is not known how long they took."""
    return (_UNDATED.problem(is_error=False, count=count),) if count else ()
