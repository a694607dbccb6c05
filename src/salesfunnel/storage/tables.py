"""
Tables: the definitions of what a database needs, for SQLite, PostgreSQL and MySQL.

There is a table of rows for each kind of noun, to look things up in; one of events, which is the
truth; and one of the pipelines that the events refer to, each kept once by its fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ..errors import InvalidValue, Text
from .rows import KIND, ROW_COLUMNS, Column

_NO_DIALECT = Text("no_dialect", "{field} is not one that is known", "one of: {dialects}")
_NO_TABLE = Text("no_table", "{field} is not one that is known", "one of: {tables}")

EVENT_COLUMNS = (
    KIND,
    Column("noun_id", str),
    Column("number", int),
    Column("at", datetime),
    Column("name", str, length=100),
    Column("data", dict, is_personal=True),
)
"""The columns of the table of events; kind, noun and number are its key."""

PIPELINE_COLUMNS = (
    Column("fingerprint", str, length=64),
    Column("name", str),
    Column("version", str),
    Column("data", dict),
)
"""The columns of the table of pipelines; the fingerprint is its key."""

_TABLES: Mapping[str, tuple[tuple[Column, ...], str]] = {
    **{kind: (columns, "id") for kind, columns in ROW_COLUMNS.items()},
    "event": (EVENT_COLUMNS, "kind, noun_id, number"),
    "pipeline": (PIPELINE_COLUMNS, "fingerprint"),
}
# What boards, agendas and reports look for.
_INDEXES = (
    *("due_at", "next_step_due", "quiet_since", "nurture_until", "held_until", "expected_close"),
    *("owner", "stage", "account_id"),
)

TYPES: Mapping[str, Mapping[type[Any], str]] = MappingProxyType(
    {
        "sqlite": {
            str: "TEXT NOT NULL",
            int: "INTEGER",
            bool: "INTEGER",
            Decimal: "NUMERIC",
            date: "TEXT",
            datetime: "TEXT",
            dict: "TEXT NOT NULL",
        },
        "postgresql": {
            str: "TEXT NOT NULL",
            int: "INTEGER",
            bool: "BOOLEAN",
            Decimal: "NUMERIC(36, 12)",
            date: "DATE",
            datetime: "TIMESTAMPTZ",
            dict: "JSONB NOT NULL",
        },
        "mysql": {
            # A key of several columns has at most 3,072 bytes, four for each character.
            str: "VARCHAR({length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
            int: "INTEGER",
            bool: "BOOLEAN",
            Decimal: "DECIMAL(36, 12)",
            date: "DATE",
            datetime: "DATETIME(6)",
            dict: "JSON NOT NULL",
        },
    }
)
"""The type of a column by the type of its values, for each database."""


def create_table(
    table: str, *, dialect: str = "sqlite", prefix: str = "", personal: bool = False
) -> tuple[str, ...]:
    """
    Write the statements that create a table and its indexes.

    Args:
        table: lead, opportunity, account, event or pipeline.
        dialect: sqlite, postgresql or mysql.
        prefix: what stands before the name of the table.
        personal: whether the rows have the personal columns, too.

    >>> print(create_table("pipeline", prefix="sales_")[0])
    CREATE TABLE sales_pipeline (
        fingerprint TEXT NOT NULL,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (fingerprint)
    )
    """
    if type(table) is not str or table not in _TABLES:
        raise InvalidValue("table", _NO_TABLE, {"tables": ", ".join(_TABLES)})
    if type(dialect) is not str or dialect not in TYPES:
        raise InvalidValue("dialect", _NO_DIALECT, {"dialects": ", ".join(TYPES)})
    columns, key = _TABLES[table]
    if table in ROW_COLUMNS and not personal:
        columns = tuple(column for column in columns if not column.is_personal)
    name = f"{prefix}{table}"
    lines = [*_lines(columns, TYPES[dialect]), f"    PRIMARY KEY ({key})"]
    indexes = [column.name for column in columns if column.name in _INDEXES]
    return (
        f"CREATE TABLE {name} (\n" + ",\n".join(lines) + "\n)",
        *(f"CREATE INDEX {name}_{column} ON {name} ({column})" for column in indexes),
    )


def _lines(columns: Iterable[Column], types: Mapping[type[Any], str]) -> Iterable[str]:
    for column in columns:
        yield f"    {column.name} {types[column.type].format(length=column.length)}"
