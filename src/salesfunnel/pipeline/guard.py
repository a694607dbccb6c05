"""A guard: a condition that a move must meet, with the sentence that says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import attrs

from ..errors import GuardFailed, InvalidDefinition, Objection, Text
from ..rules.fields import answered
from ..rules.rule import Rule
from ..values.instants import instant
from ..values.text import is_visible

Check = Callable[[Any, datetime], bool]
Ask = Callable[[Any, datetime], object]


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
    code: str = attrs.field(default="guard", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a guard that could neither be named nor asked."""
        if not is_visible(self.name):
            raise InvalidDefinition("guard", ("a guard needs a name",))
        if not isinstance(self.check, Rule) and not is_function(self.check):
            raise InvalidDefinition(
                f"guard {self.name}",
                ("a guard checks a rule, or a function of entity and at that can be hashed",),
            )
        for text in (self.message, self.remedy, self.code):
            if not isinstance(text, str):
                raise InvalidDefinition(
                    f"guard {self.name}", ("its message, remedy and code are texts",)
                )

    def objection(self, entity: object, *, at: datetime) -> Objection | None:
        """
        Return what stands in the way, or ``None``. Raises `GuardFailed` if the guard is broken.

        >>> from datetime import UTC, datetime
        >>> odd = Guard("odd", lambda entity, at: "yes")
        >>> odd.objection({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        Traceback (most recent call last):
        salesfunnel.errors.GuardFailed: guard 'odd' returned str; a guard must return True or False
        """
        moment = instant(at)
        try:
            answer = asking(self)(entity, moment)
        except Exception as error:
            raise raised(self, error) from error
        return None if answer is True else unmet(self, answer, entity, moment)


Given = Guard | Rule | Check
"""What is read as a guard: a `Guard`, a bare rule, or a function with a name."""


def requires(rule: Rule, message: str, *, remedy: str = "") -> Guard:
    """
    Make a guard of a rule, and of the sentence that says what is missing.

    >>> from salesfunnel.rules import yes
    >>> requires(yes("amount_agreed"), "the amount is not agreed").name
    'amount_agreed is True'
    """
    return Guard(str(rule), rule, message=message, remedy=remedy)


def known(path: str) -> Guard:
    """Make the guard of a stage that wants a fact to be known, such as the expected close."""
    rule = answered(path)
    return Guard(
        str(rule), rule, message=f"{path} is not known", remedy=f"find out {path}", code="missing"
    )


def guards_of(given: Given | Iterable[Given]) -> tuple[Guard, ...]:
    """Read one guard or several, each of them written in whatever way is short."""
    if isinstance(given, tuple) and not given:
        return ()
    if isinstance(given, (Guard, Rule)) or callable(given):
        return (_guard(given),)
    several: object = given
    if isinstance(several, str) or not isinstance(several, Iterable):
        raise _no_guard(several)
    return tuple(dict.fromkeys(map(_guard, given)))


def is_function(thing: object) -> bool:
    """Tell whether a thing can be called, and told from others; one that may change cannot."""
    try:
        hash(thing)
    except TypeError:
        return False
    return callable(thing)


def asking(guard: Guard) -> Ask:
    """Return the bare function that gives a guard's answer, be it a good one or not."""
    return guard.check.compiled() if isinstance(guard.check, Rule) else guard.check


def unmet(guard: Guard, answer: object, entity: object, at: datetime) -> Objection:
    """
    Say what stands in the way, since the answer was no, or for a rule unknown.

    Raises `GuardFailed` when the answer is anything else, such as a text.
    """
    message = guard.message or f"{guard.name} does not hold"
    if answer is False:
        return Text(guard.code, "{unmet}", "{remedy}").objection(
            guard=guard.name, unmet=message, remedy=guard.remedy
        )
    if answer is None and isinstance(guard.check, Rule):
        unknown = ", ".join(sorted(guard.check.unknown_facts(entity, at=at)))
        return Text("unknown", "{unmet} (unknown: {unknown})", "{remedy}").objection(
            guard=guard.name, unmet=message, unknown=unknown, remedy=guard.remedy
        )
    raise GuardFailed(guard.name, f"returned {type(answer).__name__}")


def raised(guard: Guard, error: Exception) -> GuardFailed:
    """Name the guard that raised an error instead of answering."""
    return GuardFailed(guard.name, f"raised {type(error).__name__}")


def _guard(given: Given) -> Guard:
    if isinstance(given, Guard):
        return given
    if isinstance(given, Rule):
        return Guard(str(given), given)
    if not callable(given):
        raise _no_guard(given)
    name = getattr(given, "__name__", "")
    if not name:
        raise InvalidDefinition("guard", ("a function without a name needs one: Guard(name, …)",))
    return Guard(name, given)


def _no_guard(given: object) -> InvalidDefinition:
    allowed = 'a rule such as yes("paid"), a function of entity and at, or Guard(name, …)'
    return InvalidDefinition("guard", (f"a guard is no {type(given).__name__}, but {allowed}",))
