"""The hand-off of a lead to sales: it is offered, and accepted or declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field, note_field
from ..qualification.finding import Finding
from ..values import converters
from ..values.instants import instant
from ..values.text import plain_text


def _to(text: str) -> str:
    return converters.visible_line(text, "to")


def _fingerprint(text: str) -> str:
    return plain_text(text, "fingerprint")


def _floor(value: int) -> int:
    return converters.one(int, value, "floor")


def _ceiling(value: int) -> int:
    return converters.one(int, value, "ceiling")


def _findings(values: Iterable[Finding]) -> tuple[Finding, ...]:
    return converters.several(Finding, values, "findings")


def _reason(text: str) -> str:
    return converters.visible_line(text, "reason")


def _recycle_on(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="recycle_on")


@attrs.frozen(kw_only=True)
class HandOff:
    """
    One offer of a lead, what it was offered for, and the answer, if there is one already.

    >>> from datetime import UTC
    >>> offer = HandOff(to="sales", offered_at=datetime(2026, 3, 2, tzinfo=UTC), policy="BANT")
    >>> offer.is_open, offer.response_at is None
    (True, True)
    """

    to: str
    offered_at: datetime
    policy: str
    policy_version: str = ""
    fingerprint: str = ""
    findings: tuple[Finding, ...] = attrs.field(default=(), repr=False)
    first_attempt: datetime | None = None
    answered_at: datetime | None = None
    is_accepted: bool | None = None
    reason: str = ""
    recycle_on: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.is_accepted is None and self.withdrawn_at is None

    @property
    def response_at(self) -> datetime | None:
        """When sales first reacted, by an attempt to reach the lead or by an answer."""
        known = [moment for moment in (self.first_attempt, self.answered_at) if moment is not None]
        return min(known, default=None)


_OFFERED = Text("told_offered", "offered to {to} by {policy}")
_TAKEN_BACK = Text("told_offer_withdrawn", "the offer was taken back")
_ACCEPTED = Text("told_accepted", "the offer was accepted")
_DECLINED = Text("told_declined", "the offer was declined: {reason}")
_DECLINED_UNTIL = Text(
    "told_declined_until",
    "the offer was declined: {reason}; worth another try on {recycle_on}",
)


@attrs.frozen(kw_only=True)
class LeadOffered:
    """
    The lead was offered, as a rule to sales; keeps the policy and what it found.

    >>> from datetime import UTC
    >>> offered = LeadOffered(at=datetime(2026, 3, 2, tzinfo=UTC), to="sales", policy="BANT")
    >>> offered.changes(None)["hand_off"].is_open
    True
    """

    sentence: ClassVar[Text] = _OFFERED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    to: str = attrs.field(converter=_to, metadata={"personal": False})
    policy: str = attrs.field(converter=converters.policy_name, metadata={"personal": False})
    policy_version: str = attrs.field(
        default="", converter=converters.policy_version, metadata={"personal": False}
    )
    fingerprint: str = attrs.field(default="", converter=_fingerprint, metadata={"personal": False})
    floor: int = attrs.field(default=0, converter=_floor)
    ceiling: int = attrs.field(default=0, converter=_ceiling)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings, repr=False)

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Wait for an answer."""
        offer = HandOff(
            to=self.to,
            offered_at=self.at,
            policy=self.policy,
            policy_version=self.policy_version,
            fingerprint=self.fingerprint,
            findings=self.findings,
        )
        return {"hand_off": offer}


@attrs.frozen(kw_only=True)
class LeadAccepted:
    """
    The offer was accepted.

    >>> from datetime import UTC
    >>> LeadAccepted(at=datetime(2026, 3, 2, tzinfo=UTC), by="Reza").by
    'Reza'
    """

    sentence: ClassVar[Text] = _ACCEPTED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - a lead, or its draft
        """Answer the open offer."""
        return {"hand_off": attrs.evolve(before.hand_off, answered_at=self.at, is_accepted=True)}


@attrs.frozen(kw_only=True)
class LeadDeclined:
    """
    The offer was declined for a reason, perhaps until a day on which it is worth another try.

    >>> from datetime import UTC
    >>> LeadDeclined(at=datetime(2026, 3, 2, tzinfo=UTC), reason="not_now").reason
    'not_now'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    reason: str = attrs.field(converter=_reason, metadata={"personal": False})
    recycle_on: datetime | None = attrs.field(default=None, converter=_recycle_on)
    note: str = note_field()

    @property
    def sentence(self) -> Text:
        """How it is told: why, and when it is worth another try."""
        return _DECLINED if self.recycle_on is None else _DECLINED_UNTIL

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - a lead, or its draft
        """Answer the open offer."""
        answered = attrs.evolve(
            before.hand_off,
            answered_at=self.at,
            is_accepted=False,
            reason=self.reason,
            recycle_on=self.recycle_on,
        )
        return {"hand_off": answered}


@attrs.frozen(kw_only=True)
class LeadOfferWithdrawn:
    """
    The offer was taken back before it was answered, since it was a mistake or came too early.

    >>> from datetime import UTC
    >>> LeadOfferWithdrawn(at=datetime(2026, 3, 2, tzinfo=UTC), by="Ani").by
    'Ani'
    """

    sentence: ClassVar[Text] = _TAKEN_BACK

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - a lead, or its draft
        """Wait for an answer no longer."""
        return {"hand_off": attrs.evolve(before.hand_off, withdrawn_at=self.at)}
