"""Groups: by which fact, rule or period leads and deals are counted apart."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.facts import path_names, read_fact
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every

_PERIODS = frozenset(Every)


class Known(StrEnum):
    """
    Whether a group goes by what was known at the entry, or by what is known now.

    >>> Known("entry").name
    'ENTRY'
    """

    ENTRY = "entry"
    NOW = "now"


def group_of(
    noun: Lead | Opportunity,
    group: str | Rule | None,
    *,
    began: datetime,
    known: Known,
    at: datetime,
    calendar: Calendar,
) -> str | None:
    """Name the group of a lead or a deal; ``None`` where the fact is missing."""
    if group is None:
        return None
    if isinstance(group, str) and group in _PERIODS:
        return calendar.period(began, group).label
    when = began if known is Known.ENTRY else at
    seen = noun if noun.timeline[-1].at <= when else as_of(noun, at=when)
    fact = (
        group.holds(seen, at=when)
        if isinstance(group, Rule)
        else read_fact(seen, path_names(group), at=when)
    )
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return None if fact is None else str(fact)
