"""The law of frames: on every engine, each row is judged as the object is judged."""

from __future__ import annotations

import contextlib
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesfunnel import BANT
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.frames import StageHistory, assess
from salesfunnel.frames.operators import ON_COLUMNS
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import answered, at_least, field, predicate, yes
from salesfunnel.rules.operators import OPERATORS
from tests.analytics.funnel_sql import BOARD
from tests.frames.engines import AT, ENGINES, SCHEMA, VALUES

PATHS = st.sampled_from(sorted(VALUES))
NUMBERS = st.sampled_from(
    [
        0,
        5,
        200,
        -3,
        2**53,
        10**20,
        -(10**20),
        Decimal("0.1"),
        Decimal("200.5"),
        Decimal("0.100000000001"),
    ]
)
DAYS = st.sampled_from([date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 2)])
MOMENTS = st.sampled_from([datetime(2026, 3, 1, 23, 30, tzinfo=UTC), AT])
TEXTS = st.sampled_from(["yes", "teheran", "کرج", "5", "Երևան"])
PLAIN = st.one_of(NUMBERS, st.booleans(), TEXTS, DAYS, MOMENTS)
SPANS = st.sampled_from([0, 1, 30, 400, 36_500])
rows_of_all = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}),
    min_size=1,
    max_size=12,
)


WITHIN = st.tuples(st.sampled_from(["within", "older_than", "due_within"]), SPANS)
ASKED = {
    "whole": NUMBERS,
    "float": NUMBERS,
    "exact": NUMBERS,
    "truth": st.booleans(),
    "text": TEXTS | st.booleans(),
    "day": DAYS,
    "moment": DAYS | MOMENTS,
    "naive": DAYS,
}
"""What a rule can compare a column with."""


@st.composite
def leaves(draw):
    """Draw a rule about one column, of the kind that it holds."""
    path = draw(PATHS)
    fact, asked = field(path), ASKED[path]
    rules = [
        lambda: fact.is_(draw(asked)),
        # Some of these may be of another kind.
        lambda: fact.one_of(draw(asked), *draw(st.lists(PLAIN, max_size=2))),
    ]
    if path == "text":
        rules += [
            lambda: fact.starts_with(draw(TEXTS)),
            lambda: fact.ends_with(draw(TEXTS)),
            lambda: fact.contains(draw(TEXTS)),
        ]
    elif path != "truth":
        ends = DAYS if path in {"day", "moment", "naive"} else NUMBERS
        rules += [
            lambda: fact < draw(asked),
            lambda: fact <= draw(asked),
            lambda: fact > draw(asked),
            lambda: fact >= draw(asked),
            lambda: fact.between(*sorted(draw(st.tuples(ends, ends)))),
        ]
    if path in {"day", "moment"}:
        rules.append(lambda: (age := draw(WITHIN)) and getattr(fact, age[0])(days=age[1]))
    return draw(st.sampled_from(rules))()


def _joined(parts):
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        parts.map(lambda part: ~part),
        st.tuples(parts, parts).map(lambda two: two[0] & two[1]),
        st.tuples(parts, parts).map(lambda two: two[0] | two[1]),
        several.flatmap(
            lambda found: st.integers(0, len(found)).map(lambda count: at_least(count, *found))
        ),
    )


rules = st.recursive(leaves(), _joined, max_leaves=6) | PATHS.map(answered)


@st.composite
def scorecards(draw):
    """Draw a scorecard of rules alone."""
    criteria = [
        Criterion(
            f"c{number}",
            rule,
            weight=draw(st.sampled_from([-20, 0, 10, 30, 50])),
            required=draw(st.integers(0, 3)) == 0,
            cost=draw(st.sampled_from([1, 1, 3])),
            question=draw(st.sampled_from(["", "", "Which?", "When?"])),
        )
        for number, rule in enumerate(draw(st.lists(rules, min_size=1, max_size=6)))
    ]
    points = sum(max(criterion.weight, 0) for criterion in criteria)
    return Scorecard(
        "drawn",
        criteria=criteria,
        threshold=min(draw(st.sampled_from([-10, 0, 10, 30, 60])), points),
        grades=draw(st.sampled_from([{}, {"A": 50}, {"A": 50, "B": 20, "C": -5}])),
    )


