"""The law of stage histories: each question to a frame has the answer that objects give."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import attrs
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import cohorts, funnel, movement, stage_times
from salesfunnel.values import Calendar, Period, Rates, WorkingHours
from tests.analytics.funnel_sql import PATHS, START, a_history
from tests.frames.engines import ENGINES
from tests.frames.test_stage_history_laws import JANUARY, NOW, _history, rows_of

DAY = timedelta(days=1)
WITHIN = (
    9 * DAY,
    timedelta.max,
    {"a": 4 * DAY, "c": 9 * DAY, "won": 2 * DAY},
    {"b": timedelta.max, "won": DAY},
)
OFFICE = WorkingHours(dict.fromkeys(["mon", "tue", "wed", "thu"], ("09:00", "17:00")))
TIMES = (
    {},
    {"within": [3 * DAY, 9 * DAY], "entered": JANUARY},
    {"within": [3 * DAY, 9 * DAY], "group": "week"},
    {"hours": OFFICE, "within": [timedelta(hours=16)], "entered": JANUARY, "group": "week"},
)
COHORTS = (
    {"at": NOW + 60 * DAY, "every": "week", "within": 9 * DAY},
    {"at": NOW, "to": "b", "calendar": Calendar("jalali"), "entered": JANUARY},
    {"at": NOW, "group": "month", "within": [timedelta.max, DAY]},
    {"at": NOW, "within": []},
)
SEEDS = st.integers(0, 10**6)
ON_ENGINES = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _asked(engine, seed, count=30):
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(count)]
    return [deal for deal, _ in histories], _history(rows_of(histories), engine, seq="n")


@ON_ENGINES
@FEW
@given(seed=SEEDS)
def test_windows_of_a_frame_are_those_of_objects(engine, seed):
    """Law: on each path, with one window or one for each stage, both count the same."""
    deals, history = _asked(engine, seed)
    for place, path in enumerate(PATHS):
        for within in (WITHIN[place - seed % 4], WITHIN[2]):
            asked = {"at": NOW, "path": path, "within": within}

            assert history.funnel(**asked) == funnel(deals, **asked)


@ON_ENGINES
@FEW
@given(seed=SEEDS, kind=st.sampled_from(["gregorian", "jalali"]), closed_only=st.booleans())
def test_periods_of_the_entry_are_groups_of_a_frame(engine, seed, kind, closed_only):
    """Law: a funnel by week or month of the entry has the groups that objects have."""
    deals, history = _asked(engine, seed)
    for every in ("week", "month"):
        asked = {"at": NOW, "group": every, "calendar": Calendar(kind), "closed_only": closed_only}

        assert history.funnel(**asked) == funnel(deals, **asked)


@ON_ENGINES
@FEW
@given(seed=SEEDS)
def test_times_and_cohorts_of_a_frame_are_those_of_objects(engine, seed):
    """Law: ended, still there, medians, shares and cohorts are the same to the microsecond."""
    deals, history = _asked(engine, seed)
    for asked in TIMES:
        assert history.stage_times(at=NOW, **asked) == stage_times(deals, at=NOW, **asked)
    for asked in COHORTS:
        assert history.cohorts(**asked) == cohorts(deals, **asked)


@ON_ENGINES
@FEW
@given(seed=SEEDS)
def test_stages_of_another_pipeline_change_nothing_but_a_sentence(engine, seed):
    """Law: who was never in a stage of the pipeline is in no answer, and no entry is into one."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    histories = [a_history(chance, number) for number in range(30)]
    deals, own = [deal for deal, _ in histories], rows_of(histories)
    began = [0, 7, 29, *range(30, 40), *range(30, 35)]
    strange = [
        (number, -place, "demo", START + chance.randrange(-9, 45) * DAY if number >= 30 else START)
        for place, number in enumerate(began, 1)
    ]
    rows = pl.DataFrame(strange, schema=own.schema.names()[:4], orient="row").with_columns(
        pl.col("when").cast(own.schema["when"]), source=pl.lit("demo")
    )
    count = len({number for number, *_, when in strange if when <= NOW})
    history = _history(pl.concat([rows, own]), engine, seq="n")
    alone = _history(own, engine, seq="n")

    def told(expected, count=count):
        """Add the sentence."""
        said = f"they entered a stage that the pipeline does not have: {count} (demo)"
        assert [str(problem) for problem in found.problems if str(problem) == said] == [said]
        return attrs.evolve(expected, problems=(found.problems[0], *expected.problems))

    for asked in ({"group": "week"}, {"within": 9 * DAY, "path": "strict"}):
        found = history.funnel(at=NOW, **asked)
        assert found == told(funnel(deals, at=NOW, **asked))
    firsts = own.filter(pl.col("when") <= NOW).group_by("deal").agg(pl.col("when").min()).rows()
    early = sum(number in {0, 7, 29} and when in JANUARY for number, when in firsts)
    if early:
        found = history.funnel(at=NOW, entered=JANUARY)
        assert found == told(funnel(deals, at=NOW, entered=JANUARY), early)
    for asked in TIMES:
        found = history.stage_times(at=NOW, **asked)
        assert attrs.evolve(found, problems=()) == attrs.evolve(
            stage_times(deals, at=NOW, **asked), problems=()
        )
    for asked in COHORTS[1:]:
        found = history.cohorts(**asked)
        assert found == told(cohorts(deals, **asked))
    for known in ("entry", "now"):
        asked = {"group": "source", "known": known}
        for ask in ("funnel", "stage_times", "cohorts"):
            found = getattr(history, ask)(at=NOW, **asked)
            assert found == told(getattr(alone, ask)(at=NOW, **asked))
        found = history.stage_times(at=NOW, hours=OFFICE, **asked)
        assert found == told(alone.stage_times(at=NOW, hours=OFFICE, **asked))
        found = history.movement(since=START, until=NOW, **asked)
        assert found == told(alone.movement(since=START, until=NOW, **asked))


