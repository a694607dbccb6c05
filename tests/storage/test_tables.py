"""The tables of three databases: those that can be run here are run, and a page has all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.storage import ROW_COLUMNS, TYPES, create_table
from tests.docs.tables import PAGE, page

TABLES = [*ROW_COLUMNS, "event", "pipeline"]


@pytest.mark.parametrize("personal", [False, True])
@pytest.mark.parametrize("table", TABLES)
def test_sqlite_takes_each_definition(table, personal):
    """Each table is created with its indexes, and its columns are those of the rows."""
    with sqlite3.connect(":memory:") as database:
        for statement in create_table(table, prefix="sales_", personal=personal):
            database.execute(statement)
        found = [row[1] for row in database.execute(f"PRAGMA table_info(sales_{table})")]
    database.close()

    if table in ROW_COLUMNS:
        columns = [c.name for c in ROW_COLUMNS[table] if personal or not c.is_personal]
        assert found == columns


@pytest.mark.parametrize("dialect", TYPES)
def test_each_type_of_a_column_has_a_word_in_each_database(dialect):
    """No database lacks the type of a value."""
    assert set(TYPES[dialect]) == set(TYPES["sqlite"])


def test_what_is_not_known_is_refused():
    """A misspelt table or database is named with those that there are."""
    with pytest.raises(InvalidValue, match="one of: lead, opportunity, account, event, pipeline"):
        create_table("leads")
    with pytest.raises(InvalidValue, match="one of: sqlite, postgresql, mysql"):
        create_table("lead", dialect="oracle")


def test_the_page_has_the_definitions():
    """``python tests/docs/tables.py`` writes the page anew."""
    assert Path(PAGE).read_text("utf-8") == page()
