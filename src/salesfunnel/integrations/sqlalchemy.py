"""
SQLAlchemy: tables that keep leads, deals and accounts, and a type for one JSON column.

The table of events is the truth, and its key lets only one of two editors in. The tables of rows
have the columns of `as_row` to look things up by, and can be made anew at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from ..accounts.account import Account
from ..errors import InvalidDefinition, InvalidValue, StaleVersion, Text, WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.notation import guards_by_name, pipeline_from_json, pipeline_to_json
from ..pipeline.pipeline import Pipeline
from ..pipeline.short_guards import Given
from ..storage.appending import unsaved
from ..storage.definitions import definitions
from ..storage.documents import from_data, to_data
from ..storage.known_pipelines import several_pipelines
from ..storage.rows import KINDS, ROW_COLUMNS, Column, as_row, class_kind, row_kind
from ..storage.tables import EVENT_COLUMNS, PIPELINE_COLUMNS

Noun = Lead | Opportunity | Account
NounT = TypeVar("NounT", Lead, Opportunity, Account)
Database = sa.Connection | orm.Session

_NOT_KEPT = Text("noun_not_kept", "{field} is not that of any {kind} that is kept here")
_OF_SEVERAL = Text(
    "version_of_several", "{field} is one version for several nouns", "save each by itself"
)
_ATTEMPTS = 3
_INDEXED = frozenset({"stage", "due_at", "owner", "next_step_due", "expected_close", "account_id"})


class NounType(sa.types.TypeDecorator[Any]):
    """
    A column that holds a lead, a deal or an account as its one JSON document.

    Assign the new noun; there is nothing to change in place.
    """

    impl: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]] = sa.JSON
    cache_ok: bool | None = True

    def __init__(self, noun: type[Any], *, pipelines: Iterable[Pipeline] = ()) -> None:
        """Say which noun it is, and along which pipelines, unless the library has released them."""
        super().__init__()
        self.noun: type[Any] = noun
        self.pipelines: tuple[Pipeline, ...] = several_pipelines(pipelines)

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Keep it as JSONB where there is that."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.JSON())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401, ARG002 - of SQLAlchemy
        """Write the noun as its data."""
        return value if value is None else to_data(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401, ARG002 - of SQLAlchemy
        """Read the noun from its data."""
        return (
            value if value is None else from_data(value, kind=self.noun, pipelines=self.pipelines)
        )

    def coerce_compared_value(self, op: Any, value: Any) -> Any:  # noqa: ANN401 - of SQLAlchemy
        """Compare with a noun as a whole, and parts of the document as JSON does."""
        if isinstance(value, self.noun):
            return self
        return sa.JSON().coerce_compared_value(op, value)


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, also in databases that know no zones."""

    impl: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]] = sa.DateTime(timezone=True)
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Keep the microseconds, which MySQL would leave out."""
        exact: sa.types.TypeEngine[Any] = mysql.DATETIME(fsp=6)
        is_mysql = dialect.name in {"mysql", "mariadb"}
        return dialect.type_descriptor(exact if is_mysql else sa.DateTime(timezone=True))

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401, ARG002 - of SQLAlchemy
        """Write it in UTC."""
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401, ARG002 - of SQLAlchemy
        """Read it in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tables:
    """
    The tables of all nouns, in a ``MetaData`` of yours, and what is done with them.

    ``row[Lead].c.due_at`` is a column to look things up by; ``event`` and ``pipeline`` are tables
    as well. Each verb takes a connection or a session, in whose transaction it works.

    >>> from datetime import UTC, datetime
    >>> kept, engine = Tables(sa.MetaData()), sa.create_engine("sqlite://")
    >>> kept.event.metadata.create_all(engine)
    >>> lead = Lead.capture(id="7", owner="Ani", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> with engine.begin() as connection:
    ...     kept.save(connection, lead)
    ...     found = kept.find(connection, Lead, kept.row[Lead].c.owner == "Ani")
    >>> found == (lead,)
    True
    >>> engine.dispose()
    """

    def __init__(
        self,
        metadata: sa.MetaData,
        *,
        prefix: str = "",
        personal: bool = False,
        pipelines: Iterable[Pipeline] = (),
        guards: Given | Iterable[Given] = (),
    ) -> None:
        """
        Define the tables.

        Args:
            metadata: yours.
            prefix: what stands before the name of each table.
            personal: whether rows have the personal columns, too.
            pipelines: those with functions as guards, which are no data; all others are stored.
            guards: the functions that guards of a stored pipeline stand for, found by their names.
        """
        self.row: dict[type[Any], sa.Table] = {
            noun: sa.Table(f"{prefix}{kind}", metadata, *_row_columns(kind, personal=personal))
            for noun, kind in KINDS.items()
        }
        key = {"kind", "noun_id", "number"}
        events = (_column(c, key=c.name in key) for c in EVENT_COLUMNS)
        kept = (_column(c, key=c.name == "fingerprint") for c in PIPELINE_COLUMNS)
        self.event: sa.Table = sa.Table(f"{prefix}event", metadata, *events)
        self.pipeline: sa.Table = sa.Table(f"{prefix}pipeline", metadata, *kept)
        self._guards = tuple(guards_by_name(guards).values())
        self._pipelines = {one.fingerprint: one for one in several_pipelines(pipelines)}

    def save(self, database: Database, *nouns: Noun, known: int = 0) -> None:
        """
        Save what has happened to nouns, and their rows; you commit.

        To save the same again changes nothing; the second of two editors gets `StaleVersion`.

        Args:
            database: a connection or a session.
            nouns: as they are now.
            known: the version that was loaded, of one noun, so that fewer events are compared.
        """
        _must_be_open(database)
        if known and len(nouns) > 1:
            raise InvalidValue("known", _OF_SEVERAL)
        for noun in nouns:
            attempts = _ATTEMPTS
            while not self._saved(database, noun, known, is_last=attempts == 1):
                attempts -= 1

    def load(self, database: Database, kind: type[NounT], id: str) -> NounT:
        """Load a noun from its events. Raises `InvalidValue` where there is none."""
        _must_be_open(database)
        found = self._read(database, kind, [id])
        if not found:
            raise InvalidValue("id", _NOT_KEPT, {"kind": class_kind(kind)})
        noun: NounT = found[0]
        return noun

    def find(
        self, database: Database, kind: type[NounT], *where: sa.ColumnElement[bool]
    ) -> tuple[NounT, ...]:
        """Load the nouns whose rows fit, such as ``kept.row[Lead].c.due_at < now``."""
        _must_be_open(database)
        class_kind(kind)
        query = sa.select(self.row[kind].c.id).where(*where)
        return tuple(self._read(database, kind, list(database.execute(query).scalars())))

    def replace(self, database: Database, before: Noun, after: Noun) -> None:
        """Put a noun in the place of another, history included, as after erasing a person."""
        self.remove(database, before)
        self.save(database, after)

    def remove(self, database: Database, noun: Noun) -> None:
        """Delete a noun with its history, such as a deal whose conversion was undone."""
        _must_be_open(database)
        kind = row_kind(noun)
        row = self.row[type(noun)]
        database.execute(sa.delete(self.event).where(self._is(kind, [noun.id])))
        database.execute(sa.delete(row).where(row.c.id == noun.id))

    def _saved(self, database: Database, noun: Noun, known: int, *, is_last: bool) -> bool:
        """Write what is missing; say no if another editor was faster meanwhile."""
        kind, begin = row_kind(noun), max(known - 1, 0)  # the last that was loaded must be there
        query = sa.select(self.event.c.data).where(self._is(kind, [noun.id]))
        query = query.where(self.event.c.number >= begin).order_by(self.event.c.number)
        found = list(database.execute(query).scalars())
        if known and not found:
            raise StaleVersion(known, 0)
        missing = unsaved(begin, noun, found)
        try:
            with database.begin_nested():
                self._write(database, noun, kind, missing)
        except IntegrityError:
            if is_last:  # it was something else
                raise
            return False
        return True

    def _write(self, database: Database, noun: Noun, kind: str, missing: Iterable[Any]) -> None:
        events = [
            {
                "kind": kind,
                "noun_id": noun.id,
                "number": one.number,
                "at": one.event.at,
                "name": one.name,
                "data": one.as_data(),
            }
            for one in missing
        ]
        if events:
            database.execute(sa.insert(self.event), events)
        for pipeline in definitions(noun):
            self._keep(database, pipeline)
        table = self.row[type(noun)]
        facts = {k: v for k, v in as_row(noun, personal=True).items() if k in table.c}
        update = sa.update(table).where(table.c.id == noun.id, table.c.version <= noun.version)
        there = sa.select(table.c.id).where(table.c.id == noun.id)
        database.execute(update.values(facts))
        if database.execute(there).first() is None:
            database.execute(sa.insert(table).values(facts))

    def _keep(self, database: Database, pipeline: Pipeline) -> None:
        there = sa.select(self.pipeline.c.name).where(
            self.pipeline.c.fingerprint == pipeline.fingerprint
        )
        if database.execute(there).first() is not None:
            return
        try:
            data = json.loads(pipeline_to_json(pipeline))
        except InvalidDefinition:  # its guards are functions, so they come with ``pipelines=``
            return
        row = {"name": pipeline.name, "version": pipeline.version, "data": data}
        database.execute(sa.insert(self.pipeline).values(fingerprint=pipeline.fingerprint, **row))

    def _read(self, database: Database, kind: type[Any], ids: list[str]) -> list[Any]:
        def pipelines(fingerprint: str) -> Pipeline | None:
            known = self._pipelines.get(fingerprint)
            query = sa.select(self.pipeline.c.data).where(
                self.pipeline.c.fingerprint == fingerprint
            )
            data = None if known else database.execute(query).scalar()
            if data is None:
                return known
            return pipeline_from_json(json.dumps(data), guards=self._guards)

        query = sa.select(self.event.c.noun_id, self.event.c.data).where(
            self._is(class_kind(kind), ids)
        )
        events: dict[str, list[Any]] = {id_: [] for id_ in ids}
        for noun_id, data in database.execute(query.order_by(self.event.c.number)):
            events[noun_id].append(from_data(data, pipelines=pipelines))
        return [kind.replay(told) for told in events.values() if told]

    def _is(self, kind: str, ids: list[str]) -> sa.ColumnElement[bool]:
        return sa.and_(self.event.c.kind == kind, self.event.c.noun_id.in_(ids))


def _must_be_open(database: object) -> None:
    """Refuse an engine: what is done would belong to no transaction."""
    if not hasattr(database, "begin_nested"):
        raise WrongKind.of("database", database, wanted="a connection, or a session")


def _row_columns(kind: str, *, personal: bool) -> Iterable[sa.Column[Any]]:
    for column in ROW_COLUMNS[kind]:
        if personal or not column.is_personal:
            yield _column(column, key=column.name == "id")


def _column(column: Column, *, key: bool) -> sa.Column[Any]:
    # Two ids may differ in capital letters alone.
    exact = mysql.VARCHAR(column.length, charset="utf8mb4", collation="utf8mb4_bin")
    types: dict[type[Any], Any] = {
        str: sa.String(column.length).with_variant(exact, "mysql", "mariadb"),
        int: sa.Integer(),
        bool: sa.Boolean(),
        Decimal: sa.Numeric(36, 12),
        date: sa.Date(),
        datetime: Moment(),
        dict: sa.JSON().with_variant(JSONB(), "postgresql"),
    }
    is_blank = column.type not in {str, dict} and not key
    return sa.Column(
        column.name,
        types[column.type],
        primary_key=key,
        nullable=is_blank,
        index=column.name in _INDEXED,
    )
