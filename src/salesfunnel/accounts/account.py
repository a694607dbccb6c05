"""The account: a company with its people, and the leads through which it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self

import attrs

from ..errors import InvalidValue
from ..history.timeline import Event, apply, replay
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.source import Source
from ..values.text import is_visible
from .events import AccountCompleted, AccountOpened

COMPLETABLE = frozenset({"company", "people", "contact_points", "details", "lead_ids"})


@attrs.frozen(kw_only=True)
class Account:
    """
    A customer, or one to be. Every verb returns a new account; the old one still stands.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> Account.open(id="7", company=Company("Novin Tejarat"), at=monday).name
    'Novin Tejarat'
    """

    id: str
    name: str = attrs.field(repr=False)
    company: Company | None
    people: tuple[Person, ...]
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, str]
    lead_ids: tuple[str, ...]
    timeline: tuple[Event, ...] = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse an account without a name."""
        if not is_visible(self.name):
            raise InvalidValue("account.name", "is blank", "the name of a company or of a person")

    @classmethod
    def open(
        cls,
        *,
        at: datetime,
        id: str,
        name: str = "",
        company: Company | None = None,
        people: Iterable[Person] = (),
        contact_points: Iterable[ContactPoint] = (),
        source: Source = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, str] | None = None,
        lead_ids: Iterable[str] = (),
        by: str = "",
    ) -> Self:
        """
        Open an account. Without a name it bears that of the company, or of the first person.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Account.open(id="7", people=[Person("Sara Ahmadi")], at=monday).name
        'Sara Ahmadi'
        """
        persons = tuple(people)
        known = [name, company.name if company else "", *(person.name for person in persons)]
        opened = AccountOpened(
            at=at,
            by=by,
            id=id,
            name=next(filter(is_visible, known), ""),
            company=company,
            people=persons,
            contact_points=tuple(contact_points),
            source=source,
            source_words=source_words,
            details=FrozenMap(details or {}),
            lead_ids=tuple(lead_ids),
        )
        return cls.replay([opened])

    @classmethod
    def replay(cls, history: Iterable[Event], /) -> Self:
        """
        Rebuild an account from its events.

        Raises `InvalidHistory` when they tell no possible story.

        >>> from datetime import UTC, datetime
        >>> account = Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> Account.replay(account.timeline) == account
        True
        """
        return replay(cls, AccountOpened, history)

    @property
    def version(self) -> int:
        """How many events lie behind this account; it grows with every verb."""
        return len(self.timeline)

    def complete(self, *, at: datetime, by: str = "", **values: Any) -> Self:  # noqa: ANN401 - a field each
        """
        Fill in what was missing: company, people, contact points, details, or a further lead.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> account = Account.open(id="7", name="Novin", at=monday)
        >>> account.complete(company=Company("Novin Tejarat"), at=monday).version
        2
        """
        if not values.keys() <= COMPLETABLE:
            raise InvalidValue(
                "complete", "names a field that cannot be filled", ", ".join(sorted(COMPLETABLE))
            )
        return apply(self, AccountCompleted(at=at, by=by, completed=FrozenMap(values)))
