"""What happens in a qualification: questions are answered, on a lead or later on an opportunity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.instants import instant
from ..values.text import plain_text

_NO_NAME = Text(
    "no_question_name",
    "{field} is not the name of a question",
    "a word such as need or purchase_process",
)


def _slot(name: str) -> str:
    if not plain_text(name, "question").isidentifier() or name.startswith("_"):
        raise InvalidValue("question", _NO_NAME)
    return name


def _answer(value: Answer) -> Answer:
    return converters.one(Answer, value, "answer")


@attrs.frozen(kw_only=True)
class QuestionAnswered:
    """
    A question was answered. A later answer supersedes; the earlier stays on the timeline.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.values import Answer
    >>> QuestionAnswered(at=datetime(2026, 3, 2, tzinfo=UTC), slot="need", answer=Answer(True)).slot
    'need'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(
        default="", converter=converters.by, repr=False, metadata={"personal": False}
    )
    slot: str = attrs.field(converter=_slot, metadata={"personal": False})
    answer: Answer = attrs.field(converter=_answer)

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has answers
        """Record the answer under its slot, with the time at which it was given."""
        answer = self.answer
        dated = answer if answer.at is not None else attrs.evolve(answer, at=self.at)
        return {"answers": before.answers.with_item(self.slot, dated)}


def answers_given(
    question: str | Mapping[str, Answer | AnswerValue],
    value: Answer | AnswerValue,
    *,
    at: datetime,
    note: str = "",
    by: str = "",
) -> Iterator[QuestionAnswered]:
    """
    Make an event of each question that was answered, be it one or a mapping of several.

    >>> from datetime import UTC, datetime
    >>> said = answers_given(
    ...     {"need": True, "budget": None}, None, at=datetime(2026, 3, 2, tzinfo=UTC)
    ... )
    >>> [event.slot for event in said]
    ['need', 'budget']
    """
    several = question.items() if isinstance(question, Mapping) else [(question, value)]
    for slot, said in several:
        answer = said if isinstance(said, Answer) else Answer(said, note=note)
        yield QuestionAnswered(at=at, by=by, slot=slot, answer=answer)
