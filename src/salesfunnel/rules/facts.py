"""
Reading a fact: the way from ``"company.employees"`` to the number of employees, or to unknown.

A fact may stand in an attribute or in a mapping, so entities, rows and plain dictionaries are all
read alike. What is absent, blank, expired or not a number is unknown, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import InvalidDefinition
from ..values.answer import Answer

LONGEST_PATH = 8


def path_names(path: str) -> tuple[str, ...]:
    """
    Split a dotted path into its names; names are words, so that no rule reaches private parts.

    Raises `InvalidDefinition` for anything else, such as ``"__class__"``.

    >>> path_names("company.employees")
    ('company', 'employees')
    """
    names = tuple(path.split("."))
    if len(names) > LONGEST_PATH or any(not n.isidentifier() or n.startswith("_") for n in names):
        raise InvalidDefinition(
            "rule", ("the path of a field is names joined by dots, none beginning with _",)
        )
    return names


def read_fact(subject: object, names: tuple[str, ...], *, at: datetime) -> Any:  # noqa: ANN401 - a fact may be anything
    """
    Return the fact at the end of a path, or ``None`` when it is unknown.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> read_fact({"company": {"employees": 40}}, ("company", "employees"), at=monday)
    40
    >>> read_fact({}, ("company", "employees"), at=monday) is None
    True
    """
    found: Any = subject
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else getattr(found, name, None)
        if isinstance(found, Answer):
            found = found.current(at=at)
        if found is None:
            return None
    return found if is_usable(found) else None


def is_usable(fact: object) -> bool:
    """Tell whether a fact says anything: blanks, NaN and infinities do not."""
    if isinstance(fact, str):
        return bool(fact.strip())
    if isinstance(fact, float):
        return fact - fact == 0
    return fact.is_finite() if isinstance(fact, Decimal) else True
