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
_ROWS = "{wanted}; of a reading its .entities()"
_LISTS = "{wanted}; a list or a frame is read by {reader}"
_READERS = {Lead: "read_leads", Opportunity: "read_opportunities"}


def nouns_of(given: Any, field: str) -> Iterator[Lead | Opportunity]:  # noqa: ANN401 - see below
    """Go through leads or deals; anything else is told at once."""
    wanted = "several leads, or several opportunities"
    return _each_of((Lead, Opportunity), given, field, wanted=wanted)


def leads_of(given: Any) -> Iterator[Lead]:  # noqa: ANN401 - likewise
    """Go through leads; anything else is told at once."""
    return _each_of((Lead,), given, "leads", wanted="several leads")


def deals_of(
    given: Any,  # noqa: ANN401 - likewise
    field: str = "opportunities",
) -> Iterator[Opportunity]:
    """Go through deals; anything else is told at once."""
    return _each_of((Opportunity,), given, field, wanted="several opportunities")


def _each_of(
    kinds: tuple[type[Any], ...],
    given: Any,  # noqa: ANN401 - likewise
    field: str,
    *,
    wanted: str,
) -> Iterator[Any]:
    """Go through nouns of some kinds; of anything else it is said how it becomes one."""
    lists = _LISTS.format(wanted=wanted, reader=" or ".join(_READERS[kind] for kind in kinds))
    if hasattr(given, "entities"):
        raise WrongKind.of(field, given, wanted=_ROWS.format(wanted=wanted))
    # Going through a frame of pandas gives the names of its columns.
    is_several = hasattr(given, "__iter__") and not hasattr(given, "columns")
    if isinstance(given, (str, Mapping, type)) or not is_several:
        raise WrongKind.of(field, given, wanted=lists)
    for noun in given:
        if not isinstance(noun, kinds):
            is_row = isinstance(getattr(noun, "row", None), int)
            said = _ROWS.format(wanted=wanted) if is_row else lists
            raise WrongKind.of(field, noun, wanted=said)
        yield noun


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
