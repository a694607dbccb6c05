"""
Spans: between which values a fact lies when a comparison is true of it, or false.

A bracket of sizes lies within one span as a whole, or the comparison is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..rules.kinds import measure
from ..rules.rule import Rule

_LAST = "\U0010ffff"  # comes after every character with which a text may go on
_AGES = ("within", "older_than", "due_within")
_YES_OR_NO, _AGE = "yes or no", "age in days"


class Span(NamedTuple):
    """The values of one kind from one to another, with or without these; ``None`` is endless."""

    kind: str
    low: Any = None
    high: Any = None
    above: bool = False
    below: bool = False


_ONE_SPAN: Mapping[str, Callable[[str, Any], Span]] = MappingProxyType(
    {
        "lt": lambda kind, value: Span(kind, None, value, below=True),
        "le": lambda kind, value: Span(kind, None, value),
        "gt": lambda kind, value: Span(kind, value, None, above=True),
        "ge": lambda kind, value: Span(kind, value, None),
        "starts_with": lambda kind, value: Span(kind, value, value + _LAST),
        "within": lambda kind, value: Span(kind, 0, value),
        "older_than": lambda kind, value: Span(kind, value, None, above=True),
        "due_within": lambda kind, value: Span(kind, -value, 0),
    }
)


def spans_of(rule: Rule, *, truth: bool) -> list[Span] | None:
    """
    List the spans of one kind in which a comparison is true, or false; ``None`` if not known.

    >>> from salesfunnel.rules import field
    >>> spans_of(field("amount") < 9, truth=False)
    [Span(kind='a number', low=9, high=None, above=False, below=False)]
    """
    if rule.op not in _ONE_SPAN and rule.op not in ("eq", "one_of", "between"):
        return None
    values = rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)
    measured: list[tuple[str, Any]] = (
        [(_AGE, days) for days in values] if rule.op in _AGES else [*map(measure, values)]
    )
    kind, value = measured[0]
    if any(its_kind != kind for its_kind, _ in measured):
        return None
    spans: list[Span]
    if rule.op in ("eq", "one_of"):
        points = {value for _, value in measured}
        if kind == _YES_OR_NO:
            return [Span(kind, v, v) for v in (False, True) if (v in points) is truth]
        spans = [Span(kind, v, v) for v in sorted(points)]
    elif rule.op == "between":
        spans = [Span(kind, value, measured[1][1])]
    else:
        spans = [_ONE_SPAN[rule.op](kind, value)]
    return spans if truth else _gaps(spans)


def common(some: list[Span], others: list[Span]) -> list[Span]:
    """
    List what two lists of spans of one kind share; both are in order, and so is the result.

    >>> common([Span("number", 1, 5)], [Span("number", 5, 5, above=True)])
    []
    """
    found: list[Span] = []
    left, right = iter(some), iter(others)
    one, other = next(left, None), next(right, None)
    while one and other:
        low = max(one, other, key=_beginning)
        high = min(one, other, key=_end)
        both = Span(one.kind, low.low, high.high, low.above, high.below)
        if _holds_anything(both):
            found.append(both)
        if high is one:
            one = next(left, None)
        else:
            other = next(right, None)
    return found


def _gaps(spans: Iterable[Span]) -> list[Span]:
    """List what lies before, between and behind spans that are in order."""
    found: list[Span] = []
    before: Span | None = None
    for span in spans:
        if span.low is not None:
            low, above = (before.high, not before.below) if before else (None, False)
            found.append(Span(span.kind, low, span.low, above, not span.above))
        before = span
    if before and before.high is not None:
        found.append(Span(before.kind, before.high, None, above=not before.below))
    return found


def _beginning(span: Span) -> tuple[bool, Any, bool]:
    return span.low is not None, span.low, span.above


def _end(span: Span) -> tuple[bool, Any, bool]:
    return span.high is None, span.high, not span.below


def _holds_anything(span: Span) -> bool:
    if span.low is None or span.high is None:
        return True
    if span.low == span.high:
        return not (span.above or span.below)
    return bool(span.low < span.high)
