"""What the library refuses, in the words of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InvalidValue, Text

# What a user gives by an option, and how the library calls it.
_SAME = ("country", "encoding", "group", "pipeline", "sheet", "timezone")
_OPTIONS = {**{name: f"--{name}" for name in _SAME}, "target": "--out"}
_NO_PIPELINE = Text(
    "pipeline_of_command",
    "{field} {name!r} is not known{meant}",
    "a JSON or TOML file, or one of: {known}",
)
_NO_GROUP = Text(
    "group_of_command",
    "{field} is by {path}, a fact that {noun} cannot have{meant}",
    "a fact by its path, or one of: {periods}",
)
# By the code of a message that allows what only Python can give.
_TYPED: Mapping[str, Text] = MappingProxyType(
    {"no_such_pipeline": _NO_PIPELINE, "group_without_fact": _NO_GROUP}
)


def as_typed(error: InvalidValue) -> InvalidValue:
    """
    Name the option by which a value was given, and allow what can be typed.

    >>> from ..interop.mapping.file_stages import pipeline_named
    >>> try:
    ...     pipeline_named("nope")
    ... except InvalidValue as error:
    ...     print(str(as_typed(error)).split(", or")[0])
    --pipeline 'nope' is not known; allowed: a JSON or TOML file
    """
    field = _OPTIONS.get(error.field, error.field)
    return InvalidValue(field, _TYPED.get(error.text.code, error.text), error.params)
