"""The funnel of a stage history as a query: its steps, the moves between stages, or the totals."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from ..analytics.funnel_step import FunnelPath
from ..analytics.funnel_windows import check_window
from ..analytics.periods import begun_period
from ..errors import WrongKind
from ..pipeline.pipeline import Pipeline
from ..values.calendar import Period
from ..values.converters import choice, maybe, one
from ..values.instants import instant
from .codes import Codes
from .dialect import Dialect
from .dialects import dialect_of
from .figures import FIGURES, StepFigures
from .given_names import check_given
from .history import SqlHistory
from .history_rows import HistoryRows
from .steps import QuerySteps

# The columns of a query, of whichever rows, so that a group may stand before each of them.
_STEPS = ("stage", *FIGURES)
_FLOWS = ("from_stage", "to_stage", "count")
_TOTALS = ("counted", "reopened", "unknown_stage", "left_out")


class FunnelRows(StrEnum):
    """
    What the rows of the query are: the steps of the funnel, its flows, or its totals.

    >>> FunnelRows("steps").name
    'STEPS'
    """

    STEPS = "steps"
    FLOWS = "flows"
    TOTALS = "totals"


def funnel_sql(
    pipeline: Pipeline,
    history: SqlHistory,
    *,
    dialect: str,
    at: datetime,
    rows: FunnelRows | str = FunnelRows.STEPS,
    path: FunnelPath | str = FunnelPath.REACHED,
    within: timedelta | None = None,
    entered: Period | None = None,
    closed_only: bool = False,
    group: str | None = None,
) -> str:
    """
    Write a query that counts a stage history, as `salesfunnel.analytics.funnel` counts objects.

    *Steps* are the rungs with stage, entered, onward, lost, still, skipped, returned and bypassed;
    *flows* are the moves, from_stage, to_stage and count; *totals* are counted, reopened,
    unknown_stage (those that entered a stage that the pipeline does not have) and left_out (rows
    without an entity, a stage or an instant). A group comes first in each row.

    Raises `InvalidValue` for names that no database can hold, and for a window of nothing.

    Args:
        pipeline: whose stages they are.
        history: the table, and what its columns are called.
        dialect: duckdb, postgresql or sqlite.
        at: the instant; rows of later ones do not exist.
        rows: steps, flows or totals.
        path: what it means to reach a stage.
        within: a window; only those are counted that are old enough.
        entered: the period in which the first stage was entered.
        closed_only: leave out what is still open.
        group: a column; what the first row of each entity has in it is its group.

    >>> import sqlite3
    >>> from datetime import UTC
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> database = sqlite3.connect(":memory:")
    >>> cursor = database.execute('CREATE TABLE log (deal, "to", "on")')
    >>> monday = "2026-03-02T09:00:00.000000+00:00"
    >>> told = [(7, "meeting", monday), (7, "proposal", monday), (8, "meeting", monday)]
    >>> cursor = database.executemany("INSERT INTO log VALUES (?, ?, ?)", told)
    >>> log = SqlHistory("log", id="deal", stage="to", at="on")
    >>> query = funnel_sql(
    ...     OPPORTUNITY_PIPELINE, log, dialect="sqlite", at=datetime(2026, 3, 31, tzinfo=UTC)
    ... )
    >>> database.execute(query).fetchone()
    ('meeting', 2, 1, 0, 1, 0, 0, 0)
    >>> database.close()
    """
    if not isinstance(history, SqlHistory):
        raise WrongKind.of("history", history, wanted="an SqlHistory")
    now = instant(at)
    wanted, how = choice(FunnelRows, rows, "rows"), choice(FunnelPath, path, "path")
    check_window(maybe(timedelta, within, "within"))
    check_given([] if group is None else [one(str, group, "group")], (*_STEPS, *_FLOWS, *_TOTALS))
    told = HistoryRows(
        dialect_of(dialect),
        history,
        Codes.of(pipeline),
        at=now,
        within=within,
        period=begun_period(entered, "entered", at=now),
        closed_only=closed_only,
        group=group,
    )
    steps = told.placed()
    placed = steps.last
    told.moves(steps, only_last=how is FunnelPath.STANDING)
    if wanted is FunnelRows.FLOWS:
        return _flows(told, steps)
    StepFigures(told.codes, how).count(steps, is_grouped=group is not None)
    return _totals(told, steps, placed) if wanted is FunnelRows.TOTALS else _steps(told, steps)


def _steps(told: HistoryRows, steps: QuerySteps) -> str:
    """Turn the sums, one column each, into a row for each rung."""
    names = told.codes.steps
    rows = ", ".join(f"({rung}, {told.sql.text(name)})" for rung, name in enumerate(names))
    steps.also("rungs", "rung, stage", f"VALUES {rows}")
    each = {}
    for name in FIGURES:
        whens = [f"WHEN {rung} THEN {name}_{rung}" for rung in range(len(names))]
        each[name] = f"CASE rung {' '.join(whens)} END"
    decided = " - ".join(each[name] for name in ("onward", "lost"))
    each["still"] = f"{each['entered']} - {decided}"
    team = f"team AS {_label(told)}, " if told.group is not None else ""
    said = ", ".join(f"{what} AS {name}" for name, what in each.items())
    rungs = steps.named("rungs")
    order = f"{steps.last}.team, {rungs}.rung" if told.group is not None else f"{rungs}.rung"
    source = f"{steps.last} CROSS JOIN {rungs}"
    return steps.query(f"SELECT {team}stage, {said}\nFROM {source} ORDER BY {order}")


def _flows(told: HistoryRows, steps: QuerySteps) -> str:
    """Count the moves, and call the stages by their names again."""
    team, by_team = ("team, ", "team, ") if told.group is not None else ("", "")
    steps.then(
        f"SELECT {team}before, code, COUNT(*) AS count FROM {steps.last} "
        f"GROUP BY {by_team}before, code"
    )
    given = f"team AS {_label(told)}, " if told.group is not None else ""
    given += f"{_named('before', told)} AS from_stage, {_named('code', told)} AS to_stage"
    keys = [f"{steps.last}.{name}" for name in ("count DESC", "before", "code")]
    if told.group is not None:
        keys.insert(0, f"{steps.last}.team")
    return steps.query(f"SELECT {given}, count\nFROM {steps.last} ORDER BY {', '.join(keys)}")


def _totals(told: HistoryRows, steps: QuerySteps, placed: str) -> str:
    table = told.sql.table(told.history.table)
    team = f"team AS {_label(told)}, " if told.group is not None else ""
    order = f" ORDER BY {steps.last}.team" if told.group is not None else ""
    unknown = f"(SELECT COUNT(DISTINCT entity) FROM {placed} WHERE code = 0)"
    left_out = f"(SELECT COUNT(*) FROM {table} WHERE NOT ({told.there}))"
    return steps.query(
        f"SELECT {team}counted, reopened, {unknown} AS unknown_stage, {left_out} AS left_out\n"
        f"FROM {steps.last}{order}"
    )


def _label(told: HistoryRows) -> str:
    return told.sql.name(told.group, "group")


def _named(column: str, told: HistoryRows) -> str:
    sql: Dialect = told.sql
    names = enumerate(told.codes.stages, 1)
    whens = " ".join(f"WHEN {code} THEN {sql.text(name)}" for code, name in names)
    return f"CASE {column} {whens} ELSE '' END"