def said(card, row):
    """Say what the columns of an object would be."""
    found = card.assess(row, at=AT)
    asked = found.next_questions
    # Where an answer was amiss the question says so on top; a column has the question alone.
    text = asked[0].text if asked else ""
    return found.floor, found.ceiling, found.verdict.value, found.grade, text


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(scorecards(), rows_of_all)
def test_each_row_is_judged_as_an_object(engine, card, rows):
    """Law: floor, ceiling, verdict, grade and next question are those of the object."""
    judged = engine.rows(assess(card, engine.frame(rows), at=AT))

    added = ("floor", "ceiling", "verdict", "grade", "next_question")
    assert [tuple(row[name] for name in added) for row in judged] == [
        said(card, row) for row in rows
    ]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_moment_without_a_zone_is_asked_again_last(engine):
    """Of a day and a number it may be neither: what was never answered is asked first."""
    card = Scorecard(
        "mixed",
        criteria=[
            Criterion("naive", field("naive").one_of(date(2026, 1, 1), 0), weight=1),
            Criterion("moment", field("moment").one_of(date(2026, 1, 1), 0), weight=1),
            Criterion("truth", yes("truth"), weight=1),
        ],
        threshold=3,
    )
    blank = dict.fromkeys(SCHEMA)
    naive = AT.replace(tzinfo=None)
    rows = [
        {**blank, "naive": naive, "moment": AT},
        {**blank, "naive": naive, "truth": True},
        {**blank, "moment": AT},
    ]

    judged = engine.rows(assess(card, engine.frame(rows), at=AT))

    assert [row["next_question"] for row in judged] == [said(card, row)[-1] for row in rows]
    assert judged[0]["next_question"] == "Is this so: moment?"


def test_every_operator_has_its_row():
    """A new operator of rules is missing until it has a row; texts are asked by the rule."""
    assert {*ON_COLUMNS, "starts_with", "ends_with", "contains"} == set(OPERATORS)


def test_what_is_lazy_stays_lazy():
    """A lazy frame of polars comes back lazy, with its own columns first."""
    frame = pl.DataFrame({"need": [True]}).lazy()
    card = Scorecard("one", criteria=[Criterion("need", yes("need"), weight=10)], threshold=10)

    judged = assess(card, frame, at=AT)

    assert isinstance(judged, pl.LazyFrame)
    assert judged.collect().columns == [
        "need",
        "floor",
        "ceiling",
        "verdict",
        "grade",
        "next_question",
    ]


def test_an_empty_frame_is_judged():
    """No rows, and the same columns."""
    card = Scorecard(
        "one", criteria=[Criterion("t", field("text").is_("x"), weight=1)], threshold=1
    )

    assert assess(card, pl.DataFrame(schema=SCHEMA), at=AT).height == 0


def test_columns_may_have_names_of_their_own():
    """An example: the file of a shop says Budget, and the card asks answers.budget."""
    frame = pl.DataFrame({"Besoin": ["oui", "non", ""], "_yes0": [1, 2, 3]})
    card = Scorecard(
        "one", criteria=[Criterion("need", yes("answers.need"), weight=10)], threshold=10
    )

    judged = assess(card, frame, at=AT, columns={"answers.need": "Besoin"})

    assert judged["verdict"].to_list() == ["qualified", "disqualified", "undecided"]
    assert judged["next_question"].to_list() == ["", "", "Is this so: need?"]


