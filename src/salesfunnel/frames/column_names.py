"""The names of columns: those that an engine cannot tell apart, or takes for something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import InvalidValue, Text

_TWICE = Text("column_name_twice", "two columns of the {field} have one name", "rename one of them")
_CAPITALS = Text(
    "column_name_capitals",
    "two columns of the {field} are called {name}, but for capitals, which SQL does not tell apart",
    "rename one of them",
)
_NO_TEXT = Text(
    "column_name_no_text",
    "a column of the {field} is called {name}, and a name is a text",
    "rename it",
)
_PATTERN = Text(
    "column_name_pattern",
    "a column of the {field} is called {name}, which engines take for a pattern",
    "rename it",
)
_NOT_PLAIN = frozenset(".`")


def one_name_twice() -> InvalidValue:
    """Say that two columns have one name."""
    return InvalidValue("frame", _TWICE)


def check_names(names: Sequence[object], *, is_sql: bool) -> None:
    """
    Refuse names that are none, that are patterns, and that are one name.

    >>> check_names(["deal", "Deal"], is_sql=True)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: two columns of the frame are called Deal, but for capitals, ...
    """
    seen: set[str] = set()
    for name in names:
        if not isinstance(name, str):
            raise InvalidValue("frame", _NO_TEXT, {"name": repr(name)})
        if name == "*" or (name.startswith("^") and name.endswith("$")):
            raise InvalidValue("frame", _PATTERN, {"name": name})
        key = name_key(name, is_sql=is_sql)
        if key in seen:
            raise one_name_twice() if name in names[: len(seen)] else _by_capitals(name)
        seen.add(key)


def _by_capitals(name: str) -> InvalidValue:
    return InvalidValue("frame", _CAPITALS, {"name": name})


def name_key(name: str, *, is_sql: bool) -> str:
    """
    Give a name as its engine compares it with another.

    >>> name_key("Deal", is_sql=True), name_key("Deal", is_sql=False)
    ('deal', 'Deal')
    """
    return name.lower() if is_sql else name


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """
    Give other names to those in which Spark sees a path or a quotation.

    >>> plain_names(["id", "answers.need", "column1"])
    {'answers.need': 'column1_'}
    """
    taken = {name.lower() for name in names}
    plain: dict[str, str] = {}
    for place, name in enumerate(names):
        if _NOT_PLAIN & {*name}:
            other = f"column{place}"
            while other in taken:
                other += "_"
            plain[name] = other
    return plain


def columns_renamed(native: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - a frame of Spark
    """Call some columns of Spark by other names; without any, a frame of any engine stays."""
    if not names:
        return native
    return native.toDF(*[names.get(name, name) for name in native.columns])
