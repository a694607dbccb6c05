"""
A scorecard on a frame against the same judged by hand on the same engine.

``python -m tests.benchmarks.frame_card [ROWS] [ROUNDS]`` makes so many leads and has `assess` and
code that was written for this one card judge them in turns, both with everything that `assess`
says. Prints the median of the ratios beside the bar; that both say the same is checked. Ends with 1
where a bar is missed. Fewer rows than a million are too few for the bars.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from salesfunnel.frames import assess
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import field, yes
from tests.benchmarks.frame_judging import AT, leads, on_duckdb, on_pandas, seconds

ROWS, ROUNDS = 1_000_000, 5
BARS = {"polars": 1.1, "polars, lazy": 1.1, "DuckDB": 1.2, "pandas": 1.3, "pyarrow": 1.2}
CARD = Scorecard(
    "eight criteria",
    criteria=[
        Criterion("budget", field("budget") >= 10_000, weight=20, question="What may it cost?"),
        Criterion("authority", yes("authority"), weight=15, question="Who decides?"),
        Criterion("need", yes("need"), weight=20, question="What is the problem?"),
        Criterion("timing", field("timing").within(days=90), weight=10),
        Criterion("size", field("employees").between(10, 500), weight=10),
        Criterion("country", field("country").one_of("iran", "france", "armenia"), weight=10),
        Criterion("rival", ~yes("rival"), weight=5),
        Criterion("visits", field("visits") > 3, weight=5),
    ],
    threshold=60,
    grades={"A": 80, "B": 60, "C": 30, "D": 0},
)
ADDED = ("floor", "ceiling", "verdict", "grade", "next_question")
WEIGHTS = {criterion.name: criterion.weight for criterion in CARD.criteria}
TOTAL = sum(WEIGHTS.values())
# All cost the same and none is required, so that what weighs most is asked first.
ASKED = {
    criterion.name: criterion.question or f"Is this so: {criterion.name}?"
    for criterion in sorted(CARD.criteria, key=lambda criterion: -criterion.weight)
}
GRADES = (("A", 80), ("B", 60), ("C", 30), ("D", None))
COUNTRIES = ("iran", "france", "armenia")
TODAY = AT.date()
SINCE = TODAY - timedelta(days=90)


def by_polars(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Judge with expressions of polars, whose truths may be null."""
    c = pl.col
    truths = {
        "budget": c("budget") >= 10_000,
        "authority": c("authority"),
        "need": c("need"),
        "timing": c("timing").is_between(SINCE, TODAY),
        "size": c("employees").is_between(10, 500),
        "country": pl.when(c("country") != "").then(
            c("country").str.to_lowercase().is_in(COUNTRIES)
        ),
        "rival": ~c("rival"),
        "visits": c("visits") > 3,
    }
    rows = rows.with_columns(**{f"_{name}": truth for name, truth in truths.items()})
    is_yes = [c(f"_{name}").fill_null(value=False) * weight for name, weight in WEIGHTS.items()]
    is_no = [(~c(f"_{n}")).fill_null(value=False) * weight for n, weight in WEIGHTS.items()]
    rows = rows.with_columns(
        floor=pl.sum_horizontal(is_yes).cast(pl.Int64),
        ceiling=TOTAL - pl.sum_horizontal(is_no).cast(pl.Int64),
    )
    verdict = pl.when(c("ceiling") < 60).then(pl.lit("disqualified"))
    verdict = verdict.when(c("floor") >= 60).then(pl.lit("qualified"))
    rows = rows.with_columns(verdict=verdict.otherwise(pl.lit("undecided")))

    def grade(points: pl.Expr) -> pl.Expr:
        found = pl.when(points >= 80).then(pl.lit("A")).when(points >= 60).then(pl.lit("B"))
        return found.when(points >= 30).then(pl.lit("C")).otherwise(pl.lit("D"))

    worst, best = grade(c("floor")), grade(c("ceiling"))
    question = pl.when(c("verdict") != "undecided").then(pl.lit(""))
    for name, words in ASKED.items():
        question = question.when(c(f"_{name}").is_null()).then(pl.lit(words))
    said = pl.when(worst == best).then(worst).otherwise(pl.format("{} to {}", worst, best))
    rows = rows.with_columns(grade=said, next_question=question.otherwise(pl.lit("")))
    return rows.drop([f"_{name}" for name in WEIGHTS])


