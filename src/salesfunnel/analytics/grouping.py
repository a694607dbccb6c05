"""Groups: by which fact, rule or period leads and deals are counted apart."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from ..errors import InvalidValue, Text, did_you_mean
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.facts import path_names, read_fact
from ..rules.possible_facts import impossible_paths
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every

_PERIODS = frozenset(Every)
_NO_GROUP = Text(
    "group_without_fact",
    "{field} is by {path}, a fact that {noun} cannot have{meant}",
    "a fact by its path, a rule, or one of: {periods}",
)


class Known(StrEnum):
    """
    Whether a group goes by what was known at the entry, or by what is known now.

    >>> Known("entry").name
    'ENTRY'
    """

    ENTRY = "entry"
    NOW = "now"


def must_group(group: str | Rule | None, noun: type[Lead | Opportunity]) -> None:
    """
    Refuse the path of a fact that no lead, or no deal, can have: all would be in one group.

    >>> must_group("sorce", Lead)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: group is by sorce, a fact that a lead cannot have (did you ...
    """
    if not isinstance(group, str) or group in _PERIODS:
        return
    for problem in impossible_paths([group], noun):
        if problem.is_error:
            near = did_you_mean(group, _PERIODS) or problem.params.get("meant", "")
            params = {
                "path": group,
                "noun": "a lead" if issubclass(noun, Lead) else "a deal",
                "meant": f" (did you mean {near}?)" if near else "",
                "periods": ", ".join(Every),
            }
            raise InvalidValue("group", _NO_GROUP, params)


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
