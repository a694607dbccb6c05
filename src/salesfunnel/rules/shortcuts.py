"""
Shortcuts for the facts that are most frequent: numbers, days, amounts, texts, a plain yes or no.

A shortcut judges facts of exactly one class, as `comparison` would, without asking what they are.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from typing import Any

from .texts import text_key
from .truth import Truth

Shortcut = tuple[type, Callable[[Any, Any], Truth], Any]
"""The class of fact, a function of fact and operand, and the operand as that function wants it."""

_NONE: Shortcut = (type(None), operator.is_not, None)


def shortcut(op: str, operand: Any) -> Shortcut:  # noqa: ANN401 - checked when the rule was made
    """Find the shortcut of a comparison; where there is none, one that meets no fact at all."""
    options = operand if isinstance(operand, tuple) else (operand,)
    classes = {type(option) for option in options}
    kind = classes.pop() if len(classes) == 1 else None
    if kind in (int, date):
        return _of_numbers_and_days(op, operand, kind)
    if kind is str:
        return _of_texts(op, operand)
    if kind is bool and op == "eq":
        return bool, operator.is_, operand
    return _NONE


def _of_numbers_and_days(op: str, operand: Any, kind: type) -> Shortcut:  # noqa: ANN401 - checked
    if op in ("eq", "lt", "le", "gt", "ge"):
        return kind, getattr(operator, op), operand
    if op == "between":
        return kind, _lies_between, operand
    return (kind, _is_among, frozenset(operand)) if op == "one_of" else _NONE


def _of_texts(op: str, operand: Any) -> Shortcut:  # noqa: ANN401 - checked
    if op in ("eq", "one_of"):
        options = (operand,) if op == "eq" else operand
        return str, _is_spelt, (frozenset(options), frozenset(map(text_key, options)))
    return _NONE


def _lies_between(fact: Any, ends: tuple[Any, Any]) -> bool:  # noqa: ANN401 - numbers or days
    return bool(ends[0] <= fact <= ends[1])


def _is_among(fact: object, options: frozenset[object]) -> bool:
    return fact in options


def _is_spelt(fact: str, options: tuple[frozenset[str], frozenset[str | None]]) -> Truth:
    if fact in options[0]:
        return True
    key = text_key(fact)
    return None if key is None else key in options[1]
