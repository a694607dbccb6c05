"""
Our SQL text against SQL written by hand on DuckDB, and against the objects in three databases.

``python tests/benchmarks/sql_text.py [MILLIONS]`` judges so many million leads and counts so many
million events by both, one after the other, and prints the ratio of each; both must say the same.
``python tests/benchmarks/sql_text.py laws [HISTORIES]`` judges 400 random scorecards on 60 random
rows each, and counts so many random histories each by itself, in DuckDB, SQLite and PostgreSQL.
Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import field, yes
from salesfunnel.sql import SqlColumn, SqlHistory, funnel_sql, policy_sql
from tests import postgresql
from tests.frames.engines import VALUES
from tests.frames.test_assess_laws import said, scorecards
from tests.sql.databases import opened
from tests.sql.histories import ASKED, differing
from tests.sql.test_policy_laws import judged

BAR, ROUNDS = 1.1, 9
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CITIES = ("Yerevan", "Gyumri", "Tehran", "Karaj", "Lyon", "Paris", "Delft", "Oslo")
CARD = Scorecard(
    "ten",
    criteria=[
        Criterion("need", yes("need"), weight=30, required=True, question="Which problem?"),
        Criterion("budget", yes("budget"), weight=20, required=True, question="Which budget?"),
        Criterion("timing", yes("timing"), weight=20, question="When?"),
        Criterion("authority", yes("authority"), weight=10, cost=2, question="Who decides?"),
        Criterion("size", field("employees").between(51, 200), weight=15),
        Criterion("large", field("employees") > 900, weight=-20),
        Criterion("city", field("city").one_of("Yerevan", "Gyumri"), weight=10),
        Criterion("fresh", field("contact").within(days=30), weight=10),
        Criterion("amount", field("amount") >= 10_000, weight=15, cost=3),
        Criterion("abroad", ~field("city").one_of("Oslo", "Delft"), weight=5),
    ],
    threshold=80,
    grades={"A": 100, "B": 60, "C": -20},
)
COLUMNS = {
    **{name: SqlColumn(name, bool) for name in ("need", "budget", "timing", "authority")},
    "employees": SqlColumn("employees", int),
    "city": SqlColumn("city", str, words=CITIES),
    "contact": SqlColumn("contact", date),
    "amount": SqlColumn("amount", float),
}
LEADS = """
CREATE TABLE leads AS SELECT i AS id,
    CASE WHEN random() < .7 THEN random() < .6 END AS need,
    CASE WHEN random() < .6 THEN random() < .6 END AS budget,
    CASE WHEN random() < .5 THEN random() < .5 END AS timing,
    CASE WHEN random() < .4 THEN random() < .5 END AS authority,
    CASE WHEN random() < .8 THEN (random() * 1000)::BIGINT END AS employees,
    CASE WHEN random() < .9 THEN $cities[1 + floor(random() * 8)::INT] END AS city,
    CASE WHEN random() < .6 THEN DATE '2026-03-02' - (random() * 90)::INT END AS contact,
    CASE WHEN random() < .5 THEN random() * 20000 END AS amount
