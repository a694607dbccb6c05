"""Any Python function as a rule. It judges objects only: a function cannot be written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from inspect import signature
from typing import Any

from ..errors import Text
from .operands import refused
from .rule import Rule
from .truth import Truth

_FACTS = Text("facts_of_predicate", 'predicate takes paths of facts: @predicate("company.name")')

_SIGNATURE = Text(
    "predicate_signature",
    "the function of a predicate takes a lead and the instant",
    "such as def is_small(lead, at): …",
)


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

    def rule(function: Callable[[Any, datetime], Truth]) -> Rule:
        if not takes(function, "lead", "at"):
            raise refused(_SIGNATURE.problem())
        return Rule("function", operand=facts, function=function)

    return rule


def takes(function: Callable[..., object], *given: str) -> bool:
    """
    Tell whether a function can be called with so many things, as far as Python can know.

    >>> takes(lambda lead: 50, "lead", "at"), takes(lambda lead, at: 50, "lead", "at")
    (False, True)
    """
    try:
        signature(function).bind(*given)
    except TypeError:  # which is raised as well for what cannot be called
        return False
    except ValueError:  # of some functions that are written in C nothing is known
        return True
    return True
