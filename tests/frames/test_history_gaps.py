"""What a stage history in a frame may lack or twist: each is told in a sentence, or counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest.mock import Mock

import duckdb
import pandas as pd
import polars as pl
import pytest
from narwhals import Implementation

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.frames import StageHistory
from salesfunnel.frames.column_names import columns_renamed
from salesfunnel.frames.known_frame import KnownFrame
from salesfunnel.frames.known_rows import counted_micros
from salesfunnel.frames.layers import Layers
from salesfunnel.values import Period, WorkingHours
from tests.analytics.funnel_sql import BOARD, START
from tests.frames.engines import ENGINES
from tests.frames.test_stage_history_laws import GOOD, NAMED, NOW, _history

DAY = timedelta(days=1)
ON_ENGINES = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
WORTH = {"amount": "worth", "currency": "code"}


def _board(rows, **kinds):
    schema = {"deal": pl.String, "to": pl.String, "when": pl.Datetime("us", "UTC"), **kinds}
    return pl.DataFrame(rows, schema=schema, orient="row")


@ON_ENGINES
def test_unknown_stages_end_a_stay_and_are_told(engine):
    """A stage that the pipeline does not have is where somebody went; who was there is counted."""
    table = _board([("1", "a", START), ("1", "archived", START + DAY), ("2", "archived", START)])
    history = _history(table, engine)

    times, rows = history.stage_times(at=NOW), history.cohorts(at=NOW, to="a")
    moved = history.movement(since=START - DAY, until=NOW)

    assert (times.stage("a").ended, times.stage("a").median_ended) == (1, DAY)
    assert (moved.new.count, moved.closing.count) == (1, 1)
    for value in (times, rows, moved):
        assert [str(problem) for problem in value.problems] == [
            "they entered a stage that the pipeline does not have: 2 (archived)"
        ]


@ON_ENGINES
@pytest.mark.parametrize("ask", ["funnel", "stage_times", "cohorts"])
def test_unknown_stages_are_named_the_most_frequent_first(engine, ask):
    """Up to five, each counted once for an entity, blanks not at all, and what may be meant."""
    rows = [("1", "a", START), ("1", "", START), *[("1", f"x{n}", START) for n in range(5)]]
    rows += [("2", "a", START), ("2", "WON", START), ("2", "WON", START + DAY), ("3", "WON", START)]

    found = getattr(_history(_board(rows), engine), ask)(at=NOW)

    assert [str(problem) for problem in found.problems] == [
        "they entered a stage that the pipeline does not have: 3 (WON, x0, x1, x2, x3, +1)",
        "did you mean won, which the pipeline has?",
    ]


@ON_ENGINES
def test_only_stages_of_those_who_began_in_the_period_are_named(engine):
    """Whoever began at another time is not counted, nor are the stages that they entered."""
    rows = [("1", "a", START), ("1", "x", START), ("2", "a", START + 9 * DAY), ("3", "y", START)]
    rows.append(("2", "z", START + 9 * DAY))
    began = Period((START + 9 * DAY).date(), (START + 10 * DAY).date())

    found = _history(_board(rows), engine).funnel(at=NOW, entered=began)

    assert [str(problem) for problem in found.problems] == [
        "they entered a stage that the pipeline does not have: 1 (z)"
    ]


@ON_ENGINES
def test_who_begins_with_a_loss_is_in_no_step_and_told(engine):
    """A log that begins too late: such a deal is counted, and a sentence says where it is not."""
    rows = [("1", "lost", START), ("2", "lost", START), ("2", "b", START + DAY), ("3", "a", START)]
    history = _history(_board(rows), engine)

    for path, begun in (("reached", 2), ("visited", 1)):
        found = history.funnel(at=NOW, path=path)

        assert (found.counted, found.steps[0].entered) == (3, begun)
        assert "lost without a stage before it, and in no step: 1" in str(found)


@ON_ENGINES
def test_the_entry_is_into_a_stage_that_is_known(engine):
    """A funnel begins where the pipeline does, and so does the week that names its group."""
    rows = [("1", "archived", START), ("1", "a", START + 9 * DAY)]

    found = _history(_board(rows), engine).funnel(at=NOW, group="week", within=3 * DAY)

    assert [(name, part.counted) for name, part in found.groups.items()] == [
        ("week of 2026-01-05", 1)
    ]


@ON_ENGINES
def test_a_history_without_rows_has_nothing_in_it(engine):
    """No rows by then: no cohorts, no groups, stages of nothing, a movement from 0 to 0."""
    for table, at in ((_board([]), NOW), (_board([("1", "a", NOW)]), START)):
        history = _history(table, engine)

        assert history.cohorts(at=at, group="month").rows == ()
        assert [time.still for time in history.stage_times(at=at).stages] == [0, 0, 0]
        assert history.movement(since=at, until=at, group="week").closing.count == 0
        assert history.funnel(at=at, within=DAY, group="week").groups == {}


@ON_ENGINES
def test_the_last_row_names_the_group_where_that_is_wanted(engine):
    """An example: a deal that came from a fair is an owner's now."""
    rows = [("1", "a", START, "fair"), ("1", "b", START + DAY, "web"), ("2", "a", START, None)]
    history = _history(_board(rows, source=pl.String), engine)

    for known, names in (("entry", ["fair", None]), ("now", ["web", None])):
        asked = {"group": "source", "known": known}
        assert list(history.funnel(at=NOW, **asked).groups) == names
        for hours in (None, WorkingHours({"mon": ("09:00", "17:00")})):
            assert list(history.stage_times(at=NOW, hours=hours, **asked).groups) == names
        assert list(history.cohorts(at=NOW, **asked).groups) == names
        moved = history.movement(since=START, until=NOW, **asked)
        assert {name: part.closing.count for name, part in moved.groups.items()} == {
            names[0]: 1,
            None: 1,
        }


