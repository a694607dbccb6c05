"""
A stage history in a frame against the same counted by hand on the same engine.

``python -m tests.benchmarks.frame_history [EVENTS] [ROUNDS]`` makes so many events, has the funnel
of each engine counted by `StageHistory` and by code that was written for this one pipeline, in
turns, and prints the median of the ratios beside the bar. Both give the same funnel, which is
checked. Each engine has a process of its own, since what one leaves in memory slows down the next.
Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from salesfunnel.analytics import Funnel
from salesfunnel.frames import StageHistory
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE

EVENTS, ROUNDS = 1_000_000, 5
BARS = {"polars": 1.1, "polars, lazy": 1.1, "DuckDB": 1.2, "pandas": 1.3, "pyarrow": 1.2}
START = datetime(2024, 1, 1, tzinfo=UTC)
AT = START + timedelta(days=900)
OPEN = ("meeting", "proposal", "negotiation")
STAGES = (*OPEN, "won", "lost")
NAMED = {"id": "deal", "stage": "stage", "at": "moment"}
Flows = Counter[tuple[str, str]]
Found = tuple[Flows, list[tuple[int, ...]]]
"""Every move with its count, and of each rung: entered, skipped, lost, won or gone on."""


def events(count: int) -> pl.DataFrame:
    """Make the stage history of deals that go on, skip, come back and are closed."""
    chance = random.Random(count)  # noqa: S311 - not to keep a secret
    deals, stages, days = [], [], []
    deal = 0
    while len(deals) < count:
        deal, day, rung = deal + 1, chance.randrange(700 * 86_400), chance.choice([0, 0, 0, 1])
        for _ in range(chance.choice([1, 2, 3, 3, 4, 5])):
            deals.append(deal)
            stages.append(STAGES[rung])
            days.append(day)
            day += chance.randrange(20 * 86_400)
            step = chance.choice([1, 1, 1, 2, -1]) if chance.random() < 0.8 else 4 - rung
            if rung >= len(OPEN):
                break
            rung = max(0, min(4, rung + step))
    rows = pl.DataFrame({"deal": deals, "stage": stages, "seconds": days})
    moment = pl.lit(START) + pl.duration(seconds=pl.col("seconds"))
    return rows.select("deal", "stage", moment=moment.cast(pl.Datetime("us", "UTC"))).sample(
        fraction=1, shuffle=True, seed=1
    )


def by_polars(rows: pl.LazyFrame) -> Found:
    """Count with expressions of polars."""
    places = {stage: place for place, stage in enumerate(STAGES)}
    rung = pl.col("stage").replace_strict(places, return_dtype=pl.Int64)
    ordered = rows.select("deal", "moment", rung=rung).sort("deal", "moment", "rung")
    is_first = (pl.col("deal") != pl.col("deal").shift(1)).fill_null(value=True)
    is_last = (pl.col("deal") != pl.col("deal").shift(-1)).fill_null(value=True)
    ordered = ordered.with_columns(
        before=pl.when(is_first).then(pl.lit(-1)).otherwise(pl.col("rung").shift(1)),
        power=pl.lit(2, pl.Int64) ** pl.col("rung"),
        last=pl.when(is_last).then(pl.col("rung")).otherwise(pl.lit(0)),
    )
    flows = ordered.group_by("before", "rung").len()
    deals = ordered.group_by("deal").agg(pl.col("power").bitwise_or(), pl.col("last").sum())
    ends = deals.group_by("power", "last").len()
    return finished(*(found.rows() for found in pl.collect_all([flows, ends])))


SQL = """
WITH placed AS MATERIALIZED (
    SELECT deal, rung, lag(rung) OVER w AS before, lead(rung) OVER w IS NULL AS is_last
    FROM (
        SELECT deal, moment, list_position(['meeting', 'proposal', 'negotiation', 'won', 'lost'],
                                           stage) - 1 AS rung FROM log
    ) WINDOW w AS (PARTITION BY deal ORDER BY moment, rung)
)
SELECT 0, coalesce(before, -1), rung, count(*) FROM placed GROUP BY ALL
UNION ALL
SELECT 1, power, last, count(*) FROM (
    SELECT bit_or(1 << rung::INT) AS power, max(rung) FILTER (is_last) AS last
    FROM placed GROUP BY deal
) GROUP BY ALL
"""


def by_duckdb(log: Any) -> Found:
    """Count with SQL."""
    rows = log.query("log", SQL).fetchall()
    return finished(*([row[1:] for row in rows if row[0] == kind] for kind in (0, 1)))


def by_pandas(log: pd.DataFrame) -> Found:
    """Count with pandas."""
    rung = log["stage"].map({stage: place for place, stage in enumerate(STAGES)}).astype("int64")
    rows = log[["deal", "moment"]].assign(rung=rung).sort_values(["deal", "moment", "rung"])
    deal, rung = rows["deal"], rows["rung"]
    before = rung.shift(1, fill_value=-1).where(deal == deal.shift(1, fill_value=-1), -1)
    flows = rung.groupby([before.to_numpy(), rung.to_numpy()]).size()
    is_last = deal != deal.shift(-1, fill_value=-1)
    seen = pd.DataFrame({"deal": deal, "last": rung.where(is_last, 0)})
    for place in range(len(STAGES)):
        seen[f"p{place}"] = rung == place
    deals = seen.groupby("deal", sort=False).max()
    power = sum(deals[f"p{place}"].astype("int64") * (1 << place) for place in range(len(STAGES)))
    ends = deals.groupby([power, "last"]).size()
    return finished(*([(*key, n) for key, n in found.items()] for found in (flows, ends)))


def by_pyarrow(log: pa.Table) -> Found:
    """Count with the functions of Arrow."""
    rung = pc.index_in(log["stage"], pa.array(STAGES)).cast(pa.int64())
    rows = log.select(["deal", "moment"]).append_column("rung", rung)
    rows = rows.sort_by([(name, "ascending") for name in ("deal", "moment", "rung")])
    deal, rung = (rows[name].combine_chunks() for name in ("deal", "rung"))
    differ = pc.not_equal(deal[1:], deal[:-1])
    is_first = pa.concat_arrays([pa.array([True]), differ])
    is_last = pa.concat_arrays([differ, pa.array([True])])
    shifted = pa.concat_arrays([pa.array([-1]), rung[:-1]])
    before = pc.if_else(is_first, pa.scalar(-1), shifted)
    table = pa.table({"deal": deal, "rung": rung, "before": before})
    table = table.append_column("last", pc.if_else(is_last, rung, pa.scalar(0)))
    flows = table.group_by(["before", "rung"]).aggregate([([], "count_all")])
    asked = [("last", "sum")]
    for place in range(len(STAGES)):
        table = table.append_column(f"p{place}", pc.equal(rung, place).cast(pa.int64()))
        asked.append((f"p{place}", "max"))
    deals = table.group_by("deal").aggregate(asked)
    power = None
    for place in range(len(STAGES)):
        part = pc.multiply(deals[f"p{place}_max"], 1 << place)
        power = part if power is None else pc.add(power, part)
    ends = pa.table({"power": power, "last": deals["last_sum"]})
    ends = ends.group_by(["power", "last"]).aggregate([([], "count_all")])
    return finished(*([tuple(row.values()) for row in t.to_pylist()] for t in (flows, ends)))


def finished(flows: Any, ends: Any) -> Found:
    """Turn moves, and how those ended who stood on some rungs, into the figures of a funnel."""
    names = ("", *STAGES)
    steps = [[0, 0, 0] for _ in STAGES[:-1]]
    for power, last, count in ends:
        furthest = (power & 15).bit_length() - 1
        for rung in range(furthest + 1):
            entered = steps[rung]
            entered[0] += count
            entered[1] += count * (not power >> rung & 1)
            entered[2] += count * (rung == furthest and last == len(STAGES) - 1)
    moves = {(names[b + 1], names[r + 1]): n for b, r, n in flows if b != r}
    return Counter(moves), [tuple(step) for step in steps]


def of_library(found: Funnel) -> Found:
    """Read the same figures from a funnel."""
    steps = [(step.entered, step.skipped, step.lost) for step in found.steps]
    return Counter({(f.from_stage, f.to_stage): f.count for f in found.flows}), steps


def frames(rows: pl.DataFrame) -> Iterator[tuple[str, Any, Callable[[], Found]]]:
    """Go through the engines: the frame, and how it is counted by hand."""
    yield "polars", rows, lambda: by_polars(rows.lazy())
    yield "polars, lazy", rows.lazy(), lambda: by_polars(rows.lazy())
    connection = duckdb.connect()
    connection.execute("SET timezone = 'UTC'")
    connection.register("arrow", rows.to_arrow())
    connection.execute("CREATE TABLE log AS SELECT * FROM arrow")
    log = connection.table("log")
    yield "DuckDB", log, lambda: by_duckdb(log)
    table = rows.to_arrow()
    frame = table.to_pandas().astype({"stage": "string"})
    yield "pandas", frame, lambda: by_pandas(frame)
    yield "pyarrow", table, lambda: by_pyarrow(table)


def main(count: int = EVENTS, rounds: int = ROUNDS) -> int:
    """Print a line for each engine, and tell whether a bar is missed."""
    asked = [sys.executable, "-m", __spec__.name, str(count), str(rounds)]
    return max(subprocess.run([*asked, name], check=False).returncode for name in BARS)


def of_engine(count: int, rounds: int, engine: str) -> int:
    """Measure one engine."""
    is_missed = False
    for name, frame, by_hand in frames(events(count)):
        if name != engine:
            continue
        history = StageHistory(frame, OPPORTUNITY_PIPELINE, **NAMED)
        if of_library(history.funnel(at=AT)) != by_hand():
            print(f"{name}: the two do not agree")
            return 1
        ratios, times = [], []
        for _ in range(rounds):
            begun = time.perf_counter()
            by_hand()
            between = time.perf_counter()
            history.funnel(at=AT)
            ended = time.perf_counter()
            ratios.append((ended - between) / (between - begun))
            times.append((between - begun, ended - between))
        hand, ours = (min(column) for column in zip(*times, strict=True))
        ratio = statistics.median(ratios)
        is_missed |= ratio > BARS[name]
        said = f"{ratio:.2f} (at most {BARS[name]}); best {hand:.3f} s by hand, {ours:.3f} s by us"
        print(f"{name}: {said}", flush=True)
    return int(is_missed)


if __name__ == "__main__":
    sizes, engines = map(int, sys.argv[1:3]), sys.argv[3:]
    sys.exit(of_engine(*sizes, engines[0]) if engines else main(*sizes))
