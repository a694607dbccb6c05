"""The laws of frames on Spark: a real master and a worker, for which rows go over the wire."""

from __future__ import annotations

import random
import threading

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesfunnel.analytics import cohorts, funnel, movement, stage_times
from salesfunnel.errors import EngineFailed, InvalidValue
from salesfunnel.frames import StageHistory, assess
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import yes
from tests.analytics.funnel_sql import PATHS, START, a_history
from tests.benchmarks import ten_million
from tests.frames.engines import AT, SCHEMA, VALUES
from tests.frames.test_assess_laws import said, scorecards
from tests.frames.test_history_questions_laws import (
    COHORTS,
    DAY,
    WORTH,
    deal_of_worth,
    states_of,
)
from tests.frames.test_stage_history_laws import BOARD, JANUARY, NAMED, NOW, SOURCES, rows_of

pytestmark = pytest.mark.spark

ADDED = ("floor", "ceiling", "verdict", "grade", "next_question")
KINDS = {
    pl.Int64: "bigint",
    pl.Float64: "double",
    pl.Decimal: "decimal(20,2)",
    pl.Boolean: "boolean",
    pl.String: "string",
    pl.Date: "date",
}
# A card costs seconds here, so a few of them are held to many rows.
FEW = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def on_spark(spark, table):
    """Send a table to Spark, each column as what it is."""
    kinds = {
        name: KINDS.get(type(kind)) or ("timestamp" if kind.time_zone else "timestamp_ntz")
        for name, kind in table.schema.items()
    }
    return spark.createDataFrame(table.rows(), ", ".join(f"{n} {k}" for n, k in kinds.items()))


@pytest.fixture(scope="module")
def leads(spark):
    """Sixty rows of odd values, and the same as a frame."""
    chance = random.Random(60)  # noqa: S311 - not to keep a secret
    rows = [{name: chance.choice(values) for name, values in VALUES.items()} for _ in range(60)]
    return rows, on_spark(spark, pl.DataFrame(rows, schema=SCHEMA)).repartition(2).cache()


@FEW
@given(scorecards())
def test_each_row_is_judged_as_an_object(leads, card):
    """Law: floor, ceiling, verdict, grade and next question are those of the object."""
    rows, frame = leads

    judged = assess(card, frame, at=AT).collect()

    found = sorted(str(tuple(row[name] for name in ADDED)) for row in judged)
    assert found == sorted(str(said(card, row)) for row in rows)


@FEW
@given(seed=st.integers(0, 10**6), closed_only=st.booleans())
def test_a_frame_is_counted_as_objects(spark, seed, closed_only):
    """Law: the funnel of a frame equals that of the objects, and so does each group."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(40)]
    deals = [deal for deal, _ in histories]
    history = StageHistory(on_spark(spark, rows_of(histories)), BOARD, **NAMED, seq="n")
    asked = {
        "at": NOW,
        "path": chance.choice(PATHS),
        "closed_only": closed_only,
        "entered": chance.choice([None, JANUARY]),
    }

    found = history.funnel(**asked, group="source")

    for place, source in enumerate(SOURCES):
        expected = funnel(deals[place::3], **asked)
        if source in found.groups or expected.counted:
            assert found.groups[source] == expected


def test_names_with_dots_and_quotes_are_names(spark):
    """Spark sees a path in a dot; a fact is the column that is called by its path all the same."""
    leads = spark.sql("SELECT true AS `answers.need`, 7 AS `a``b`, 'x' AS Column0")
    card = Scorecard("one", criteria=[Criterion("n", yes("answers.need"), weight=1)], threshold=1)

    judged = assess(card, leads, at=AT)

    assert judged.columns == ["answers.need", "a`b", "Column0", *ADDED]
    assert [tuple(row)[:4] for row in judged.collect()] == [(True, 7, "x", 1)]
    with pytest.raises(InvalidValue, match="are called A`B, but for capitals"):
        assess(card, leads.selectExpr("*", "1 AS `A``B`"), at=AT)


def test_times_cohorts_and_movements_are_those_of_objects(spark):
    """Law: each question to a history on Spark has the answer of the objects."""
    chance = random.Random(13)  # noqa: S311 - not to keep a secret
    walked = [deal_of_worth(chance, number, 1) for number in range(20)]
    states = on_spark(spark, states_of(walked, pl.Int64))
    between = {"since": START + 8 * DAY, "until": NOW}
    deals = [a_history(chance, number) for number in range(30)]
    history = StageHistory(on_spark(spark, rows_of(deals)), BOARD, **NAMED, seq="n")
    deals = [deal for deal, _ in deals]
    windows = {"at": NOW, "within": 9 * DAY}

    assert StageHistory(states, BOARD, **NAMED, **WORTH).movement(**between) == movement(
        walked, **between
    )
    assert history.funnel(**windows) == funnel(deals, **windows)
    assert history.stage_times(at=NOW) == stage_times(deals, at=NOW)
    assert history.cohorts(**COHORTS[0]) == cohorts(deals, **COHORTS[0])


def test_the_funnel_of_a_file_is_that_of_sql(spark, tmp_path):
    """The short form of ten_million.py: a log in Parquet, counted by Spark and by SQL by hand."""
    ten_million.make(tmp_path / "log.parquet", 20_000)
    log = spark.read.parquet(str(tmp_path / "log.parquet"))
    log.createOrReplaceTempView("log")

    by_hand = ten_million.finished(spark.sql(ten_million.BY_HAND).collect())

    assert by_hand["meeting"][0] > by_hand["won"][0] > 0
    assert ten_million.by_library(log) == by_hand


def test_what_waits_for_a_worker_can_be_cancelled(spark):
    """Spark waits for a worker that is lost; a timer ends that, and a sentence says so."""
    asleep = "java_method('java.lang.Thread', 'sleep', 60000L)"
    leads = spark.range(1).selectExpr(f"coalesce({asleep}, 'yes') AS text")
    card = Scorecard("one", criteria=[Criterion("text", yes("text"), weight=1)], threshold=1)
    threading.Timer(2, spark.sparkContext.cancelAllJobs).start()

    with pytest.raises(EngineFailed, match=r"^pyspark could not compute it, and raised \w+; "):
        assess(card, leads, at=AT)


def test_a_session_that_dies_is_told_in_one_sentence(spark, leads):
    """A driver that is killed leaves no traceback of Java; the last test, as it kills it."""
    _, frame = leads
    log = on_spark(spark, rows_of([a_history(random.Random(1), 1)]))  # noqa: S311 - not a secret
    history = StageHistory(log, BOARD, **NAMED)
    card = Scorecard("one", criteria=[Criterion("text", yes("text"), weight=1)], threshold=1)
    spark.sparkContext._gateway.proc.kill()

    for ask in (lambda: assess(card, frame, at=AT), lambda: history.funnel(at=NOW)):
        with pytest.raises(EngineFailed, match=r"^pyspark could not compute it, and raised \w+; "):
            ask()