@ON_ENGINES
def test_an_amount_without_a_currency_is_not_known(engine):
    """It counts as a deal, and adds nothing; a row of the same stage tells of another amount."""
    rows = [
        *(("1", "a", START, 5, "EUR"), ("1", "a", START + DAY, 9, "EUR"), ("2", "a", START, 7, "")),
        *(("3", "a", START, 7, None), ("3", "won", START + DAY, None, "EUR")),
    ]
    history = _history(_board(rows, worth=pl.Int64, code=pl.String), engine, **WORTH)

    moved = history.movement(since=START, until=NOW)

    assert str(moved).splitlines()[1:] == [
        "opening: 3: 5 EUR",
        "+ raised: 1: 4 EUR",
        "- won: 1",
        "= closing: 2: 9 EUR",
    ]


@ON_ENGINES
def test_an_expected_day_may_be_a_moment_without_a_zone(engine):
    """Some engines have no days: midnight of a day is that day."""
    days = [datetime(2026, 1, 31), datetime(2026, 2, 1), None]  # noqa: DTZ001 - on purpose
    rows = [(str(n), "a", START, day) for n, day in enumerate(days)]
    history = _history(_board(rows, due=pl.Datetime("us")), engine, expected="due")
    january = Period(date(2026, 1, 1), date(2026, 2, 1))

    moved = history.movement(since=NOW, until=NOW, expected_in=january)

    assert (moved.opening.count, moved.closing.count) == (1, 1)


@ON_ENGINES
def test_sums_are_exact_however_large(engine):
    """A thousand deals of nine million million million rials are more than any engine counts."""
    rows = [(str(n), "a", START, 9 * 10**18 + n % 2, "IRR") for n in range(1_000)]
    history = _history(_board(rows, worth=pl.Int64, code=pl.String), engine, **WORTH)

    opening = history.movement(since=NOW, until=NOW).opening

    assert int(opening.value[0].amount) == 9 * 10**21 + 500


@ON_ENGINES
def test_moments_before_1970_are_counted_as_others(engine):
    """An example: a deal of 1969 that was won two days and a microsecond later."""
    began = datetime(1969, 12, 30, 23, 30, tzinfo=START.tzinfo)
    took = 2 * DAY + timedelta(microseconds=1)
    history = _history(_board([("1", "a", began), ("1", "won", began + took)]), engine)
    at = datetime(1970, 6, 1, tzinfo=START.tzinfo)

    assert history.stage_times(at=at).stage("a").half_left == took
    (row,) = history.cohorts(at=at, within=[2 * DAY, took], every="year").rows
    assert (row.period, [share.part for share in row.shares]) == ("1969", [0, 1])


def test_no_moment_is_infinite():
    """DuckDB has moments before and after all others, and years before the first: they are gaps."""
    frame = duckdb.sql("""
        SELECT deal, 'a' AS "to", moment::TIMESTAMPTZ AS "when" FROM (VALUES (1, '-infinity'),
        (2, 'infinity'), (3, '0044-03-15 (BC) 00:00:00+00'), (4, '2026-01-02 00:00:00+00')
        ) AS log (deal, moment)
    """)
    history = StageHistory(frame, BOARD, **NAMED)

    for found in (history.funnel(at=NOW, within=DAY), history.cohorts(at=NOW)):
        assert "left out: 3" in str(found.problems[0])
    assert history.funnel(at=NOW).counted == history.cohorts(at=NOW).rows[0].size == 1


