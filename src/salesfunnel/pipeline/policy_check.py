"""A guard that asks a policy: it must say qualified."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

import attrs

from ..errors import Objection, Text

# What a policy says, and the question that settles most where it is still open.
_OPEN_VERDICT = Text("verdict_open", "{policy} says {summary}", "ask: {question}")
_NO_VERDICT = Text("verdict_no", "{policy} says {summary}", "look at what it found")


class Assessing(Protocol):
    """What a guard wants of a policy: it has a name, and assesses anything as of an instant."""

    def assess(self, lead: Any, /, *, at: datetime) -> Any:  # noqa: ANN401 - see qualification
        """Judge as of an instant."""
        ...


@attrs.frozen
class PolicyCheck:
    """
    The check of a guard that asks a policy: whether it says qualified.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> PolicyCheck(BANT)({}, datetime(2026, 3, 2, tzinfo=UTC))
    False
    """

    policy: Assessing

    def __call__(self, entity: Any, at: datetime) -> bool:  # noqa: ANN401 - any entity
        """Tell whether the policy says qualified."""
        return self.objection(entity, at=at) is None

    def objection(self, entity: Any, *, at: datetime) -> Objection | None:  # noqa: ANN401 - likewise
        """Say what the policy says, unless it says qualified, and what it would ask next."""
        said = self.policy.assess(entity, at=at)
        if said.verdict.value == "qualified":
            return None
        told = {"policy": said.policy, "summary": said.summary}
        if said.next_questions:
            return _OPEN_VERDICT.objection(**told, question=str(said.next_questions[0]))
        return _NO_VERDICT.objection(**told)
