"""
Funnels of random histories, counted a second time in SQL that was written apart from ours.

Each history is a pile of its own, so that no two mistakes can hide one another. It skips stages,
comes back, is closed and reopened, does several things at one instant, or nothing at all by then.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb

from salesfunnel import Opportunity
from salesfunnel.analytics import cohorts, funnel, stage_times
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline

START = datetime(2026, 1, 1, tzinfo=UTC)
AT = 40
OPEN = ("a", "b", "c")
RUNGS = (*OPEN, "won")
BOARD = free_pipeline(
    "board", [*map(Stage, OPEN), Stage("won", kind="won"), Stage("lost", kind="lost")]
)
PATHS = ("reached", "visited", "strict", "standing")
WINDOW = 9

# What is known by then, with the rung of each stage and its place in the history; lost is -1.
SQL = """
WITH known AS (
    SELECT id, n, day, list_position(['a', 'b', 'c', 'won'], stage) - 1 AS place, stage,
           CASE stage WHEN 'lost' THEN -1 ELSE list_position(['a', 'b', 'c', 'won'], stage) - 1 END
           AS rung
    FROM events WHERE day <= $at
), old AS (
    SELECT id, min(day) AS began FROM known GROUP BY id
    HAVING $window IS NULL OR min(day) + $window <= $at
), seen AS (
    SELECT k.* FROM known k JOIN old o USING (id)
    WHERE $window IS NULL OR k.day <= o.began + $window
), last AS (
    SELECT id, arg_max(rung, n) AS rung FROM seen GROUP BY id
), strict AS (
    SELECT id, min(n) FILTER (rung = 0) AS n0 FROM seen GROUP BY id
), strict1 AS (
    SELECT s.id, n0, min(n) FILTER (rung = 1 AND n > n0) AS n1
    FROM strict s JOIN seen USING (id) GROUP BY s.id, n0
), strict2 AS (
    SELECT s.id, n0, n1, min(n) FILTER (rung = 2 AND n > n1) AS n2
    FROM strict1 s JOIN seen USING (id) GROUP BY s.id, n0, n1
), strict3 AS (
    SELECT s.id, n0, n1, n2, min(n) FILTER (rung = 3 AND n > n2) AS n3
    FROM strict2 s JOIN seen USING (id) GROUP BY s.id, n0, n1, n2
), ladder AS (
    SELECT last.id, r.rung, last.rung AS ends,
           EXISTS (FROM seen s WHERE s.id = last.id AND s.rung = r.rung) AS stood,
           EXISTS (FROM seen s WHERE s.id = last.id AND s.rung >= r.rung) AS reached,
           EXISTS (FROM seen s WHERE s.id = last.id AND s.rung > r.rung) AS passed,
           EXISTS (FROM seen s JOIN seen t ON t.id = s.id AND t.n > s.n
                   WHERE s.id = last.id AND s.rung = r.rung AND t.rung = r.rung + 1) AS next,
           EXISTS (FROM seen s JOIN seen t ON t.id = s.id AND t.n > s.n
                   JOIN seen u ON u.id = s.id AND u.n < t.n
                   WHERE s.id = last.id AND s.rung = r.rung AND t.rung = r.rung
                   AND u.rung > r.rung) AS returned,
           CASE r.rung WHEN 0 THEN n0 WHEN 1 THEN n1 WHEN 2 THEN n2 ELSE n3 END IS NOT NULL AS kept,
           CASE r.rung WHEN 0 THEN n1 WHEN 1 THEN n2 WHEN 2 THEN n3 END IS NOT NULL AS kept_on
    FROM last JOIN strict3 USING (id), (VALUES (0), (1), (2), (3)) r (rung)
)
SELECT id, rung,
       CASE $path WHEN 'reached' THEN reached WHEN 'visited' THEN stood WHEN 'strict' THEN kept
                  ELSE ends >= rung END AS entered,
       entered AND CASE WHEN rung = 3 THEN ends = 3 WHEN $path = 'reached' THEN passed
                        WHEN $path = 'visited' THEN next WHEN $path = 'strict' THEN kept_on
                        ELSE ends > rung END AS onward,
       entered AND NOT onward AND ends = -1 AS lost,
       entered AND NOT onward AND ends = 3 AS bypassed,
       entered AND NOT CASE $path WHEN 'standing' THEN ends = rung ELSE stood END AS skipped,
       returned AND $path <> 'standing' AS returned
