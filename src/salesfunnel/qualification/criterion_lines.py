"""
The straight lines that ask one criterion: read a fact, and judge it where it is plain.

A plain fact is of exactly one class: yes or no, a whole number, an ASCII word. Every other is left
to the rule's own function, which always says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, LiteralString, cast

from ..rules.facts import ROW, path_names, step
from ..rules.rule import Rule
from ..rules.texts import text_key
from ..values.answer import Answer
from ..values.straight_lines import Lines
from .criterion import Criterion

Ways = tuple[tuple[str, ...], ...]
"""The places of a lead from which facts are read, each as the names on the way there."""

_YES: LiteralString = "fact if fact is True or fact is False"
_NO: LiteralString = "not fact if fact is True or fact is False"
_SPELT: LiteralString = (
    "fact.lower() in {keys} if type(fact) is str and fact.isascii() and fact.isalnum()"
)
_SIZES: Mapping[str, LiteralString] = MappingProxyType(
    {
        "between": "{low} <= fact <= {high} if type(fact) is int",
        "eq": "fact == {low} if type(fact) is int",
        "ge": "fact >= {low} if type(fact) is int",
        "gt": "fact > {low} if type(fact) is int",
        "le": "fact <= {low} if type(fact) is int",
        "lt": "fact < {low} if type(fact) is int",
    }
)

_GO: LiteralString = """
        get{place} = {odd} if careful else {go}(lead, at)"""
_STAY: LiteralString = """
        get{place} = {odd} if careful else lead.get if type(lead) is {row} else {go}(lead, at)"""
_READ: LiteralString = """
        fact = get{place}({name})"""
_SAID: LiteralString = """
        if type(fact) is {answer} and fact.expires is None:
            fact = fact.value"""
_JUDGE: LiteralString = """
        truth = """
_ELSE: LiteralString = " else None if fact is None else {judge}(lead, at)"
_ASK: LiteralString = """
        truth = {judge}(lead, at)"""


def ways_of(criteria: list[Criterion]) -> Ways:
    """
    List the places from which plain criteria read, each once.

    >>> from salesfunnel.rules import yes
    >>> ways_of([Criterion("need", yes("answers.need")), Criterion("demo", yes("demo"))])
    (('answers',), ())
    """
    return tuple(dict.fromkeys(_way(c)[:-1] for c in criteria if _quick_test(c)))


def going(ways: Ways) -> list[Lines]:
    """
    Write the lines that go to each place once, and keep how facts are read there.

    >>> len(going((("answers",), ())))
    2
    """
    return [
        Lines(_GO if way else _STAY, {"odd": _odd, "go": _goer(way), "row": ROW}, place)
        for place, way in enumerate(ways)
    ]


def asking(criterion: Criterion, ways: Ways) -> Lines:
    """
    Write the lines that set ``truth`` to what a plain criterion says of a lead.

    >>> from salesfunnel.rules import field
    >>> small = Criterion("small", field("employees") <= 200)
    >>> asking(small, ((),)).template.split()[:3]
    ['fact', '=', 'get{place}({name})']
    """
    test = _quick_test(criterion)
    values: dict[str, object] = {"judge": criterion.compiled()}
    if not test:
        return Lines(_ASK, values)
    *way, name = _way(criterion)
    values |= {"name": name, "answer": Answer, **_limits(_rule(criterion))}
    said: LiteralString = _SAID if way else ""
    return Lines(_READ + said + _JUDGE + test + _ELSE, values, ways.index(tuple(way)))


def _quick_test(criterion: Criterion) -> LiteralString:
    """Choose the template of a plain comparison; all else has none."""
    rule = _rule(criterion)
    kinds = set(map(type, _operands(rule)))
    if rule.op == "eq" and kinds == {bool}:
        return _YES if rule.operand else _NO
    if rule.op in ("eq", "one_of") and kinds == {str}:
        return _SPELT
    return _SIZES.get(rule.op, "") if kinds == {int} else ""


def _limits(rule: Rule) -> dict[str, object]:
    operands = _operands(rule)
    return {
        "low": operands[0],
        "high": operands[-1],
        "keys": frozenset(text_key(o) for o in operands if isinstance(o, str)),
    }


def _rule(criterion: Criterion) -> Rule:
    return cast("Rule", criterion.rule)  # all others are asked each time


def _operands(rule: Rule) -> tuple[Any, ...]:
    return rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)


def _way(criterion: Criterion) -> tuple[str, ...]:
    return path_names(criterion.reads[0])


def _goer(way: tuple[str, ...]) -> Callable[[Any, datetime], Callable[[str], Any]]:
    def go(lead: Any, at: datetime) -> Callable[[str], Any]:  # noqa: ANN401 - a row will do as well
        found: Any = lead
        for name in way:
            found = found.get(name) if type(found) is ROW else step(found, name, at)
        if type(found) is ROW:
            get: Callable[[str], Any] = found.get
            return get
        return lambda name: step(found, name, at)

    return go


def _odd(_name: str) -> object:
    """Read something that is no plain fact, so that each rule reads for itself."""
    return _odd
