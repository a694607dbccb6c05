"""What was known from elsewhere, put in as an event; and taken back, without a trace of it left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import attrs

from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..values import converters
from ..values.contributable import CONTRIBUTABLE
from ..values.contribution import Contribution
from ..values.ids import derived_id
from ..values.instants import instant
from .event import Chronicled
from .event_fields import by_field
from .timeline import apply

NounT = TypeVar("NounT", bound=Chronicled)

_NOT_THERE = Text(
    "contributed_to_none", "{field} has {unknown}, for which it has no field", "one of: {known}"
)
_NO_CONTRIBUTION = Text(
    "no_contribution", "nothing of that id was contributed, or it was withdrawn already"
)


def _contribution(value: Contribution) -> Contribution:
    return converters.one(Contribution, value, "contribution")


def _withdraws(text: str) -> str:
    return converters.visible_line(text, "withdraws")


_CONTRIBUTED = Text("told_contributed", "taken in from elsewhere: {contribution}")
_CONTRIBUTION_WITHDRAWN = Text(
    "told_contribution_withdrawn", "took back what had come from elsewhere"
)


@attrs.frozen(kw_only=True)
class Contributed:
    """
    What is known from elsewhere was put in; keeps all of it, also what was known already.

    >>> from datetime import UTC, datetime
    >>> more = Contribution({"lead_ids": ["7"]})
    >>> Contributed(at=datetime(2026, 3, 2, tzinfo=UTC), id="8", contribution=more).key
    '8'
    """

    sentence: ClassVar[Text] = _CONTRIBUTED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    contribution: Contribution = attrs.field(converter=_contribution)

    @property
    def key(self) -> str:
        """What a later event withdraws it by."""
        return self.id

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Put each value in by its way."""
        return self.contribution.put_into(before)[0]


@attrs.frozen(kw_only=True)
class ContributionWithdrawn:
    """
    A contribution was taken back: the noun is what all other events make of it.

    >>> from datetime import UTC, datetime
    >>> ContributionWithdrawn(at=datetime(2026, 3, 2, tzinfo=UTC), withdraws="8").changes(None)
    {}
    """

    sentence: ClassVar[Text] = _CONTRIBUTION_WITHDRAWN

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    withdraws: str = attrs.field(converter=_withdraws, metadata={"personal": False})

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Change nothing; the timeline leaves out what it withdraws."""
        return {}


def contribute(
    noun: NounT, contribution: Contribution, *, at: datetime, id: str = "", by: str = ""
) -> NounT:
    """
    Put into a lead, a deal or an account what is known of it from elsewhere.

    Args:
        noun: the lead, opportunity or account.
        contribution: the values by field, and how each is put in.
        at: when it came.
        id: by what it can be withdrawn; one that follows from the timeline if it is left out.
        by: who put it in.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> from salesfunnel.values import Company
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> novin = Account.open(id="7", company=Company("Novin", city="Shiraz"), at=monday)
    >>> more = Contribution({"company": Company("Novin", city="Tehran", industry="Trade")})
    >>> novin = contribute(novin, more, at=monday)
    >>> novin.company.city, novin.company.industry
    ('Shiraz', 'Trade')
    """
    named = id or derived_id("contribution", str(len(noun.timeline)))
    event = Contributed(at=at, by=by, id=named, contribution=contribution)
    if unknown := [field for field in contribution.values if not hasattr(noun, field)]:
        known = ", ".join(field for field in CONTRIBUTABLE if hasattr(noun, field))
        raise InvalidValue(
            "contribution", _NOT_THERE, {"unknown": ", ".join(unknown), "known": known}
        )
    return apply(noun, event, verb="contribute")


def withdraw_contribution(noun: NounT, id: str, *, at: datetime, by: str = "") -> NounT:
    """
    Take a contribution back, also after later events: the noun is as it would be without it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> novin = Account.open(id="7", name="Novin", at=monday)
    >>> more = contribute(novin, Contribution({"lead_ids": ["8"]}), id="list", at=monday)
    >>> withdraw_contribution(more, "list", at=monday).lead_ids
    ()
    """
    if standing_contribution(noun, id) is None:
        stage = getattr(noun, "stage", "")
        raise MoveRefused(Refusal("withdraw", stage, (_NO_CONTRIBUTION.objection(),)))
    return apply(noun, ContributionWithdrawn(at=at, by=by, withdraws=id), verb="withdraw")


def standing_contribution(noun: Chronicled, id: str) -> int | None:
    """
    Say where on the timeline a contribution stands; ``None`` where none does any more.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> novin = Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> standing_contribution(novin, "list") is None
    True
    """
    for place in reversed(range(len(noun.timeline))):
        event = noun.timeline[place]
        if getattr(event, "withdraws", "") == id:
            return None
        if isinstance(event, Contributed) and event.id == id:
            return place
    return None
