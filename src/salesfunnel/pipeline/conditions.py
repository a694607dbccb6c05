"""
What can be told about guards without asking them: which ask for the same, and which exclude.

A rule that joins others by *all* asks for each of them; what is left are single conditions. Nothing
is known of a function but that it is the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from ..rules.comparisons import measure
from ..rules.rule import Rule
from .guard import Guard

Condition = Rule | Guard
Conditions = frozenset[Condition]


def conditions_of(guards: Iterable[Guard]) -> Conditions:
    """List the single conditions that guards ask for together."""
    return frozenset([condition for guard in guards for condition in _singles(guard)])


def contradiction(conditions: Conditions) -> tuple[str, str] | None:
    """Return two conditions, in words, that can never both be met, or ``None``."""
    if len(conditions) <= 1:
        return None
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
    """Tell whether two rules about one fact leave it no value: below 3, and above 5."""
    some, others = _spans(one), _spans(other)
    apart = all(_apart(span, its_span) for span in some for its_span in others)
    return bool(some and others) and apart


class _Span(NamedTuple):
    """The values of one kind from one to another, with or without these; ``None`` is endless."""

    kind: str
    low: Any
    high: Any
    is_open: bool = False


def _spans(rule: Rule) -> list[_Span]:
    """List the spans in which a rule holds; none if that is not known."""
    values = rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)
    measured = [measure(value) for value in values]
    if rule.op in ("eq", "one_of"):
        return [_Span(kind, value, value) for kind, value in measured]
    kind, value = measured[0]
    if rule.op == "between":
        return [_Span(kind, value, measured[1][1])]
    if rule.op in ("lt", "le"):
        return [_Span(kind, None, value, is_open=rule.op == "lt")]
    return [_Span(kind, value, None, is_open=rule.op == "gt")] if rule.op in ("gt", "ge") else []


def _apart(one: _Span, other: _Span) -> bool:
    """Tell whether two spans share no value; of two kinds nothing is said."""
    return one.kind == other.kind and (_before(one, other) or _before(other, one))


def _before(one: _Span, other: _Span) -> bool:
    if one.high is None or other.low is None:
        return False
    return bool(one.high < other.low) or (
        bool(one.high == other.low) and (one.is_open or other.is_open)
    )
