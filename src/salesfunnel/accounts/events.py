"""What can happen to an account. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from ..activities.consented import ConsentGiven, ConsentWithdrawn
from ..activities.engagement import Engagement
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned, owner_field, team_field
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..errors import Text
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.event_fields import by_field, source_words_field
from ..history.merged import MergedAway
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..history.sentences import AMENDED
from ..values import converters
from ..values.answer import AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source

AMENDABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": converters.name,
        "company": converters.company,
        "people": converters.persons,
        "contact_points": converters.points,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
    }
)
"""What may be corrected, and the converter of each."""


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, AMENDABLE, "amend")


_ACCOUNT_OPENED = Text("told_account_opened", "opened as an account")
_PLACED = Text("told_placed", "placed under account {parent_id}")
_FREED = Text("told_freed", "stands under account {before} no longer")


@attrs.frozen(kw_only=True)
class AccountOpened:
    """
    An account was opened for a company, or for a person who buys alone.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> novin = Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> novin.timeline[0].id
    '7'
    """

    sentence: ClassVar[Text] = _ACCOUNT_OPENED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    name: str = attrs.field(converter=converters.name, repr=False, metadata={"personal": True})
    company: Company | None = attrs.field(default=None, converter=converters.company)
    people: tuple[Person, ...] = attrs.field(default=(), converter=converters.persons)
    contact_points: tuple[ContactPoint, ...] = attrs.field(default=(), converter=converters.points)
    source: Source = attrs.field(converter=converters.source)
    source_words: str = source_words_field()
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](),
        converter=converters.details,
        metadata={"personal": True},
    )
    lead_ids: tuple[str, ...] = attrs.field(
        default=(), converter=converters.lead_ids, metadata={"personal": False}
    )
    owner: str = owner_field()
    team: str = team_field()

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Begin the account with all that is known."""
        return {
            "id": self.id,
            "name": self.name,
            "company": self.company,
            "people": self.people,
            "contact_points": self.contact_points,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "lead_ids": self.lead_ids,
            "owner": self.owner,
            "team": self.team,
            "engagement": Engagement(quiet_since=self.at),
        }


@attrs.frozen(kw_only=True)
class AccountAmended:
    """
    What was known about an account was corrected; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> AccountAmended(at=datetime(2026, 3, 2, tzinfo=UTC), amended={"source": "web"}).amended
    FrozenMap({'source': …})
    """

    sentence: ClassVar[Text] = AMENDED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    amended: FrozenMap[str, Any] = attrs.field(
        converter=_amended, repr=False, metadata={"personal": True}
    )

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Put the new values in place."""
        return self.amended


@attrs.frozen(kw_only=True)
class AccountPlaced:
    """
    An account was found to stand under another one, or under none; holds both ids.

    >>> from datetime import UTC, datetime
    >>> placed = AccountPlaced(at=datetime(2026, 3, 2, tzinfo=UTC), before="", parent_id="7")
    >>> placed.changes(None)
    {'parent_id': '7'}
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: str = attrs.field(converter=converters.parent_before, metadata={"personal": False})
    parent_id: str = attrs.field(converter=converters.parent_id, metadata={"personal": False})

    @property
    def sentence(self) -> Text:
        """How it is told: under which account."""
        return _PLACED if self.parent_id else _FREED

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Stand under the other account."""
        return {"parent_id": self.parent_id}


AccountEvent = (
    AccountOpened
    | ActivityLogged
    | ActivityCorrected
    | ActivityWithdrawn
    | StepPlanned
    | StepMoved
    | StepDropped
    | OwnerAssigned
    | ConsentGiven
    | ConsentWithdrawn
    | AccountAmended
    | AccountPlaced
    | Contributed
    | ContributionWithdrawn
    | PersonErased
    | MergedAway
    | PersonMerged
    | Recorded
)
"""All that can happen to an account; the first begins it."""
