"""
Ten million stage events on one machine.

``python -m tests.benchmarks.ten_million [EVENTS] [ROUNDS]``

Makes a Parquet file of the events of deals that go on, skip, come back and are closed, and has its
funnel counted by `StageHistory` and by SQL or expressions written by hand for this one pipeline, on
DuckDB, on DuckDB with 300 MB, on polars (streaming) and on Spark (a master and a worker of two
cores). Each run is a process of its own. The time is from the file to the figures, without imports
and without starting a session; the memory is the most that the process and its children held,
sampled. All must give the same funnel. Figures are printed in docs/explanation.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from salesfunnel.analytics import Funnel
from salesfunnel.frames import StageHistory
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
from tests import spark_cluster

EVENTS, ROUNDS = 10_000_000, 3
AT = datetime(2028, 1, 1, tzinfo=UTC)
STAGES = ("meeting", "proposal", "negotiation", "won", "lost")
WAYS = ("m", "mp", "mpnw", "mpnl", "ml", "pnw", "mpmpl", "mnpnw")
"""What becomes of deals, by the first letters of the stages; 3.25 events each."""
ENGINES = ("DuckDB", "DuckDB, 300 MB", "polars", "Spark")

Found = dict[str, list[int]]
"""How many entered each rung of the ladder, how many of them were lost there, and each move."""

MAKE = """
COPY (
    SELECT deal, n, ['{stages}'][strpos('mpnwl', way[n])] AS stage,
           TIMESTAMPTZ '2024-01-01 00:00:00+00'
           + to_seconds((chance % 63_000_000 + n * 1_728_000 + hash(deal, n) % 1_728_000)::BIGINT)
           AS moment
    FROM (SELECT deal, way, chance, unnest(range(1, len(way) + 1)) AS n FROM (
        SELECT i AS deal, hash(i) AS chance, ['{ways}'][(hash(i) % {kinds} + 1)::INT] AS way
        FROM range({deals}) AS all_deals(i)
    )) ORDER BY moment
) TO '{file}' (FORMAT parquet)
"""
BY_HAND = """
WITH placed AS (
    SELECT deal, rung, lag(rung) OVER w AS previous, lead(rung) OVER w IS NULL AS is_last FROM (
        SELECT deal, moment, n, CASE stage WHEN 'meeting' THEN 0 WHEN 'proposal' THEN 1
               WHEN 'negotiation' THEN 2 WHEN 'won' THEN 3 ELSE 4 END AS rung FROM log
    ) AS rows WINDOW w AS (PARTITION BY deal ORDER BY moment, n)
)
SELECT 0 AS kind, coalesce(previous, -1) AS a, rung AS b, count(*) AS c FROM placed GROUP BY 2, 3
UNION ALL
SELECT 1, furthest, is_lost, count(*) FROM (
    SELECT max(CASE WHEN rung < 4 THEN rung END) AS furthest,
           max(CASE WHEN is_last AND rung = 4 THEN 1 ELSE 0 END) AS is_lost
    FROM placed GROUP BY deal
) AS deals GROUP BY 2, 3
"""


def make(file: Path, count: int) -> None:
    """Write so many events, sorted by their moments as a log is."""
    names = {"stages": "', '".join(STAGES), "ways": "', '".join(WAYS), "kinds": len(WAYS)}
    deals = count * len(WAYS) // sum(map(len, WAYS))
    with duckdb.connect() as connection:
        connection.execute(MAKE.format(**names, deals=deals, file=file))


def by_library(log: Any) -> Found:
    """Count as a user of the library does."""
    history = StageHistory(
        log, OPPORTUNITY_PIPELINE, id="deal", stage="stage", at="moment", seq="n"
    )
    return figures(history.funnel(at=AT))


def figures(funnel: Funnel) -> Found:
    """Take from a funnel what is counted by hand as well."""
    steps = {step.stage: [step.entered, step.lost] for step in funnel.steps}
    return steps | {f"{f.from_stage} > {f.to_stage}": [f.count] for f in funnel.flows}


def finished(rows: Any) -> Found:
    """Turn moves, and how far deals came, into the figures of a funnel."""
    names, found = ("", *STAGES), {stage: [0, 0] for stage in STAGES[:-1]}
    for kind, first, second, count in rows:
        if kind == 0:
            found[f"{names[first + 1]} > {names[second + 1]}"] = [count]
            continue
        for stage in STAGES[: first + 1]:
            found[stage][0] += count
        found[STAGES[first]][1] += second * count
    return found


def on_polars(log: pl.LazyFrame) -> Found:
    """Count by hand with expressions of polars."""
    places = {stage: place for place, stage in enumerate(STAGES)}
    rung = pl.col("stage").replace_strict(places, return_dtype=pl.Int8)
    rows = log.select("deal", "moment", "n", rung=rung).sort("deal", "moment", "n")
    is_first = (pl.col("deal") != pl.col("deal").shift(1)).fill_null(value=True)
    is_last = (pl.col("deal") != pl.col("deal").shift(-1)).fill_null(value=True)
    rows = rows.select(
        "deal",
        "rung",
        previous=pl.when(is_first).then(-1).otherwise(pl.col("rung").shift(1)),
        rising=pl.when(pl.col("rung") < 4).then(pl.col("rung")),
        is_lost=is_last & (pl.col("rung") == 4),
    )
    deals = rows.group_by("deal").agg(pl.col("rising").max(), pl.col("is_lost").max())
    moves, ends = pl.collect_all(
        [rows.group_by("previous", "rung").len(), deals.group_by("rising", "is_lost").len()],
        engine="streaming",
    )
    return finished([(0, *row) for row in moves.rows()] + [(1, *row) for row in ends.rows()])


@contextmanager
def opened(engine: str, file: Path) -> Iterator[tuple[Any, Callable[[], Found]]]:
    """Open a file on an engine: the frame, and how it is counted by hand."""
    if engine == "polars":
        log = pl.scan_parquet(file)
        with pl.Config(engine_affinity="streaming"):
            yield log, lambda: on_polars(log)
    elif engine == "Spark":
        with (
            spark_cluster.cluster(cores=2, memory="2g", options="") as master,
            spark_cluster.session(master, memory="2g", options="") as spark,
        ):
            spark.range(10).count()  # the executor is there
            table = spark.read.parquet(str(file))
            table.createOrReplaceTempView("log")
            yield table, lambda: finished(spark.sql(BY_HAND).collect())
    else:
        with duckdb.connect() as connection:
            connection.execute("SET timezone = 'UTC'")
            if engine == "DuckDB, 300 MB":
                connection.execute("SET memory_limit = '300MB'")
            table = connection.read_parquet(str(file))
            connection.execute(f"CREATE VIEW log AS FROM read_parquet('{file}')")
            yield table, lambda: finished(connection.sql(BY_HAND).fetchall())


def run(engine: str, who: str, file: Path) -> None:
    """Count once, and print the seconds and the figures."""
    with opened(engine, file) as (log, by_hand):
        begin = time.perf_counter()
        found = by_library(log) if who == "ours" else by_hand()
        spent = time.perf_counter() - begin
    print(json.dumps({"seconds": spent, "found": found}))


def measured(engine: str, who: str, file: Path) -> tuple[float, float, Found]:
    """Run a process for it: its seconds, the most gigabytes that it held, and its figures."""
    command = [sys.executable, "-m", "tests.benchmarks.ten_million", engine, who, str(file)]
    most = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, resident(process.pid))
            time.sleep(0.05)
        said = json.loads(process.stdout.read().splitlines()[-1])
    return said["seconds"], most / 1e9, said["found"]


def resident(pid: int) -> int:
    """Add up the memory of a process and of all that it has started, in bytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it has just ended
    return pages * os.sysconf("SC_PAGESIZE") + sum(resident(int(child)) for child in children)


