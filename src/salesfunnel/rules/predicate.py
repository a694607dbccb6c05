"""Any Python function as a rule. It judges objects only: a function cannot be written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..errors import Text
from .operands import refused
from .rule import Rule
from .truth import Truth

_FACTS = Text("facts_of_predicate", 'predicate takes paths of facts: @predicate("company.name")')


def predicate(*facts: str) -> Callable[[Callable[[Any, datetime], Truth]], Rule]:
    """
    Make a rule of a function of subject and instant, which lists the facts that it reads.

    It answers ``True``, ``False``, or ``None`` for unknown. A function that raises, or answers
    anything else, leaves its own rule unknown and nothing else. Such a rule can be joined with
    others, explained and compiled, but not written as JSON.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import field
    >>> @predicate("company.name")
    ... def is_palindrome(lead, at):
    ...     name = lead["company"]["name"].lower()
    ...     return name == name[::-1]
    >>> rule = is_palindrome & (field("company.employees") <= 200)
    >>> row = {"company": {"name": "Akka", "employees": 12}}
    >>> rule.holds(row, at=datetime(2026, 3, 2, tzinfo=UTC))
    True
    """
    if not all(isinstance(path, str) for path in facts):
        raise refused(_FACTS.problem())
    return lambda function: Rule("function", operand=facts, function=function)
