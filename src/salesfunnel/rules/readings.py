"""
Tests of the most frequent kinds: a plain yes or no, numbers and days, a text spelt just so.

Each reads and judges a fact of exactly one class, and leaves every other to the full judgement.
Each is written out in full, since one call more would cost as much as the comparison itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

from .facts import ROW, step
from .truth import Truth

Compiled = Callable[[Any, datetime], Truth]
"""What a rule becomes: a function of subject and instant that never raises."""


def compile_reading(
    op: str, operand: object, way: tuple[str | None, str], judge: Compiled
) -> Compiled:
    """
    Compile a test of one fact. Where the way begins with ``None``, the subject itself has the fact.

    >>> from datetime import UTC, datetime
    >>> small = compile_reading("le", 200, (None, "employees"), lambda fact, at: None)
    >>> small({"employees": 40}, datetime(2026, 3, 2, tzinfo=UTC))
    True
    """
    outer, name = way
    options: tuple[Any, ...] = operand if isinstance(operand, tuple) else (operand,)
    kind: type | None = type(cast("object", options[0]))
    if any(type(option) is not kind for option in options):
        kind = None
    if kind is bool and op == "eq":
        return _yes_or_no(outer, name, operand, judge)
    if kind is str and op in ("eq", "one_of"):
        return _spelt(outer, name, frozenset(options), judge)
    if kind in (int, date) and op in _SIZES:
        return _SIZES[op](outer, name, options, judge)
    return _other(outer, name, judge)


def _yes_or_no(outer: str | None, name: str, wanted: object, judge: Compiled) -> Compiled:
    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return fact is wanted if fact is True or fact is False else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _spelt(outer: str | None, name: str, options: frozenset[str], judge: Compiled) -> Compiled:
    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return True if type(fact) is str and fact in options else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _at_most(outer: str | None, name: str, ends: tuple[Any, ...], judge: Compiled) -> Compiled:
    high: Any = ends[0]
    kind = type(cast("object", high))

    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return fact <= high if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _below(outer: str | None, name: str, ends: tuple[Any, ...], judge: Compiled) -> Compiled:
    high: Any = ends[0]
    kind = type(cast("object", high))

    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return fact < high if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _at_least(outer: str | None, name: str, ends: tuple[Any, ...], judge: Compiled) -> Compiled:
    low: Any = ends[0]
    kind = type(cast("object", low))

    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return fact >= low if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _above(outer: str | None, name: str, ends: tuple[Any, ...], judge: Compiled) -> Compiled:
    low: Any = ends[0]
    kind = type(cast("object", low))

    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return fact > low if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _between(outer: str | None, name: str, ends: tuple[Any, ...], judge: Compiled) -> Compiled:
    low, high = ends[0], ends[-1]
    kind = type(cast("object", low))

    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return low <= fact <= high if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


def _other(outer: str | None, name: str, judge: Compiled) -> Compiled:
    def test(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            if outer is not None:
                lead = lead.get(outer) if type(lead) is ROW else step(lead, outer, at)
            fact = lead.get(name) if type(lead) is ROW else step(lead, name, at)
            return judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test


_SIZES: Mapping[str, Callable[[str | None, str, tuple[Any, ...], Compiled], Compiled]] = (
    MappingProxyType(
        {
            "between": _between,
            "eq": _between,
            "ge": _at_least,
            "gt": _above,
            "le": _at_most,
            "lt": _below,
        }
    )
)
