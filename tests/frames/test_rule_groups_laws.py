"""The law of groups by a rule: a frame has those that objects have, or says why it cannot."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import cohorts, funnel, movement, stage_times
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.rules import answered, at_least, field, predicate, yes
from salesfunnel.values import Rates
from tests.analytics.funnel_sql import BOARD, START, a_history
from tests.frames.test_history_questions_laws import DAY, FEW, OFFICE, ON_ENGINES, _again
from tests.frames.test_stage_history_laws import GOOD, NOW, _history, rows_of

FACTS = {
    "details.size": (pl.Int64, (None, 40, 900)),
    "details.city": (pl.String, (None, "Téhéran", "TEHERAN", "Երևան")),
    "details.hot": (pl.Boolean, (None, True, False)),
    "details.asked": (pl.Date, (None, date(2026, 1, 5), date(2026, 2, 9))),
}
SIZE, CITY, HOT, ASKED = map(field, FACTS)
LARGE, AT_HOME = SIZE >= 100, CITY.is_("teheran")
RULES = (
    LARGE,
    AT_HOME,
    ~yes("details.hot") & LARGE,
    at_least(2, LARGE, AT_HOME, answered("details.asked")),
    yes("details.city"),
)
AGED = (ASKED.within(days=20), ~(LARGE & ASKED.older_than(days=9)), ASKED.due_within(days=9))
ASKS = (
    ("funnel", funnel, {"at": NOW}),
    ("stage_times", stage_times, {"at": NOW, "within": [3 * DAY]}),
    ("stage_times", stage_times, {"at": NOW, "hours": OFFICE}),
    ("cohorts", cohorts, {"at": NOW, "every": "week", "within": 9 * DAY}),
    ("movement", movement, {"since": START + 8 * DAY, "until": NOW}),
    ("movement", movement, {"since": START + 8 * DAY, "until": NOW, "rates": Rates("EUR", {})}),
)


def _told(chance):
    facts = {name: chance.choice(values) for name, (_, values) in FACTS.items()}
    return facts, {name.partition(".")[2]: fact for name, fact in facts.items() if fact is not None}


def deals_with_facts(chance, count):
    """Walk deals that know something at the entry, and something else at the last change."""
    histories, known = [], []
    for number in range(count):
        walked, entered = a_history(chance, number)
        opened, *events = walked.timeline
        facts, details = _told(chance)
        deal = Opportunity.open(
            id=walked.id, pipeline=BOARD, stage=entered[0][1], details=details, at=opened.at
        )
        told = [facts] * len(entered)
        for event in events:
            deal = _again(deal, event)
        if deal.timeline[-1].at > opened.at and not deal.closing:
            told[-1], details = _told(chance)
            deal = deal.amend(details=details, at=deal.timeline[-1].at)
        histories.append((deal, entered))
        known += [{"deal": number, "n": n, **row} for n, row in enumerate(told)]
    schema = {"deal": pl.Int64, "n": pl.Int64, **{name: kind for name, (kind, _) in FACTS.items()}}
    facts_of_rows = pl.DataFrame(known, schema=schema)
    table = rows_of(histories).join(facts_of_rows, on=["deal", "n"], how="left")
    return [deal for deal, _ in histories], table


@ON_ENGINES
@FEW
@given(seed=st.integers(0, 10**6))
def test_a_rule_groups_a_frame_as_it_groups_objects(engine, seed):
    """Law: yes, no and unknown are the same three groups, as known at the entry or now."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    deals, table = deals_with_facts(chance, 20)
    history = _history(table, engine, seq="n")
    for place, (name, of_objects, asked) in enumerate(ASKS):
        for rule, known in (
            (RULES[(place - seed) % 5], "entry"),
            ([*RULES, *AGED][seed % 8], "now"),
        ):
            more = {**asked, "group": rule, "known": known}

            assert getattr(history, name)(**more) == of_objects(deals, **more)


@pytest.mark.parametrize("rule", AGED)
def test_an_age_at_the_entry_is_refused(rule):
    """Each deal entered at an instant of its own, which no one rule can be asked about."""
    _, table = deals_with_facts(random.Random(1), 2)  # noqa: S311 - not to keep a secret
    history = _history(table)

    with pytest.raises(InvalidValue, match="group is by an age at the entry"):
        history.funnel(at=NOW, group=rule)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (predicate("odd")(lambda _deal, _at: True), "group asks a Python function"),
        (field("siz") > 3, "group: the frame has no column siz, did you mean size"),
        (field("list") > 3, "column list is of type List"),
    ],
)
def test_a_rule_that_a_frame_cannot_be_asked_is_named(rule, said):
    """One sentence says what is in the way: a function, a column that is missing or of no kind."""
    history = _history(GOOD.with_columns(size=1, list=pl.lit([[1]])))

    with pytest.raises(InvalidValue, match=said):
        history.funnel(at=NOW, group=rule)


def test_what_are_no_rates_is_told():
    """Before anything is counted."""
    with pytest.raises(WrongKind, match="rates is of the wrong kind"):
        _history(GOOD).movement(since=START, until=NOW, rates=Money(1, "EUR"))
