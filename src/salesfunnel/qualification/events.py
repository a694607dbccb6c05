"""What happens in a qualification: questions are answered, on a lead or later on an opportunity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue
from ..values import gates
from ..values.answer import Answer
from ..values.instants import instant
from ..values.text import plain_text


def _slot(name: str) -> str:
    if not plain_text(name, "question").isidentifier() or name.startswith("_"):
        raise InvalidValue(
            "question", "has no usable name", "a word such as need or purchase_process"
        )
    return name


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
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    slot: str = attrs.field(converter=_slot)
    answer: Answer

    def __attrs_post_init__(self) -> None:
        """Refuse anything but an answer."""
        gates.one(Answer, self.answer, "answer")

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - whatever has answers
        """Record the answer under its slot, with the time at which it was given."""
        answer = self.answer
        dated = answer if answer.at is not None else attrs.evolve(answer, at=self.at)
        return {"answers": before.answers.with_item(self.slot, dated)}
