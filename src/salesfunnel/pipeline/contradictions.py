"""
What is plain about guards without asking them: which exclude each other.

Found are a guard and its negation, values of which none is in both lists, and an empty span such as
below 5 and above 9. Two comparisons of one fact are tried on the values that they name, on those
between them, and on those beyond. Nothing is known of a function but that it is the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from ..rules.rule import Rule
from ..values.money import Money
from .guard import Guard

Condition = Rule | Guard
Conditions = frozenset[Condition]

_COMPARISONS = frozenset({"eq", "one_of", "between", "lt", "le", "gt", "ge"})
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def conditions_of(guards: Iterable[Guard]) -> Conditions:
    """List the single conditions that guards ask for together."""
    return frozenset(condition for guard in guards for condition in _singles(guard))


def contradiction(conditions: Conditions) -> tuple[str, str] | None:
    """Return two conditions, in words, that plainly can never be met together."""
    rules = sorted((c for c in conditions if isinstance(c, Rule)), key=str)
    for rule in rules:
        if rule.op == "not" and frozenset(_singles(rule.parts[0])) <= conditions:
            return str(rule.parts[0]), str(rule)
    compared = [rule for rule in rules if rule.op in _COMPARISONS]
    for one, other in combinations(compared, 2):
        if one.path == other.path and not any(_are_met(one, other, v) for v in _tries(one, other)):
            return str(one), str(other)
    return None


def _singles(condition: Condition) -> Iterator[Condition]:
    """Take apart a rule that joins others by *all*."""
    check = condition.check if isinstance(condition, Guard) else condition
    if not isinstance(check, Rule):
        yield condition
    elif check.op == "all":
        for part in check.parts:
            yield from _singles(part)
    else:
        yield check


def _are_met(one: Rule, other: Rule, value: object) -> bool:
    row: Any = value
    for name in reversed(one.path.split(".")):
        row = {name: row}
    return all(rule.holds(row, at=_ANY_TIME) for rule in (one, other))


def _tries(*rules: Rule) -> Iterator[object]:
    """List values that decide whether comparisons can be met together."""
    named = [
        v for r in rules for v in (r.operand if isinstance(r.operand, tuple) else (r.operand,))
    ]
    yield from named
    sized: list[Any] = [v for v in named if not isinstance(v, (bool, str))]
    try:
        ordered = sorted(sized)
    except (TypeError, ValueError):  # of different kinds, so that no value meets them all
        return
    for low, high in pairwise(ordered):
        yield low + (high - low) / 2 if isinstance(low, (date, datetime)) else _middle(low, high)
    if ordered:
        step = _step(ordered[0])
        yield from (ordered[0] - step, ordered[-1] + step)


def _middle(low: Any, high: Any) -> object:  # noqa: ANN401 - numbers or amounts
    half = Decimal("0.5")
    return (low + high) * half


def _step(value: object) -> Any:  # noqa: ANN401 - what can be added to the value
    if isinstance(value, (date, datetime)):
        return timedelta(days=1)
    return Money(1, value.currency) if isinstance(value, Money) else 1