def _sql() -> str:
    truths = {
        "budget": "budget >= 10000",
        "authority": "authority",
        "need": "need",
        "timing": f"timing BETWEEN DATE '{SINCE}' AND DATE '{TODAY}'",
        "size": "employees BETWEEN 10 AND 500",
        "country": f"CASE WHEN country <> '' THEN lower(country) IN {COUNTRIES} END",
        "rival": "NOT rival",
        "visits": "visits > 3",
    }

    def points(test: str) -> str:
        each = (f"CASE WHEN {test} _{n} THEN {weight} ELSE 0 END" for n, weight in WEIGHTS.items())
        return " + ".join(each)

    def grade(points: str) -> str:
        steps = " ".join(f"WHEN {points} >= {least} THEN '{g}'" for g, least in GRADES[:-1])
        return f"CASE {steps} ELSE 'D' END"

    asked = " ".join(f"WHEN _{name} IS NULL THEN '{words}'" for name, words in ASKED.items())
    known = ", ".join(f"{truth} AS _{name}" for name, truth in truths.items())
    return f"""
    SELECT * EXCLUDE ({", ".join(f"_{name}" for name in WEIGHTS)}, worst, best),
           CASE WHEN worst = best THEN worst ELSE worst || ' to ' || best END AS grade,
           CASE WHEN verdict <> 'undecided' THEN '' {asked} ELSE '' END AS next_question
    FROM (
        SELECT *, CASE WHEN ceiling < 60 THEN 'disqualified' WHEN floor >= 60 THEN 'qualified'
                       ELSE 'undecided' END AS verdict,
               {grade("floor")} AS worst, {grade("ceiling")} AS best
        FROM (SELECT *, {points("")} AS floor, {TOTAL} - ({points("NOT")}) AS ceiling
              FROM (SELECT *, {known} FROM leads))
    )"""  # noqa: S608 - nothing of it comes from outside


SQL = _sql()


def by_pandas(rows: pd.DataFrame) -> pd.DataFrame:
    """Judge with pandas, and with NumPy where nothing is missing any more."""
    country = rows["country"].where(rows["country"] != "")
    timing = rows["timing"]
    truths = {
        "budget": rows["budget"] >= 10_000,
        "authority": rows["authority"],
        "need": rows["need"],
        "timing": (timing >= SINCE) & (timing <= TODAY),
        "size": (rows["employees"] >= 10) & (rows["employees"] <= 500),
        "country": country.str.lower().isin(COUNTRIES).astype("boolean").where(country.notna()),
        "rival": ~rows["rival"],
        "visits": rows["visits"] > 3,
    }
    unknown = {name: truth.isna().to_numpy() for name, truth in truths.items()}
    is_yes = {n: truth.fillna(value=False).to_numpy(dtype=bool) for n, truth in truths.items()}
    floor = sum(is_yes[name] * weight for name, weight in WEIGHTS.items())
    ceiling = floor + sum(unknown[name] * weight for name, weight in WEIGHTS.items())
    verdict = np.select(
        [ceiling < 60, floor >= 60], ["disqualified", "qualified"], default="undecided"
    )
    names = np.array(["D", "C", "B", "A"], dtype=object)
    places = [np.searchsorted([30, 60, 80], points, side="right") for points in (floor, ceiling)]
    said = np.array([[a if a == b else f"{a} to {b}" for b in names] for a in names], dtype=object)
    is_open = verdict == "undecided"
    question = np.select([is_open & unknown[name] for name in ASKED], [*ASKED.values()], default="")
    return rows.assign(
        floor=floor,
        ceiling=ceiling,
        verdict=verdict,
        grade=said[places[0], places[1]],
        next_question=question,
    )


