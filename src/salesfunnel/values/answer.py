"""
An answer: what was said about one question of the qualification, and how we know.

Unknown is not no: an answer of ``None`` records that the question was asked and stays open.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs

from ..errors import InvalidValue, Text
from .instants import day, instant
from .money import Money
from .numbers import exact_decimal
from .scalars import plain_scalar
from .text import note_text, plain_text

AnswerValue = bool | int | Decimal | str | Money | date | None

USUAL_QUESTIONS = frozenset(
    [
        *("authority", "budget", "champion", "competition", "consequences", "decision_criteria"),
        *("decision_process", "demo", "funds", "goals", "impact", "implications", "interest"),
        *("meeting", "metrics", "money", "need", "next_step", "paper_process", "plans"),
        *("proposal", "quote", "timing"),
    ]
)
"""The names of the questions of the usual frameworks. Any other name may be asked, too."""

_CERTAIN = 100
_VALUE = Text(
    "answer_value",
    "{field} has no usable value",
    "True, False, None, a whole number, a Decimal, text, Money, a day, or a moment with its zone",
)
_CONFIDENCE = Text(
    "confidence_of_answer", "{field} is not a percentage", "a whole number from 0 to {most}"
)


def answer_value(value: object) -> AnswerValue:
    """
    Let in what may be said: yes or no, a number, a text, an amount, a day, a moment, or nothing.

    >>> answer_value("by June")
    'by June'
    """
    if value is None or value is True or value is False:
        return value
    if type(value) is not str:
        value = plain_scalar(value)
    if isinstance(value, (bool, Money)):
        return value
    if isinstance(value, str):
        return note_text(value, "answer")
    if isinstance(value, (int, Decimal)):
        number = exact_decimal(value, "answer", integer_digits=24, fraction_digits=12)
        return int(value) if isinstance(value, int) else number
    if isinstance(value, datetime):
        return instant(value, what="answer")
    if isinstance(value, date):
        return day(value, what="answer")
    raise InvalidValue("answer", _VALUE)


def _shown(value: AnswerValue) -> str:
    # A free text may name a person, and representations end up in logs.
    return "…" if isinstance(value, str) else repr(value)


@attrs.frozen
class Answer:
    """
    What was said: a value (``None`` means still unknown), and the evidence for it.

    The evidence is who said it (``said_by``), how it reached us (``source``), when (``at``), how
    sure we are (``confidence``, a percentage), a note, and until when it holds (``expires``).

    >>> from datetime import UTC, datetime
    >>> Answer(
    ...     True,
    ...     note="approved in the March meeting",
    ...     said_by="the finance manager",
    ...     source="phone call",
    ...     at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     confidence=80,
    ... ).value
    True
    """

    value: AnswerValue = attrs.field(converter=answer_value, repr=_shown)
    note: str = attrs.field(default="", kw_only=True, repr=False)
    said_by: str = attrs.field(default="", kw_only=True, repr=False)
    source: str = attrs.field(default="", kw_only=True, repr=False)
    at: datetime | None = attrs.field(default=None, kw_only=True)
    confidence: int | None = attrs.field(default=None, kw_only=True)
    expires: datetime | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse texts that cannot be shown, moments without a time zone, and over-confidence."""
        if self.note != "":
            note_text(self.note, "answer.note")
        if self.said_by != "":
            note_text(self.said_by, "answer.said_by")
        if self.source != "":
            plain_text(self.source, "answer.source")
        if self.at is not None:
            instant(self.at, what="answer.at")
        if self.expires is not None:
            object.__setattr__(self, "expires", instant(self.expires, what="answer.expires"))
        if self.confidence is not None and not _is_percentage(self.confidence):
            raise InvalidValue("answer.confidence", _CONFIDENCE, {"most": _CERTAIN})

    def dated(self, *, at: datetime) -> Answer:
        """
        Return the answer with the time at which it was given, unless it says one itself.

        >>> from datetime import UTC, datetime
        >>> Answer(True).dated(at=datetime(2026, 3, 2, tzinfo=UTC)).at.day
        2
        """
        if self.at is not None:
            return self
        return Answer(
            self.value,
            note=self.note,
            said_by=self.said_by,
            source=self.source,
            at=at,
            confidence=self.confidence,
            expires=self.expires,
        )

    def current(self, *, at: datetime) -> AnswerValue:
        """
        Return the value, or ``None`` once the answer has expired: it counts as unknown again.

        >>> from datetime import UTC, datetime
        >>> june, july = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
        >>> Answer(True, expires=june).current(at=july) is None
        True
        """
        return None if self.expires is not None and at >= self.expires else self.value

    def contradicts(self, earlier: Answer, *, at: datetime) -> bool:
        """
        Tell whether this answer says something else than an earlier one that still stood at a time.

        >>> from datetime import UTC, datetime
        >>> june, july = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
        >>> Answer(False).contradicts(Answer(True), at=june)
        True
        >>> Answer(False).contradicts(Answer(True, expires=june), at=july)
        False
        """
        before, now = earlier.current(at=at), self.value
        return None not in (before, now) and (type(before), before) != (type(now), now)


def _is_percentage(number: object) -> bool:
    return type(number) is int and 0 <= number <= _CERTAIN
