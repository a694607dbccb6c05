"""The law of stage histories: on every engine, a frame is counted as the objects are counted."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesfunnel.analytics import funnel
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.frames import StageHistory
from salesfunnel.values import Period
from tests.analytics.funnel_sql import AT, BOARD, PATHS, START, a_history
from tests.frames.engines import ENGINES

NOW = START + timedelta(days=AT)
SOURCES = ("fair", "web", None)
JANUARY = Period(date(2026, 1, 4), date(2026, 1, 29))
NAMED = {"id": "deal", "stage": "to", "at": "when"}


def rows_of(histories):
    """Write histories as rows in no order; the source of each first row is what counts."""
    rows = [
        (number, place, stage, START + timedelta(days=day), SOURCES[(number + bool(place)) % 3])
        for number, (_, entered) in enumerate(histories)
        for place, (day, stage) in enumerate(entered)
    ]
    random.Random(len(rows)).shuffle(rows)  # noqa: S311 - not to keep a secret
    schema = {"deal": pl.Int64, "n": pl.Int64, "to": pl.String, "when": pl.Datetime("us", "UTC")}
    return pl.DataFrame(rows, schema={**schema, "source": pl.String}, orient="row")


def _history(table, engine=ENGINES[0], **more):
    return StageHistory(engine.of(table), BOARD, **NAMED, **more)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6), closed_only=st.booleans(), period=st.sampled_from([None, JANUARY])
)
def test_a_frame_is_counted_as_objects(engine, seed, closed_only, period):
    """Law: the funnel of a frame equals that of the objects, and so does each group."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(20)]
    history = _history(rows_of(histories), engine, seq="n")
    for path in PATHS:
        asked = {"at": NOW, "path": path, "closed_only": closed_only, "entered": period}
        deals = [deal for deal, _ in histories]

        found = history.funnel(**asked, group="source")

        assert history.funnel(**asked) == funnel(deals, **asked)
        for place, source in enumerate(SOURCES):
            expected = funnel(deals[place::3], **asked)
            if source in found.groups or expected.counted:
                assert found.groups[source] == expected


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_equal_instants_follow_the_ladder(engine):
    """Law: without a place in the order, stages of one instant go up, and lost is last."""
    table = pl.DataFrame({"deal": ["x"] * 4 + ["y"], "to": ["lost", "b", "a", "b", "won"]})
    table = table.with_columns(when=pl.lit(NOW))

    found = _history(table, engine).funnel(at=NOW)

    assert {(flow.from_stage, flow.to_stage): flow.count for flow in found.flows} == {
        ("", "a"): 1,
        ("a", "b"): 1,
        ("b", "lost"): 1,
        ("", "won"): 1,
    }


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_rows_that_come_twice_change_nothing(engine):
    """Law: duplicates of rows, next to each other or not, are one row."""
    chance = random.Random(7)  # noqa: S311 - not to keep a secret
    table = rows_of([a_history(chance, number) for number in range(20)])

    twice = _history(pl.concat([table] * 3), engine, seq="n").funnel(at=NOW)

    assert twice == _history(table, seq="n").funnel(at=NOW)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_rows_without_what_is_needed_are_counted(engine):
    """A row without an entity, a stage or an instant is left out, and said to be."""
    table = pl.DataFrame(
        {
            "deal": ["1", None, "", "2", "3", "4"],
            "to": ["a", "a", "a", None, "a", "archived"],
            "when": [NOW, NOW, NOW, NOW, None, NOW],
        }
    )

    found = _history(table, engine).funnel(at=NOW)

    assert found.counted == 1
    assert [str(problem) for problem in found.problems] == [
        "they entered a stage that the pipeline does not have: 1 (archived)",
        "rows without entity, stage, instant or place in the order, left out: 4",
    ]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_empty_frame_has_steps_of_nothing(engine):
    """No rows, or none by then: every step is there, with nothing in it."""
    later = rows_of([]), rows_of([a_history(random.Random(1), 1)])  # noqa: S311 - not a secret

    for table in later:
        found = _history(table, engine).funnel(at=START - timedelta(days=1), group="source")

        assert [(step.stage, step.entered) for step in found.steps] == [
            ("a", 0),
            ("b", 0),
            ("c", 0),
            ("won", 0),
        ]
        assert found.groups == {}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_long_histories_are_counted_too(engine):
    """An entity that goes to and fro longer than one number has digits is counted whole."""
    rows = [(1, "ab"[n % 2], START + timedelta(days=n / 8)) for n in range(99)]
    table = pl.DataFrame(rows, schema=["deal", "to", "when"], orient="row")

    found = _history(table, engine).funnel(at=NOW)

    assert {(f.from_stage, f.to_stage): f.count for f in found.flows} == {
        ("a", "b"): 49,
        ("b", "a"): 49,
        ("", "a"): 1,
    }


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_groups_are_named_as_facts_are(engine):
    """Truths, whole numbers and blanks name groups as they do for objects."""
    table = pl.DataFrame(
        {"deal": [1, 2, 3], "to": ["a"] * 3, "hot": [True, False, None], "size": [5, None, 70]}
    )
    history = _history(table.with_columns(when=pl.lit(NOW), blank=pl.lit(" ")), engine)

    assert list(history.funnel(at=NOW, group="hot").groups) == ["no", "yes", None]
    assert list(history.funnel(at=NOW, group="size").groups) == ["5", "70", None]
    assert list(history.funnel(at=NOW, group="blank").groups) == [None]


