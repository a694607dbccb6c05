"""What is known about a deal was corrected, or a person was found to have a say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field
from ..history.sentences import AMENDED
from ..values import converters
from ..values.contribution import Contribution
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .contacts import Involvement, involvements

AMENDABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": converters.name,
        "account_id": converters.account_id,
        "contacts": involvements,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
    }
)
"""What may be corrected at any time, and the converter of each; all else has its own event."""


def _involvement(value: Involvement) -> Involvement:
    return converters.one(Involvement, value, "involvement")


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, AMENDABLE, "amend")


_INVOLVED = Text("told_involved", "involved a contact as {involvement.role}")


@attrs.frozen(kw_only=True)
class ContactInvolved:
    """
    A person was found to have a say, in some role.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.values import Person
    >>> user = Involvement(Person("Sara Ahmadi"), "user")
    >>> ContactInvolved(at=datetime(2026, 3, 2, tzinfo=UTC), involvement=user).involvement.role
    'user'
    """

    sentence: ClassVar[Text] = _INVOLVED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    involvement: Involvement = attrs.field(converter=_involvement)

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has contacts
        """
        Add the person once for each role, in any spelling; the role *other* gives way.

        Who becomes primary takes that from the one who was; no role changes by it.
        """
        known = before.contacts
        if self.involvement.primary and any(contact.primary for contact in known):
            known = tuple([attrs.evolve(contact, primary=False) for contact in known])
        offered = Contribution({"contacts": (self.involvement,)})
        return {"contacts": known} | offered.put_into(SimpleNamespace(contacts=known))[0]


@attrs.frozen(kw_only=True)
class OpportunityAmended:
    """
    What is known about a deal was corrected, also who has a say; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import apply
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", name="Generators", at=monday)
    >>> apply(deal, OpportunityAmended(at=monday, amended={"name": "Two generators"})).name
    'Two generators'
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
