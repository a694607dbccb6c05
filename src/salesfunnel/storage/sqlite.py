"""
Leads, deals and accounts in a file of SQLite: save, load, and find by the columns of their rows.

It needs the standard library alone, and is meant for scripts, tests and small programs. The events
are the truth; rows are made anew with each save, so a write that was torn apart heals by saving.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from os import PathLike, fspath
from typing import Any, Self, TypeVar

from ..accounts.account import Account
from ..errors import (
    InvalidDefinition,
    InvalidDocument,
    InvalidValue,
    StaleVersion,
    Text,
    UnreadableFile,
    WrongKind,
)
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.guard import Given
from ..pipeline.notation import guards_by_name, pipeline_from_json, pipeline_to_json
from ..pipeline.pipeline import Pipeline
from ..values.document import STORED, read_document
from .appending import unsaved
from .definitions import definitions
from .documents import from_json, to_json
from .rows import KINDS, as_row, class_kind, row_kind
from .tables import create_table

Noun = Lead | Opportunity | Account
NounT = TypeVar("NounT", Lead, Opportunity, Account)

_NO_SUCH_NOUN = Text("no_such_noun", "{field} is not that of a {kind} that is stored here")
_NO_DATABASE = Text(
    "not_a_database", "it could not be opened; SQLite says: {reason}", "give a database of SQLite"
)


class Store:
    """
    A database with all leads, deals and accounts, their events, and the pipelines they refer to.

    A pipeline is stored once for its fingerprint, with the labels that it had at first; others are
    given as ``pipelines``.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> store = Store(":memory:")
    >>> store.save(Lead.capture(id="7", person="Sara Ahmadi", owner="Ani", at=monday))
    >>> lead = store.load(Lead, "7").log("call", reached=True, at=monday)
    >>> store.save(lead)
    >>> [found.stage for found in store.find(Lead, "owner = :owner", owner="Ani")]
    ['contacted']
    >>> store.close()
    """

    def __init__(
        self,
        database: str | PathLike[str] | sqlite3.Connection,
        *,
        pipelines: Iterable[Pipeline] = (),
        guards: Given | Iterable[Given] = (),
    ) -> None:
        """
        Open a file, or use a connection of yours, and create the tables where there are none.

        Args:
            database: the path of a file, ``":memory:"``, or a connection.
            pipelines: those with functions as guards, which are no data; all others are stored.
            guards: the functions that guards of a stored pipeline stand for, found by their names.

        Raises `UnreadableFile` where the file cannot be opened, or is no database of SQLite.
        """
        self.database: sqlite3.Connection = (
            database if isinstance(database, sqlite3.Connection) else _opened(database)
        )
        self._guards = tuple(guards_by_name(guards).values())
        self._pipelines = {pipeline.fingerprint: pipeline for pipeline in pipelines}
        try:
            self._create_tables()
        except sqlite3.DatabaseError as error:
            if isinstance(database, sqlite3.Connection):
                raise  # it is the host's, and so are its errors
            self.database.close()
            raise _no_database(database, error) from None

    def save(self, *nouns: Noun) -> None:
        """
        Save nouns in one transaction: the events that are not there yet, and their rows.

        To save the same again changes nothing. Raises `StaleVersion` where another editor has saved
        another change first, and then nothing of all is saved.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> store, lead = Store(":memory:"), Lead.capture(id="7", at=monday)
        >>> store.save(lead)
        >>> store.save(lead.assign("Ani", at=monday))
        >>> store.save(lead.assign("Reza", at=monday))
        Traceback (most recent call last):
        salesfunnel.errors.StaleVersion: expected version 1, found 2; load it again and repeat
        >>> store.close()
        """
        with self._transaction():
            for noun in nouns:
                self._save(noun)

    def load(self, kind: type[NounT], id: str) -> NounT:
        """
        Load a noun by its id. Raises `InvalidValue` where there is none.

        >>> with Store(":memory:") as store:
        ...     store.load(Lead, "7")
        Traceback (most recent call last):
        salesfunnel.errors.InvalidValue: id is not that of a lead that is stored here
        """
        name = class_kind(kind)
        texts = self._texts(name, id)
        if not texts:
            raise InvalidValue("id", _NO_SUCH_NOUN, {"kind": name})
        return kind.replay([from_json(text, pipelines=self._pipeline) for text in texts])

    def find(self, kind: type[NounT], where: str = "TRUE", /, **params: Any) -> tuple[NounT, ...]:  # noqa: ANN401 - what columns hold
        """
        Find nouns by the columns of their rows.

        Args:
            kind: Lead, Opportunity or Account.
            where: what stands behind WHERE, in SQL of your own, with ``:name`` for each parameter.
            params: the values of these parameters.

        >>> from datetime import UTC, datetime
        >>> store, monday = Store(":memory:"), datetime(2026, 3, 2, tzinfo=UTC)
        >>> store.find(Lead, "due_at < :now ORDER BY due_at", now=monday)
        ()
        >>> store.close()
        """
        given = {name: plain(value) for name, value in params.items()}
        found = self.database.execute(f"SELECT id FROM {class_kind(kind)} WHERE {where}", given)  # noqa: S608 - written by the host
        return tuple([self.load(kind, noun_id) for (noun_id,) in found.fetchall()])

    def replace(self, before: Noun, after: Noun) -> None:
        """
        Put a noun in the place of another, history included, which is what erasing a person wants.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.privacy import erase_person
        >>> store, monday = Store(":memory:"), datetime(2026, 3, 2, tzinfo=UTC)
        >>> lead = Lead.capture(id="7", person="Ali Karimi", at=monday)
        >>> store.save(lead)
        >>> [erased] = erase_person("Ali Karimi", lead, at=monday).nouns
        >>> store.replace(lead, erased)
        >>> str(store.load(Lead, "7").person)
        'erased person'
        >>> store.close()
        """
        with self._transaction():
            self.remove(before)
            self._save(after)

    def remove(self, noun: Noun) -> None:
        """
        Delete a noun with its history, such as a deal whose conversion was undone.

        >>> from datetime import UTC, datetime
        >>> store, lead = (
        ...     Store(":memory:"),
        ...     Lead.capture(id="7", at=datetime(2026, 3, 2, tzinfo=UTC)),
        ... )
        >>> store.save(lead)
        >>> store.remove(lead)
        >>> store.find(Lead)
        ()
        >>> store.close()
        """
        kind = row_kind(noun)
        with self._transaction():
            events = "DELETE FROM event WHERE kind = ? AND noun_id = ?"
            self.database.execute(events, (kind, noun.id))
            self.database.execute(f"DELETE FROM {kind} WHERE id = ?", (noun.id,))  # noqa: S608 - one of three

    def close(self) -> None:
        """
        Close the database.

        >>> Store(":memory:").close()
        """
        self.database.close()

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it, saved or not."""
        self.close()

    def _create_tables(self) -> None:
        self.database.execute("PRAGMA secure_delete = ON")  # what was erased is overwritten
        for table in (*KINDS.values(), "event", "pipeline"):
            for statement in create_table(table, personal=True):
                create, what, rest = statement.split(" ", 2)
                self.database.execute(f"{create} {what} IF NOT EXISTS {rest}")

    def _save(self, noun: Noun) -> None:
        kind = row_kind(noun)
        texts = self._texts(kind, noun.id)
        try:
            fresh = unsaved(0, noun, map(_parsed, texts))
        except StaleVersion:
            for text in texts:  # one that is damaged is no change of another editor
                from_json(text, pipelines=self._pipeline)
            raise
        for one in fresh:
            row = (kind, noun.id, one.number, plain(one.event.at), one.name, to_json(one.event))
            self.database.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)
        for pipeline in definitions(noun):
            self._keep(pipeline)
        facts = {name: plain(value) for name, value in as_row(noun, personal=True).items()}
        update = ", ".join(f"{name} = excluded.{name}" for name in facts)
        self.database.execute(
            f"INSERT INTO {kind} VALUES ({', '.join('?' * len(facts))}) "  # noqa: S608 - columns
            f"ON CONFLICT (id) DO UPDATE SET {update} WHERE version <= excluded.version",
            tuple(facts.values()),
        )

    def _texts(self, kind: str, id: str) -> list[str]:
        query = "SELECT data FROM event WHERE kind = ? AND noun_id = ? ORDER BY number"
        return [text for (text,) in self.database.execute(query, (kind, id))]

    def _keep(self, pipeline: Pipeline) -> None:
        try:
            data = pipeline_to_json(pipeline)
        except InvalidDefinition:  # its guards are functions, so they come with ``pipelines=``
            return
        row = (pipeline.fingerprint, pipeline.name, pipeline.version, data)
        self.database.execute("INSERT OR IGNORE INTO pipeline VALUES (?, ?, ?, ?)", row)

    def _pipeline(self, fingerprint: str) -> Pipeline | None:
        if fingerprint not in self._pipelines:
            query = "SELECT data FROM pipeline WHERE fingerprint = ?"
            for (text,) in self.database.execute(query, (fingerprint,)):
                self._pipelines[fingerprint] = pipeline_from_json(text, guards=self._guards)
        return self._pipelines.get(fingerprint)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all or nothing; within a transaction of the host it is the host who commits."""
        if self.database.in_transaction:
            yield
            return
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")


def _opened(path: str | PathLike[str]) -> sqlite3.Connection:
    if not isinstance(path, (str, PathLike)):
        raise WrongKind.of("database", path, wanted="a path, or a connection of sqlite3")
    try:
        return sqlite3.connect(path, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise _no_database(path, error) from None


def _no_database(path: str | PathLike[str], error: sqlite3.DatabaseError) -> UnreadableFile:
    return UnreadableFile(fspath(path), _NO_DATABASE, {"reason": error})


def _parsed(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return read_document(text, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None


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
    return int(value) if isinstance(value, bool) else value  # type: ignore[return-value]  # a text, a whole number or None
