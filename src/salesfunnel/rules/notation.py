"""
Rules as JSON: ``["all", ["le", "company.employees", 200], ["eq", "answers.need", true]]``.

A list is a rule: its operator, then its parts, or the path of its fact and what it is compared
with. An object is a value for which JSON has no word: an amount, an exact number, a day, a moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from ..errors import Text, WrongKind
from ..values.codecs import NOT_FACT, TEXT, Codec, fact_from_data, fact_to_data, unreadable
from ..values.container_codecs import read_each
from ..values.document import part_of, read_at, read_document, read_head
from .operands import refused
from .operators import JOINTS, OPERATORS
from .rule import DEEPEST, LARGEST, Rule

VERSION = 1

_RULE = "rule"
_FUNCTION = Text("function_is_not_data", "{function} is a plain function, which cannot be written")
_FUNCTION_READ = Text("function_in_data", "a plain function cannot be read")
_LIST = Text("not_a_rule", "a rule is a list that begins with an operator")
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
    document = read_document(text, what=_RULE)
    read_head(document, what=_RULE, form="rule", version=VERSION)
    return rule_from_data(part_of(document, "rule", what=_RULE), where="$.rule")


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
    values = [fact_to_data(value) for value in operand if value is not None]
    path = [rule.path] if rule.path else []
    return [rule.op, *path, *values, *map(rule_to_data, rule.parts)]


def rule_from_data(data: object, *, where: str = "$") -> Rule:
    """
    Read a rule out of a larger document, of which ``where`` names the place.

    >>> from salesfunnel.rules import yes
    >>> rule_from_data(["not", ["eq", "answers.need", True]]) == ~yes("answers.need")
    True
    """
    found: Rule = read_at(where, RULE, data, what=_RULE)
    return found


def _read(data: object, _given: object) -> Rule:
    _check_extent(data)
    return _rule(data, None)


def _rule(data: object, _given: object) -> Rule:
    items = data if type(data) is list else []
    if not items or type(items[0]) is not str:
        raise unreadable(_LIST.problem())
    op, *rest = items
    if op == "function":
        raise unreadable(_FUNCTION_READ.problem(where="[0]"))
    if op in JOINTS:
        count = rest.pop(0) if op == "at_least" and rest else None
        parts = read_each(rest, _rule, first=len(items) - len(rest))
        return Rule(op, operand=count, parts=parts)
    path = read_each(rest[:1], TEXT.read, first=1)
    values = read_each(rest[1:], _value, first=2)
    several = len(values) > 1 or (op in OPERATORS and OPERATORS[op].takes_several)
    operand: Any = values if several else next(iter(values), None)
    return Rule(op, path[0] if path else "", operand)


def _value(data: object, given: object) -> object:
    if data is None:
        raise unreadable(NOT_FACT.problem())
    # People write 0.5 by hand, which our reader has read exactly.
    return data if type(data) is Decimal else fact_from_data(data, given)


def _check_extent(data: object) -> None:
    """Look at depth and size before any rule is made; data may even contain itself."""
    waiting = [(data, 1)]
    count = 0
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, list):
            count += 1
            if count > LARGEST or depth > DEEPEST:
                raise unreadable(_EXTENT.problem(most=LARGEST, deepest=DEEPEST))
            waiting += [(inner, depth + 1) for inner in cast("list[object]", item)]


_SCHEMA: Mapping[str, Any] = {
    "title": "Rule",
    "type": "array",
    "prefixItems": [{"type": "string"}],
    "minItems": 1,
}

RULE = Codec(rule_to_data, _read, _SCHEMA)
"""The row of a rule: a list of its operator and its parts."""
