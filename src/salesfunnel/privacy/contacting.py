"""Whether someone may be approached now, or why not."""

from __future__ import annotations

from datetime import datetime

from ..activities.consents import MARKETING, Consent
from ..errors import Objection, Refusal, Text
from ..values.instants import instant
from .consent import Consenting, must_consent

_NEVER_ASKED = Text(
    "never_asked",
    "no word on {purpose} by {channel} is known",
    "ask, and record the answer by consent.give",
)
_WITHDRAWN = Text(
    "consent_withdrawn",
    "{purpose} by {channel} was refused on {day}",
    "wait until they ask for it, and record that",
)
_EXPIRED = Text(
    "consent_expired",
    "the consent to {purpose} by {channel} expired on {day}",
    "ask again, and record the answer by consent.give",
)
_OF_SEVERAL = Text(
    "consent_differs",
    "of {number} people not all agree to {purpose} by {channel}",
    "give person= to say who is meant",
)
_OTHER_PURPOSE = Text(
    "not_for_this_purpose",
    "{channel} may be used for {purposes}, not for {purpose}",
    "ask whether it may be used for {purpose}",
)


def may_contact(
    noun: Consenting, channel: str, *, purpose: str = MARKETING, person: str = "", at: datetime
) -> Consent | Refusal:
    """
    Tell whether someone may be approached by a channel: the consent, or a refusal with the reason.

    A conversion takes along what the lead's person said, to the account and the deal. Where several
    people said different things, ask for one of them.

    What has happened can always be logged: `log` never asks for consent.

    Args:
        noun: the lead, opportunity or account.
        channel: a code, such as email, phone or sms.
        purpose: for what.
        person: who, by the id under which the word was given, such as `Lead.contact_id`.
        at: when.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> print(may_contact(lead, "email", at=monday))
    cannot contact: no word on marketing by email is known (ask, and record the answer ...
    """
    must_consent(noun)
    moment = instant(at)
    word = noun.consent.word(channel, purpose=purpose, person=person)
    if word is not None and word.is_given and not _has_expired(word, moment):
        return word
    said = noun.consent.said_by_each(channel, purpose=purpose)
    if word is None and not person and said:
        told = {"number": len(said), "channel": channel, "purpose": purpose}
        objection = _OF_SEVERAL.objection(**told)
    else:
        objection = _objection(noun, word, channel, purpose=purpose, at=moment)
    return Refusal("contact", getattr(noun, "stage", ""), (objection,))


def _objection(
    noun: Consenting, word: Consent | None, channel: str, *, purpose: str, at: datetime
) -> Objection:
    said = {"channel": channel, "purpose": purpose}
    if word is None:
        purposes = sorted(_purposes(noun, channel, at=at))
        if purposes:
            return _OTHER_PURPOSE.objection(**said, purposes=", ".join(purposes))
        return _NEVER_ASKED.objection(**said)
    if word.is_given:
        return _EXPIRED.objection(**said, day=word.until and word.until.date())
    return _WITHDRAWN.objection(**said, day=word.at.date())


def _purposes(noun: Consenting, channel: str, *, at: datetime) -> set[str]:
    """List the purposes for which a channel may be used."""
    known = {word.purpose for word in noun.consent.words}
    standing = (noun.consent.word(channel, purpose=purpose) for purpose in known)
    return {w.purpose for w in standing if w and w.is_given and not _has_expired(w, at)}


def _has_expired(word: Consent, at: datetime) -> bool:
    return word.until is not None and at >= word.until
