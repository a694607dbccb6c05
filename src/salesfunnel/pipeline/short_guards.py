"""Guards as they are written in short: a rule, a function, a fact or a role that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..errors import InvalidDefinition, Text
from ..rules.fields import answered, field
from ..rules.rule import Rule
from .codes import label_of
from .guard import MISSING, ROLE, Check, Guard

_NO_GUARD = Text(
    "not_a_guard",
    "{found} is not a guard",
    'a rule such as yes("paid"), a function of entity and instant, or Guard(name, …)',
)
_UNNAMED = Text("unnamed_function", "a function without a name needs one", "Guard(name, function)")

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
    """
    Make the guard of a stage that wants a fact to be known, such as the expected close.

    >>> known("expected_close").name
    'expected_close is answered'
    """
    rule = answered(path)
    return Guard(str(rule), rule, code=MISSING.code)


def involved(role: str) -> Guard:
    """
    Make the guard of a stage that wants a person in a role, such as a decision maker.

    >>> involved("decision_maker").name
    'decision maker involved'
    """
    rule = field("roles").contains(role)
    return Guard(f"{label_of({}, role)} involved", rule, code=ROLE.code)


def with_labels(guards: Iterable[Guard], roles: Mapping[str, str]) -> tuple[Guard, ...]:
    """
    Let the guards that ask for a role call it by its label, where that says more than its code.

    >>> [guard] = with_labels([involved("user")], {"user": "Enduser"})
    >>> guard.label, with_labels([involved("user")], {"user": "User"})[0].label
    ('Enduser', '')
    """
    return tuple(
        attrs.evolve(guard, label=label) if (label := _label(guard, roles)) else guard
        for guard in guards
    )


def _label(guard: Guard, roles: Mapping[str, str]) -> str:
    if guard.code != ROLE.code or not isinstance(guard.check, Rule):
        return ""
    code = str(guard.check.operand)
    label = roles.get(code, "")
    return "" if label.casefold() == label_of({}, code).casefold() else label


def guards_of(given: Given | Iterable[Given]) -> tuple[Guard, ...]:
    """
    Read one guard or several, each of them written in the way that is short.

    >>> from salesfunnel.rules import yes
    >>> [guard.name for guard in guards_of(yes("paid"))]
    ['paid is True']
    """
    if isinstance(given, tuple) and not given:
        return ()
    if isinstance(given, (Guard, Rule)) or callable(given):
        return (_guard(given),)
    several: object = given
    if isinstance(several, str) or not isinstance(several, Iterable):
        raise _not_a_guard(several)
    return tuple(dict.fromkeys(map(_guard, given)))


def _guard(given: Given) -> Guard:
    if isinstance(given, Guard):
        return given
    if isinstance(given, Rule):
        return Guard(str(given), given)
    if not callable(given):
        raise _not_a_guard(given)
    name = getattr(given, "__name__", "")
    if not name:
        raise InvalidDefinition("guard", (_UNNAMED.problem(),))
    return Guard(name, given)


def _not_a_guard(given: object) -> InvalidDefinition:
    return InvalidDefinition("guard", (_NO_GUARD.problem(found=type(given).__name__),))
