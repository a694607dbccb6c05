"""Owners: whose work a lead, a deal or an account is, since when, and who takes the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

import attrs

from ..history.timeline import Chronicled, apply
from ..values import converters
from ..values.instants import instant


def owner_name(text: str) -> str:
    """Let in the name or id of an owner; it may be blank."""
    return converters.line(text, "owner")


def team_name(text: str) -> str:
    """Let in the name or id of a team; it may be blank."""
    return converters.line(text, "team")


def _before(text: str) -> str:
    return converters.line(text, "before")


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
    by: str = attrs.field(
        default="", converter=converters.by, repr=False, metadata={"personal": False}
    )
    before: str = attrs.field(default="", converter=_before, metadata={"personal": False})
    owner: str = attrs.field(converter=owner_name, metadata={"personal": False})
    team: str = attrs.field(default="", converter=team_name, metadata={"personal": False})
    note: str = attrs.field(
        default="", converter=converters.note, repr=False, metadata={"personal": True}
    )

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