def test_spark_counts_seconds_and_what_is_beyond_them():
    """Its moments become whole seconds as numbers; the law is held on a real one elsewhere."""
    moment = Mock()
    moment.cast.return_value, moment.dt.microsecond.return_value = 86_399, 7

    assert counted_micros(moment, Implementation.PYSPARK) == 86_399_000_007


def test_columns_of_spark_are_renamed_by_their_place():
    """All are named anew at once, since Spark reads a dot as a path; also held there."""
    native = Mock(columns=["id", "a.b", "c`d"])

    found = columns_renamed(native, {"a.b": "column1", "c`d": "column2"})

    assert found is native.toDF.return_value
    native.toDF.assert_called_once_with("id", "column1", "column2")


def test_whole_numbers_that_floats_cannot_tell_apart_are_two_entities():
    """NumPy makes floats of a shifted column, for which these two ids are one."""
    rows = {"deal": [2**53, 2**53 + 1], "to": pd.Categorical(["a", "a"]), "when": [START, START]}

    history = StageHistory(pd.DataFrame(rows), BOARD, **NAMED)

    assert history.funnel(at=NOW).counted == 2
    assert history.stage_times(at=NOW).stage("a").still == 2


def test_what_cannot_be_asked_is_told():
    """One sentence names the argument and what would do."""
    history = _history(GOOD.with_columns(month=pl.lit("May"), worth=1.5, code=pl.lit("EUR")))
    for ask, said in (
        (lambda: history.funnel(at=NOW, group="month"), "month is a period and a column"),
        (lambda: history.funnel(at=NOW, within=timedelta()), "within is not longer than nothing"),
        (lambda: history.funnel(at=NOW, within={"z": DAY}), "within is for z, which is not a step"),
        (lambda: history.stage_times(at=NOW, within=[-DAY]), "within is not longer than nothing"),
        (lambda: history.cohorts(at=NOW, within=[timedelta()]), "within is not longer"),
        (lambda: history.cohorts(at=NOW, to="z"), "to is not a stage of "),
        (lambda: history.cohorts(at=NOW, every="day"), "every is not in the list"),
        (lambda: history.movement(since=NOW, until=START), "until lies before since"),
        (
            lambda: history.movement(
                since=NOW, until=NOW, expected_in=Period(date(2026, 1, 1), date(2026, 2, 1))
            ),
            "expected_in needs the column",
        ),
        (lambda: _history(GOOD, amount="deal"), "amount is named without the other"),
        (
            lambda: _history(GOOD.with_columns(w=1.5, c=pl.lit("")), amount="w", currency="c"),
            "amount: column w holds floats; allowed: whole numbers or decimals",
        ),
        (lambda: _history(GOOD, expected="to"), "expected: column to holds a text; allowed: days"),
    ):
        with pytest.raises(InvalidValue, match=said):
            ask()
    with pytest.raises(WrongKind, match="expected_in is of the wrong kind"):
        history.movement(since=NOW, until=NOW, expected_in="January")
    lower = GOOD.with_columns(w=1, c=pl.lit("eur"))
    with pytest.raises(InvalidValue, match="currency"):
        _history(lower, amount="w", currency="c").movement(since=START, until=NOW)


def test_dates_that_were_mistyped_are_told():
    """A deal of the year 202 would make twenty thousand months."""
    table = pl.concat(
        [
            GOOD,
            GOOD.with_columns(
                deal=pl.lit(2, pl.Int64), when=datetime(202, 1, 1, tzinfo=START.tzinfo)
            ),
        ]
    )

    with pytest.raises(InvalidValue, match="from 0202-01-01 to 2026-02-10 there are too many"):
        _history(table).cohorts(at=NOW)


def test_a_column_is_named_by_a_text():
    """Another thing is refused, with what it is the column of."""
    with pytest.raises(WrongKind, match="the name of a column"):
        StageHistory(_board([]), BOARD, id=1, stage="to", at="when")


def test_a_layer_of_nothing_adds_nothing():
    """A card that asks nothing of a frame leaves it as it is."""
    frame = _board([("7", "a", NOW)])
    layers = Layers(KnownFrame.of(frame))
    layers.add({})

    assert layers.result().equals(frame)
