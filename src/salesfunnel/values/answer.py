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
from .text import note_text

AnswerValue = bool | int | Decimal | str | Money | date | None


def _answer_value(value: object) -> AnswerValue:
    if value is None or isinstance(value, (bool, int, str, Money, date)):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise InvalidValue(
        "answer", "has no usable value", "True, False, None, a number, text, Money, a date"
    )


@attrs.frozen
class Answer:
    """
    What somebody said: a value (``None`` means still unknown), with note, speaker and expiry.

    >>> from datetime import UTC, datetime
    >>> Answer(True, note="approved in the March meeting", said_by="the finance manager").value
    True
    """

    value: AnswerValue = attrs.field(converter=_answer_value)
    note: str = attrs.field(default="", kw_only=True, repr=False)
    said_by: str = attrs.field(default="", kw_only=True, repr=False)
    expires: datetime | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse texts that cannot be shown and an expiry without a time zone."""
        note_text(self.note, "answer.note")
        note_text(self.said_by, "answer.said_by")
        if self.expires is not None:
            instant(self.expires, what="answer.expires")

    def current(self, *, at: datetime) -> AnswerValue:
        """
        Return the value, or ``None`` once the answer has expired: it counts as unknown again.

        >>> from datetime import UTC, datetime
        >>> june, july = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
        >>> Answer(True, expires=june).current(at=july) is None
        True
        """
        return None if self.expires is not None and at >= self.expires else self.value
