"""What the query of a funnel does with ties, doubles, gaps, zones and groups; what it refuses."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from salesfunnel.analytics import funnel
from salesfunnel.errors import InvalidValue
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.sql import SqlHistory, funnel_sql
from salesfunnel.sql.dialects import DIALECTS
from salesfunnel.values import Period
from tests.analytics.funnel_sql import BOARD, PATHS, START, a_history
from tests.sql.histories import LOG, NOW, SOURCES, as_rows, asked, filled
from tests.sql.test_policy import HOSTILE

NAMED = {"deal": "text", "to": "text", "when": "moment"}
WITHOUT_SEQ = SqlHistory("log", id="deal", stage="to", at="when")


@pytest.mark.parametrize("path", PATHS)
def test_groups_are_those_of_the_first_row(database, path):
    """Law: each source is counted as its own deals are, and those without one are a group."""
    chance = random.Random(3)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(30)]
    filled(database, histories)
    deals = [deal for deal, _ in histories]

    rows = asked(database, path=path, group="source")

    for place, source in enumerate(SOURCES):
        mine = [row[1:] for row in rows if row[0] == source]
        assert mine == as_rows(funnel(deals[place::3], at=NOW, path=path), "steps")


def test_rows_that_come_twice_change_nothing(database):
    """Law: duplicates of rows are one row, on every path."""
    chance = random.Random(7)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(20)]
    filled(database, histories)
    once = [asked(database, path=path, rows="flows") for path in PATHS]
    steps = [asked(database, path=path) for path in PATHS]

    for _ in range(2):
        database.run("INSERT INTO log SELECT * FROM log")

    assert [asked(database, path=path, rows="flows") for path in PATHS] == once
    assert [asked(database, path=path) for path in PATHS] == steps


def test_equal_instants_follow_the_ladder(database):
    """Law: without a place in the order, stages of one instant go up, and lost is last."""
    told = [("x", "lost"), ("x", "b"), ("x", "a"), ("x", "b"), ("y", "won")]
    database.table("log", NAMED, [(*row, NOW) for row in told])

    found = asked(database, log=WITHOUT_SEQ, rows="flows")

    assert sorted(found) == [("", "a", 1), ("", "won", 1), ("a", "b", 1), ("b", "lost", 1)]


def test_what_cannot_be_placed_is_counted_in_the_totals(database):
    """A row without an entity, a stage or an instant is left out, and an unknown stage is told."""
    rows = [("1", "a", NOW), (None, "a", NOW), ("2", None, NOW), ("3", "a", None)]
    rows += [("4", "archived", NOW), ("5", "archived", NOW), ("5", "b", NOW), ("5", "A", NOW)]
    database.table("log", NAMED, rows)

    assert asked(database, log=WITHOUT_SEQ, rows="totals") == [(2, 0, 2, 3)]
    assert [row[1] for row in asked(database, log=WITHOUT_SEQ)] == [2, 1, 0, 0]


def test_no_moment_is_infinite(database):
    """Databases with types have moments before and after all others, which are left out."""
    if database.dialect == "sqlite":
        return  # there a moment is a text that says a day
    database.table("log", NAMED, [("1", "a", NOW)])
    database.run("INSERT INTO log VALUES ('2', 'a', '-infinity'), ('3', 'a', 'infinity')")

    for within in (None, timedelta(days=9)):
        asked_so = {"log": WITHOUT_SEQ, "at": NOW + timedelta(days=9), "within": within}
        assert asked(database, **asked_so, rows="totals") == [(1, 0, 0, 2)]


@pytest.mark.parametrize("rows", ["steps", "flows", "totals"])
def test_a_frame_of_what_was_counted_holds_whole_numbers(rows):
    """Law: what DuckDB gives to pandas or polars is counted in integers, never in floats."""
    database = duckdb.connect()
    database.execute('CREATE TABLE log ("deal" BIGINT, "to" VARCHAR, "when" TIMESTAMPTZ)')

    found = database.sql(funnel_sql(BOARD, WITHOUT_SEQ, dialect="duckdb", at=NOW, rows=rows))

    assert {str(kind) for kind in found.types} <= {"BIGINT", "VARCHAR"}


def test_an_empty_table_has_steps_of_nothing(database):
    """No rows by then: every step is there, with nothing in it, and there is no group."""
    database.table("log", NAMED, [("1", "a", NOW)])
    early = {"log": WITHOUT_SEQ, "at": NOW - timedelta(days=1)}

    assert asked(database, **early) == [
        (name, 0, 0, 0, 0, 0, 0, 0) for name in ("a", "b", "c", "won")
    ]
    assert asked(database, **early, rows="totals") == [(0, 0, 0, 0)]
    assert asked(database, **early, rows="flows") == []
    assert asked(database, **early, group="to") == []


def test_the_period_goes_by_the_first_row_even_of_an_unknown_stage(database):
    """What was entered first says in which period a deal began, and which group it is of."""
    rows = [("1", "archived", START), ("1", "a", NOW), ("2", "a", NOW)]
    database.table("log", NAMED, rows)
    period = Period(NOW.date(), NOW.date() + timedelta(days=1))

    found = asked(database, log=WITHOUT_SEQ, rows="totals", entered=period)

    assert found == [(1, 0, 0, 0)]
    assert sorted(asked(database, log=WITHOUT_SEQ, group="to", rows="flows")) == [
        ("a", "", "a", 1),
        ("archived", "", "a", 1),
    ]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(microseconds=1)])
def test_a_window_ends_to_the_millionth_of_a_second(database, later):
    """Law: what happened at the last instant of a window is in it, across the change of clocks."""
    spring = datetime(2026, 3, 28, 12, 0, 0, 123456, tzinfo=UTC)
    window = timedelta(days=3)
    rows = [("1", "a", spring), ("1", "b", spring + window + later)]
    database.table("log", NAMED, rows)

    found = asked(database, log=WITHOUT_SEQ, at=spring + 2 * window, within=window)

    assert found[0][2] == int(not later)
    assert asked(database, log=WITHOUT_SEQ, at=spring + window - later, within=window)[0][1] == int(
        not later
    )


def test_a_deal_that_is_reopened_where_it_was_has_not_returned(database):
    """Back from lost is reopened; returned is only what comes back from a later stage."""
    days = [START + timedelta(days=n) for n in range(5)]
    ways = {"1": ("a", "lost", "a"), "2": ("a", "b", "lost", "b", "a"), "3": ("b", "a")}
    told = [
        (deal, name, day)
        for deal, names in ways.items()
        for name, day in zip(names, days, strict=False)
    ]
    database.table("log", NAMED, told)

    assert [row[6] for row in asked(database, log=WITHOUT_SEQ)] == [1, 0, 0, 0]
    assert asked(database, log=WITHOUT_SEQ, rows="totals") == [(3, 2, 0, 0)]


def test_two_won_stages_are_one_rung(database):
    """Won is won: the second of two such stages adds a move and no step."""
    stages = [Stage("a"), Stage("b"), Stage("gold", kind="won"), Stage("silver", kind="won")]
    board = free_pipeline("two", [*stages, Stage("lost", kind="lost")])
    days = [START + timedelta(days=n) for n in range(4)]
    names = ("a", "silver", "gold", "b")
    database.table("log", NAMED, [("1", name, day) for name, day in zip(names, days, strict=True)])

    def rows(**more):
        return database.run(
            funnel_sql(board, WITHOUT_SEQ, dialect=database.dialect, at=NOW, **more)
        )

    assert rows() == [
        ("a", 1, 1, 0, 0, 0, 0, 0),
        ("b", 1, 1, 0, 0, 0, 0, 0),
        ("gold", 1, 0, 0, 1, 0, 0, 0),
    ]
    assert rows(rows="totals") == [(1, 1, 0, 0)]


def test_hostile_stages_and_columns_are_names(database):
    """Law: whatever a stage, a column or a table is called, it is that, and nothing is run."""
    names = [name.strip() for name in HOSTILE if name.isprintable() and name != "/* a"]
    stages = [*map(Stage, names), Stage("won", kind="won")]
    ways = zip(names, [*names[1:], "won"], strict=True)
    moves = [Move(f"go{n}", here, there) for n, (here, there) in enumerate(ways)]
    board = Pipeline("odd", stages=stages, moves=moves)
    for name in HOSTILE:
        columns = {name: "text", "stage of it": "text", "its instant": "moment"}
        database.table(name, columns, [(stage, stage, NOW) for stage in names])
        log = SqlHistory(name, id=name, stage="stage of it", at="its instant")

        query = funnel_sql(board, log, dialect=database.dialect, at=NOW, rows="flows", group=name)

        assert sorted(database.run(query)) == sorted((one, "", one, 1) for one in names)


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [
        ({"within": timedelta(0)}, "not longer than nothing"),
        ({"within": {"a": timedelta(1)}}, "of the wrong kind"),
        ({"rows": "stages"}, "steps, flows, totals"),
        ({"path": "far"}, "reached, visited"),
        ({"dialect": "oracle"}, "one of: duckdb"),
        ({"entered": Period(date(2027, 1, 1), date(2027, 2, 1))}, "begins after"),
        ({"group": ""}, "not a name that a database takes"),
        ({"group": 1}, "of the wrong kind"),
        ({"group": "Stage"}, "has a column Stage already"),
        ({"group": "count"}, "has a column count already"),
        ({"group": "left_out"}, "has a column left_out already"),
        ({"history": SqlHistory("log", id="a\0", stage="b", at="c")}, "not a name"),
        ({"history": SqlHistory("log", id=1, stage="b", at="c")}, "the name of a table or a col"),
        ({"history": "log"}, "an SqlHistory"),
        ({"pipeline": "board"}, "a Pipeline"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked_for, said):
    """One sentence names the argument, and what is allowed."""
    wanted = {"pipeline": BOARD, "history": LOG, "dialect": "duckdb", "at": NOW, **asked_for}
    with pytest.raises(InvalidValue, match=said):
        funnel_sql(wanted.pop("pipeline"), wanted.pop("history"), **wanted)


@pytest.mark.parametrize("rows", ["steps", "flows", "totals"])
@pytest.mark.parametrize("group", ["rung", "team", "code", "before", "entity"])
def test_a_group_may_have_any_name_of_ours_within_the_query(database, rows, group):
    """Law: what a column is called changes neither the figures nor their order."""
    two = [stage.name for stage in BOARD.stages[:2]]
    told = [(str(n), stage, NOW, str(n % 2)) for n in range(9) for stage in two]
    answers = []
    for n, name in enumerate((group, "source")):
        kinds = {"id": "text", "stage": "text", "at": "moment", name: "text"}
        database.table(f"log {n}", kinds, told)
        log = SqlHistory(f"log {n}", id="id", stage="stage", at="at")
        query = funnel_sql(BOARD, log, dialect=database.dialect, at=NOW, rows=rows, group=name)
        answers.append(database.run(query))

    assert answers[0] == answers[1] != []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_question_is_the_same_text(dialect):
    """Law: the query follows from the arguments alone."""
    asked_for = {"dialect": dialect, "at": NOW, "group": "source"}

    assert funnel_sql(BOARD, LOG, **asked_for) == funnel_sql(BOARD, LOG, **asked_for)
