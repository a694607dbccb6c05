"""
What is plain about guards without asking them: what they ask for, and what excludes each other.

Found are a guard and its negation, lists of values that share none, and an empty span such as below
5 and above 9. Nothing is known of a function but that it is the same function.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

import attrs

from ..rules.kinds import measure
from ..rules.rule import Rule
from .guard import Guard

Condition = Rule | Guard
Conditions = frozenset[Condition]

_LISTS = frozenset({"eq", "one_of"})
_LOWER: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "between": operator.ge,
}
_UPPER: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "between": operator.le,
}
_OPPOSITE = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt"}
_COMPARISONS = _LISTS | _LOWER.keys() | _UPPER.keys()


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
        if one.path == other.path and _exclude(one, other):
            return str(one), str(other)
    return None


def ask_no_more(one: Conditions, other: Conditions) -> bool:
    """Tell whether all that one asks for is plainly asked for by the other as well."""
    missing = one - other
    return all(any(_implies(given, wanted) for given in other) for wanted in missing)


def _implies(given: Condition, wanted: Condition) -> bool:
    """Tell whether one comparison of a fact leaves nothing that another does not let in."""
    if not isinstance(given, Rule) or not isinstance(wanted, Rule) or given.path != wanted.path:
        return False
    if given.op not in _COMPARISONS or wanted.op not in _OPPOSITE:
        return False
    return _exclude(given, attrs.evolve(wanted, op=_OPPOSITE[wanted.op]))


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


def _exclude(one: Rule, other: Rule) -> bool:
    """Tell whether no value meets two comparisons of one fact with values of one kind."""
    (kinds, values), (other_kinds, other_values) = _operands(one), _operands(other)
    if len(kinds | other_kinds) > 1:
        return False
    if one.op in _LISTS:
        return not any(_meets(value, other.op, other_values) for value in values)
    if other.op in _LISTS:
        return not any(_meets(value, one.op, values) for value in other_values)
    return _is_empty(one.op, values, other.op, other_values) or _is_empty(
        other.op, other_values, one.op, values
    )


def _operands(rule: Rule) -> tuple[set[str], list[Any]]:
    operands = rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)
    measured = [measure(operand) for operand in operands]
    return {kind for kind, _ in measured}, [value for _, value in measured]


def _meets(value: Any, op: str, operands: list[Any]) -> bool:  # noqa: ANN401 - of any kind
    if op in _LISTS:
        return value in operands
    above, below = _LOWER.get(op), _UPPER.get(op)
    return not (above and not above(value, operands[0])) and not (
        below and not below(value, operands[-1])
    )


def _is_empty(lower: str, lows: list[Any], upper: str, highs: list[Any]) -> bool:
    """Tell whether nothing lies above the lower bound of one and below the upper of the other."""
    above, below = _LOWER.get(lower), _UPPER.get(upper)
    if above is None or below is None:
        return False
    return not above(highs[-1], lows[0]) or not below(lows[0], highs[-1])
