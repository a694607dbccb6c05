"""The cells of the questions of a call sheet: what they show, and what was said in them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from ...values.answer import Answer
from ...values.money import Money
from ...values.numbers import ascii_digits
from ..cells.truths import truth_said
from ..writing.excel_cells import cut_text
from ..writing.tables import Cell
from .call_words import CallWords

_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,23})(?:\.\d{1,12})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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
    return truth_said(text) or Answer(text)


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
