"""Consent: one word on a channel and a purpose, its basis, and until when it stands."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from ..errors import InvalidValue, Text
from ..values import converters
from ..values.answer import Answer
from ..values.instants import instant
from ..values.text import plain_text

ANY = "any"
"""The channel, or the purpose, of a withdrawal that means all of them."""

MARKETING = "marketing"
"""The purpose that is meant unless another one is named."""

# Under this name the register of a noun holds the purposes, so no channel may bear it.
PURPOSES = "purposes"

_NO_CODE = Text(
    "consent_code",
    "{field} is not a code that rules can read",
    "letters, digits and _, such as email",
)


class LegalBasis(StrEnum):
    """
    On what grounds people may be approached: one of the six of the GDPR.

    >>> LegalBasis("consent").name
    'CONSENT'
    """

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


def code_of(text: str, field: str) -> str:
    """Let in a code that rules can read by path."""
    name = plain_text(text, field)
    if not name.isidentifier() or name.startswith("_") or name == PURPOSES:
        raise InvalidValue(field, _NO_CODE)
    return name


def channel_code(text: str) -> str:
    """Let in the code of a channel."""
    return code_of(text, "channel")


def purpose_code(text: str) -> str:
    """Let in the code of a purpose."""
    return code_of(text, "purpose")


def basis_of(value: LegalBasis | str) -> LegalBasis:
    """Let in a legal basis, or its name."""
    return converters.choice(LegalBasis, value, "basis")


def _maybe_basis(value: LegalBasis | str | None) -> LegalBasis | None:
    return None if value is None else basis_of(value)


def source_of_consent(text: str) -> str:
    """Let in where it was said; it may be blank."""
    return plain_text(text, "source")


def who_consented(text: str) -> str:
    """Let in the id of the one who said it; it may be blank."""
    return plain_text(text, "person")


@attrs.frozen(kw_only=True)
class Consent:
    """
    One word about a channel and a purpose: a yes with its basis, or a no, which has none.

    ``person`` is the id of the one who gave it, where several people are known.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> Consent(channel="email", basis="consent", at=monday).is_given
    True
    >>> Consent(channel="any", at=monday).is_given
    False
    """

    channel: str = attrs.field(converter=channel_code)
    purpose: str = attrs.field(default=MARKETING, converter=purpose_code)
    basis: LegalBasis | None = attrs.field(default=None, converter=_maybe_basis)
    until: datetime | None = attrs.field(default=None, converter=converters.until)
    source: str = attrs.field(default="", converter=source_of_consent, repr=False)
    person: str = attrs.field(default="", converter=who_consented, repr=False)
    at: datetime = attrs.field(converter=instant)

    @property
    def is_given(self) -> bool:
        """Whether it is a yes, be it expired or not."""
        return self.basis is not None

    @property
    def answer(self) -> Answer:
        """The word as rules read it: yes until it expires, or no."""
        return Answer(self.is_given, source=self.source, at=self.at, expires=self.until)

    def __str__(self) -> str:
        """Say it in a few words, without saying whose it is."""
        until = f" until {self.until.date()}" if self.until else ""
        said = f"yes, by {self.basis.value}{until}" if self.basis else "no"
        return f"{self.purpose} by {self.channel}: {said}"

    def outranks(self, other: Consent) -> bool:
        """
        Whether it stands against another word: the later one does, and of two at once the no.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> yes = Consent(channel="email", basis="consent", at=monday)
        >>> no = Consent(channel="email", at=monday)
        >>> no.outranks(yes), yes.outranks(no)
        (True, False)
        """
        if self.at == other.at:
            return not self.is_given or other.is_given
        return self.at > other.at