@pytest.mark.parametrize("dtype", [pl.UInt8, pl.UInt64, pl.Int8, pl.Int32])
@pytest.mark.parametrize("bound", [-(10**20), -1, 0, 5, 300, 10**20])
def test_numbers_beyond_a_column_are_compared(dtype, bound):
    """Law: a bound that the type of the column cannot hold is still above or below it."""
    rows = [{"n": 0}, {"n": 5}, {"n": 100}]
    card = Scorecard("one", criteria=[Criterion("n", field("n") <= bound, weight=10)], threshold=10)

    judged = assess(card, pl.DataFrame(rows, schema={"n": dtype}), at=AT)

    assert judged["floor"].to_list() == [card.score(row, at=AT).floor for row in rows]


def test_moments_of_another_zone_are_the_same_moments():
    """Half past midnight in Tehran is yesterday evening in UTC, and its own day in Tehran."""
    moment = pl.Series("m", [datetime(2026, 3, 1, 21, 30, tzinfo=UTC)]).dt.convert_time_zone(
        "Asia/Tehran"
    )
    card = Scorecard(
        "one",
        criteria=[
            Criterion("day", field("m") >= date(2026, 3, 2), weight=10),
            Criterion("moment", field("m") <= datetime(2026, 3, 1, 21, 30, tzinfo=UTC), weight=20),
            Criterion("fresh", field("m").within(days=1), weight=40),
        ],
        threshold=10,
    )
    frame = moment.to_frame()

    assert assess(card, frame, at=AT)["floor"].to_list() == [
        card.score(row, at=AT).floor for row in frame.rows(named=True)
    ]


def test_the_end_of_the_calendar_is_no_end():
    """An age that would begin before the year 1 is compared with its first day."""
    early = datetime(20, 1, 1, tzinfo=UTC)
    late = datetime(9990, 1, 1, tzinfo=UTC)
    rows = [{"d": date(1, 1, 1)}, {"d": date(9999, 12, 31)}]
    frame = pl.DataFrame(rows, schema={"d": pl.Date})
    fresh = Criterion("fresh", field("d").within(days=36_500), weight=1)
    due = Criterion("due", field("d").due_within(days=36_500), weight=2)
    card = Scorecard("one", criteria=[fresh, due], threshold=1)

    for at in (early, late):
        assert assess(card, frame, at=at)["floor"].to_list() == [
            card.score(row, at=at).floor for row in rows
        ]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tehran", "America/New_York", None])
def test_no_moment_is_after_the_last_day_of_the_calendar(zone):
    """Law: that day is compared as others, east and west of Greenwich."""
    day = date.max
    moments = [datetime(2026, 3, 1, 21, 30), datetime.combine(day, time(12))]  # noqa: DTZ001 - by its zone
    frame = pl.DataFrame({"m": moments}).with_columns(pl.col("m").dt.replace_time_zone(zone))
    aware = [{"m": moment.replace(tzinfo=zone and ZoneInfo(zone))} for moment in moments]
    fact = field("m")
    for rule in (fact.is_(day), fact < day, fact <= day, fact > day, fact >= day):
        card = Scorecard("one", criteria=[Criterion("end", rule, weight=1)], threshold=1)

        assert assess(card, frame, at=AT)["verdict"].to_list() == [
            str(card.score(row, at=AT).verdict) for row in aware
        ]


@pytest.mark.parametrize("kind", [*SCHEMA])
@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        (yes("v"), "truth text"),
        (field("v") > 5, "whole float exact"),
        (field("v").between(1, 5), "whole float exact"),
        (field("v").is_("x"), "text"),
        (field("v").contains("x"), "text"),
        (field("v").one_of(5, "x"), "whole float exact text"),
        (field("v") > date(2026, 1, 1), "day moment naive"),
        (field("v") > AT, "moment"),
        (field("v").within(days=5), "day moment"),
        (answered("v"), " ".join(SCHEMA)),
    ],
    ids=str,
)
def test_a_column_of_another_kind_is_refused(rule, kinds, kind):
    """Law: what could tell nothing in any row is named before any is judged."""
    frame = pl.DataFrame({"v": VALUES[kind]}, schema={"v": SCHEMA[kind]})
    said = pytest.raises(InvalidValue, match=r"each value of column v is .* criterion odd asks for")

    with contextlib.nullcontext() if kind in kinds.split() else said:
        assess(_card(rule), frame, at=AT)


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [("naive", r"say its zone, such as dt\.tz_localize"), ("text", "cast the column to a day")],
)
def test_a_column_of_another_kind_is_told_what_to_become(kind, remedy):
    """The remedy names the kind that is asked for, and of a moment without a zone the call."""
    frame = pl.DataFrame({"v": VALUES[kind]}, schema={"v": SCHEMA[kind]})

    with pytest.raises(InvalidValue, match=remedy):
        assess(_card(field("v").within(days=5)), frame, at=AT)


