"""What happens in a qualification: questions are answered, on a lead or later on an opportunity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.instants import instant
from ..values.text import plain_text

_NO_NAME = Text(
    "no_question_name",
    "{field} is not the name of a question",
    "a word such as need or purchase_process",
)


_SAID_LATER = Text("said_later", "{field} lies after the time of entering", "at, or before it")


def _slot(name: str) -> str:
    if not plain_text(name, "question").isidentifier() or name.startswith("_"):
        raise InvalidValue("question", _NO_NAME)
    return name


def _answer(value: Answer) -> Answer:
    return converters.one(Answer, value, "answer")


_ANSWERED = Text("told_answered", "an answer about {slot}")


@attrs.frozen(kw_only=True)
class QuestionAnswered:
    """
    A question was answered. The answer that was said last stands; all stay on the timeline.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.values import Answer
    >>> QuestionAnswered(at=datetime(2026, 3, 2, tzinfo=UTC), slot="need", answer=Answer(True)).slot
    'need'
    """

    sentence: ClassVar[Text] = _ANSWERED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    slot: str = attrs.field(converter=_slot, metadata={"personal": False})
    answer: Answer = attrs.field(converter=_answer)
    _dated: Any = attrs.field(
        init=False, repr=False, eq=False, default=None, metadata={"personal": False}
    )

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has answers
        """Record the answer with the time at which it was given, unless a later one stands."""
        said, known = self._dated, before.answers.get(self.slot)
        if said is None:
            said = self.answer.dated(at=self.at)
            # Worked out once: the rows of a list share an event that many of them tell.
            object.__setattr__(self, "_dated", said)
        if known is not None and known.at is not None and said.at < known.at:
            return {}
        return {"answers": before.answers.with_item(self.slot, said)}


def answers_given(
    question: str | Mapping[str, Answer | AnswerValue],
    value: Answer | AnswerValue,
    *,
    at: datetime,
    when: datetime | None = None,
    note: str = "",
    by: str = "",
) -> Iterator[QuestionAnswered]:
    """
    Make an event of each question that was answered, be it one or a mapping of several.

    ``when`` is when it was said, if that was before it is entered.

    >>> from datetime import UTC, datetime
    >>> said = answers_given(
    ...     {"need": True, "budget": None}, None, at=datetime(2026, 3, 2, tzinfo=UTC)
    ... )
    >>> [event.slot for event in said]
    ['need', 'budget']
    """
    if when is not None and instant(when, what="when") > instant(at):
        raise InvalidValue("when", _SAID_LATER)
    several = question.items() if isinstance(question, Mapping) else [(question, value)]
    for slot, said in several:
        answer = said if isinstance(said, Answer) else Answer(said, note=note)
        if when is not None:
            answer = attrs.evolve(answer, at=when)
        yield QuestionAnswered(at=at, by=by, slot=slot, answer=answer)