FROM range($count) t (i)
"""
# As somebody who knows DuckDB would write it: nullable truths, each computed once.
BY_HAND = """
WITH facts AS (
    SELECT id, need, budget, timing, authority, employees BETWEEN 51 AND 200 AS size,
           employees > 900 AS large, city IN ('Yerevan', 'Gyumri') AS city,
           contact BETWEEN DATE '2026-01-31' AND DATE '2026-03-02' AS fresh,
           amount >= 10000 AS amount, city NOT IN ('Oslo', 'Delft') AS abroad
    FROM leads
), points AS (
    SELECT *, if(need, 30, 0) + if(budget, 20, 0) + if(timing, 20, 0) + if(authority, 10, 0)
           + if(size, 15, 0) + if(NOT large, 0, -20) + if(city, 10, 0) + if(fresh, 10, 0)
           + if(amount, 15, 0) + if(abroad, 5, 0) AS floor,
           if(NOT need, 0, 30) + if(NOT budget, 0, 20) + if(NOT timing, 0, 20)
           + if(NOT authority, 0, 10) + if(NOT size, 0, 15) + if(large, -20, 0)
           + if(NOT city, 0, 10) + if(NOT fresh, 0, 10) + if(NOT amount, 0, 15)
           + if(NOT abroad, 0, 5) AS ceiling
    FROM facts
), verdicts AS (
    SELECT *, CASE WHEN NOT need OR NOT budget OR ceiling < 80 THEN 'disqualified'
                   WHEN need AND budget AND floor >= 80 THEN 'qualified' ELSE 'undecided' END
              AS verdict,
           (80 - floor)::DOUBLE AS missing, (ceiling - 79)::DOUBLE AS spare,
           (need IS NULL)::INT + (budget IS NULL)::INT AS open
    FROM points
), urgencies AS (
    SELECT *,
        if(need IS NULL, greatest(if(missing > 0, least(30 / missing, 1), 0), 1 / open) + 1, -1)
            AS u1,
        if(budget IS NULL, greatest(if(missing > 0, least(20 / missing, 1), 0), 1 / open) + 1, -1)
            AS u2,
        if(timing IS NULL AND missing > 0, least(20 / missing, 1) + least(20 / spare, 1), -1) AS u3,
        if(authority IS NULL AND missing > 0,
           (least(10 / missing, 1) + least(10 / spare, 1)) / 2, -1) AS u4,
        if(size IS NULL AND missing > 0, least(15 / missing, 1) + least(15 / spare, 1), -1) AS u5,
        if(large IS NULL AND missing > 0, least(20 / missing, 1) + least(20 / spare, 1), -1) AS u6,
        if(city IS NULL AND missing > 0, least(10 / missing, 1) + least(10 / spare, 1), -1) AS u7,
        if(fresh IS NULL AND missing > 0, least(10 / missing, 1) + least(10 / spare, 1), -1) AS u8,
        if(amount IS NULL AND missing > 0,
           (least(15 / missing, 1) + least(15 / spare, 1)) / 3, -1) AS u9,
        if(abroad IS NULL AND missing > 0, least(5 / missing, 1) + least(5 / spare, 1), -1) AS u10
    FROM verdicts
), best AS (SELECT *, greatest(u1, u2, u3, u4, u5, u6, u7, u8, u9, u10) AS most FROM urgencies)
SELECT id, floor, ceiling, verdict,
    CASE WHEN floor >= 100 THEN 'A' WHEN floor >= 60 THEN if(ceiling >= 100, 'B to A', 'B')
         ELSE CASE WHEN ceiling >= 100 THEN 'C to A' WHEN ceiling >= 60 THEN 'C to B' ELSE 'C' END
    END AS grade,
    CASE WHEN verdict <> 'undecided' OR most < 0 THEN '' WHEN u1 = most THEN 'Which problem?'
         WHEN u2 = most THEN 'Which budget?' WHEN u3 = most THEN 'When?'
         WHEN u6 = most THEN 'Is this so: large?' WHEN u5 = most THEN 'Is this so: size?'
         WHEN u7 = most THEN 'Is this so: city?' WHEN u8 = most THEN 'Is this so: fresh?'
         WHEN u4 = most AND u9 < most AND u10 < most THEN 'Who decides?'
         WHEN u10 = most AND u9 < most THEN 'Is this so: abroad?'
         WHEN u4 = most THEN 'Who decides?' WHEN u9 = most THEN 'Is this so: amount?'
         ELSE 'Is this so: abroad?' END AS next_question
