"""
A million rows judged, held to bars: ``python tests/benchmarks/frame_judging.py [COUNT]``.

The rows are judged with everything that `assess` says, grade and next question too, against the
same card on objects, of which a part is judged and the time multiplied; those are not even asked
for the next question. By the clock, with nothing lazy left, and by the work of all processors. Ends
with 1 where a bar is missed by the clock; fewer rows than a million are too few for the bars.
"""

from __future__ import annotations

import functools
import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from salesfunnel.frames import assess
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import field, yes

AT = datetime(2026, 3, 2, tzinfo=UTC)
COUNT, PART, TURNS = 1_000_000, 20_000, 3
BARS = {"polars": 20, "polars, lazy": 20, "DuckDB": 15, "pandas": 6}

CARD = Scorecard(
    "ten criteria",
    criteria=[
        Criterion("budget", field("budget") >= 10_000, weight=20, question="What may it cost?"),
        Criterion("authority", yes("authority"), weight=15, question="Who decides?"),
        Criterion("need", yes("need"), weight=20, required=True, question="What is the problem?"),
        Criterion("timing", field("timing").within(days=90), weight=10),
        Criterion("size", field("employees").between(10, 500), weight=10),
        Criterion("country", field("country").one_of("iran", "france", "armenia"), weight=10),
        Criterion("industry", field("industry").contains("manufactur"), weight=5),
        Criterion("rival", ~yes("rival"), weight=-5, required=True),
        Criterion("visits", (field("visits") > 3) | yes("asked"), weight=5, cost=2),
        Criterion("small", field("employees") <= 20_000, weight=0, required=True),
    ],
    threshold=60,
    grades={"A": 80, "B": 60, "C": 30},
)


def leads(count: int) -> pl.DataFrame:
    """Make rows, of which each fact is missing in a fifth."""
    chance = random.Random(count)  # noqa: S311 - not to keep a secret

    def some(*values: object) -> list[object]:
        return chance.choices([*values, None], [0.8 / len(values)] * len(values) + [0.2], k=count)

    days = [date(2026, 3, 1) - timedelta(days) for days in range(0, 400, 7)]
    countries = ("Iran", "IRAN", "France", "Armenia", "Germany", "ایران", "")
    industries = ("Manufacturing", "Car manufacturers", "Retail", "Software", "Banking")
    return pl.DataFrame(
        {
            "id": range(count),
            "budget": some(*range(0, 40_000, 500)),
            "authority": some(True, False),
            "need": some(True, True, True, False),
            "timing": some(*days),
            "employees": some(*range(1, 900, 3)),
            "country": some(*countries),
            "industry": some(*industries),
            "rival": some(False, False, False, True),
            "visits": some(*map(float, range(9))),
            "asked": some("yes", "no", "Yes", "n/a"),
        }
    )


def on_duckdb(rows: pl.DataFrame) -> Any:
    """Put the rows into a table."""
    connection = duckdb.connect()
    connection.register("rows", rows.to_arrow())
    connection.execute("CREATE TABLE leads AS SELECT * FROM rows")
    return connection.table("leads")


def on_pandas(rows: pl.DataFrame) -> pd.DataFrame:
    """Make the frame of convert_dtypes, and keep the days as days."""
    frame = rows.to_pandas().convert_dtypes()
    frame["timing"] = pd.array(rows["timing"].to_list(), dtype=pd.ArrowDtype(pa.date32()))
    return frame


def same(frame: Any) -> Any:
    """Have nothing to compute."""
    return frame


ENGINES: dict[str, tuple[Callable[[pl.DataFrame], Any], Callable[[Any], Any]]] = {
    "polars": (same, same),
    "polars, lazy": (pl.DataFrame.lazy, pl.LazyFrame.collect),
    "polars, streaming": (pl.DataFrame.lazy, lambda frame: frame.collect(engine="streaming")),
    "DuckDB": (on_duckdb, lambda relation: relation.to_arrow_table()),
    "pyarrow": (pl.DataFrame.to_arrow, same),
    "pandas": (on_pandas, same),
    "pandas on Arrow": (lambda rows: rows.to_pandas(use_pyarrow_extension_array=True), same),
}
"""How a frame is made of rows, and how what was judged is computed."""


def seconds(contender: Callable[[], object]) -> tuple[float, float]:
    """Measure one run: by the clock, and of all processors together."""
    gc.collect()
    begin, busy = time.perf_counter(), time.process_time()
    contender()
    return time.perf_counter() - begin, time.process_time() - busy


def judged(frame: Any, computed: Callable[[Any], Any]) -> object:
    """Judge a frame, and leave nothing for later."""
    return computed(assess(CARD, frame, at=AT))


def main(count: int = COUNT) -> int:
    """Print a line for each engine, and tell whether a bar is missed."""
    rows = leads(count)
    part = rows.head(PART).rows(named=True)
    print(f"{count:,} rows, load {os.getloadavg()[0]:.1f}; objects: {len(part):,} of them, scaled")
    missed = 0
    for name, (made, computed) in ENGINES.items():
        frame = made(rows)
        turns = []
        for _ in range(TURNS):
            by_clock, by_work = seconds(lambda: [CARD.assess(row, at=AT) for row in part])
            scale = count / len(part)
            spent, busy = seconds(functools.partial(judged, frame, computed))
            turns.append((spent, by_clock * scale / spent, by_work * scale / busy))
        spent, times, by_work = (
            statistics.median(turn[place] for turn in turns) for place in range(3)
        )
        bar = BARS.get(name)
        is_missed = bar is not None and times < bar
        missed += is_missed
        wanted = "" if bar is None else f" (at least {bar})" + "  MISSED" * is_missed
        print(f"{name:20}{spent:7.2f} s {times:6.1f} times as fast{wanted}, {by_work:.1f} by work")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