def main(count: int = EVENTS, rounds: int = ROUNDS) -> int:
    """Print a line for each engine; ends with 1 where two funnels differ."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.parquet"
        make(file, count)
        size = file.stat().st_size / 1e6
        print(f"{count:,} events, {size:.0f} MB of Parquet, {os.cpu_count()} processors")
        print("engine         by hand          StageHistory     times  of", rounds, flush=True)
        funnels = []
        for engine in ENGINES:
            runs: dict[str, list[tuple[float, float, Found]]] = {"hand": [], "ours": []}
            for _ in range(rounds):
                for who, found in runs.items():
                    found.append(measured(engine, who, file))
            funnels += [found for each in runs.values() for *_, found in each]
            (hand, held), (ours, holds) = (
                (statistics.median(run[0] for run in each), max(run[1] for run in each))
                for each in runs.values()
            )
            times = statistics.median(
                b[0] / a[0] for a, b in zip(runs["hand"], runs["ours"], strict=True)
            )
            figures_of = f"{hand:6.1f} s {held:4.1f} GB {ours:8.1f} s {holds:4.1f} GB {times:8.2f}"
            print(f"{engine:14}{figures_of}  load {os.getloadavg()[0]:.0f}", flush=True)
    print(json.dumps(funnels[0]))
    return int(any(found != funnels[0] for found in funnels))


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(*map(int, sys.argv[1:3])))
