"""There is a basis for approaching someone, or they do not want it any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field
from ..values import converters
from ..values.instants import instant
from .consents import (
    ANY,
    MARKETING,
    Consent,
    LegalBasis,
    basis_of,
    channel_code,
    code_of,
    purpose_code,
    source_of_consent,
    who_consented,
)

_NOT_EACH = Text("consent_to_all", "{field} is missing", "one of them: consent is given for each")
_TOLD_LATER = Text("told_later", "{field} lies after the time of entering", "at, or before it")


def _one_channel(text: str) -> str:
    if text == ANY:
        raise InvalidValue("channel", _NOT_EACH)
    return code_of(text, "channel")


def _one_purpose(text: str) -> str:
    if text == ANY:
        raise InvalidValue("purpose", _NOT_EACH)
    return code_of(text, "purpose")


def _when(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="when")


def _source_field() -> str:
    """Declare where it was said, which may tell of a person; it may be blank."""
    return attrs.field(
        default="", converter=source_of_consent, repr=False, metadata={"personal": True}
    )


def _person_field() -> str:
    """Declare who of several people said it, by an id; it may be blank."""
    return attrs.field(default="", converter=who_consented, repr=False, metadata={"personal": True})


def _not_later(when: datetime | None, at: datetime) -> None:
    if when is not None and when > at:
        raise InvalidValue("when", _TOLD_LATER)


def _word_of(said: ConsentGiven | ConsentWithdrawn, **granted: Any) -> Consent:  # noqa: ANN401 - basis and until
    """Give what was said as the word that stands since then."""
    return Consent(
        channel=said.channel,
        purpose=said.purpose,
        source=said.source,
        person=said.person,
        at=said.when or said.at,
        **granted,
    )


_GIVEN = Text("told_consent", "consent for {purpose} by {channel}, on the basis of {basis}")
_GIVEN_UNTIL = Text(
    "told_consent_until",
    "consent for {purpose} by {channel}, on the basis of {basis}, until {until}",
)
_WITHDRAWN = Text("told_consent_withdrawn", "consent withdrawn for {purpose} by {channel}")


@attrs.frozen(kw_only=True)
class ConsentGiven:
    """
    There is a basis for approaching someone by a channel, for a purpose; ``when`` since when.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> ConsentGiven(at=monday, channel="email", basis="consent").word.purpose
    'marketing'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    channel: str = attrs.field(converter=_one_channel, metadata={"personal": False})
    purpose: str = attrs.field(
        default=MARKETING, converter=_one_purpose, metadata={"personal": False}
    )
    basis: LegalBasis = attrs.field(converter=basis_of)
    until: datetime | None = attrs.field(default=None, converter=converters.until)
    source: str = _source_field()
    when: datetime | None = attrs.field(default=None, converter=_when)
    person: str = _person_field()

    def __attrs_post_init__(self) -> None:
        """Refuse a word that is still to come."""
        _not_later(self.when, self.at)

    @property
    def word(self) -> Consent:
        """What was said, and when."""
        return _word_of(self, basis=self.basis, until=self.until)

    @property
    def sentence(self) -> Text:
        """How it is told: for what, by which channel, and until when."""
        return _GIVEN if self.until is None else _GIVEN_UNTIL

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that consents
        """Let it stand, unless a later word does."""
        return {"consent": before.consent.with_word(self.word)}


@attrs.frozen(kw_only=True)
class ConsentWithdrawn:
    """
    They do not want to be approached: by a channel or by any, for a purpose or for any.

    >>> from datetime import UTC, datetime
    >>> ConsentWithdrawn(at=datetime(2026, 3, 2, tzinfo=UTC)).word.channel
    'any'
    """

    sentence: ClassVar[Text] = _WITHDRAWN

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    channel: str = attrs.field(default=ANY, converter=channel_code, metadata={"personal": False})
    purpose: str = attrs.field(
        default=MARKETING, converter=purpose_code, metadata={"personal": False}
    )
    source: str = _source_field()
    when: datetime | None = attrs.field(default=None, converter=_when)
    person: str = _person_field()

    def __attrs_post_init__(self) -> None:
        """Refuse a word that is still to come."""
        _not_later(self.when, self.at)

    @property
    def word(self) -> Consent:
        """What was said, and when."""
        return _word_of(self)

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that consents
        """Let it stand, unless a later word does."""
        return {"consent": before.consent.with_word(self.word)}
