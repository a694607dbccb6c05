"""
Reading a fact: the way from ``"company.employees"`` to the number of employees, or to unknown.

A fact may stand in an attribute or under a key, so entities, rows and plain dictionaries are all
read alike. What is absent, blank, expired or not a number is unknown, never an error; so is a fact
that raises an `Exception` while it is read, since an object of a host may do anything.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..errors import Text
from ..values.answer import Answer
from ..values.bucket import Bucket
from ..values.frozen_map import FrozenMap
from ..values.money import Money
from ..values.scalars import plain_scalar
from ..values.text import is_visible
from .operands import refused

LONGEST_PATH = 8
LONGEST_NAME = 64

_PATH = Text(
    "path_of_rule",
    "the path of a field is 1 to {names} names joined by dots, each of up to {letters} letters "
    "and digits, none beginning with _",
)

# The plainest of rows. Under this name type checkers do not ask what stands in it.
ROW: Any = dict
ROWS: Any = frozenset({dict, FrozenMap})

# Facts of exactly these classes always say something.
TELLING = frozenset({bool, int, date, datetime, Money, Bucket})

_PLAIN = TELLING | {str, float, Decimal}


def path_names(path: object) -> tuple[str, ...]:
    """
    Split a dotted path into its names; names are words, so that no rule reaches private parts.

    Raises `InvalidDefinition` for anything else, such as ``"__class__"``.

    >>> path_names("company.employees")
    ('company', 'employees')
    """
    names = tuple(path.split(".", LONGEST_PATH)) if isinstance(path, str) else ()
    if not 1 <= len(names) <= LONGEST_PATH or not all(map(_is_name, names)):
        raise refused(_PATH.problem(names=LONGEST_PATH, letters=LONGEST_NAME))
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
    try:
        for name in names:
            found = step(found, name, at)
        fact = plain_fact(current(found, at))
        return fact if is_telling(fact) else None
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return None


def step(found: Any, name: str, at: datetime) -> Any:  # noqa: ANN401 - a fact may be anything
    """Go one name further: by key where there are keys, by attribute in everything else."""
    kind: type = type(found)
    if kind is ROW or kind is FrozenMap:
        return found.get(name)
    # Asking for `keys` is five times as fast as asking whether it is a `Mapping`, and takes in the
    # rows of databases. An object may have a fact of that name: then its class has none.
    if hasattr(found, "keys") and hasattr(kind, "keys"):
        return found.get(name) if hasattr(kind, "get") else found[name]
    return getattr(current(found, at) if kind is Answer else found, name, None)


def current(found: Any, at: datetime) -> Any:  # noqa: ANN401 - a fact may be anything
    """Take the value out of an answer, unless it has expired."""
    if type(found) is not Answer:
        return found
    return found.value if found.expires is None else found.current(at=at)


def plain_fact(fact: Any) -> Any:  # noqa: ANN401 - a fact may be anything
    """
    Take a fact as what it is in plain Python, such as a truth or a number of numpy.

    >>> plain_fact(True), plain_fact("yes")
    (True, 'yes')
    """
    return fact if type(fact) in _PLAIN else plain_scalar(fact)


def is_telling(fact: Any) -> bool:  # noqa: ANN401 - a fact may be anything
    """Tell whether a fact says anything: blanks, NaN, infinities and methods do not."""
    if type(fact) in TELLING:
        return True
    if isinstance(fact, str):
        plain = fact.isascii() and fact.isprintable()
        return bool(fact.strip()) if plain else is_visible(fact)
    if isinstance(fact, Decimal):
        return fact.is_finite()
    if isinstance(fact, float):
        return math.isfinite(fact)
    try:
        # NaT, NA and their like do not equal themselves; a collection without items is a blank.
        blank = hasattr(fact, "__len__") and len(fact) == 0
        return fact is not None and not callable(fact) and not blank and bool(fact == fact)  # noqa: PLR0124
    except Exception:  # noqa: BLE001 - as the columns of data frames, which are neither equal nor not
        return False


def _is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and name.isidentifier() and not name.startswith("_")
