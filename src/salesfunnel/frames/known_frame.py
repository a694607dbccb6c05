"""A frame as a user has it: of an engine that narwhals knows, with names that are one each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from .engine import narwhals
from .zones import in_zones, pandas_zones, zone_named

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
    """
    The rows, and what each column holds; asked once, since some engines need a query for it.

    ``zones`` are those of columns of pandas; the ``unread`` among them, of which narwhals does not
    know the name, such as America/New_York, are shown in UTC while they are worked on.
    """

    rows: Any
    types: Mapping[str, Any]
    zones: Mapping[str, tzinfo]
    unread: Mapping[str, tzinfo]

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
        if not rows.implementation.is_pandas_like():
            return cls(rows, types, {}, {})
        native = rows.to_native()
        zones = pandas_zones(native)
        unread = {name: zone for name, zone in zones.items() if types[name] == nw.Unknown}
        if unread:
            rows = nw.from_native(in_zones(native, dict.fromkeys(unread, UTC)))
        return cls(rows, rows.collect_schema(), zones, unread)

    @property
    def is_eager(self) -> bool:
        """Whether all is computed at once."""
        return isinstance(self.rows, narwhals().DataFrame)

    def zone(self, name: str) -> tzinfo | None:
        """Tell the time zone of a column of moments, if it has one."""
        said = self.types[name].time_zone
        return self.zones.get(name) or (None if said is None else zone_named(said, column=name))

    def given_back(self, native: Any) -> Any:  # noqa: ANN401 - of the engine
        """Put moments that were shown in UTC back into their zones."""
        return in_zones(native, self.unread) if self.unread else native

    def holds_objects(self, name: str) -> bool:
        """Tell whether a column of pandas holds objects, in which texts are only guessed at."""
        is_pandas = self.rows.implementation.is_pandas_like()
        return is_pandas and str(self.rows.to_native()[name].dtype) == "object"
