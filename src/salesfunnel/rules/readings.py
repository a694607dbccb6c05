"""
Tests of the most frequent kinds: a plain yes or no, numbers and days, a text spelt just so.

Each reads and judges a fact of exactly one class, and leaves every other to the full judgement.
Each becomes straight lines, since one call more would cost as much as the comparison itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, LiteralString, cast

from ..values.straight_lines import Lines, function_of
from .facts import ROW, step
from .truth import Truth

Compiled = Callable[[Any, datetime], Truth]
"""What a rule becomes: a function of subject and instant that never raises."""

_START: LiteralString = """
def run(lead, at):
    try:"""
_ENTER: LiteralString = """
        lead = lead.get({outer}) if type(lead) is {row} else {step}(lead, {outer}, at)"""
_READ: LiteralString = """
        fact = lead.get({name}) if type(lead) is {row} else {step}(lead, {name}, at)
        return """
# Whatever a host's object raises, the fact is unknown, see `facts`.
_ELSE: LiteralString = """{judge}(fact, at)
    except Exception:
        return None"""

_YES_OR_NO: LiteralString = "fact is {low} if fact is True or fact is False else "
_SPELT: LiteralString = "True if type(fact) is str and fact in {options} else "
_SIZES: Mapping[str, LiteralString] = MappingProxyType(
    {
        "between": "{low} <= fact <= {high} if type(fact) is {kind} else ",
        "eq": "fact == {low} if type(fact) is {kind} else ",
        "ge": "fact >= {low} if type(fact) is {kind} else ",
        "gt": "fact > {low} if type(fact) is {kind} else ",
        "le": "fact <= {low} if type(fact) is {kind} else ",
        "lt": "fact < {low} if type(fact) is {kind} else ",
    }
)


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
    kind: type = type(cast("object", options[0]))
    alike = all(type(option) is kind for option in options)
    template = _START + ("" if outer is None else _ENTER) + _READ
    values = {
        "outer": outer,
        "name": name,
        "row": ROW,
        "step": step,
        "low": options[0],
        "high": options[-1],
        "options": frozenset(options) if alike and kind is str else None,
        "kind": kind,
        "judge": judge,
    }
    return function_of([Lines(template + (_test(op, kind) if alike else "") + _ELSE, values)])


def _test(op: str, kind: type) -> LiteralString:
    """Choose the template for operands of one kind; those of other kinds have none."""
    if kind is bool and op == "eq":
        return _YES_OR_NO
    if kind is str and op in ("eq", "one_of"):
        return _SPELT
    return _SIZES.get(op, "") if kind in (int, date) else ""
