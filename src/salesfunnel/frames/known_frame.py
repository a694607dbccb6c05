"""A frame that somebody has: of an engine that narwhals knows, with names that are one each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from .engine import narwhals

_TWICE = Text("column_name_twice", "two columns of the {field} have one name", "rename one of them")
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
_WANTED = "a frame of polars, pandas, pyarrow, DuckDB or Spark"


@attrs.frozen
class KnownFrame:
    """The rows, and what each column holds; asked once, since some engines need a query for it."""

    rows: Any
    types: Mapping[str, Any]

    @classmethod
    def of(cls, native: object) -> KnownFrame:
        """
        Take a frame of any engine. Raises `WrongKind` for anything else.

        >>> KnownFrame.of([])
        Traceback (most recent call last):
        salesfunnel.errors.WrongKind: frame is of the wrong kind: list; allowed: a frame of...
        """
        nw = narwhals()
        try:
            rows = nw.from_native(native)
            types = rows.collect_schema()
        except TypeError:
            raise WrongKind.of("frame", native, wanted=_WANTED) from None
        except nw.exceptions.DuplicateError:
            raise InvalidValue("frame", _TWICE) from None
        names: list[object] = list(types)
        for name in names:
            if not isinstance(name, str):
                raise InvalidValue("frame", _NO_TEXT, {"name": repr(name)})
            if name == "*" or (name.startswith("^") and name.endswith("$")):
                raise InvalidValue("frame", _PATTERN, {"name": name})
        return cls(rows, types)

    def holds_objects(self, name: str) -> bool:
        """Tell whether a column of pandas holds objects, in which texts are only guessed at."""
        is_pandas = self.rows.implementation.is_pandas_like()
        return is_pandas and str(self.rows.to_native()[name].dtype) == "object"