FROM best
"""


def print_policy(sql: duckdb.DuckDBPyConnection, count: int) -> float:
    """Judge so many leads by both, and print the ratio."""
    sql.execute("SELECT setseed(0.5)")
    sql.execute(LEADS, {"cities": list(CITIES), "count": count})
    asked = {"dialect": "duckdb", "table": "leads", "columns": COLUMNS, "at": NOW, "keep": ["id"]}
    return ratio(sql, f"{count:,} leads judged", policy_sql(CARD, **asked), BY_HAND)


OPEN = [stage.name for stage in OPPORTUNITY_PIPELINE.stages if stage.is_open]
WON, LOST = "won", "lost"
EVENTS = """
CREATE TABLE log AS
WITH deals AS (SELECT i AS deal, random() AS luck FROM range($count // 3) t (i)),
rows AS (
    SELECT deal, n, luck, random() AS turn, random() AS stray
    FROM deals, range(6) s (n) WHERE n = 0 OR random() < 0.4 + luck / 5
)
SELECT deal, n, TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(deal % 4000000 + n * 86400)
    AS moment,
    CASE WHEN turn < .12 AND n > 0 THEN 'lost' WHEN turn < .17 AND n > 2 THEN 'won'
         WHEN stray < .1 THEN $open[1 + floor(stray * 10 * len($open))::INT]
         ELSE $open[1 + least(n, len($open) - 1)] END AS stage
FROM rows ORDER BY random()
"""


def funnel_by_hand() -> str:
    """Write the funnel as somebody would who knows window functions and the same traps."""
    rungs = {name: rung for rung, name in enumerate([*OPEN, WON])}
    last = len(OPEN)
    case = " ".join(f"WHEN '{name}' THEN {rung}" for name, rung in rungs.items())
    firsts = ", ".join(
        f"min(n) FILTER (rung = {r}) AS f{r}, max(n) FILTER (rung = {r}) AS l{r}, "
        f"min(n) FILTER (rung > {r}) AS a{r}"
        for r in range(last + 1)
    )
    rows = " UNION ALL ".join(
        f"""SELECT {r} AS rung, '{name}' AS stage, count(*) FILTER (top >= {r}) AS entered,
        count(*) FILTER ({f"ends = {last}" if r == last else f"top > {r}"}) AS onward,
        count(*) FILTER (top = {r} AND ends = -1) AS lost,
        count(*) FILTER (top >= {r} AND f{r} IS NULL) AS skipped,
        count(*) FILTER (l{r} > f{r} AND l{r} > a{r}) AS returned FROM deals"""
        for r, name in enumerate([*OPEN, WON])
    )
    return f"""
    WITH known AS (
        SELECT deal, CASE stage {case} ELSE -1 END AS rung, stage,
               row_number() OVER w AS n, lag(stage) OVER w AS before
        FROM log WHERE moment <= TIMESTAMPTZ '2026-03-02 09:00:00+00'
        WINDOW w AS (PARTITION BY deal ORDER BY moment, n)
    ), deals AS MATERIALIZED (
        SELECT deal, max(rung) AS top, arg_max(rung, n) AS ends, {firsts}
        FROM known WHERE before IS NULL OR before <> stage GROUP BY deal
    )
    SELECT stage, entered, onward, lost, entered - onward - lost AS still, skipped, returned
    FROM ({rows}) ORDER BY rung
    """


def print_funnel(sql: duckdb.DuckDBPyConnection, count: int) -> float:
    """Count so many events by both, and print the ratio."""
    sql.execute("SELECT setseed(0.25)")
    sql.execute(EVENTS, {"open": OPEN, "count": count})
    (events,) = sql.execute("SELECT count(*) FROM log").fetchone() or (0,)
    log = SqlHistory("log", id="deal", stage="stage", at="moment", seq="n")
    ours = funnel_sql(OPPORTUNITY_PIPELINE, log, dialect="duckdb", at=NOW)
    return ratio(sql, f"{events:,} events counted", ours, funnel_by_hand())


def ratio(sql: duckdb.DuckDBPyConnection, what: str, ours: str, by_hand: str) -> float:
    """Run both in turn, and print how much longer ours takes; both must say the same."""
    spent: dict[str, list[float]] = {"ours": [], "by_hand": []}
    for number in range(ROUNDS):
        both = [("ours", ours), ("by_hand", by_hand)]
        for name, text in both if number % 2 else both[::-1]:
            began = time.perf_counter()
            sql.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")
            spent[name].append(time.perf_counter() - began)
    (other,) = sql.execute("SELECT count(*) FROM (FROM ours EXCEPT FROM by_hand)").fetchone() or (
        1,
    )
    pairs = zip(spent["ours"], spent["by_hand"], strict=True)
    found = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(times) for times in spent.values())
    print(
        f"{what}: text {mine:.3f} s, by hand {theirs:.3f} s, ratio {found:.2f} (at most {BAR}); "
        f"{other} rows differ"
    )
    return found if not other else float("inf")


def differing_scores(dialect: str, cards: int) -> Iterator[str]:
    """Judge 60 random rows by each of so many random scorecards, in one database."""
    found: list[str] = []
    with opened(dialect) as database:

        @settings(
            max_examples=cards,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(scorecards(), st.integers(0, 10**9))
        def compare(card: Scorecard, seed: int) -> None:
            chance = random.Random(seed)  # noqa: S311 - not to keep a secret
            rows = [
                {name: chance.choice(values) for name, values in VALUES.items()} for _ in range(60)
            ]
            expected = [said(card, row) for row in rows]
            pairs = zip(judged(database, card, rows), expected, strict=True)
            found.extend(f"{card}: {mine} for {wanted}" for mine, wanted in pairs if mine != wanted)

        compare()
    yield from found


def laws(histories: int) -> int:
    """Print how many answers differ from those of the objects."""
    is_missed = False
    for dialect in ("duckdb", "sqlite", "postgresql"):
        if dialect == "postgresql" and postgresql.binaries() is None:
            print("postgresql: there is none")
            continue
        scores = list(differing_scores(dialect, 400))
        with opened(dialect) as database:
            counts = list(differing(database, histories, seed=histories))
        print(
            f"{dialect}: {len(scores)} of 400 x 60 assessments differ; {histories:,} histories in "
            f"{len(ASKED)} ways: {len(counts)} answers differ (at most 0)"
        )
        print(*scores[:5], *counts[:5], sep="\n", end="")
        is_missed |= bool(scores or counts)
    return int(is_missed)


def main(*arguments: str) -> int:
    """Print the figures, and tell whether a bar is missed."""
    if arguments[:1] == ("laws",):
        return laws(int(arguments[1]) if arguments[1:] else 1_000)
    count = int(float(arguments[0]) * 1_000_000) if arguments else 1_000_000
    sql = duckdb.connect()
    sql.execute("SET timezone = 'UTC'")
    return int(max(print_policy(sql, count), print_funnel(sql, count)) > BAR)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
