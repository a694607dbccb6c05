"""A frame as a user has it: of an engine that narwhals knows, with names that are one each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

import attrs

from ..errors import WrongKind
from .column_names import check_names, columns_renamed, name_key, one_name_twice, plain_names
from .engine import Expr, narwhals, speaks_sql
from .zones import in_zones, pandas_zones, zone_named

_WANTED = "a frame of polars, pandas, pyarrow, DuckDB or Spark"


@attrs.frozen
class KnownFrame:
    """
    The rows, and what each column holds; asked once, since some engines need a query for it.

    ``zones`` are those of columns of pandas; the ``unread`` among them, of which narwhals does not
    know the name, such as America/New_York, are shown in UTC while they are worked on. ``plain``
    are the names by which columns of Spark are called meanwhile whose own it could not read.
    """

    rows: Any
    types: Mapping[str, Any]
    zones: Mapping[str, tzinfo]
    unread: Mapping[str, tzinfo]
    plain: Mapping[str, str]

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
            raise one_name_twice() from None
        is_sql = speaks_sql(rows.implementation)
        check_names(rows.columns if is_sql else [*types], is_sql=is_sql)
        plain = plain_names(types) if rows.implementation.is_spark_like() else {}
        rows = nw.from_native(columns_renamed(native, plain))
        if not rows.implementation.is_pandas_like():
            return cls(rows, types, {}, {}, plain)
        native = rows.to_native()
        zones = pandas_zones(native)
        unread = {name: zone for name, zone in zones.items() if types[name] == nw.Unknown}
        if unread:
            rows = nw.from_native(in_zones(native, dict.fromkeys(unread, UTC)))
        return cls(rows, rows.collect_schema(), zones, unread, plain)

    @property
    def is_eager(self) -> bool:
        """Whether all is computed at once."""
        return isinstance(self.rows, narwhals().DataFrame)

    def column(self, name: str) -> Expr:
        """Give one of its columns."""
        return narwhals().col(self.plain.get(name, name))

    def has(self, name: str) -> bool:
        """Tell whether a column would stand in the way of one of that name."""
        is_sql = speaks_sql(self.rows.implementation)
        return name_key(name, is_sql=is_sql) in {name_key(own, is_sql=is_sql) for own in self.types}

    def zone(self, name: str) -> tzinfo | None:
        """Tell the time zone of a column of moments, if it has one."""
        said = self.types[name].time_zone
        return self.zones.get(name) or (None if said is None else zone_named(said, column=name))

    def given_back(self, native: Any) -> Any:  # noqa: ANN401 - of the engine
        """Put moments that were shown in UTC back into their zones, and names back as they were."""
        shown = in_zones(native, self.unread) if self.unread else native
        return columns_renamed(shown, {plain: name for name, plain in self.plain.items()})

    def holds_objects(self, name: str) -> bool:
        """Tell whether a column of pandas holds objects, in which texts are only guessed at."""
        is_pandas = self.rows.implementation.is_pandas_like()
        return is_pandas and str(self.rows.to_native()[name].dtype) == "object"
