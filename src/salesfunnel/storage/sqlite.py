"""
Leads, deals and accounts in a file of SQLite: save, load, and find by the columns of their rows.

It needs the standard library alone, and is meant for scripts, tests and small programs. The events
are the truth; rows are made anew with each save, so a write that was torn apart heals by saving.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from os import PathLike
from typing import Any, Self, TypeVar

from ..accounts.account import Account
from ..errors import InvalidDefinition, InvalidDocument, InvalidValue, StaleVersion, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.notation import guards_by_name
from ..pipeline.pipeline import Pipeline
from ..pipeline.short_guards import Given
from ..values import converters
from ..values.document import STORED, read_document
from .appending import unsaved
from .definitions import definitions
from .documents import from_json, to_json
from .known_pipelines import several_pipelines
from .rows import KINDS, ROW_COLUMNS, as_row, class_kind, row_kind
from .sqlite_file import SqliteFile, plain
from .sqlite_pipelines import SqlitePipelines
from .tables import create_table

Noun = Lead | Opportunity | Account
NounT = TypeVar("NounT", Lead, Opportunity, Account)

_NO_SUCH_NOUN = Text("no_such_noun", "{field} is not that of any {kind} that is stored here")
_NO_SQL = Text(
    "where_not_sql",
    "{field} cannot be run: {reason}",
    "the columns {columns}; those of name, company, email and phone with Store(…, personal=True)",
)
_NO_PERSONAL_COLUMNS = Text(
    "no_personal_columns",
    "{field} columns are not in the tables that are there",
    "a new file with them, into which all is saved",
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
        personal: bool = False,
        pipelines: Iterable[Pipeline] = (),
        guards: Given | Iterable[Given] = (),
    ) -> None:
        """
        Open a file, or use a connection of yours, and create the tables where there are none.

        Args:
            database: the path of a file, ``":memory:"``, or a connection.
            personal: whether name, company, e-mail and phone are columns, too; what tables are
                there already stay as they are.
            pipelines: those with functions as guards, which are no data; all others are stored.
            guards: the functions that guards of a stored pipeline stand for, found by their names.

        Raises `UnreadableFile` where the file cannot be opened, or is no database of SQLite, and
        `InvalidValue` where personal columns are asked for that its tables do not have.
        """
        given, named = several_pipelines(pipelines), guards_by_name(guards)
        self._file = SqliteFile.opened(database)
        self._pipelines = SqlitePipelines(self._file, given, tuple(named.values()))
        self.database: sqlite3.Connection = self._file.connection
        try:
            self._columns = self._tables(personal=personal)
        except BaseException:
            self._file.let_go()
            raise

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
        with self._file.transaction():
            for noun in nouns:
                self._save(noun)

    def load(self, kind: type[NounT], id: str) -> NounT:
        """
        Load a noun by its id. Raises `InvalidValue` where there is none.

        >>> with Store(":memory:") as store:
        ...     store.load(Lead, "7")
        Traceback (most recent call last):
        salesfunnel.errors.InvalidValue: id is not that of any lead that is stored here
        """
        name = class_kind(kind)
        texts = self._texts(name, converters.identity(id))
        if not texts:
            raise InvalidValue("id", _NO_SUCH_NOUN, {"kind": name})
        return kind.replay([from_json(text, pipelines=self._pipelines.find) for text in texts])

    def find(self, kind: type[NounT], where: str = "TRUE", /, **params: Any) -> tuple[NounT, ...]:  # noqa: ANN401 - what columns hold
        """
        Find nouns by the columns of their rows.

        Args:
            kind: Lead, Opportunity or Account.
            where: what stands behind WHERE, in SQL of your own, with ``:name`` for each parameter.
            params: the values of these parameters.

        Raises `InvalidValue` for what SQLite cannot run, such as a column that there is not.

        >>> from datetime import UTC, datetime
        >>> store, monday = Store(":memory:"), datetime(2026, 3, 2, tzinfo=UTC)
        >>> store.find(Lead, "due_at < :now ORDER BY due_at", now=monday)
        ()
        >>> store.close()
        """
        given = {name: plain(value) for name, value in params.items()}
        query = f"SELECT CAST(id AS BLOB) FROM {class_kind(kind)} WHERE {where}"  # noqa: S608 - written by the host
        try:
            rows = self._file.ask(query, given)
        except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
            if "locked" in str(error):
                raise  # by another program: asking again may help
            columns = ", ".join(self._columns[class_kind(kind)])
            raise InvalidValue("where", _NO_SQL, {"reason": error, "columns": columns}) from None
        found = [data.decode(errors="replace") for (data,) in rows]
        return tuple([self.load(kind, noun_id) for noun_id in found])

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
        with self._file.transaction():
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
        with self._file.transaction():
            events = "DELETE FROM event WHERE kind = ? AND noun_id = ?"
            self._file.ask(events, (kind, noun.id))
            self._file.ask(f"DELETE FROM {kind} WHERE id = ?", (noun.id,))  # noqa: S608 - one of three

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

    def _save(self, noun: Noun) -> None:
        kind = row_kind(noun)
        texts = self._texts(kind, noun.id)
        try:
            fresh = unsaved(0, noun, map(_parsed, texts))
        except StaleVersion:
            for text in texts:  # one that is damaged is no change of another editor
                from_json(text, pipelines=self._pipelines.find)
            raise
        for one in fresh:
            row = (kind, noun.id, one.number, plain(one.event.at), one.name, to_json(one.event))
            self._file.ask("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)
        for pipeline in definitions(noun):
            self._pipelines.keep(pipeline)
        found = as_row(noun, personal=True)
        facts = {name: plain(found[name]) for name in self._columns[kind]}
        update = ", ".join(f"{name} = excluded.{name}" for name in facts)
        self._file.ask(
            f"INSERT INTO {kind} ({', '.join(facts)}) VALUES ({', '.join('?' * len(facts))}) "  # noqa: S608 - columns
            f"ON CONFLICT (id) DO UPDATE SET {update} WHERE version <= excluded.version",
            tuple(facts.values()),
        )

    def _tables(self, *, personal: bool) -> dict[str, list[str]]:
        """Create the tables that are missing, and list the columns of each kind."""
        self._file.ask("PRAGMA secure_delete = ON")  # what was erased is overwritten
        for table in (*KINDS.values(), "event", "pipeline"):
            if not self._file.columns(table):
                for statement in create_table(table, personal=personal):
                    create, what, rest = statement.split(" ", 2)  # another may do so just now
                    self._file.ask(f"{create} {what} IF NOT EXISTS {rest}")
        found: dict[str, list[str]] = {}
        for kind, columns in ROW_COLUMNS.items():  # another release may have made the table
            known = {column.name for column in columns}
            found[kind] = [name for name in self._file.columns(kind) if name in known]
        if personal and "email" not in found["lead"]:
            raise InvalidValue("personal", _NO_PERSONAL_COLUMNS)
        return found

    def _texts(self, kind: str, id: str) -> list[bytes]:
        # As bytes: a text that is no UTF-8 would be an error of SQLite, and not of the event.
        told = "SELECT CAST(data AS BLOB) FROM event WHERE kind = ? AND noun_id = ?"
        return [text for (text,) in self._file.ask(f"{told} ORDER BY number", (kind, id))]


def _parsed(text: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        return read_document(text, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None
