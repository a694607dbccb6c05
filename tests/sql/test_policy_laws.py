"""The law of the SQL of a policy: in each database, each row is judged as the object is judged."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from salesfunnel.rules.operators import OPERATORS
from salesfunnel.sql import SqlColumn, policy_sql
from salesfunnel.sql.operators import IN_SQL
from tests.frames.engines import AT, VALUES
from tests.frames.test_assess_laws import rows_of_all, said, scorecards

KINDS = {"id": "whole", **{name: name for name in VALUES}}
COLUMNS = {
    "whole": SqlColumn("whole", int),
    "float": SqlColumn("float", float),
    "exact": SqlColumn("exact", Decimal),
    "truth": SqlColumn("truth", bool),
    "text": SqlColumn("text", str, words=[word for word in VALUES["text"] if word is not None]),
    "day": SqlColumn("day", date),
    "moment": SqlColumn("moment", datetime),
    "naive": SqlColumn("naive", datetime, zone=None),
}


def judged(database, card, rows, **more):
    """Judge rows in a database, and give what it says of each."""
    table = [[number, *[row[name] for name in VALUES]] for number, row in enumerate(rows)]
    database.table("leads", KINDS, table)
    columns = {path: COLUMNS[path] for criterion in card.criteria for path in criterion.reads}
    asked = {"columns": columns, "at": AT, "keep": ["id"], **more}
    query = policy_sql(card, dialect=database.dialect, table="leads", **asked)
    return [row[1:] for row in database.run(f"SELECT * FROM ({query}) AS q ORDER BY id")]


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(scorecards(), rows_of_all)
def test_each_row_is_judged_as_an_object(database, card, rows):
    """Law: floor, ceiling, verdict, grade and next question are those of the object."""
    assert judged(database, card, rows) == [said(card, row) for row in rows]


def test_every_operator_has_its_row():
    """A new operator of rules is missing in SQL until it has a row; texts are asked by the rule."""
    assert {*IN_SQL, "starts_with", "ends_with", "contains"} == set(OPERATORS)