def deal_of_worth(chance, number, unit):
    """Walk a deal whose amount and expected day change, and write how it stood after each event."""
    deal, _ = a_history(chance, number)
    moments = sorted({event.at for event in deal.timeline})
    timeline = list(deal.timeline)
    walked = Opportunity.replay(timeline[:1])
    for event in timeline[1:]:
        if chance.random() < 0.5 and not walked.closing:
            code = chance.choice(["EUR", "EUR", "IRR"])
            amount = Money(unit * chance.choice([0, 5, 7, 10**15, 3 * 10**9 + 1]), code)
            walked = walked.amend(amount=amount, at=walked.timeline[-1].at)
        if chance.random() < 0.4 and not walked.closing:
            day = date(2026, 1, 1) + chance.randrange(60) * DAY
            walked = walked.amend(expected_close=day, at=walked.timeline[-1].at)
        walked = _again(walked, event)
    assert {event.at for event in walked.timeline} == set(moments)
    return walked


def _again(deal, event):
    if type(event).__name__ == "OpportunityReopened":
        return deal.reopen(at=event.at)
    reason = "price" if event.to_stage == "lost" else ""
    return deal.move(to=event.to_stage, reason=reason, at=event.at)


def states_of(deals, of_type):
    """Write a row for each event of each deal: how it stood from then on."""
    rows = []
    for deal in deals:
        for place, event in enumerate(deal.timeline, 1):
            then = Opportunity.replay(deal.timeline[:place])
            worth = (then.amount.amount, then.amount.currency) if then.amount else (None, None)
            rows.append((deal.id, place, then.stage, event.at, *worth, then.expected_close))
    random.Random(len(rows)).shuffle(rows)  # noqa: S311 - not to keep a secret
    schema = {"deal": pl.String, "n": pl.Int64, "to": pl.String, "when": pl.Datetime("us", "UTC")}
    schema |= {"worth": pl.Decimal(30, 2), "currency": pl.String, "expected": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("worth").cast(of_type)
    )


RATES = Rates("EUR", {"IRR": {date(2026, 1, 8): "0.0000016", date(2026, 1, 20): "0.0000009"}})
WORTH = {"seq": "n", "amount": "worth", "currency": "currency", "expected": "expected"}


@ON_ENGINES
@pytest.mark.parametrize(("unit", "of_type"), [(1, pl.Int64), (Decimal("0.25"), pl.Decimal(30, 2))])
@FEW
@given(seed=SEEDS)
def test_the_movement_of_a_frame_is_that_of_objects(engine, unit, of_type, seed):
    """Law: it balances to the last unit, in each currency, by each cause, in each group."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    deals = [deal_of_worth(chance, number, unit) for number in range(20)]
    spring = Period(date(2026, 1, 10), date(2026, 2, 15))
    history = _history(states_of(deals, of_type), engine, **WORTH)
    rated = {"rates": RATES, "calendar": Calendar(zone=ZoneInfo("Asia/Tehran"))}
    for more in ({}, {"expected_in": spring}, {"group": "week"}, {**rated, "expected_in": spring}):
        asked = {"since": START + 8 * DAY, "until": NOW, **more}

        assert history.movement(**asked) == movement(deals, **asked)
