"""
Rules as JSON: ``["all", ["le", "company.employees", 200], ["eq", "answers.need", true]]``.

A list is a rule: its operator, then its parts, or the path of its fact and what it is compared
with. An object is a value for which JSON has no word: an amount, an exact number, a day, a moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from ..errors import InvalidValue, Text, WrongKind
from ..values.codecs import problem_of
from ..values.document import (
    made_at,
    read_document,
    read_each,
    read_head,
    read_keys,
    read_list,
    read_text,
)
from ..values.money import Money
from ..values.numbers import exact_decimal
from .operands import refused
from .operators import JOINTS, OPERATORS
from .rule import DEEPEST, LARGEST, Rule

VERSION = 1

_RULE = "rule"
_FUNCTION = Text("function_is_not_data", "{function} is a plain function, which cannot be written")
_FUNCTION_READ = Text("function_in_data", "a plain function cannot be read")
_LIST = Text("not_a_rule", "a rule is a list that begins with an operator")
_VALUE = Text(
    "value_in_rule",
    "a value is true, false, a number, a text, or an object of one of four forms",
    '{{"money": "9.90", "currency": "EUR"}}, {{"decimal": "0.5"}}, {{"day": "2026-06-30"}} or '
    '{{"moment": "2026-03-02T09:00:00+00:00"}}',
)
_DATE = Text("date_in_rule", "cannot be read as a date", "write 2026-06-30")
_EXTENT = Text("rule_extent", "a rule has at most {most} parts, {deepest} deep")


def rule_to_json(rule: Rule) -> str:
    """
    Write a rule as JSON. Raises `InvalidDefinition` for a rule with a plain function in it.

    >>> from salesfunnel.rules import field
    >>> rule_to_json(field("company.employees") <= 200)
    '{"format": "salesfunnel.rule", "version": 1, "rule": ["le", "company.employees", 200]}'
    """
    document = {"format": "salesfunnel.rule", "version": VERSION, "rule": rule_to_data(rule)}
    return json.dumps(document, ensure_ascii=False)


def rule_from_json(text: str | bytes) -> Rule:
    """
    Read a rule, also from a stranger: `InvalidDefinition` names each problem and its place.

    >>> from salesfunnel.rules import field
    >>> small = field("company.employees") <= 200
    >>> rule_from_json(rule_to_json(small)) == small
    True
    """
    document = read_document(text, what="rule")
    read_head(document, what="rule", form="rule", version=VERSION)
    keys = ("format", "version", "rule")
    found = read_keys(document, what="rule", where="$", required=keys)
    return rule_from_data(found["rule"], where="$.rule")


def rule_to_data(rule: Rule) -> list[Any]:
    """
    Write a rule as the lists and values of JSON, to stand inside a larger document.

    >>> from salesfunnel.rules import yes
    >>> rule_to_data(~yes("answers.need"))
    ['not', ['eq', 'answers.need', True]]
    """
    given: object = rule
    if not isinstance(given, Rule):
        raise WrongKind.of("rule", rule, wanted='a rule, such as yes("answers.need")')
    if rule.function is not None:
        raise refused(_FUNCTION.problem(function=rule))
    operand = rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)
    values = [_value_to_data(value) for value in operand if value is not None]
    path = [rule.path] if rule.path else []
    return [rule.op, *path, *values, *map(rule_to_data, rule.parts)]


def rule_from_data(data: object, *, where: str = "$") -> Rule:
    """
    Read a rule out of a larger document, of which ``where`` names the place.

    >>> from salesfunnel.rules import yes
    >>> rule_from_data(["not", ["eq", "answers.need", True]]) == ~yes("answers.need")
    True
    """
    _check_extent(data, where)
    return _rule(data, where)


def _rule(data: object, where: str) -> Rule:
    items = read_list(data, what=_RULE, where=where) if isinstance(data, list) else []
    if not items or not isinstance(items[0][0], str):
        raise refused(_LIST.problem(where=where))
    op, rest = items[0][0], items[1:]
    if op == "function":
        raise refused(_FUNCTION_READ.problem(where=items[0][1]))
    if op in JOINTS:
        count = rest.pop(0)[0] if op == "at_least" and rest else None
        parts = read_each(rest, _rule, what=_RULE)
        return made_at(where, _RULE, Rule, op, operand=count, parts=parts)
    path = read_text(rest[0][0], what=_RULE, where=rest[0][1]) if rest else ""
    values = read_each(rest[1:], _value, what=_RULE)
    several = len(values) > 1 or (op in OPERATORS and OPERATORS[op].takes_several)
    operand = values if several else next(iter(values), None)
    return made_at(where, _RULE, Rule, op, path, operand)


def _money(money: str, currency: str) -> Money:
    return Money(money, currency)


def _day(day: str) -> date:
    return date.fromisoformat(day)


def _moment(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _exact(decimal: str) -> Decimal:
    return exact_decimal(decimal, "a number", integer_digits=24, fraction_digits=12)


_READERS: Mapping[tuple[str, ...], Callable[..., object]] = MappingProxyType(
    {
        ("currency", "money"): _money,
        ("day",): _day,
        ("decimal",): _exact,
        ("moment",): _moment,
    }
)


def _value(data: object, where: str) -> object:
    if isinstance(data, (bool, int, Decimal, str)):
        return data
    items = data.items() if isinstance(data, dict) else ()
    texts = {name: text for name, text in items if isinstance(name, str) and isinstance(text, str)}
    read = _READERS.get(tuple(sorted(texts)))
    if read is None or len(texts) != len(items):
        raise refused(_VALUE.problem(where=where))
    try:
        return read(**texts)
    except InvalidValue as error:
        raise refused(problem_of(error, where=where)) from None
    except ValueError:
        raise refused(_DATE.problem(where=where)) from None


def _value_to_data(value: object) -> object:
    if isinstance(value, Money):
        return {"money": format(value.amount, "f"), "currency": value.currency}
    if isinstance(value, Decimal):
        return {"decimal": format(value, "f")}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _check_extent(data: object, where: str) -> None:
    """Look at depth and size before any rule is made; data may even contain itself."""
    waiting = [(data, 1)]
    count = 0
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, list):
            count += 1
            if count > LARGEST or depth > DEEPEST:
                raise refused(_EXTENT.problem(where=where, most=LARGEST, deepest=DEEPEST))
            waiting += [(inner, depth + 1) for inner in cast("list[object]", item)]
