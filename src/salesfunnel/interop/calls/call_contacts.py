"""Who stands in a row of a call sheet, how to reach them, and what was remarked of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...activities.consent_register import ConsentRegister
from ...activities.events import ActivityLogged
from ...leads.lead import Lead
from ...values.contact_points import ContactKind, ContactPoint
from ...values.numbers import ascii_digits
from ..writing.excel_cells import cut_text
from .call_words import CallWords

CHANNELS: Mapping[str, tuple[ContactKind, ...]] = MappingProxyType(
    {"phone": (ContactKind.MOBILE, ContactKind.PHONE), "email": (ContactKind.EMAIL,)}
)
"""The kinds of numbers and addresses in each column."""


def shown_of(lead: Lead, words: CallWords) -> dict[str, str]:
    """
    Say who a lead is and how to reach them; a channel that they have refused stays out of sight.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.interop.calls.call_words import CALL_WORDS
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", phone="+98 912 123 4567", owner="Ani", at=monday)
    >>> shown_of(lead, CALL_WORDS["en"])["phone"]
    '+98 912 123 4567'
    """
    job = lead.person.job_title if lead.person else ""
    person = lead.person.name if lead.person else ""
    told = {
        "person": f"{person}{words.comma}{job}" if job else person,
        "company": lead.company.name if lead.company else "",
        "phone": _addresses(lead, "phone", words),
        "email": _addresses(lead, "email", words),
        "owner": lead.owner,
        "lead": lead.id,
        "remark": remark_of(lead),
    }
    return {column: cut_text(text) for column, text in told.items()}


def _addresses(lead: Lead, channel: str, words: CallWords) -> str:
    kinds = CHANNELS[channel]
    points = [point for kind in kinds for point in lead.contact_points if point.kind is kind]
    found = [dialled(point) for point in points]
    found = found or kept_texts(lead, channel)
    if found and _is_refused(lead.consent, channel):
        return words.do_not[channel]
    return "; ".join(dict.fromkeys(found))


def dialled(point: ContactPoint) -> str:
    """
    Give an address as it is written; a number that lost its leading zero, with its country.

    A spreadsheet takes the zero away, and what is left reaches no one.

    >>> dialled(ContactPoint("mobile", "9123456789", country="IR"))
    '+989123456789'
    >>> dialled(ContactPoint("mobile", "0912 345 6789", country="IR"))
    '0912 345 6789'
    """
    digits = ascii_digits(point.text)
    is_bare = bool(point.country) and digits.isdecimal() and digits[0] != "0"
    return point.key if is_bare and point.key[:1] == "+" else point.text


def kept_texts(lead: Lead, channel: str) -> list[str]:
    """
    Give what a list had for a number or an address and what reaches no one: people may read it.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin", details={"email": "zoe(at)novin.example"}, at=monday)
    >>> kept_texts(lead, "email")
    ['zoe(at)novin.example']
    """
    told = [str(lead.details.get(kind.value, "")).strip() for kind in CHANNELS[channel]]
    return ["; ".join(text.splitlines()) for text in told if text]


def remark_of(lead: Lead) -> str:
    """
    Give the remark of a card, and under it what was noted of the last activity.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin", details={"note": "stand B12"}, at=monday)
    >>> remark_of(lead.log("call", note="call after 5 pm", at=monday)).splitlines()
    ['stand B12', 'call after 5 pm']
    """
    told: dict[str, str] = {}
    for event in lead.timeline:
        activity = getattr(event, "activity", event)
        if isinstance(activity, ActivityLogged):
            told[activity.id] = activity.note
    noted = [note for name, note in told.items() if note and lead.engagement.knows(name)]
    remark = str(lead.details.get("note", "")).strip()
    return "\n".join(dict.fromkeys(text for text in (remark, *noted[-1:]) if text))


def _is_refused(consent: ConsentRegister, channel: str) -> bool:
    return any(not word.is_given for word in consent.said_by_each(channel))
