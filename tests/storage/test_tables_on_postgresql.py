"""The tables on PostgreSQL: each statement is run, and rows and events go in and come out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.storage import ROW_COLUMNS, as_row, create_table, from_data, news, unsaved
from salesfunnel.values import Money
from tests import postgresql

pytestmark = pytest.mark.postgresql

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OURS = Pipeline(
    "ours",
    stages=[Stage("visit", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "visit", "won")],
)


@pytest.fixture(scope="module")
def database():
    """Provide a database with all tables, the personal columns among them."""
    with (
        postgresql.running() as folder,
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as connection,
    ):
        for table in (*ROW_COLUMNS, "event", "pipeline"):
            for statement in create_table(table, dialect="postgresql", personal=True):
                connection.execute(statement)
        yield connection


def test_a_row_is_found_by_when_it_is_due(database):
    """Amounts are exact, moments come back in UTC, and overdue is one condition."""
    deal = Opportunity.open(id="7", amount=Money("900.50", "EUR"), pipeline=OURS, at=MONDAY)
    row = as_row(deal, personal=True)
    names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
    database.execute(f"INSERT INTO opportunity ({names}) VALUES ({marks})", row)  # noqa: S608

    query = "SELECT amount, due_at FROM opportunity WHERE due_at < %s"

    assert database.execute(query, (MONDAY + 2 * DAY,)).fetchall() == []
    [(amount, due_at)] = database.execute(query, (MONDAY + 3 * DAY,)).fetchall()
    assert (amount, due_at) == (deal.amount.amount, MONDAY + 2 * DAY)


def test_an_event_comes_back_as_it_was_and_only_once(database):
    """JSONB reorders the keys, and still the same append is already there."""
    lead = Lead.capture(id="7", person="سارا احمدی", source="web", at=MONDAY)
    insert = "INSERT INTO event VALUES ('lead', %s, %s, %s, %s, %s)"
    for one in news(0, lead):
        data = json.dumps(one.as_data())
        database.execute(insert, (lead.id, one.number, one.event.at, one.name, data))

    stored = [data for (data,) in database.execute("SELECT data FROM event ORDER BY number")]

    assert Lead.replay(map(from_data, stored)) == lead
    assert unsaved(0, lead, stored) == ()
    with pytest.raises(psycopg.errors.UniqueViolation), database.transaction():
        database.execute(insert, ("7", 0, MONDAY, "lead.captured", "{}"))
