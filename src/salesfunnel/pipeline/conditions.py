"""
What can be told about guards without asking them: which ask for the same, and which exclude.

A rule that joins others by *all* asks for each of them; what is left are single conditions. Nothing
is known of a function but that it is the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from ..rules.comparisons import measure
from ..rules.rule import Rule
from .guard import Guard

Condition = Rule | Guard
Conditions = frozenset[Condition]

_OPPOSITES = frozenset({("lt", "ge"), ("le", "gt")})


def conditions_of(guards: Iterable[Guard]) -> Conditions:
    """List the single conditions that guards ask for together."""
    return frozenset([condition for guard in guards for condition in _singles(guard)])


def contradiction(conditions: Conditions) -> tuple[str, str] | None:
    """Return two conditions, in words, that can never both be met, or ``None``."""
    rules = [condition for condition in conditions if isinstance(condition, Rule)]
    for rule in rules:
        if rule.op == "not" and frozenset(_singles(rule.parts[0])) <= conditions:
            return str(rule.parts[0]), str(rule)
    for one, other in combinations(sorted(rules, key=str), 2):
        if one.path and one.path == other.path and _exclude(one, other):
            return str(one), str(other)
    return None


def exclude_each_other(some: Conditions, others: Conditions) -> bool:
    """Tell whether it is plain that two ways are never open at the same time."""
    return contradiction(some | others) is not None


def _singles(condition: Condition) -> Iterator[Condition]:
    check = condition.check if isinstance(condition, Guard) else condition
    if not isinstance(check, Rule):
        yield condition
    elif check.op == "all":
        for part in check.parts:
            yield from _singles(part)
    else:
        yield check


def _exclude(one: Rule, other: Rule) -> bool:
    """Tell whether two rules about one fact exclude each other: below 5, and at least 5."""
    if one.op == other.op == "eq":
        (kind, wanted), (other_kind, also_wanted) = measure(one.operand), measure(other.operand)
        return kind == other_kind and bool(wanted != also_wanted)
    pairs = {(one.op, other.op), (other.op, one.op)}
    return one.operand == other.operand and not pairs.isdisjoint(_OPPOSITES)
