"""
A scorecard and a funnel on Spark against the same in Spark's SQL, written by hand.

``python -m tests.benchmarks.frame_spark [ROWS] [ROUNDS]`` opens a session of two cores, reads a
Parquet file of each, and has both done by the library and by hand in turns, after one round that
warms up. Prints the median of the ratios beside the bar; that both say the same is checked. Ends
with 1 where a bar is missed.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from salesfunnel.frames import StageHistory, assess
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
from tests import spark_cluster
from tests.benchmarks import frame_card, frame_history
from tests.benchmarks.frame_judging import AT, leads, seconds

ROWS, ROUNDS, BAR = 1_000_000, 5, 1.15
CARD = frame_card.SQL.replace("EXCLUDE", "EXCEPT")
FUNNEL = """
WITH placed AS (
    SELECT deal, rung, lag(rung) OVER w AS before, lead(rung) OVER w AS after
    FROM (
        SELECT deal, moment,
               array_position(array('meeting', 'proposal', 'negotiation', 'won', 'lost'), stage) - 1
               AS rung
        FROM log
    ) WINDOW w AS (PARTITION BY deal ORDER BY moment, rung)
), deals AS (
    SELECT bit_or(shiftleft(1, int(rung))) AS power,
           max(CASE WHEN after IS NULL THEN rung END) AS ended
    FROM placed GROUP BY deal
)
SELECT 0, coalesce(before, -1), rung, count(*) FROM placed GROUP BY coalesce(before, -1), rung
UNION ALL
SELECT 1, power, ended, count(*) FROM deals GROUP BY power, ended
"""
Contender = tuple[str, Callable[[], Any], Callable[[], Any], Callable[[], bool]]


def contenders(spark: Any, count: int, folder: Path) -> Iterator[Contender]:
    """Give the funnel and the card: by hand, by the library, and whether both say the same."""
    frame_history.events(count).write_parquet(folder / "log.parquet")
    log = spark.read.parquet(str(folder / "log.parquet"))
    log.createOrReplaceTempView("log")
    history = StageHistory(log, OPPORTUNITY_PIPELINE, **frame_history.NAMED)

    def funnel_by_hand() -> frame_history.Found:
        rows = [tuple(row) for row in spark.sql(FUNNEL).collect()]
        return frame_history.finished(
            *([row[1:] for row in rows if row[0] == kind] for kind in (0, 1))
        )

    def funnel() -> frame_history.Found:
        return frame_history.of_library(history.funnel(at=frame_history.AT))

    yield "funnel", funnel_by_hand, funnel, lambda: funnel_by_hand() == funnel()

    leads(count).write_parquet(folder / "leads.parquet")
    rows = spark.read.parquet(str(folder / "leads.parquet"))
    rows.createOrReplaceTempView("leads")
    named = ["id", *frame_card.ADDED]

    def same() -> bool:
        by_hand, by_library = spark.sql(CARD).select(named), assess(frame_card.CARD, rows, at=AT)
        return bool(by_hand.exceptAll(by_library.select(named)).isEmpty())

    # Each row is computed, and none is written.
    yield (
        "card",
        lambda: spark.sql(CARD).write.format("noop").mode("overwrite").save(),
        lambda: assess(frame_card.CARD, rows, at=AT).write.format("noop").mode("overwrite").save(),
        same,
    )


def main(count: int = ROWS, rounds: int = ROUNDS) -> int:
    """Print a line for each, and tell whether the bar is missed."""
    is_missed = False
    print(f"{count:,} rows, load {os.getloadavg()[0]:.1f}")
    with (
        tempfile.TemporaryDirectory() as folder,
        spark_cluster.session("local[2]", memory="2g", options="") as spark,
    ):
        for name, by_hand, by_library, same in contenders(spark, count, Path(folder)):
            if not same():
                print(f"{name}: the two do not agree")
                return 1
            times = [(seconds(by_hand)[0], seconds(by_library)[0]) for _ in range(rounds)]
            hand, ours = (min(column) for column in zip(*times, strict=True))
            ratio = statistics.median(ours / hand for hand, ours in times)
            is_missed |= ratio > BAR
            said = f"{ratio:.2f} (at most {BAR}); best {hand:.3f} s by hand, {ours:.3f} s by us"
            print(f"{name}: {said}{'  MISSED' * (ratio > BAR)}", flush=True)
    return int(is_missed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
