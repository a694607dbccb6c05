"""The account: a company with its people, and the leads through which it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, get_args

import attrs

from ..activities.consent_register import ConsentRegister
from ..activities.engagement import Engagement
from ..activities.logging import logged
from ..activities.owners import assigned
from ..activities.steps import Steps
from ..errors import InvalidValue, Text
from ..history.timeline import apply, replay
from ..history.versions import events_since
from ..values import converters
from ..values.answer import AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.source import Source
from ..values.text import is_visible
from .events import AccountAmended, AccountEvent, AccountOpened

_NO_NAME = Text("account_without_name", "{field} is blank", "the name of a company or of a person")


@attrs.frozen(kw_only=True)
class Account:
    """
    A customer, or one to be. Every verb returns a new account; the old one still stands.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> Account.open(id="7", company=Company("Novin Tejarat"), at=monday).name
    'Novin Tejarat'
    """

    event_types: ClassVar[tuple[type[Any], ...]] = get_args(AccountEvent)

    id: str
    name: str = attrs.field(repr=False)
    company: Company | None
    people: tuple[Person, ...]
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, AnswerValue]
    lead_ids: tuple[str, ...]
    parent_id: str = ""
    owner: str = ""
    team: str = ""
    engagement: Engagement = Engagement()
    steps: Steps = Steps()
    consent: ConsentRegister = ConsentRegister()
    merged_into: str = ""
    timeline: tuple[AccountEvent, ...] = attrs.field(repr=False)
    _follows: bool = attrs.field(default=False, init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse an account without a name."""
        if not is_visible(self.name):
            raise InvalidValue("name", _NO_NAME)

    @classmethod
    def open(
        cls,
        *,
        at: datetime,
        id: str,
        name: str = "",
        company: Company | str | None = None,
        people: Iterable[Person | str] = (),
        contact_points: Iterable[ContactPoint] = (),
        source: Source | str = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, AnswerValue] | None = None,
        lead_ids: Iterable[str] = (),
        owner: str = "",
        team: str = "",
        by: str = "",
    ) -> Self:
        """
        Open an account. Without a name it bears that of the company, or of the first person.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Account.open(id="7", people=["Sara Ahmadi"], at=monday).name
        'Sara Ahmadi'
        """
        told: tuple[Any, ...] = converters.several(object, people, "people")
        persons = converters.persons([Person(p) if isinstance(p, str) else p for p in told])
        firm = Company(company) if company and isinstance(company, str) else company or None
        converters.company(firm)
        known = [converters.name(name), firm.name if firm else "", *(p.name for p in persons)]
        opened = AccountOpened(
            at=at,
            by=by,
            id=id,
            name=next(filter(is_visible, known), ""),
            company=firm,
            people=persons,
            contact_points=contact_points,
            source=source,
            source_words=source_words,
            details=details or {},
            lead_ids=lead_ids,
            owner=owner,
            team=team,
        )
        return cls.replay([opened])

    @classmethod
    def replay(cls, history: Iterable[AccountEvent], /) -> Self:
        """
        Rebuild an account from its events.

        Raises `InvalidHistory` when they tell no possible story.

        >>> from datetime import UTC, datetime
        >>> account = Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> Account.replay(account.timeline) == account
        True
        """
        return replay(cls, history)

    def __str__(self) -> str:
        """
        Say which account it is; nothing personal.

        >>> from datetime import UTC, datetime
        >>> print(Account.open(id="7", name="Novin", at=datetime(2026, 3, 2, tzinfo=UTC)))
        account 7
        """
        return f"account {self.id}"

    @property
    def version(self) -> int:
        """How many events lie behind this account; it grows with every verb."""
        return len(self.timeline)

    def events_since(self, version: int) -> tuple[AccountEvent, ...]:
        """
        List what has happened since a version that you have read.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> account = Account.open(id="7", name="Novin", at=monday)
        >>> len(account.amend(name="Novin Tejarat", at=monday).events_since(account.version))
        1
        """
        return events_since(self, version)

    def amend(self, *, at: datetime, by: str = "", **amended: Any) -> Self:  # noqa: ANN401 - a field each
        """
        Correct what is known: name, company, people, contact points, source or details.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Account.open(id="7", name="Novin", at=monday).amend(
        ...     name="Novin Tejarat", at=monday
        ... ).name
        'Novin Tejarat'
        """
        return apply(self, AccountAmended(at=at, by=by, amended=amended), verb="amend")

    def log(
        self,
        kind: str,
        *,
        at: datetime,
        when: datetime | None = None,
        inbound: bool | None = None,
        reached: bool | None = None,
        outcome: str = "",
        person: str = "",
        campaign: str = "",
        done: str = "",
        note: str = "",
        id: str = "",
        by: str = "",
    ) -> Self:
        """
        Record a call, an e-mail, a visit or the like; see `Lead.log` for its parameters.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> account = Account.open(id="7", name="Novin", at=monday).log("visit", at=monday)
        >>> account.engagement.times_in_contact
        1
        """
        return logged(
            self,
            kind,
            at=at,
            when=when,
            inbound=inbound,
            reached=reached,
            outcome=outcome,
            person=person,
            campaign=campaign,
            done=done,
            note=note,
            id=id,
            by=by,
        )

    def assign(
        self, owner: str, *, at: datetime, team: str = "", note: str = "", by: str = ""
    ) -> Self:
        """
        Give the account to an owner, to a team, or to both.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Account.open(id="7", name="Novin", at=monday).assign("Ani", at=monday).owner
        'Ani'
        """
        return assigned(self, owner, team=team, note=note, at=at, by=by)
