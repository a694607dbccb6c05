"""Owners: whose work a lead, a deal or an account is, since when, and who takes the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any, Protocol, TypeVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event import Chronicled
from ..history.event_fields import by_field, note_field
from ..history.order import Dated, in_order
from ..history.timeline import apply
from ..rules.rule import Rule
from ..values import converters
from ..values.instants import instant
from ..values.text import plain_text

_NO_OWNERS = Text("no_owners", "{field} is empty", "those who are there to take it")


def _owner_name(text: str) -> str:
    """Let in the name or id of an owner; it may be blank."""
    return plain_text(text, "owner") if text != "" else text


def _team_name(text: str) -> str:
    """Let in the name or id of a team; it may be blank."""
    return plain_text(text, "team") if text != "" else text


def owner_field() -> str:
    """Declare whose work it is, by a name or an id; it may be blank."""
    return attrs.field(default="", converter=_owner_name, metadata={"personal": False})


def team_field() -> str:
    """Declare which team's work it is, by a name or an id; it may be blank."""
    return attrs.field(default="", converter=_team_name, metadata={"personal": False})


def _before(text: str) -> str:
    return plain_text(text, "before")


_ASSIGNED = Text("told_assigned", "assigned to {owner}")
_ASSIGNED_TEAM = Text("told_assigned_team", "assigned to the team {team}")
_ASSIGNED_BOTH = Text("told_assigned_both", "assigned to {owner}, of the team {team}")
_UNASSIGNED = Text("told_unassigned", "assigned to no one")


@attrs.frozen(kw_only=True)
class OwnerAssigned:
    """
    A lead, a deal or an account was given to an owner, to a team, or to both; names who had it.

    >>> from datetime import UTC, datetime
    >>> given = OwnerAssigned(at=datetime(2026, 3, 2, tzinfo=UTC), before="Ani", owner="Reza")
    >>> given.changes(None)
    {'owner': 'Reza', 'team': ''}
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: str = attrs.field(default="", converter=_before, metadata={"personal": False})
    owner: str = attrs.field(converter=_owner_name, metadata={"personal": False})
    team: str = team_field()
    note: str = note_field()

    @property
    def sentence(self) -> Text:
        """How it is told: to whom."""
        if self.owner:
            return _ASSIGNED_BOTH if self.team else _ASSIGNED
        return _ASSIGNED_TEAM if self.team else _UNASSIGNED

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Belong to the new owner and team."""
        return {"owner": self.owner, "team": self.team}


class Owned(Chronicled, Protocol):
    """What assigning wants to know of a lead, a deal or an account."""

    @property
    def owner(self) -> str:
        """Whose work it is; empty where it is no one's yet."""
        ...


OwnedT = TypeVar("OwnedT", bound=Owned)


def assigned(noun: OwnedT, owner: str, *, team: str, note: str, at: datetime, by: str) -> OwnedT:
    """
    Return a noun that belongs to another owner, which is what `assign` does on all three.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", owner="Ani", at=monday)
    >>> assigned(lead, "Reza", team="", note="", at=monday, by="").timeline[-1].before
    'Ani'
    """
    event = OwnerAssigned(at=at, by=by, before=noun.owner, owner=owner, team=team, note=note)
    return apply(noun, event, verb="assign")


@attrs.frozen
class OwnerInterval:
    """
    A time during which one owner, or one team, had it; ``until`` is ``None`` while they have it.

    >>> from datetime import UTC, datetime
    >>> OwnerInterval("Ani", "", datetime(2026, 3, 2, tzinfo=UTC), None).owner
    'Ani'
    """

    owner: str
    team: str
    since: datetime
    until: datetime | None

    def length(self, *, at: datetime) -> timedelta:
        """
        Return how long it has lasted until an instant.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> OwnerInterval("Ani", "", monday, None).length(at=friday).days
        4
        """
        now = instant(at)
        return max(min(self.until or now, now) - self.since, timedelta())


def owner_history(timeline: Iterable[Dated]) -> tuple[OwnerInterval, ...]:
    """
    List who had it when, the first owner first; the times without an owner are listed, too.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).assign("Ani", at=friday)
    >>> [(interval.owner, interval.until == friday) for interval in owner_history(lead.timeline)]
    [('', True), ('Ani', False)]
    """
    told: list[OwnerInterval] = []
    for place, event in enumerate(in_order(timeline)):
        if place == 0 or isinstance(event, OwnerAssigned):
            owner, team = getattr(event, "owner", ""), getattr(event, "team", "")
            if not told or (told[-1].owner, told[-1].team) != (owner, team):
                told.append(OwnerInterval(owner, team, event.at, None))
    ends = [interval.since for interval in told[1:]]
    return tuple(attrs.evolve(one, until=end) for one, end in zip_longest(told, ends))


@attrs.frozen
class OwnerMatch:
    """
    The owner whose rule is the first to match, and the rules before it that could not tell.

    >>> print(OwnerMatch("Ani", None, ()))
    Ani
    """

    owner: str
    rule: Rule | None
    unknown: tuple[Rule, ...]

    def __str__(self) -> str:
        """Say who it is, because of which rule, and which rules could not tell."""
        since = "" if self.rule is None else f", since {self.rule}"
        unknown = "; ".join(map(str, self.unknown))
        return f"{self.owner}{since}" + (f"; not known: {unknown}" if unknown else "")


def first_match(
    choices: Iterable[tuple[Rule, str]], noun: object, *, at: datetime, otherwise: str = ""
) -> OwnerMatch:
    """
    Find the owner whose rule is the first to match. A rule that cannot tell does not match.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.rules import field
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", source="exhibition", at=monday)
    >>> large, met = field("company.employees") > 200, field("source").is_("exhibition")
    >>> print(first_match([(large, "Ani"), (met, "Reza")], lead, at=monday))
    Reza, since source is exhibition; not known: company.employees above 200
    """
    unknown: list[Rule] = []
    for rule, owner in choices:
        truth = rule.holds(noun, at=at)
        if truth:
            return OwnerMatch(_owner_name(owner), rule, tuple(unknown))
        if truth is None:
            unknown.append(rule)
    return OwnerMatch(_owner_name(otherwise), None, tuple(unknown))


def least_loaded(owners: Iterable[str], load: Mapping[str, int]) -> str:
    """
    Find who of those who are there has least; of several, the one who is named first.

    >>> least_loaded(["Ani", "Reza"], {"Ani": 5})
    'Reza'
    """
    there = converters.several(str, owners, "owners")
    if not there:
        raise InvalidValue("owners", _NO_OWNERS)
    return min(there, key=lambda owner: load.get(owner, 0))
