"""
The operators of rules on columns, a row for each; a test demands that none is missing.

Texts are not here: each different text of a column is judged once by the rule itself, so that match
keys are exactly those of the library.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from .columns import Compare, FactColumn
from .engine import constant
from .truths import Truths, where_all, where_enough

OnColumn = Callable[[FactColumn, Any, datetime], Truths]
_NO_TIME = timedelta()


def _sized(compare: Compare) -> OnColumn:
    return lambda column, operand, _at: column.compared(compare, operand)


def _between(column: FactColumn, ends: Any, _at: datetime) -> Truths:  # noqa: ANN401 - an operand
    low, high = ends
    return where_all([column.compared(operator.ge, low), column.compared(operator.le, high)])


def _one_of(column: FactColumn, options: Any, _at: datetime) -> Truths:  # noqa: ANN401 - an operand
    return where_enough(1, [column.compared(operator.eq, option) for option in options])


def _within(column: FactColumn, days: int, at: datetime) -> Truths:
    begun = column.since(timedelta(days), at, operator.ge)
    return where_all([begun, column.since(_NO_TIME, at, operator.le)])


def _older_than(column: FactColumn, days: int, at: datetime) -> Truths:
    return column.since(timedelta(days), at, operator.lt)


def _due_within(column: FactColumn, days: int, at: datetime) -> Truths:
    ahead = column.since(_NO_TIME, at, operator.ge)
    return where_all([ahead, column.since(-timedelta(days), at, operator.le)])


def _answered(column: FactColumn, _operand: None, _at: datetime) -> Truths:
    return Truths(column.known, constant(True))


ON_COLUMNS: Mapping[str, OnColumn] = MappingProxyType(
    {
        "eq": _sized(operator.eq),
        "lt": _sized(operator.lt),
        "le": _sized(operator.le),
        "gt": _sized(operator.gt),
        "ge": _sized(operator.ge),
        "between": _between,
        "one_of": _one_of,
        "within": _within,
        "older_than": _older_than,
        "due_within": _due_within,
        "answered": _answered,
    }
)
"""What each operator does on a column that holds no texts, by its name."""