def by_pyarrow(rows: pa.Table) -> pa.Table:
    """Judge with the functions of Arrow, whose truths may be null."""

    def between(name: str, low: Any, high: Any) -> Any:
        return pc.and_(pc.greater_equal(rows[name], low), pc.less_equal(rows[name], high))

    low = pc.utf8_lower(rows["country"])
    is_blank = pc.fill_null(pc.equal(low, ""), True)
    in_list = pc.is_in(low, pa.array(COUNTRIES, rows["country"].type))
    truths = {
        "budget": pc.greater_equal(rows["budget"], 10_000),
        "authority": rows["authority"],
        "need": rows["need"],
        "timing": between("timing", pa.scalar(SINCE), pa.scalar(TODAY)),
        "size": between("employees", 10, 500),
        "country": pc.if_else(is_blank, pa.scalar(None, pa.bool_()), in_list),
        "rival": pc.invert(rows["rival"]),
        "visits": pc.greater(rows["visits"], 3),
    }
    floor, ceiling = pa.scalar(0), pa.scalar(TOTAL)
    for name, weight in WEIGHTS.items():
        is_yes = pc.fill_null(truths[name], False)
        floor = pc.add(floor, pc.if_else(is_yes, weight, 0))
        is_no = pc.fill_null(pc.invert(truths[name]), False)
        ceiling = pc.subtract(ceiling, pc.if_else(is_no, weight, 0))
    is_open = pc.if_else(pc.greater_equal(floor, 60), "qualified", "undecided")
    verdict = pc.if_else(pc.less(ceiling, 60), "disqualified", is_open)

    def grade(points: Any) -> Any:
        found = pc.if_else(pc.greater_equal(points, 30), "C", "D")
        found = pc.if_else(pc.greater_equal(points, 60), "B", found)
        return pc.if_else(pc.greater_equal(points, 80), "A", found)

    worst, best = grade(floor), grade(ceiling)
    both = pc.binary_join_element_wise(worst, best, " to ")
    question: Any = pa.scalar("")
    for name, words in reversed(ASKED.items()):
        question = pc.if_else(pc.is_null(truths[name]), words, question)
    question = pc.if_else(pc.equal(verdict, "undecided"), question, "")
    said = pc.if_else(pc.equal(worst, best), worst, both)
    for name, column in zip(ADDED, (floor, ceiling, verdict, said, question), strict=True):
        rows = rows.append_column(name, column)
    return rows


Judged = Callable[[], Any]


def contenders(rows: pl.DataFrame) -> Iterator[tuple[str, Judged, Judged, Callable[[Any], Any]]]:
    """Go through the engines: by hand, by the library, and how to list what was found."""
    yield (
        "polars",
        lambda: by_polars(rows.lazy()).collect(),
        lambda: assess(CARD, rows, at=AT),
        lambda found: found.select("id", *ADDED).sort("id").rows(),
    )
    lazy = rows.lazy()
    yield (
        "polars, lazy",
        lambda: by_polars(lazy).collect(),
        lambda: assess(CARD, lazy, at=AT).collect(),
        lambda found: found.select("id", *ADDED).sort("id").rows(),
    )
    relation = on_duckdb(rows)
    yield (
        "DuckDB",
        lambda: relation.query("leads", SQL).to_arrow_table(),
        lambda: assess(CARD, relation, at=AT).to_arrow_table(),
        _of_arrow,
    )
    frame = on_pandas(rows)
    yield (
        "pandas",
        lambda: by_pandas(frame),
        lambda: assess(CARD, frame, at=AT),
        lambda found: [*zip(*(found[name].tolist() for name in ("id", *ADDED)), strict=True)],
    )
    table = rows.to_arrow()
    yield "pyarrow", lambda: by_pyarrow(table), lambda: assess(CARD, table, at=AT), _of_arrow


def _of_arrow(found: pa.Table) -> list[tuple[Any, ...]]:
    columns = (found[name].to_pylist() for name in ("id", *ADDED))
    return sorted(zip(*columns, strict=True))


def main(count: int = ROWS, rounds: int = ROUNDS) -> int:
    """Print a line for each engine, and tell whether a bar is missed."""
    is_missed = False
    print(f"{count:,} rows, load {os.getloadavg()[0]:.1f}")
    for name, by_hand, by_library, listed in contenders(leads(count)):
        if listed(by_hand()) != listed(by_library()):
            print(f"{name}: the two do not agree")
            return 1
        times = [(seconds(by_hand)[0], seconds(by_library)[0]) for _ in range(rounds)]
        hand, ours = (min(column) for column in zip(*times, strict=True))
        ratio = statistics.median(ours / hand for hand, ours in times)
        is_missed |= ratio > BARS[name]
        said = f"{ratio:.2f} (at most {BARS[name]}); best {hand:.3f} s by hand, {ours:.3f} s by us"
        print(f"{name}: {said}{'  MISSED' * (ratio > BARS[name])}", flush=True)
    return int(is_missed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
