"""The three databases of the tests, each with the same few verbs; PostgreSQL where there is one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import psycopg
import pytest

from tests import postgresql

TYPES: Mapping[str, Mapping[str, str]] = {
    "duckdb": {"float": "DOUBLE", "text": "VARCHAR"},
    "postgresql": {"float": "double precision", "text": "text"},
    "sqlite": dict.fromkeys(
        ["whole", "float", "exact", "truth", "text", "day", "moment", "naive"], ""
    ),
}
PLAIN = {
    "whole": "BIGINT",
    "truth": "BOOLEAN",
    "exact": "DECIMAL(38, 12)",
    "day": "DATE",
    "moment": "TIMESTAMPTZ",
    "naive": "TIMESTAMP",
}
DATABASES = (
    "duckdb",
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgresql),
)


class Database:
    """A connection, and how its values are written and marked."""

    def __init__(self, dialect: str, connection: Any) -> None:
        """Begin with an open connection."""
        self.dialect, self.connection = dialect, connection

    def run(self, text: str) -> list[tuple[Any, ...]]:
        """Run one statement, and give its rows."""
        cursor = self.connection.execute(text)
        return cursor.fetchall() if cursor.description else []

    def table(self, name: str, kinds: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Make a table anew, with a column of each kind, and put in rows."""
        types = {**PLAIN, **TYPES[self.dialect]}
        columns = ", ".join(
            f"{_quoted(name)} {types.get(kind, '')}" for name, kind in kinds.items()
        )
        mark = "%s" if self.dialect == "postgresql" else "?"
        marks = ", ".join([mark] * len(kinds))
        self.run(f"DROP TABLE IF EXISTS {_quoted(name)}")
        self.run(f"CREATE TABLE {_quoted(name)} ({columns})")
        if not rows:
            return
        put_in = self.connection.cursor() if self.dialect == "postgresql" else self.connection
        there = _quoted(name)
        if self.dialect == "postgresql":
            there = there.replace("%", "%%")  # for the driver, where there are parameters
        insert = f"INSERT INTO {there} VALUES ({marks})"
        put_in.executemany(insert, [[self._written(value) for value in row] for row in rows])

    def _written(self, value: Any) -> Any:
        if self.dialect != "sqlite":
            return value
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime):
            return value.isoformat(timespec="microseconds")
        return value.isoformat() if isinstance(value, date) else value


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


@contextmanager
def opened(dialect: str) -> Iterator[Database]:
    """Open an empty database; a PostgreSQL is started for it, and gone at the end."""
    if dialect == "postgresql":
        with (
            postgresql.running() as folder,
            psycopg.connect(
                host=str(folder), user="postgres", dbname="postgres", autocommit=True
            ) as connection,
        ):
            yield Database(dialect, connection)
        return
    if dialect == "duckdb":
        connection = duckdb.connect()
        connection.execute("SET threads = 1; SET timezone = 'Asia/Tehran'")
    else:
        connection = sqlite3.connect(":memory:")
    try:
        yield Database(dialect, connection)
    finally:
        connection.close()