def _a_function(_lead, _at):
    return True


def _card(rule, **more):
    return Scorecard("one", criteria=[Criterion("odd", rule, weight=10, **more)], threshold=10)


@pytest.mark.parametrize(
    ("card", "frame", "said"),
    [
        (_card(yes("need")), pl.DataFrame({"needs": [True]}), "did you mean needs?"),
        (_card(yes("need")), pl.DataFrame({"n": [True]}), "columns="),
        (_card(yes("n")), pl.DataFrame({"n": [[1]]}), "of type List"),
        (_card(yes("n")), pl.DataFrame({"n": [None]}), "such as one of nulls alone; allowed: cast"),
        (_card(yes("n")), pd.DataFrame({"n": [True, None]}, dtype=object), "Python objects"),
        (_card(yes("n")), pl.DataFrame({"n": [True], "grade": ["A"]}), "a column grade already"),
        (_card(_a_function), pl.DataFrame({"n": [1]}), "a Python function"),
        (
            _card(predicate("n")(_a_function) & yes("n")),
            pl.DataFrame({"n": [True]}),
            "a Python function",
        ),
        (_card(yes("n"), half_life=timedelta(days=9)), pl.DataFrame({"n": [True]}), "fade"),
    ],
)
def test_what_cannot_be_said_on_a_frame_is_named(card, frame, said):
    """One sentence names the column or the criterion, and what to do."""
    with pytest.raises(InvalidValue, match=said.replace("?", r"\?")):
        assess(card, frame, at=AT)


def test_one_mapping_of_columns_serves_many_cards():
    """What a card does not ask for is not looked for, as one dictionary is kept for all cards."""
    frame = pl.DataFrame({"need": [True]})
    columns = {"answers.need": "need", "answers.budget": "budget"}

    judged = assess(_card(yes("answers.need")), frame, at=AT, columns=columns)

    assert judged["verdict"].to_list() == ["qualified"]


def test_anything_but_a_scorecard_and_a_frame_is_refused():
    """A list of rows is no frame, a series is none, and a rule no scorecard."""
    with pytest.raises(WrongKind, match="a frame of polars"):
        assess(BANT, [{"need": True}], at=AT)
    with pytest.raises(WrongKind, match="a frame of polars"):
        assess(BANT, pl.Series([1]), at=AT)
    with pytest.raises(WrongKind, match="a Scorecard"):
        assess(yes("need"), pl.DataFrame(), at=AT)


@pytest.mark.parametrize("wanted", [Decimal("0.5"), 5, Decimal(-3)])
def test_a_whole_number_is_no_half(wanted):
    """Law: a column of whole numbers equals a number only where the objects do."""
    rows = [{"n": 0}, {"n": 5}]
    card = _card(field("n").is_(wanted))

    assert assess(card, pl.DataFrame(rows), at=AT)["floor"].to_list() == [
        card.score(row, at=AT).floor for row in rows
    ]


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch):
    """Narwhals is an extra; where it is missing, the remedy is one line."""
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)

    with pytest.raises(InvalidValue, match=r"salesfunnel\[frames\]"):
        assess(_card(yes("n")), pl.DataFrame({"n": [True]}), at=AT)


