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
from typing import Any

from ..errors import InvalidDefinition, InvalidValue
from ..values.money import Money
from ..values.numbers import exact_decimal
from .document import MOST_PROBLEMS, as_list, as_object, read_document, read_head, read_keys
from .rule import DEEPEST, LARGEST, Rule

VERSION = 1

_VALUES = (
    'an object is {"money": "9.90", "currency": "EUR"}, {"decimal": "0.5"}, '
    '{"day": "2026-06-30"} or {"moment": "2026-03-02T09:00:00+00:00"}'
)


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
    if rule.function is not None:
        raise InvalidDefinition(
            "rule", (f"{rule} is a plain function: it judges objects, but is no data",)
        )
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
    op, *rest = as_list(data) or [None]
    if not isinstance(op, str):
        raise _invalid(where, "a rule is a list that begins with an operator")
    if op in ("all", "not"):
        return _made(where, op, parts=_parts(rest, where, 1))
    if op == "at_least":
        count: Any
        others: list[Any]
        count, *others = rest or [None]
        return _made(where, op, operand=count, parts=_parts(others, where, 2))
    if op == "function":
        raise _invalid(f"{where}[0]", "a plain function is no data")
    path: Any
    values: list[Any]
    path, *values = rest or [""]
    if not isinstance(path, str):
        raise _invalid(f"{where}[1]", "the path of a field is a text")
    operand = _collected(values, where, 2, _value)
    several = op in ("one_of", "between") or len(operand) > 1
    return _made(where, op, path=path, operand=operand if several else next(iter(operand), None))


def _parts(items: list[object], where: str, first: int) -> tuple[Rule, ...]:
    return _collected(items, where, first, _rule)


def _collected(
    items: list[Any], where: str, first: int, read: Callable[[object, str], Any]
) -> tuple[Any, ...]:
    """Read each item, and report the problems of all of them together."""
    found: list[Any] = []
    problems: list[str] = []
    for number, item in enumerate(items, first):
        try:
            found.append(read(item, f"{where}[{number}]"))
        except InvalidDefinition as error:
            problems += error.problems
    if problems:
        raise InvalidDefinition("rule", tuple(problems[:MOST_PROBLEMS]))
    return tuple(found)


def _made(where: str, op: str, **fields: Any) -> Rule:  # noqa: ANN401 - the rule checks them
    try:
        return Rule(op, **fields)
    except InvalidDefinition as error:
        raise InvalidDefinition("rule", tuple(f"{where}: {p}" for p in error.problems)) from None


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
    texts = as_object(data)
    if texts is None or not all(isinstance(text, str) for text in texts.values()):
        raise _invalid(where, f"a value is true, false, a number, a text or an object; {_VALUES}")
    read = _READERS.get(tuple(sorted(texts)))
    if read is None:
        raise _invalid(where, _VALUES)
    try:
        return read(**texts)
    except InvalidValue as error:
        raise _invalid(where, str(error)) from None
    except ValueError:
        raise _invalid(where, "is no date") from None


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
        inside = as_list(item)
        if inside is not None:
            count += 1
            if count > LARGEST or depth > DEEPEST:
                raise _invalid(where, f"a rule has at most {LARGEST} parts, {DEEPEST} deep")
            waiting += [(inner, depth + 1) for inner in inside]


def _invalid(where: str, problem: str) -> InvalidDefinition:
    return InvalidDefinition("rule", (f"{where}: {problem}",))
