"""
The operators of rules, a row for each: its words, its operand, its comparison, and its JSON.

A new operator is a row here and a method of `Fact`; a test names the pages, the strategies and the
oracle in which it is missing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import attrs

from . import operands
from .comparisons import (
    NO_SHORTCUT,
    FactTest,
    Shortcut,
    affix,
    aged,
    any_fact,
    between,
    contains,
    equal,
    equal_shortcut,
    one_of,
    size_shortcut,
    sized,
)
from .kinds import COLLECTION, DAY, MOMENT, NO_ZONE, TEXT, YES_OR_NO, measure
from .operands import Operand
from .truth import Truth


def _no_shortcut(_operand: Operand) -> Shortcut:
    return NO_SHORTCUT


def _alike(operand: Any) -> tuple[str, ...]:  # noqa: ANN401 - checked when the rule was made
    """List the kinds of what it is compared with; a moment falls on a day."""
    several = operand if isinstance(operand, tuple) else (operand,)
    kinds = tuple(dict.fromkeys(measure(each)[0] for each in several))
    return (*kinds, MOMENT) if DAY in kinds and MOMENT not in kinds else kinds


@attrs.frozen
class Operator:
    """
    One way to test a fact.

    ``words`` have a pair of braces for the operand. ``method`` is the method of `Fact` that makes
    such a rule. ``check`` lets in the operand, ``compare`` makes the comparison with it, and
    ``shortcut`` a faster one for facts of one class. ``fits`` lists the kinds of facts that can be
    compared at all. In JSON its ``name`` stands before the path and the operand.

    >>> OPERATORS["le"].in_words(200)
    'at most 200'
    """

    name: str
    words: str
    method: str
    check: Callable[[str, object], Operand] = attrs.field(repr=False)
    compare: Callable[[Any], FactTest] = attrs.field(repr=False)
    shortcut: Callable[[Any], Shortcut] = attrs.field(default=_no_shortcut, repr=False)
    fits: Callable[[Any], tuple[str, ...]] = attrs.field(default=_alike, repr=False)
    if_unknown: Truth = None

    @property
    def takes_several(self) -> bool:
        """Whether it compares with several values, which follow each other in JSON."""
        return self.check in (operands.some_values, operands.two_ends)

    @property
    def is_age(self) -> bool:
        """Whether it compares how long ago or how far ahead a day is, seen from an instant."""
        return self.check is operands.day_count

    def in_words(self, operand: Operand) -> str:
        """
        Say the operator with what it compares with.

        >>> OPERATORS["between"].in_words((51, 200)), OPERATORS["one_of"].in_words(("IR", "AM"))
        ('between 51 and 200', 'one of IR, AM')
        """
        said = [str(each) for each in (operand if isinstance(operand, tuple) else (operand,))]
        if self.words.count("{}") != len(said):
            said = [", ".join(said)]
        return self.words.format(*said)


def _within(age: timedelta, span: timedelta) -> bool:
    return timedelta(0) <= age <= span


def _due_within(age: timedelta, span: timedelta) -> bool:
    return timedelta(0) <= -age <= span


def _lies_between(fact: Any, ends: Any) -> bool:  # noqa: ANN401 - numbers or days
    return bool(ends[0] <= fact <= ends[1])


def _texts(_operand: Operand) -> tuple[str, ...]:
    return (TEXT,)


def _texts_and_lists(operand: Operand) -> tuple[str, ...]:
    return (TEXT, COLLECTION) if isinstance(operand, str) else (COLLECTION,)


def _dates(_operand: Operand) -> tuple[str, ...]:
    return DAY, MOMENT


def _size(name: str, words: str, compare: Callable[[Any, Any], bool]) -> Operator:
    method = f"__{name}__"
    return Operator(
        name, words, method, operands.sized_value, sized(compare), size_shortcut(compare)
    )


def _age(name: str, words: str, fits: Callable[[timedelta, timedelta], bool]) -> Operator:
    return Operator(name, words, name, operands.day_count, aged(fits), fits=_dates)


def _affix(name: str, words: str, is_there: Callable[[str, str], bool]) -> Operator:
    return Operator(name, words, name, operands.shown_text, affix(is_there), fits=_texts)


def _by_name(rows: Iterable[Operator]) -> Mapping[str, Operator]:
    return MappingProxyType({row.name: row for row in rows})


OPERATORS = _by_name(
    [
        Operator("eq", "is {}", "is_", operands.one_value, equal, equal_shortcut),
        _size("lt", "below {}", operator.lt),
        _size("le", "at most {}", operator.le),
        _size("gt", "above {}", operator.gt),
        _size("ge", "at least {}", operator.ge),
        Operator(
            "between",
            "between {} and {}",
            "between",
            operands.two_ends,
            between,
            size_shortcut(_lies_between),
        ),
        Operator("one_of", "one of {}", "one_of", operands.some_values, one_of, equal_shortcut),
        _affix("starts_with", "begins with {}", str.startswith),
        _affix("ends_with", "ends with {}", str.endswith),
        Operator(
            "contains",
            "contains {}",
            "contains",
            operands.one_value,
            contains,
            fits=_texts_and_lists,
        ),
        _age("within", "within the last {} days", _within),
        _age("older_than", "older than {} days", operator.gt),
        _age("due_within", "due within {} days", _due_within),
        Operator(
            "answered", "is answered", "answered", operands.no_operand, any_fact, if_unknown=False
        ),
    ]
)
"""Every test of one fact, by its name."""

JOINTS: Mapping[str, str] = MappingProxyType(
    {"all": "all of", "at_least": "at least {} of", "not": "not"}
)
"""What joins rules, by name, with its words."""


def may_be_known(kind: str, name: str, operand: Any) -> bool:  # noqa: ANN401 - checked when the rule was made
    """
    Tell whether facts of one kind can tell anything to an operator; a text may be a yes or no.

    >>> may_be_known("a number", "eq", 5), may_be_known("a number", "eq", True)
    (True, False)
    >>> may_be_known("a text", "eq", True), may_be_known("a text", "gt", 5)
    (True, False)
    """
    fits = OPERATORS[name].fits(operand)
    if name == "answered" or kind in fits:
        return True
    if kind == TEXT:
        return YES_OR_NO in fits
    # Without a zone a moment has no age; on which day it was it tells.
    return kind == NO_ZONE and DAY in fits and type(operand) is not int
