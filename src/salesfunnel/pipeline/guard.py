"""A guard: a condition that a move must meet, with the sentence that says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from ..errors import GuardFailed, Objection
from ..rules.rule import Rule
from ..rules.truth import Truth

Check = Callable[[Any, datetime], bool]


@attrs.frozen
class Guard:
    """
    A rule, or a function of entity and instant that returns a real bool, with its objection.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import yes
    >>> agreed = Guard("amount_agreed", yes("amount_agreed"), message="the amount is not agreed")
    >>> print(agreed.objection({"amount_agreed": False}, at=datetime(2026, 3, 2, tzinfo=UTC)))
    the amount is not agreed
    """

    name: str
    check: Rule | Check
    message: str = attrs.field(default="", kw_only=True)
    remedy: str = attrs.field(default="", kw_only=True)

    def objection(self, entity: object, *, at: datetime) -> Objection | None:
        """
        Return what stands in the way, or ``None``. Raises `GuardFailed` if the guard is broken.

        >>> from datetime import UTC, datetime
        >>> odd = Guard("odd", lambda entity, at: "yes")
        >>> odd.objection({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        Traceback (most recent call last):
        salesfunnel.errors.GuardFailed: guard 'odd' returned str; a guard must return True or False
        """
        truth = self._truth(entity, at)
        if truth is True:
            return None
        message = self.message or f"{self.name} does not hold"
        if truth is False or not isinstance(self.check, Rule):
            return Objection("guard", message, self.remedy)
        unknown = sorted(self.check.unknown_facts(entity, at=at))
        params = (("unknown", ", ".join(unknown)),)
        return Objection(
            "unknown", f"{message} (unknown: {', '.join(unknown)})", self.remedy, params
        )

    def __call__(self, entity: object, at: datetime) -> bool:
        """Tell whether nothing stands in the way."""
        return self.objection(entity, at=at) is None

    def _truth(self, entity: object, at: datetime) -> Truth:
        if isinstance(self.check, Rule):
            return self.check.holds(entity, at=at)
        try:
            answer: object = self.check(entity, at)
        except Exception as error:
            raise GuardFailed(self.name, f"raised {type(error).__name__}") from error
        if answer is True or answer is False:
            return answer
        raise GuardFailed(self.name, f"returned {type(answer).__name__}")


def requires(rule: Rule, message: str, *, remedy: str = "") -> Guard:
    """
    Make a guard of a rule, and of the sentence that says what is missing.

    >>> from salesfunnel.rules import yes
    >>> requires(yes("amount_agreed"), "the amount is not agreed").name
    'amount_agreed is True'
    """
    return Guard(str(rule), rule, message=message, remedy=remedy)
