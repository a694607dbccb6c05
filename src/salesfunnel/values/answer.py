"""
An answer: what somebody said about one question of the qualification, and how we know.

Unknown is not no: an answer of ``None`` records that the question was asked and stays open.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs

from ..errors import InvalidValue
from .instants import instant
from .money import Money
from .text import note_text, plain_text

AnswerValue = bool | int | Decimal | str | Money | date | None

_CERTAIN = 100


def _answer_value(value: object) -> AnswerValue:
    if value is None or isinstance(value, (bool, int, str, Money, date)):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise InvalidValue(
        "answer", "has no usable value", "True, False, None, a number, text, Money, a date"
    )


def _shown(value: AnswerValue) -> str:
    # A free text may name somebody, and representations end up in logs.
    return "…" if isinstance(value, str) else repr(value)


@attrs.frozen
class Answer:
    """
    What somebody said: a value (``None`` means still unknown), and the evidence for it.

    The evidence is who said it, by which way it came, when, how sure we are in per cent, a note,
    and until when it may be relied upon.

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

    value: AnswerValue = attrs.field(converter=_answer_value, repr=_shown)
    note: str = attrs.field(default="", kw_only=True, repr=False)
    said_by: str = attrs.field(default="", kw_only=True, repr=False)
    source: str = attrs.field(default="", kw_only=True, repr=False)
    at: datetime | None = attrs.field(default=None, kw_only=True)
    confidence: int | None = attrs.field(default=None, kw_only=True)
    expires: datetime | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse texts that cannot be shown, moments without a time zone, and over-confidence."""
        note_text(self.note, "answer.note")
        note_text(self.said_by, "answer.said_by")
        plain_text(self.source, "answer.source")
        if self.at is not None:
            instant(self.at, what="answer.at")
        if self.expires is not None:
            instant(self.expires, what="answer.expires")
        if self.confidence is not None and not _is_per_cent(self.confidence):
            raise InvalidValue("answer.confidence", "is no share", "a whole number from 0 to 100")

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


def _is_per_cent(number: object) -> bool:
    return type(number) is int and 0 <= number <= _CERTAIN