def _twice():
    return pd.concat([pd.DataFrame({"n": [True]})] * 2, axis=1)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pl.DataFrame({"n": [True], "*": [1]}), "pattern"),
        (pl.DataFrame({"n": [True], "^n.*$": [1]}).lazy(), "pattern"),
        (pd.DataFrame({"n": [True], 0: [1]}), "a name is a text"),
        (pd.DataFrame({("n", "a"): [True]}), "a name is a text"),
        (_twice(), "one name"),
        (pa.table([[True], [True]], names=["n", "n"]), "one name"),
        (duckdb.sql("SELECT true AS n, 1 AS x, 2 AS x"), "one name"),
        (duckdb.sql('SELECT true AS n, false AS "N"'), "called N, but for capitals"),
        (duckdb.sql('SELECT true AS n, 7 AS "Floor"'), "a column floor already"),
    ],
)
def test_odd_names_of_columns_are_refused(frame, said):
    """What an engine would take for something else is told in one sentence."""
    with pytest.raises(InvalidValue, match=said):
        assess(_card(yes("n")), frame, at=AT)


@pytest.mark.parametrize("bound", [200, 2**63 - 1, 2**63, 2**64 - 1, 10**20])
def test_numbers_beyond_those_with_a_sign_are_compared(bound):
    """Law: numbers of the widest types are above and below one another as they are as objects."""
    numbers = [0, 5, 2**63 - 1, 2**63, 2**64 - 1]
    rows = pl.DataFrame({"n": numbers}, schema={"n": pl.UInt64})
    huge = duckdb.sql(f"SELECT unnest({numbers})::HUGEINT AS n")
    for rule in (field("n") <= bound, field("n") < bound, field("n").is_(bound)):
        card = _card(rule)
        expected = [card.score({"n": n}, at=AT).floor for n in numbers]
        for frame in (rows, rows.to_arrow(), rows.to_pandas()):
            assert list(assess(card, frame, at=AT)["floor"].to_numpy()) == expected
        assert [row[1] for row in assess(card, huge, at=AT).fetchall()] == expected


ZONES = ("America/New_York", "America/Port-au-Prince", "Etc/GMT+5", "Asia/Tehran", "UTC")
OFFSETS = (timezone(timedelta(hours=3, minutes=30)), timezone(-timedelta(hours=3)))


@pytest.mark.parametrize("made", [lambda frame: frame, pa.Table.from_pandas])
@pytest.mark.parametrize("zone", [*ZONES, *OFFSETS], ids=str)
def test_a_day_begins_in_the_zone_of_its_column(zone, made):
    """Law: whatever the zone is called, days and moments are those of the objects."""
    clocks = pd.to_datetime(["2026-03-01 23:30", "2026-03-02 00:30", "2026-03-02 04:00", None])
    frame = pd.DataFrame({"m": clocks.tz_localize(zone)})
    is_day = Criterion("day", field("m") >= date(2026, 3, 2), weight=1)
    is_late = Criterion("late", field("m") >= datetime(2026, 3, 2, tzinfo=UTC), weight=2)
    card = Scorecard("one", criteria=[is_day, is_late], threshold=1)

    judged = assess(card, made(frame), at=AT)

    rows = [{"m": None if moment is pd.NaT else moment.to_pydatetime()} for moment in frame["m"]]
    floors = judged["floor"].to_numpy().tolist()
    assert floors == [card.score(row, at=AT).floor for row in rows]
    if isinstance(judged, pd.DataFrame):
        assert judged[["m"]].equals(frame)
    log = made(frame.dropna().assign(deal=1, to=pd.Categorical(["a"] * 3)))
    history = StageHistory(log, BOARD, id="deal", stage="to", at="m")
    assert history.funnel(at=rows[0]["m"]).counted == 1


def test_a_zone_that_nowhere_has_is_named():
    """Arrow takes any text for the name of a zone."""
    table = pa.table({"m": pa.array([0], pa.timestamp("us", "Mars/Phobos"))})

    with pytest.raises(InvalidValue, match="column m is in the time zone Mars/Phobos, which is"):
        assess(_card(field("m") >= date(2026, 3, 2)), table, at=AT)
