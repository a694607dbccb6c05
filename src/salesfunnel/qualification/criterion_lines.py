"""
The straight lines that ask one criterion: read a fact, judge it where it is plain, and go on.

A plain fact is of exactly one class: yes or no, a whole number, an ASCII word. Every other is left
to the rule's own function, which always says the same. What follows from an answer is written in
both places, since Python compares fast only where it branches at once.
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

Test = tuple[LiteralString, LiteralString]
"""What a plain fact is, and what it must be to meet a criterion."""

_TRUTH: LiteralString = "fact is True or fact is False"
_WORD: LiteralString = "type(fact) is str and fact.isascii() and fact.isalnum()"
_WHOLE: LiteralString = "type(fact) is int"

_YES: Test = (_TRUTH, "fact")
_NO: Test = (_TRUTH, "not fact")
_SPELT: Test = (_WORD, "fact.lower() in {keys}")
_SIZES: Mapping[str, Test] = MappingProxyType(
    {
        "between": (_WHOLE, "{low} <= fact <= {high}"),
        "eq": (_WHOLE, "fact == {low}"),
        "ge": (_WHOLE, "fact >= {low}"),
        "gt": (_WHOLE, "fact > {low}"),
        "le": (_WHOLE, "fact <= {low}"),
        "lt": (_WHOLE, "fact < {low}"),
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
_IF: LiteralString = """
        if """
_AND_IF: LiteralString = """:
            if """
_THEN: LiteralString = ":"
_OR_ELSE: LiteralString = """
            else:"""
_IF_KNOWN: LiteralString = """
        elif fact is not None:"""
_IF_UNKNOWN: LiteralString = """
        elif fact is None:"""
_OTHERWISE: LiteralString = """
        else:"""
_ALWAYS: LiteralString = """
        if True:"""
_JUDGE: LiteralString = """
            truth = {judge}(lead, at)
            if truth is True:"""
_IF_NOT: LiteralString = """
            elif truth is False:"""


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


def asking(
    criterion: Criterion,
    ways: Ways,
    yes: LiteralString,
    no: LiteralString,
    unknown: LiteralString = "",
) -> Lines:
    """
    Write the lines that ask a plain criterion, and do what follows from the answer.

    What follows are lines of their own, indented by sixteen blanks.

    >>> from salesfunnel.rules import field
    >>> small = Criterion("small", field("employees") <= 200)
    >>> asking(small, ((),), "", "").template.split()[:3]
    ['fact', '=', 'get{place}({name})']
    """
    judged = _JUDGE + yes + _IF_NOT + no + (_OR_ELSE + unknown if unknown else "")
    values: dict[str, object] = {"judge": criterion.compiled()}
    quick_test = _quick_test(criterion)
    if quick_test is None:
        return Lines(_ALWAYS + judged, values)
    plain, met = quick_test
    *way, name = _way(criterion)
    values |= {"name": name, "answer": Answer, **_limits(_rule(criterion))}
    read: LiteralString = _READ + _SAID if way else _READ
    at_once = _IF + plain + _AND_IF + met + _THEN + yes + _OR_ELSE + no
    if_odd: LiteralString = _IF_UNKNOWN + unknown + _OTHERWISE if unknown else _IF_KNOWN
    template = read + at_once + if_odd + judged
    return Lines(template, values, ways.index(tuple(way)))


def _quick_test(criterion: Criterion) -> Test | None:
    """Choose the test of a plain comparison; all else has none."""
    rule = _rule(criterion)
    kinds = set(map(type, _operands(rule)))
    if rule.op == "eq" and kinds == {bool}:
        return _YES if rule.operand else _NO
    if rule.op in ("eq", "one_of") and kinds == {str}:
        return _SPELT
    return _SIZES.get(rule.op) if kinds == {int} else None


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
