"""A scorecard as a query: score, verdict, grade and the next question of each row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ..errors import InvalidValue, Text, WrongKind
from ..qualification.criterion import Criterion
from ..qualification.scorecard import Scorecard
from ..rules.rule import Rule
from ..values.converters import several
from ..values.instants import instant
from .asking import what_is_left, what_to_ask
from .columns import SqlColumn
from .dialects import dialect_of
from .given_names import check_given
from .grading import grade_sql
from .judging import SqlJudge
from .steps import QuerySteps
from .truth_texts import NO, YES, TruthText, chained

_ADDED = ("floor", "ceiling", "verdict", "grade", "next_question")
_NO_RULE = Text(
    "criterion_in_sql",
    "criterion {field} asks a Python function, which no database can run",
    "use a rule, or judge row by row",
)
_FADES = Text(
    "half_life_in_sql",
    "the points of criterion {field} fade with the age of an answer, which a column does not tell",
    "leave half_life out, or judge row by row",
)

Judged = Sequence[tuple[Criterion, TruthText]]


def policy_sql(
    scorecard: Scorecard,
    *,
    dialect: str,
    table: str | Sequence[str],
    columns: Mapping[str, SqlColumn],
    at: datetime,
    keep: Sequence[str] = (),
) -> str:
    """
    Write a query that judges each row of a table as `Scorecard.score` judges it as an object.

    It gives the columns to keep, then floor, ceiling, verdict, grade and the next question. A
    null, a NaN, and a text that is not among the words of its column are not known. The query is
    text without parameters; it can be a view, a part of another query, or a model of dbt.

    Raises `InvalidValue` for a criterion that asks a function or fades, for a fact without a
    column, and for names and texts that no database can hold.

    Args:
        scorecard: what judges; of rules alone, without half-lives.
        dialect: duckdb, postgresql or sqlite.
        table: the name of the table, or those of its schema and of itself.
        columns: the column of each fact, by its path.
        at: the instant, for rules about days and moments.
        keep: the columns of the table that the query gives as well, such as the key.

    >>> import sqlite3
    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> database = sqlite3.connect(":memory:")
    >>> cursor = database.execute("CREATE TABLE leads (id, need, budget, timing, authority)")
    >>> cursor = database.execute("INSERT INTO leads VALUES (7, 1, 1, 1, NULL), (8, 1, 0, 1, 1)")
    >>> asked = ("need", "budget", "timing", "authority")
    >>> query = policy_sql(
    ...     BANT,
    ...     dialect="sqlite",
    ...     table="leads",
    ...     columns={f"answers.{name}": SqlColumn(name, bool) for name in asked},
    ...     at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     keep=["id"],
    ... )
    >>> database.execute(f"SELECT id, floor, verdict FROM ({query})").fetchall()
    [(7, 80, 'qualified'), (8, 70, 'disqualified')]
    >>> database.close()
    """
    if not isinstance(scorecard, Scorecard):
        raise WrongKind.of("scorecard", scorecard, wanted="a Scorecard")
    if not isinstance(columns, Mapping):
        raise WrongKind.of("columns", columns, wanted="a column for each path of a fact")
    sql = dialect_of(dialect)
    kept = several(str, keep, "keep")
    check_given(kept, _ADDED)
    judge = SqlJudge(sql, columns, instant(at))
    answers = [(criterion, _answers(criterion, judge)) for criterion in scorecard.criteria]
    names = {f"kept_{n}": sql.name(name, "keep") for n, name in enumerate(kept)}
    taken = [f"{name} AS {ours}" for ours, name in names.items()]
    taken += [fact.taken() for fact in judge.facts.values()]
    whole = sql.table(table)
    steps = QuerySteps(sql, f"SELECT {', '.join(taken) or '1 AS one'} FROM {whole}", whole)
    criteria = _as_columns(steps, judge, answers)
    steps.add({"floor": _added(criteria, is_floor=True), "ceiling": _added(criteria)})
    verdict = {"verdict": _verdict(criteria, scorecard.threshold)}
    steps.add(verdict | what_is_left(scorecard.threshold, sql))
    asked = what_to_ask(steps, criteria)
    given = [f"{ours} AS {name}" for ours, name in names.items()]
    given += ["floor", "ceiling", "verdict", f"{grade_sql(scorecard, sql)} AS grade"]
    return steps.query(f"SELECT {', '.join(given)}, {asked} AS next_question\nFROM {steps.last}")


def _answers(criterion: Criterion, judge: SqlJudge) -> TruthText:
    if not isinstance(criterion.rule, Rule):
        raise InvalidValue(criterion.name, _NO_RULE)
    if criterion.half_life is not None:
        raise InvalidValue(criterion.name, _FADES)
    found = judge.judge(criterion.rule, what=criterion.name)
    # What only waits for an answer is never a no.
    return TruthText(found.yes, NO) if criterion.awaits else found


def _as_columns(steps: QuerySteps, judge: SqlJudge, answers: Judged) -> Judged:
    """Compute what each criterion answers once, for all that stands on it."""
    top = len(judge.storeys)
    named = [(criterion, judge.set_apart(truth, top)) for criterion, truth in answers]
    for storey in judge.storeys:
        steps.add(storey)
    return named


def _added(criteria: Judged, *, is_floor: bool = False) -> str:
    """Add up the points: those that are sure, or those that are still possible."""
    parts: list[str] = []
    for criterion, truth in criteria:
        weight = criterion.weight
        if (weight >= 0) is is_floor:
            parts.append(f"CASE WHEN {truth.yes} THEN {weight} ELSE 0 END")
        elif weight:
            parts.append(f"CASE WHEN {truth.no} THEN 0 ELSE {weight} END")
    return chained("+", parts, "0")


def _verdict(criteria: Judged, threshold: int) -> str:
    required = [truth for criterion, truth in criteria if criterion.required]
    lost = chained("OR", [truth.no for truth in required], NO)
    won = chained("AND", [truth.yes for truth in required], YES)
    return (
        f"CASE WHEN {lost} OR ceiling < {threshold} THEN 'disqualified' "
        f"WHEN {won} AND floor >= {threshold} THEN 'qualified' ELSE 'undecided' END"
    )
