"""Groups: by which fact, rule or period leads and deals are counted apart."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.facts import path_names, read_fact
from ..rules.possible_facts import impossible_paths
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, calendar_of
from ..values.converters import choice
from ..values.source import Source
from .nouns import beginning_of

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


@attrs.frozen
class Grouping:
    """
    By what leads or deals are counted apart, as known when, and by whose calendar.

    With ``by_day`` a deal is of the period of the day on which it says that it was opened, which
    is that of its own clock; else of that of the instant at which it entered its first stage.
    """

    group: str | Rule | None
    known: Known
    at: datetime
    calendar: Calendar
    by_day: bool = False

    @classmethod
    def of(
        cls,
        group: str | Rule | None,
        known: Known | str,
        *,
        at: datetime,
        calendar: Calendar | None,
        noun: type[Lead | Opportunity] | None = None,
        by_day: bool = False,
    ) -> Grouping:
        """
        Let in what a user asked for; of a known noun, refuse the path of a fact it cannot have.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Grouping.of("sorce", "entry", at=monday, calendar=None, noun=Lead)
        Traceback (most recent call last):
        salesfunnel.errors.InvalidValue: group is by sorce, a fact that a lead cannot have (did ...
        """
        asked: object = group
        if asked is not None and not isinstance(asked, (str, Rule)):
            raise WrongKind.of("group", asked, wanted="a fact by its path, a rule, or a period")
        when = choice(Known, known, "known")
        found = cls(group, when, at, calendar_of(calendar), by_day=by_day)
        if noun is not None:
            found.check(noun)
        return found

    def check(self, noun: type[Lead | Opportunity]) -> None:
        """Refuse the path of a fact that no lead, or no deal, can have: all would be one group."""
        if not isinstance(self.group, str) or self.group in _PERIODS:
            return
        for problem in impossible_paths([self.group], noun):
            if problem.is_error:
                near = did_you_mean(self.group, _PERIODS) or problem.params.get("meant", "")
                params = {
                    "path": self.group,
                    "noun": "a lead" if issubclass(noun, Lead) else "a deal",
                    "meant": f" (did you mean {near}?)" if near else "",
                    "periods": ", ".join(Every),
                }
                raise InvalidValue("group", _NO_GROUP, params)

    def name(self, noun: Lead | Opportunity, *, began: datetime | None = None) -> str | None:
        """Name the group of a lead or a deal, which began then; ``None`` without the fact."""
        group = self.group
        begun: datetime = noun.timeline[0].at if began is None else began
        if isinstance(group, str) and group in _PERIODS:
            if beginning_of(noun) is None:
                return None
            opened_on = noun.opened_on if isinstance(noun, Opportunity) and self.by_day else None
            return self.calendar.period(opened_on or begun, group).label
        when = begun if self.known is Known.ENTRY else self.at
        seen = noun if noun.timeline[-1].at <= when else as_of(noun, at=when)
        if group == "source" and is_source_untold(seen):
            return None
        fact = (
            group.holds(seen, at=when)
            if isinstance(group, Rule)
            else read_fact(seen, path_names(str(group)), at=when)
        )
        return None if fact is None else _said(fact)


def _said(fact: object) -> str:
    """Say a fact; several, such as roles, in the order of the alphabet."""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, (frozenset, tuple)):
        return ", ".join(sorted(map(_said, fact)))
    return str(fact)


def is_source_untold(noun: Lead | Opportunity) -> bool:
    """
    Tell whether no one said where a lead or a deal came from: *other* in words of its own is said.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> is_source_untold(Opportunity.open(id="7", at=monday))
    True
    >>> is_source_untold(Opportunity.open(id="7", source_words="Other", at=monday))
    False
    """
    return noun.source is Source.OTHER and not noun.source_words
