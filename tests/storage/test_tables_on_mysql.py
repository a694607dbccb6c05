"""The tables on MariaDB, as for MySQL: each statement is run, rows and events come back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pymysql
import pytest
import sqlalchemy as sa

from salesfunnel.integrations.sqlalchemy import Tables
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.storage import ROW_COLUMNS, as_row, create_table, from_data, news, unsaved
from salesfunnel.values import Money
from tests import mariadb

pytestmark = pytest.mark.mariadb

MONDAY = datetime(2026, 3, 2, 9, 30, 15, 250_007, tzinfo=UTC)
DAY = timedelta(days=1)
OURS = Pipeline(
    "ours",
    stages=[Stage("visit", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "visit", "won")],
)


@pytest.fixture(scope="module")
def socket():
    """Start a server with a database."""
    with mariadb.running() as socket:
        with pymysql.connect(unix_socket=str(socket), user="root") as connection:
            connection.cursor().execute("CREATE DATABASE sales")
        yield socket


@pytest.fixture(scope="module")
def database(socket):
    """Provide a database with all tables, once with the personal columns and once without."""
    place = {"unix_socket": str(socket), "user": "root", "database": "sales"}
    with pymysql.connect(**place, charset="utf8mb4", autocommit=True) as connection:
        for table in (*ROW_COLUMNS, "event", "pipeline"):
            for prefix in ("", "our_"):
                known = {"dialect": "mysql", "prefix": prefix, "personal": not prefix}
                for statement in create_table(table, **known):
                    connection.cursor().execute(statement)
        yield connection.cursor()


def plain(value):
    """Write a moment as a database without zones keeps it."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def test_a_row_is_found_by_when_it_is_due(database):
    """Amounts are exact, moments to the microsecond, and names may be of any script."""
    deal = Opportunity.open(
        id="7", name="نوین‌تجارت 😀", amount=Money("900.50", "EUR"), pipeline=OURS, at=MONDAY
    )
    row = {name: plain(value) for name, value in as_row(deal, personal=True).items()}
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    database.execute(f"INSERT INTO opportunity ({names}) VALUES ({marks})", [*row.values()])  # noqa: S608
    query = "SELECT name, amount, due_at FROM opportunity WHERE due_at < %s"

    assert database.execute(query, (plain(MONDAY + 2 * DAY),)) == 0
    assert database.execute(query, (plain(MONDAY + 3 * DAY),)) == 1
    assert database.fetchall() == ((deal.name, deal.amount.amount, plain(MONDAY + 2 * DAY)),)


def test_an_event_comes_back_as_it_was_and_only_once(database):
    """The key of noun and number lets only one in, and ids differ in capital letters as well."""
    insert = "INSERT INTO event VALUES ('lead', %s, %s, %s, %s, %s)"
    nouns = [
        Lead.capture(id="7a", person="سارا احمدی", source="web", at=MONDAY),
        Lead.capture(id="7A", person="Sara Ahmadi 😀", at=MONDAY),
    ]
    for lead in nouns:
        for one in news(0, lead):
            row = (lead.id, one.number, plain(one.event.at), one.name, json.dumps(one.as_data()))
            database.execute(insert, row)

    for lead in nouns:
        database.execute("SELECT data FROM event WHERE noun_id = %s ORDER BY number", (lead.id,))
        stored = [json.loads(text) for (text,) in database.fetchall()]
        assert Lead.replay(map(from_data, stored)) == lead
        assert unsaved(0, lead, stored) == ()
    with pytest.raises(pymysql.IntegrityError):
        database.execute(insert, ("7a", 0, plain(MONDAY), "lead.captured", "{}"))


def test_the_tables_of_sqlalchemy_keep_moments_and_capital_letters(socket):
    """Rows and events of the battery are as exact as those of the statements."""
    kept = Tables(sa.MetaData(), prefix="kept_", personal=True)
    engine = sa.create_engine(f"mysql+pymysql://root@/sales?charset=utf8mb4&unix_socket={socket}")
    kept.event.metadata.create_all(engine)
    deals = [Opportunity.open(id=name, pipeline=OURS, at=MONDAY) for name in ("7a", "7A")]

    with engine.begin() as connection:
        kept.save(connection, *deals)
        due = kept.row[Opportunity].c.due_at
        found = kept.find(connection, Opportunity, due == MONDAY + 2 * DAY)
        alone = kept.load(connection, Opportunity, "7A")
    engine.dispose()

    assert (sorted(deal.id for deal in found), alone) == (["7A", "7a"], deals[1])
