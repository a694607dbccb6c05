"""A database of SQLite as a `Store` uses it: opened, asked, and written to all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from os import PathLike, fspath
from typing import Any

import attrs

from ..errors import Text, UnreadableFile, WrongKind

_NO_DATABASE = Text(
    "not_a_database", "it could not be opened; SQLite says: {reason}", "give a database of SQLite"
)
_DAMAGED = Text(
    "damaged_database", "it is damaged; SQLite says: {reason}", "take the last copy that is whole"
)


@attrs.frozen
class SqliteFile:
    """
    A connection, and the path of its file; blank where it is the host's, and so are its errors.

    >>> file = SqliteFile.opened(":memory:")
    >>> file.path
    ':memory:'
    >>> file.let_go()
    """

    connection: sqlite3.Connection
    path: str

    @classmethod
    def opened(cls, database: str | PathLike[str] | sqlite3.Connection) -> SqliteFile:
        """
        Open a file, or take a connection.

        Raises `UnreadableFile` where the file cannot be opened, or is no database of SQLite.

        >>> SqliteFile.opened(5)
        Traceback (most recent call last):
        salesfunnel.errors.WrongKind: database is of the wrong kind: int; allowed: a path, or a ...
        """
        found = cls(database, "") if isinstance(database, sqlite3.Connection) else _file(database)
        try:
            found.connection.execute("PRAGMA schema_version").fetchone()  # the first look inside
        except sqlite3.DatabaseError as error:
            found.let_go()
            if not found.path:
                raise
            raise _no_database(found.path, error) from None
        return found

    def let_go(self) -> None:
        """
        Close what was opened here; a connection of the host is for the host to close.

        >>> SqliteFile.opened(":memory:").let_go()
        """
        if self.path:
            self.connection.close()

    def ask(
        self, query: str, params: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        """
        Run a statement, and give the rows that it finds. Raises `UnreadableFile` for a damaged one.

        >>> file = SqliteFile.opened(":memory:")
        >>> file.ask("SELECT 1 + ?", (1,))
        [(2,)]
        >>> file.let_go()
        """
        try:
            return self.connection.execute(query, params).fetchall()
        except sqlite3.DatabaseError as error:
            if type(error) is sqlite3.DatabaseError and self.path:
                raise UnreadableFile(self.path, _DAMAGED, {"reason": error}) from None
            raise  # a mistake in the host's own SQL, or a file that another program has locked

    def columns(self, table: str) -> list[str]:
        """
        List the columns of a table; none where there is no such table.

        >>> file = SqliteFile.opened(":memory:")
        >>> file.columns("lead")
        []
        >>> file.let_go()
        """
        return [name for _, name, *_ in self.ask(f"PRAGMA table_info({table})")]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """
        Write all or nothing; within a transaction of the host it is the host who commits.

        >>> file = SqliteFile.opened(":memory:")
        >>> _ = file.ask("CREATE TABLE deal (id TEXT)")
        >>> with file.transaction():
        ...     _ = file.ask("INSERT INTO deal VALUES ('7')")
        >>> file.ask("SELECT id FROM deal")
        [('7',)]
        >>> file.let_go()
        """
        if self.connection.in_transaction:
            yield
            return
        self.ask("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.ask("COMMIT")


def _file(path: str | PathLike[str]) -> SqliteFile:
    if not isinstance(path, (str, PathLike)):
        raise WrongKind.of("database", path, wanted="a path, or a connection of sqlite3")
    try:
        return SqliteFile(sqlite3.connect(path, isolation_level=None), fspath(path))
    except sqlite3.DatabaseError as error:
        raise _no_database(fspath(path), error) from None


def _no_database(path: str, error: sqlite3.DatabaseError) -> UnreadableFile:
    return UnreadableFile(path, _NO_DATABASE, {"reason": error})


def plain(value: object) -> str | int | float | None:
    """
    Write a value as SQLite keeps it: moments and days as texts that sort, amounts as numbers.

    >>> plain(datetime(2026, 3, 2, 9, tzinfo=UTC)), plain(Decimal("0.50")), plain(True)
    ('2026-03-02T09:00:00.000000+00:00', 0.5, 1)
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise WrongKind.of("value", value, wanted="a text, a number, a day or a moment")
