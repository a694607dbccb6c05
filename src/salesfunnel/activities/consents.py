"""Consent: by which channel people may be approached, for what, on which basis, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field
from ..values import converters
from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.text import plain_text

ANY = "any"
"""The channel, or the purpose, of a withdrawal that means all of them."""

MARKETING = "marketing"
"""The purpose that is meant unless another one is named."""

# Under this name the register of a noun holds the purposes, so no channel may bear it.
_PURPOSES = "purposes"

_NO_CODE = Text(
    "consent_code",
    "{field} is not a code that rules can read",
    "letters, digits and _, such as email",
)
_NOT_EACH = Text("consent_to_all", "{field} is missing", "one of them: consent is given for each")
_TOLD_LATER = Text("told_later", "{field} lies after the time of entering", "at, or before it")


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


def _code(text: str, field: str) -> str:
    name = plain_text(text, field)
    if not name.isidentifier() or name.startswith("_") or name == _PURPOSES:
        raise InvalidValue(field, _NO_CODE)
    return name


def _channel(text: str) -> str:
    return _code(text, "channel")


def _purpose(text: str) -> str:
    return _code(text, "purpose")


def _one_channel(text: str) -> str:
    if text == ANY:
        raise InvalidValue("channel", _NOT_EACH)
    return _code(text, "channel")


def _one_purpose(text: str) -> str:
    if text == ANY:
        raise InvalidValue("purpose", _NOT_EACH)
    return _code(text, "purpose")


def _basis(value: LegalBasis | str) -> LegalBasis:
    return converters.choice(LegalBasis, value, "basis")


def _maybe_basis(value: LegalBasis | str | None) -> LegalBasis | None:
    return None if value is None else _basis(value)


def _source(text: str) -> str:
    return plain_text(text, "source")


def _person(text: str) -> str:
    return plain_text(text, "person")


def _when(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="when")


def _not_later(when: datetime | None, at: datetime) -> None:
    if when is not None and when > at:
        raise InvalidValue("when", _TOLD_LATER)


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

    channel: str = attrs.field(converter=_channel)
    purpose: str = attrs.field(default=MARKETING, converter=_purpose)
    basis: LegalBasis | None = attrs.field(default=None, converter=_maybe_basis)
    until: datetime | None = attrs.field(default=None, converter=converters.until)
    source: str = attrs.field(default="", converter=_source, repr=False)
    person: str = attrs.field(default="", converter=_person, repr=False)
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


@attrs.frozen(repr=False)
class ConsentRegister:
    """
    The latest word of each person on each channel and purpose; rules read it by path.

    ``consent.email`` is yes, no, or unknown, for marketing; ``consent.purposes.service.email`` is
    that for a purpose of your own. Once it has expired it is unknown again, and so it is where
    several people said different things.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> word = Consent(channel="email", basis="consent", until=friday, at=monday)
    >>> lead = {"consent": ConsentRegister().with_word(word)}
    >>> yes("consent.email").holds(lead, at=monday), yes("consent.email").holds(lead, at=friday)
    (True, None)
    """

    _words: FrozenMap[tuple[str, str, str], Consent] = FrozenMap[tuple[str, str, str], Consent]()
    _purpose: str = MARKETING

    @property
    def words(self) -> tuple[Consent, ...]:
        """Each word that stands by itself, in the order in which they came."""
        return tuple(self._words.values())

    def knows(self, word: Consent) -> bool:
        """
        Whether a word stands here already, just as it is.

        >>> from datetime import UTC
        >>> ConsentRegister().knows(Consent(channel="sms", at=datetime(2026, 3, 2, tzinfo=UTC)))
        False
        """
        return self._words.get((word.channel, word.purpose, word.person)) == word

    def with_word(self, word: Consent) -> ConsentRegister:
        """
        Take in one word more, also one that is older than what stands.

        >>> from datetime import UTC
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> no = ConsentRegister().with_word(Consent(channel="any", at=friday))
        >>> listed = no.with_word(Consent(channel="email", basis="consent", at=monday))
        >>> listed.word("email").is_given
        False
        """
        key = word.channel, word.purpose, word.person
        known = self._words.get(key)
        if known is not None and not word.outranks(known):
            return self
        return ConsentRegister(self._words.with_item(key, word))

    def word(self, channel: str, *, purpose: str = MARKETING, person: str = "") -> Consent | None:
        """
        Find the word that stands for a channel and a purpose, be it about any of them.

        Where no ``person`` is asked for, it is what all say: of several yes the one that ends
        first; and none where they differ.

        >>> ConsentRegister().word("email") is None
        True
        """
        if person:
            return self._latest(channel, purpose, person)
        said = self.said_by_each(channel, purpose=purpose)
        if not said or len({word.is_given for word in said}) > 1:
            return None
        return min(said, key=lambda word: (word.until is None, word.until or word.at))

    def said_by_each(self, channel: str, *, purpose: str = MARKETING) -> tuple[Consent, ...]:
        """
        List what stands with each person who said anything on a channel and a purpose.

        >>> ConsentRegister().said_by_each("email")
        ()
        """
        found = [self._latest(channel, purpose, person) for person in self._people or ("",)]
        return tuple([word for word in found if word is not None])

    @property
    def _people(self) -> list[str]:
        """List those of whom there is a word of their own."""
        return list(dict.fromkeys(person for *_, person in self._words if person))

    def _latest(self, channel: str, purpose: str, person: str) -> Consent | None:
        """Find what stands with one person. A yes that names no one is not that of one of many."""
        is_alone = {*self._people} <= {person}
        standing: Consent | None = None
        for place in ((channel, purpose), (ANY, purpose), (channel, ANY), (ANY, ANY)):
            for who in dict.fromkeys((person, "")):
                word = self._words.get((*place, who))
                if word is None or (word.is_given and not who and not is_alone):
                    continue
                if standing is None or word.outranks(standing):
                    standing = word
        return standing

    def keys(self) -> Iterable[str]:
        """
        List the channels about which there is a word, which is how rules know a mapping.

        >>> list(ConsentRegister().keys())
        []
        """
        meant = {self._purpose, ANY}
        return list(dict.fromkeys(c for c, purpose, _ in self._words if purpose in meant))

    def get(self, name: str) -> Answer | Mapping[str, ConsentRegister] | None:
        """
        Give the answer for a channel, or under ``purposes`` the same for other purposes.

        >>> ConsentRegister().get("email") is None
        True
        """
        if name == _PURPOSES:
            purposes = {purpose for _, purpose, _ in self._words} | {MARKETING}
            return FrozenMap({p: ConsentRegister(self._words, p) for p in sorted(purposes)})
        word = self.word(name, purpose=self._purpose)
        return word.answer if word else None

    def __repr__(self) -> str:
        """Show the channels alone."""
        return f"ConsentRegister({', '.join(self.keys())})"


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
    basis: LegalBasis = attrs.field(converter=_basis)
    until: datetime | None = attrs.field(default=None, converter=converters.until)
    source: str = attrs.field(
        default="", converter=_source, repr=False, metadata={"personal": True}
    )
    when: datetime | None = attrs.field(default=None, converter=_when)
    person: str = attrs.field(
        default="", converter=_person, repr=False, metadata={"personal": True}
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a word that is still to come."""
        _not_later(self.when, self.at)

    @property
    def word(self) -> Consent:
        """What was said, and when."""
        return Consent(
            channel=self.channel,
            purpose=self.purpose,
            basis=self.basis,
            until=self.until,
            source=self.source,
            person=self.person,
            at=self.when or self.at,
        )

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
    channel: str = attrs.field(default=ANY, converter=_channel, metadata={"personal": False})
    purpose: str = attrs.field(default=MARKETING, converter=_purpose, metadata={"personal": False})
    source: str = attrs.field(
        default="", converter=_source, repr=False, metadata={"personal": True}
    )
    when: datetime | None = attrs.field(default=None, converter=_when)
    person: str = attrs.field(
        default="", converter=_person, repr=False, metadata={"personal": True}
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a word that is still to come."""
        _not_later(self.when, self.at)

    @property
    def word(self) -> Consent:
        """What was said, and when."""
        return Consent(
            channel=self.channel,
            purpose=self.purpose,
            source=self.source,
            person=self.person,
            at=self.when or self.at,
        )

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that consents
        """Let it stand, unless a later word does."""
        return {"consent": before.consent.with_word(self.word)}