def test_moments_of_another_zone_are_the_same_moments():
    """Half past midnight in Tehran is the evening before in UTC."""
    table = pl.DataFrame({"deal": [1], "to": ["a"], "when": [datetime(2026, 3, 1, 21, tzinfo=UTC)]})
    table = table.with_columns(pl.col("when").dt.convert_time_zone("Asia/Tehran"))

    assert _history(table).funnel(at=datetime(2026, 3, 1, 20, 59, tzinfo=UTC)).counted == 0
    assert _history(table).funnel(at=datetime(2026, 3, 1, 21, tzinfo=UTC)).counted == 1


GOOD = pl.DataFrame({"deal": [1], "to": ["a"]}).with_columns(when=pl.lit(NOW))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (GOOD.rename({"deal": "deals"}), "id: the frame has no column deal, did you mean deals?"),
        (GOOD.drop("to"), "stage: the frame has no column to; allowed: deal, when"),
        (GOOD.with_columns(when=NOW.replace(tzinfo=None)), "column when have no time zone"),
        (GOOD.with_columns(when=NOW.date()), "column when holds a day"),
        (GOOD.with_columns(deal=1.5), "column deal holds floats"),
        (GOOD.with_columns(to=1), "column to holds a number; allowed: texts"),
        (GOOD.with_columns(when=pl.lit("2026")), "column when holds a text"),
        (
            pd.DataFrame({"deal": [1, None], "to": pd.array(["a", "b"], "string"), "when": NOW}),
            "column deal holds floats",
        ),
        (
            pd.DataFrame({"deal": [1], "to": ["a"], "when": pd.to_datetime([NOW])}, dtype=object),
            "Python objects",
        ),
    ],
)
def test_a_column_that_does_not_fit_is_named(frame, said):
    """One sentence names the argument, the column, and what would fit."""
    with pytest.raises(InvalidValue, match=said.replace("?", r"\?")):
        StageHistory(frame, BOARD, **NAMED)


def test_what_cannot_be_asked_is_refused():
    """A group of floats, an order of texts, an entity of far too many rows."""
    with pytest.raises(InvalidValue, match="group: column x holds floats"):
        _history(GOOD.with_columns(x=0.5)).funnel(at=NOW, group="x")
    with pytest.raises(InvalidValue, match="seq: column to holds a text"):
        _history(GOOD, seq="to")
    with pytest.raises(InvalidValue, match="id: an entity has 9999 rows"):
        _history(pl.concat([GOOD] * 9999)).funnel(at=NOW)
    with pytest.raises(WrongKind, match="the name of a column"):
        _history(GOOD).funnel(at=NOW, group=3)
    with pytest.raises(WrongKind, match="a Pipeline"):
        StageHistory(GOOD, "board", **NAMED)
    with pytest.raises(WrongKind, match="a frame of polars"):
        StageHistory([], BOARD, **NAMED)