FROM ladder ORDER BY id, rung
"""
TIMES = """
SELECT id, stage, max(n) < any_value(final) AS has_left
FROM (SELECT *, max(n) OVER (PARTITION BY id) AS final FROM events WHERE day <= $at)
WHERE stage IN ('a', 'b', 'c') AND id NOT IN (
    SELECT id FROM events WHERE day <= $at GROUP BY id
    HAVING arg_max(stage, n) IN ('won', 'lost') AND min(day) = arg_max(day, n)
)
GROUP BY id, stage
"""
COHORTS = """
SELECT id, coalesce(bool_or(stage = 'won' AND day <= began + $window), false)
FROM (SELECT *, min(day) OVER (PARTITION BY id) AS began FROM events WHERE day <= $at)
GROUP BY id
"""


def a_history(chance: random.Random, number: int) -> tuple[Opportunity, list[tuple[int, str]]]:
    """Walk a deal at random, and list what it entered on which day."""
    stage, day = chance.choice(OPEN), chance.randrange(46)
    deal = Opportunity.open(
        id=str(number), pipeline=BOARD, stage=stage, at=START + timedelta(days=day)
    )
    entered = [(day, stage)]
    for _ in range(chance.randrange(8)):
        wanted, day = chance.choice([*RUNGS, "lost"]), day + chance.choice([0, 0, 1, 3, 9])
        at = START + timedelta(days=day)
        if wanted != deal.stage and deal.closing:
            deal = deal.reopen(at=at)
            entered.append((day, deal.stage))
        if wanted != deal.stage:
            deal = deal.move(to=wanted, reason="price" if wanted == "lost" else "", at=at)
            entered.append((day, wanted))
    return deal, entered


def differing(count: int, *, seed: int) -> Iterator[str]:
    """Count so many random histories twice, and name each figure that differs."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    walks = [a_history(chance, number) for number in range(count)]
    sql = duckdb.connect()
    sql.execute("SET threads = 1; CREATE TABLE events (id INT, n INT, day INT, stage TEXT)")
    rows = [
        (number, place, day, stage)
        for number, (_, entered) in enumerate(walks)
        for place, (day, stage) in enumerate(entered)
    ]
    sql.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
    at = START + timedelta(days=AT)
    for path in PATHS:
        for window in (None, WINDOW):
            asked = {"path": path, "window": window, "at": AT}
            expected: dict[int, list[tuple[int, ...]]] = {}
            for number, _, *figures in sql.execute(SQL, asked).fetchall():
                expected.setdefault(number, []).append(tuple(map(int, figures)))
            within = None if window is None else timedelta(days=window)
            for number, (deal, _) in enumerate(walks):
                steps = funnel([deal], at=at, path=path, within=within).steps
                found = [
                    (s.entered, s.onward, s.lost, s.bypassed, s.skipped, s.returned) for s in steps
                ]
                nothing = [(0,) * 6] * len(found)
                if found != expected.get(number, nothing):
                    yield f"{number} {path} {window}: {found} for {expected.get(number)}"
    left = {(n, stage): int(over) for n, stage, over in sql.execute(TIMES, {"at": AT}).fetchall()}
    won = dict(sql.execute(COHORTS, {"at": AT + 60, "window": WINDOW}).fetchall())
    for number, (deal, _) in enumerate(walks):
        for time in stage_times([deal], at=at).stages:
            over = left.get((number, time.stage))
            if (time.ended, time.still) != (int(over == 1), int(over == 0)):
                yield f"{number} time in {time.stage}: {time.ended}, {time.still} for {over}"
        asked = {"within": timedelta(days=WINDOW), "every": "week"}
        (row,) = cohorts([deal], at=at + timedelta(days=60), **asked).rows
        if row.shares[0] is None or row.shares[0].part != won[number]:
            yield f"{number} cohort: {row} for {won[number]}"
