"""The dialects that are known: DuckDB, PostgreSQL and SQLite."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InvalidValue, Text
from .dialect import Dialect

_NO_DIALECT = Text("sql_dialect", "{field} is not one that is known", "one of: {dialects}")

DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "duckdb": Dialect(
            spelled="duckdb",
            mark='"',
            double="DOUBLE",
            string="VARCHAR",
            collation=" COLLATE C",
            greatest="GREATEST",
            micros="epoch_us({0})",
        ),
        "postgresql": Dialect(
            spelled="postgresql",
            mark='"',
            double="double precision",
            string="text",
            collation=' COLLATE "C"',
            greatest="GREATEST",
            micros="CAST(EXTRACT(EPOCH FROM {0}) * 1000000 AS bigint)",
            halt=" OFFSET 0",
            escapes=True,
        ),
        # Between double quotes SQLite takes a name that it does not know for a text.
        "sqlite": Dialect(
            spelled="sqlite",
            mark="`",
            double="REAL",
            string="TEXT",
            collation=" COLLATE BINARY",
            greatest="MAX",
            micros="(CAST(strftime('%s', substr({0}, 1, 19)) AS INTEGER) * 1000000"
            " + CAST(substr({0}, 21, 6) AS INTEGER))",
            fence="MATERIALIZED ",
            has_types=False,
        ),
    }
)
"""Each dialect by its name."""


def dialect_of(name: object) -> Dialect:
    """
    Find a dialect by its name. Raises `InvalidValue` for any other.

    >>> dialect_of("sqlite").greatest
    'MAX'
    """
    if not isinstance(name, str) or name not in DIALECTS:
        raise InvalidValue("dialect", _NO_DIALECT, {"dialects": ", ".join(DIALECTS)})
    return DIALECTS[name]
