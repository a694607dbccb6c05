"""A criterion: one thing a policy wants to know, its worth, and the question that settles it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidDefinition
from ..rules.rule import Rule
from ..rules.truth import Truth
from ..values.text import is_visible

Scorer = Callable[[Any, datetime], Truth]


@attrs.frozen
class Criterion:
    """
    A rule, or any function of lead and instant, with a weight in points and a question.

    A ``must`` that is answered with no disqualifies; if it is ``deferrable``, the no means *not
    now*, and the lead is to be recycled.

    >>> Criterion("in town", lambda lead, at: lead["city"] == "Yerevan", weight=10).weight
    10
    """

    name: str
    rule: Rule | Scorer
    weight: int = attrs.field(default=0, kw_only=True)
    question: str = attrs.field(default="", kw_only=True)
    must: bool = attrs.field(default=False, kw_only=True)
    deferrable: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a criterion without a name, and points that are no whole number."""
        if not is_visible(self.name):
            raise InvalidDefinition("criterion", ("a criterion needs a name",))
        if isinstance(self.weight, bool) or not isinstance(self.weight, int):
            raise InvalidDefinition(
                f"criterion {self.name}", ("a weight is a whole number of points",)
            )

    def answer(self, lead: object, *, at: datetime) -> tuple[Truth, str]:
        """
        Answer the criterion, and name the problem when its function is broken.

        A function that raises, or that returns neither a bool nor ``None``, leaves its own
        criterion unknown and nothing else.

        >>> from datetime import UTC, datetime
        >>> Criterion("odd", lambda lead, at: 1 / 0).answer({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        (None, 'the scorer raised ZeroDivisionError')
        """
        if isinstance(self.rule, Rule):
            return self.rule.holds(lead, at=at), ""
        try:
            answer: object = self.rule(lead, at)
        except Exception as error:  # noqa: BLE001 - one broken scorer must not cost the batch
            return None, f"the scorer raised {type(error).__name__}"
        if answer is None or answer is True or answer is False:
            return answer, ""
        return None, f"the scorer returned {type(answer).__name__}"
