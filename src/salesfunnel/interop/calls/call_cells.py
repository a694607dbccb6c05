"""The cells of a call sheet: what they show of a lead, and what was said where one is filled in."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from ...activities.consents import ConsentRegister
from ...leads.lead import Lead
from ...values.answer import Answer
from ...values.contact_points import ContactKind
from ...values.money import Money
from ...values.numbers import ascii_digits
from ...values.text import fold
from ...values.yes_no import YES_NO_WORDS, read_yes_no
from ..writing.excel_cells import cut_text
from ..writing.tables import Cell
from .call_words import CallWords

_PHONES = (ContactKind.MOBILE, ContactKind.PHONE)
_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,23})(?:\.\d{1,12})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# "yes, by June": a yes with a note. A word alone, or one in a sentence, is left as it is.
_WITH_A_NOTE = re.compile(r"([^\W\d_]{1,20})\s*[,;:،؛՝—–-]\s+(.+)", re.DOTALL)
_UNKNOWN = frozenset(fold(word) or word for word in YES_NO_WORDS["unknown"])


def shown_of(lead: Lead, words: CallWords) -> dict[str, str]:
    """
    Say who a lead is and how to reach them; a channel that they have refused stays out of sight.

    >>> from datetime import UTC
    >>> from salesfunnel.interop.calls.call_words import CALL_WORDS
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", phone="+98 912 123 4567", owner="Ani", at=monday)
    >>> shown_of(lead, CALL_WORDS["en"])["phone"]
    '+98 912 123 4567'
    """
    job = lead.person.job_title if lead.person else ""
    person = lead.person.name if lead.person else ""
    told = {
        "person": f"{person}, {job}" if job else person,
        "company": lead.company.name if lead.company else "",
        "phone": _addresses(lead, "phone", _PHONES, words),
        "email": _addresses(lead, "email", (ContactKind.EMAIL,), words),
        "owner": lead.owner,
        "lead": lead.id,
    }
    return {column: cut_text(text) for column, text in told.items()}


def _addresses(lead: Lead, channel: str, kinds: tuple[ContactKind, ...], words: CallWords) -> str:
    found = [point.text for kind in kinds for point in lead.contact_points if point.kind is kind]
    if found and _is_refused(lead.consent, channel):
        return words.do_not[channel]
    return "; ".join(dict.fromkeys(found))


def _is_refused(consent: ConsentRegister, channel: str) -> bool:
    return any(not word.is_given for word in consent.said_by_each(channel))


def answer_cell(answer: Answer | None, words: CallWords, *, at: datetime | None) -> Cell:
    """
    Show what was answered; nothing where it is open, or no longer holds at a moment.

    >>> from datetime import UTC
    >>> from salesfunnel.interop.calls.call_words import CALL_WORDS
    >>> answer_cell(Answer(True), CALL_WORDS["fa"], at=datetime(2026, 3, 2, tzinfo=UTC))
    'بله'
    """
    if answer is None:
        return None
    value = answer.value if at is None else answer.current(at=at)
    if isinstance(value, bool):
        return words.yes_no(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (str, Money)):
        return cut_text(str(value))
    return value


def answer_said(text: str) -> Answer:
    """
    Read what stands in the cell of a question: yes or no in four languages, with or without a note.

    A number and a day are what they are, ``?`` says that it is still open, and all else is a text.

    >>> [answer_said(cell).value for cell in ("Oui", "۴۰", "2026-06-01", "?", "by June")]
    [True, 40, datetime.date(2026, 6, 1), None, 'by June']
    >>> answer_said("yes, approved").note
    'approved'
    """
    text = text.strip()
    if (measured := _measured(text)) is not None:
        return measured
    if (fold(text) or text) in _UNKNOWN:
        return Answer(None)
    if (truth := read_yes_no(text)) is not None:
        return Answer(truth)
    noted = _WITH_A_NOTE.fullmatch(text)
    if noted and (truth := read_yes_no(noted[1])) is not None:
        return Answer(truth, note=noted[2])
    return Answer(text)


def _measured(text: str) -> Answer | None:
    """Read a number or a day."""
    number = ascii_digits(text) if len(text) <= _LONGEST_NUMBER else ""
    if _NUMBER.fullmatch(number):
        return Answer(Decimal(number) if "." in number else int(number))
    if _DAY.fullmatch(number):
        with suppress(ValueError):
            return Answer(date.fromisoformat(number))
    return None


def says_the_same(one: Answer, other: Answer) -> bool:
    """
    Tell whether two cells say the same; a yes is no 1, and line ends make no difference.

    >>> says_the_same(Answer(12), Answer(Decimal("12.0"))), says_the_same(Answer(True), Answer(1))
    (True, False)
    """
    return _key(one) == _key(other)


def _key(answer: Answer) -> tuple[object, ...]:
    value = answer.value
    said = " ".join(value.split()) if isinstance(value, str) else value
    return isinstance(value, bool), said, " ".join(answer.note.split())
