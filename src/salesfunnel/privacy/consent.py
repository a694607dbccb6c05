"""Recording that people may be approached by a channel, or that they do not want it any more."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from ..activities.consent_register import ConsentRegister
from ..activities.consented import ConsentGiven, ConsentWithdrawn
from ..activities.consents import ANY, MARKETING, LegalBasis
from ..errors import WrongKind
from ..history.event import Chronicled
from ..history.timeline import apply


class Consenting(Chronicled, Protocol):
    """What privacy wants to know of a lead, a deal or an account."""

    @property
    def consent(self) -> ConsentRegister:
        """The latest word on each channel and purpose."""
        ...


ConsentingT = TypeVar("ConsentingT", bound=Consenting)


def give(
    noun: ConsentingT,
    channel: str,
    *,
    basis: LegalBasis | str,
    purpose: str = MARKETING,
    until: datetime | None = None,
    person: str = "",
    source: str = "",
    when: datetime | None = None,
    at: datetime,
    by: str = "",
) -> ConsentingT:
    """
    Record that someone may be approached by a channel, for a purpose, and on which basis.

    The latest word stands. One that is imported with an earlier ``when`` never lifts a withdrawal.

    Args:
        noun: the lead, opportunity or account.
        channel: a code, such as email, phone or sms.
        basis: consent, contract, legal_obligation, vital_interest, public_task, or
            legitimate_interest.
        purpose: for what, such as marketing or service.
        until: when it expires.
        person: whose word it is, by an id, where several people are known.
        source: how it is known, such as a form on your site.
        when: when it was said, if that was earlier.
        at: when it is entered.
        by: who recorded it.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.rules import yes
    >>> monday, june, july = (datetime(2026, month, 2, tzinfo=UTC) for month in (3, 6, 7))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = give(lead, "email", basis="consent", until=june, at=monday)
    >>> yes("consent.email").holds(lead, at=monday), yes("consent.email").holds(lead, at=july)
    (True, None)
    """
    must_consent(noun)
    event = ConsentGiven(
        at=at,
        by=by,
        channel=channel,
        purpose=purpose,
        basis=basis,
        until=until,
        person=person,
        source=source,
        when=when,
    )
    return apply(noun, event, verb="give consent")


def withdraw(
    noun: ConsentingT,
    channel: str = ANY,
    *,
    purpose: str = MARKETING,
    person: str = "",
    source: str = "",
    when: datetime | None = None,
    at: datetime,
    by: str = "",
) -> ConsentingT:
    """
    Record that someone does not want to be approached, by a channel or by any.

    Args:
        noun: the lead, opportunity or account.
        channel: a code, such as email; any unless given.
        purpose: for what, or any.
        person: whose word it is, by an id; it holds for all where none is named.
        source: how it is known, such as a reply to the newsletter.
        when: when it was said, if that was earlier.
        at: when it is entered.
        by: who recorded it.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.rules import yes
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = give(Lead.capture(company="Novin", at=monday), "sms", basis="consent", at=monday)
    >>> yes("consent.sms").holds(withdraw(lead, at=monday), at=monday)
    False
    """
    must_consent(noun)
    event = ConsentWithdrawn(
        at=at,
        by=by,
        channel=channel,
        purpose=purpose,
        person=person,
        source=source,
        when=when,
    )
    return apply(noun, event, verb="withdraw consent")


def must_consent(noun: object) -> None:
    """
    Refuse what has no consent of its own, such as a name.

    >>> must_consent("Sara")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: noun is of the wrong kind: str; allowed: a lead, an opportunity...
    """
    if not isinstance(getattr(noun, "consent", None), ConsentRegister):
        raise WrongKind.of("noun", noun, wanted="a lead, an opportunity or an account")
