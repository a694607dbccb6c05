"""
The operators of rules in SQL, a row for each; a test demands that none is missing.

Texts are not here: each text of a column is judged once by the rule itself, so that match keys are
exactly those of the library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from .fact_texts import FactText
from .truth_texts import TruthText, all_hold, enough_hold

InSql = Callable[[FactText, Any, datetime], TruthText]
_NO_TIME = timedelta()


def _sized(sign: str) -> InSql:
    return lambda fact, operand, _at: fact.compared(sign, operand)


def _between(fact: FactText, ends: Any, _at: datetime) -> TruthText:  # noqa: ANN401 - an operand
    return all_hold([fact.compared(">=", ends[0]), fact.compared("<=", ends[1])])


def _one_of(fact: FactText, options: Any, _at: datetime) -> TruthText:  # noqa: ANN401 - an operand
    return enough_hold(1, [fact.compared("=", option) for option in options])


def _within(fact: FactText, days: int, at: datetime) -> TruthText:
    return all_hold([fact.since(timedelta(days), at, ">="), fact.since(_NO_TIME, at, "<=")])


def _older_than(fact: FactText, days: int, at: datetime) -> TruthText:
    return fact.since(timedelta(days), at, "<")


def _due_within(fact: FactText, days: int, at: datetime) -> TruthText:
    return all_hold([fact.since(_NO_TIME, at, ">="), fact.since(-timedelta(days), at, "<=")])


def _answered(fact: FactText, _operand: None, _at: datetime) -> TruthText:
    return TruthText(f"({fact.known})", f"(NOT ({fact.known}))")


IN_SQL: Mapping[str, InSql] = MappingProxyType(
    {
        "eq": _sized("="),
        "lt": _sized("<"),
        "le": _sized("<="),
        "gt": _sized(">"),
        "ge": _sized(">="),
        "between": _between,
        "one_of": _one_of,
        "within": _within,
        "older_than": _older_than,
        "due_within": _due_within,
        "answered": _answered,
    }
)
"""What each operator does on a column that holds no texts, by its name."""
