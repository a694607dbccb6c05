"""What can happen to an account. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source


@attrs.frozen(kw_only=True)
class AccountOpened:
    """
    An account was opened for a company, or for a person who buys alone.

    >>> AccountOpened.__name__
    'AccountOpened'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    id: str
    name: str = attrs.field(repr=False)
    company: Company | None
    people: tuple[Person, ...]
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, str]
    lead_ids: tuple[str, ...]

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
        }


@attrs.frozen(kw_only=True)
class AccountCompleted:
    """
    What was missing in an account was filled in, as a rule from a lead that came later.

    >>> AccountCompleted.__name__
    'AccountCompleted'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    completed: FrozenMap[str, Any] = attrs.field(repr=False)

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Put the new values in place."""
        return self.completed
