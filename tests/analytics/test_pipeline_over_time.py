"""What moves through the pipeline, what is expected of it, and what is put off."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Money, Opportunity
from salesfunnel.analytics import cohorts, forecast, movement, slippage
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.history import as_of
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.values import Calendar, Period

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOARD = free_pipeline(
    "board",
    [
        Stage("a", probability="0.25"),
        Stage("b", probability="0.5"),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
)
AMOUNTS = st.none() | st.builds(
    Money, st.decimals(0, 99, places=2), st.sampled_from(["EUR", "IRR"])
)
DATES = st.none() | st.dates(date(2026, 3, 1), date(2026, 6, 30))
CHANGES = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(["a", "b", "won", "lost"]) | AMOUNTS | DATES),
    max_size=6,
)
HISTORIES = st.lists(st.tuples(st.integers(0, 60), AMOUNTS, DATES, CHANGES), max_size=6)
SPRING = Period(date(2026, 4, 1), date(2026, 5, 1))


def day(number):
    """The instant so many days after the start."""
    return START + timedelta(days=number)


def a_deal(opened=0, amount=None, expected=None, changes=()):
    """Open a deal and change it: a stage, an amount, a date, or nothing known any more."""
    deal = Opportunity.open(
        id="7", pipeline=BOARD, amount=amount, expected_close=expected, at=day(opened)
    )
    for wait, change in changes:
        opened += wait
        at = day(opened)
        if deal.closing is not None:
            deal = deal.reopen(at=at)
        if isinstance(change, str):
            reason = "price" if change == "lost" else ""
            deal = deal if change == deal.stage else deal.move(to=change, reason=reason, at=at)
        elif isinstance(change, date):
            deal = deal.amend(expected_close=change, at=at)
        else:
            deal = deal.amend(amount=change, at=at)
    return deal


def open_then(deals, at, period=None):
    """Count and add up what was open at an instant, from the deals as they stood then."""
    count, sums = 0, defaultdict(Decimal)
    for deal in deals:
        if deal.timeline[0].at > at:
            continue
        then = as_of(deal, at=at)
        day = then.expected_close
        if then.closing or (period and (day is None or day not in period)):
            continue
        count += 1
        if then.amount:
            sums[then.amount.currency] += then.amount.amount
    return count, {code: total for code, total in sums.items() if total}


def worth(total):
    """Give a total as plain numbers."""
    return total.count, {m.currency: m.amount for m in total.value if m.amount}


@given(HISTORIES, st.integers(0, 60), st.integers(0, 60), st.sampled_from([None, SPRING]))
def test_a_movement_balances_to_the_last_unit(histories, first, length, period):
    """What was open, with all that came and went, is what is open, in each currency."""
    deals = [a_deal(*history).log("call", at=day(300)) for history in histories]
    since, until = day(first), day(first + length)

    found = movement(deals, since=since, until=until, expected_in=period)

    assert worth(found.opening) == open_then(deals, since, period)
    assert worth(found.closing) == open_then(deals, until, period)
    more = [found.opening, found.new, found.reopened, found.pulled_in, found.raised]
    less = [found.lowered, found.moved_out, found.won, found.lost, found.closing]
    balance: defaultdict[str, Decimal] = defaultdict(Decimal)
    for sign, totals in ((1, more), (-1, less)):
        for total in totals:
            for money in total.value:
                balance[money.currency] += sign * money.amount
    assert not any(balance.values())
    counts = [t.count for t in more[:-1]], [t.count for t in less[1:]]
    assert sum(counts[0]) == sum(counts[1])
    assert json.loads(json.dumps(found.as_data()))["opening"]["count"] == found.opening.count


def test_a_movement_names_each_cause():
    """A deal that was raised and lost, one that came, one put off, and one that changed money."""
    deals = [
        a_deal(0, Money(5, "EUR"), date(2026, 4, 2), [(9, Money(9, "EUR")), (1, "lost")]),
        a_deal(0, Money(7, "EUR"), date(2026, 4, 2), [(9, date(2026, 5, 2))]),
        a_deal(0, Money(8, "EUR"), date(2026, 6, 2), [(9, date(2026, 4, 2)), (1, "won")]),
        a_deal(0, Money(8, "EUR"), date(2026, 4, 2), [(9, Money(3, "IRR"))]),
        a_deal(0, Money(2, "EUR"), date(2026, 4, 2), [(1, "lost"), (8, "b")]),
        a_deal(8, Money(1, "EUR"), date(2026, 4, 2), [(1, None)]),
    ]

    found = movement(deals, since=day(5), until=day(20), expected_in=SPRING)

    assert str(found).splitlines() == [
        "from 2026-03-07 09:00 UTC to 2026-03-22 09:00 UTC",
        "opening: 3: 20 EUR",
        "+ new: 1: 1 EUR",
        "+ reopened: 1: 2 EUR",
        "+ pulled in: 1: 8 EUR",
        "+ raised: 2: 4 EUR, 3 IRR",
        "- lowered: 2: 9 EUR",
        "- moved out: 1: 7 EUR",
        "- won: 1: 8 EUR",
        "- lost: 1: 9 EUR",
        "= closing: 3: 2 EUR, 3 IRR",
    ]
    assert "opening" in found._repr_html_()


@given(HISTORIES, st.integers(0, 60))
def test_a_forecast_counts_each_open_deal_once_and_weighs_it_exactly(histories, number):
    """Rows, slipped and undated together are what is open; each is weighted by its own chance."""
    deals, at = [a_deal(*history) for history in histories], day(number)

    found = forecast(deals, at=at, calendar=Calendar("jalali"))

    rows = [*found.rows, found.slipped, found.undated]
    opened, _ = open_then(deals, at)
    then = [as_of(deal, at=at) for deal in deals if deal.timeline[0].at <= at]
    weighted = defaultdict(Decimal)
    for deal in then:
        if not deal.closing and deal.amount:
            weighted[deal.amount.currency] += deal.amount.amount * deal.probability.value
    assert sum(row.open.count for row in rows) == opened
    assert sum(row.unweighted for row in rows) == sum(
        not deal.closing and deal.amount is None for deal in then
    )
    summed = defaultdict(Decimal)
    for row in rows:
        for money in row.weighted:
            summed[money.currency] += money.amount
    assert summed == weighted
    assert sum(t.count for row in rows for t in row.categories.values()) == opened


def test_a_forecast_keeps_what_slipped_and_what_has_no_day_apart():
    """A day that stands for no day is none; lost ones count for nothing."""
    eur = Money("1234.50", "EUR")
    deals = [
        a_deal(0, eur, date(2026, 4, 9)),
        a_deal(0, eur, date(2026, 4, 9)),
        a_deal(0, eur, date(2026, 4, 9), [(40, "won")]),
        a_deal(0, eur, date(2026, 6, 1)).amend(details={"forecast_category": "commit"}, at=day(1)),
        a_deal(0, eur, date(2026, 3, 9)),
        a_deal(0, None, date(9999, 12, 31)),
        a_deal(0, eur, None, [(1, "b")]),
        a_deal(0, eur, date(2026, 4, 9), [(1, "lost")]),
        a_deal(0, eur, None, [(1, "won")]),
        a_deal(90, eur),
    ]

    found = forecast(deals, at=day(45), target=Money(5000, "EUR"), categories={"b": "best_case"})

    *lines, undated, chances = str(found).splitlines()
    assert lines == [
        "forecast at 2026-04-16 09:00 UTC",
        "2026-04: 1 won (1,234.50 EUR), 0 open, 0.0 times what is missing",
        "2026-05: 0 won, 0 open, 0.0 times what is missing",
        (
            "2026-06: 0 won, 1 open (1,234.50 EUR), of these 1 commit (1,234.50 EUR), "
            "weighted 308.625 EUR, 0.2 times what is missing"
        ),
        "slipped: 0 won, 3 open (3,703.50 EUR), weighted 925.875 EUR",
    ]
    assert undated == (
        "undated: 0 won, 2 open (1,234.50 EUR), of these 1 best case (1,234.50 EUR), 1 pipeline, "
        "weighted 617.25 EUR, 1 without a chance or an amount"
    )
    assert chances == "weighted by the usual chance of their stage, since none was told: 5"
    told = [deal.estimate("0.5", at=day(99)) for deal in deals if deal.closing is None]
    assert forecast(told, at=day(99)).problems == ()
    assert [c.value for c in found.rows[2].categories] == ["commit"]
    assert [c.value for c in found.undated.categories] == ["pipeline", "best_case"]
    reached = forecast(deals, at=day(45), target=Money(1000, "EUR"))
    assert reached.is_reached("2026-04")
    assert (reached.coverage("2026-04"), reached.coverage("1999-01")) == (None, None)
    assert not reached.is_reached("1999-01")
    assert str(reached).splitlines()[1].endswith("0 open, reached")
    assert json.loads(json.dumps(reached.as_data()))["rows"][0]["reached"] is True
    _, categories, target = found.figures()
    assert [row[0] for row in categories.rows] == ["2026-06", "undated"]
    assert [str(total) for total in categories.rows[0][1:]] == ["1: 1,234.50 EUR", "0", "0", "0"]
    assert [str(cell) for cell in target.rows[0]] == ["2026-04", "5,000 EUR", "3,765.50 EUR", "0.0"]
    assert (str(reached.missing("2026-04")), reached.missing("1999-01")) == ("0 EUR", None)
    assert (len(reached.figures()), len(forecast(deals[:3], at=day(45)).figures())) == (3, 1)


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("commit", "commit"),
        ("Commit", "commit"),
        ("Forecast", "commit"),
        ("Best Case", "best_case"),
        ("BestCase", "best_case"),
        ("best_case", "best_case"),
        ("PIPELINE", "pipeline"),
        (" Omitted ", "omitted"),
    ],
)
def test_the_word_of_a_deal_is_known_in_any_letters(word, category):
    """As people, and Salesforce, write it."""
    deal = a_deal(0, None, date(2026, 6, 1)).amend(details={"forecast_category": word}, at=day(1))

    found = forecast([deal], at=day(45))

    assert [name.value for name in found.rows[-1].categories] == [category]
    assert found.problems == ()


def test_a_category_that_cannot_be_is_told():
    """A word that no one knows leaves the deal to its stage; a stage that is not there has none."""
    sure = {"forecast_category": "sure"}
    deal = a_deal(0, None, date(2026, 6, 1)).amend(details=sure, at=day(1))
    won = a_deal(0, None, None, [(2, "won")]).amend(details=sure, at=day(2))
    asked = {"at": day(45), "categories": {"a": "commit", "offer": "commit"}}

    found = forecast([deal, won], **asked)

    assert [name.value for name in found.rows[-1].categories] == ["commit"]
    assert [str(problem) for problem in found.problems] == [
        "with a forecast category that is not known, and counted by their stage: 1",
        "categories name stages that none of the deals can be in: offer",
    ]
    assert forecast([], **asked).problems == ()


def test_two_deals_of_1234_50_at_25_percent_are_617_25():
    """Whichever is added first, and nothing is rounded on the way."""
    deals = [a_deal(0, Money("1234.50", "EUR"), date(2026, 3, 9))] * 2

    assert forecast(deals, at=day(0)).rows[0].weighted == (Money("617.25", "EUR"),)


def test_slippage_tells_what_became_of_what_was_due():
    """A deal that was pulled in, opened later or due at another time is not among them."""
    april = date(2026, 4, 9)
    deals = [
        a_deal(0, None, april, [(35, "won")]),
        a_deal(0, None, april, [(35, "lost")]),
        a_deal(0, None, april, [(35, date(2026, 4, 20)), (1, date(2026, 5, 9))]),
        a_deal(0, None, april, [(5, date(2026, 4, 20))]),
        a_deal(0, None, date(2026, 5, 9), [(35, april)]),
        a_deal(0, None, None),
        a_deal(35, None, april),
        a_deal(0, None, april, [(3, "lost")]),
    ]

    found = slippage(deals, due=SPRING, at=day(300))

    assert str(found) == (
        "4 due: 1 won, 1 lost, 1 pushed, 1 still due at 2026-12-27 09:00 UTC; "
        "1 of 4 (25%, 95% CI 5–70%) pushed "
        "(pushes: 2, days in all: 30)"
    )
    assert found.as_data()["push_rate"]["part"] == 1
    assert "push rate" in found._repr_html_()
    assert slippage(deals, due=SPRING, at=SPRING.begins).still_due == 4


@given(HISTORIES, st.integers(30, 200))
def test_a_cohort_counts_all_who_began_once_the_last_is_old_enough(histories, number):
    """So no young one counts as one that failed."""
    deals, at, window = [a_deal(*history) for history in histories], day(number), timedelta(days=20)

    found = cohorts(deals, at=at, to="b", within=[window])

    expected = defaultdict(list)
    for deal in deals:
        began = deal.timeline[0].at
        moments = [e.at for e in deal.timeline if getattr(e, "to_stage", "") == "b" and e.at <= at]
        if began <= at:
            expected[f"{began:%Y-%m}"].append(any(m - began <= window for m in moments))
    assert {row.period: row.size for row in found.rows} == {m: len(e) for m, e in expected.items()}
    for row in found.rows:
        month = Calendar().period(date.fromisoformat(f"{row.period}-01"), "month")
        share = row.shares[0]
        assert (share is None) == (month.ends + window > at)
        assert share is None or share.part == sum(expected[row.period])


def test_a_cohort_that_is_too_young_is_blank():
    """The won stage counts unless another is named."""
    found = cohorts([a_deal(0, None, None, [(9, "won")])], at=day(65))

    assert str(found).splitlines() == [
        "won within 30 days, 60 days, 90 days, at 2026-05-06 09:00 UTC",
        "2026-03: 1; 1 of 1 (100%, 95% CI 21–100%); too young; too young",
    ]
    assert json.loads(json.dumps(found.as_data()))["rows"][0]["shares"][1] is None
    assert found._repr_html_().count('<td dir="auto"></td>') == 2


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: movement([], since=day(1), until=day(0)), "until lies before since"),
        (lambda: slippage([], due=SPRING, at=day(0)), "due begins after"),
        (lambda: cohorts([], at=day(0), within=[timedelta()]), "within is not longer than nothing"),
        (lambda: cohorts([], at=day(0), within=[30]), "within is of the wrong kind: int"),
        (lambda: cohorts([], at=day(0), within=30), "within is of the wrong kind: int"),
        (lambda: cohorts([], at=day(0), every="day"), "every is not in the list"),
        (lambda: forecast([], at=day(0), categories={"a": "sure"}), "categories is not in the li"),
        (lambda: forecast([], at=day(0), categories=["a"]), "categories is of the wrong kind: li"),
    ],
)
def test_a_question_about_time_that_means_nothing_is_told(ask, message):
    """One sentence says what is allowed."""
    with pytest.raises(InvalidValue) as told:
        ask()

    assert str(told.value).startswith(message)


def test_a_stage_that_the_pipeline_does_not_have_is_told():
    """No one would ever get there."""
    with pytest.raises(InvalidValue, match="to is not a stage of board; allowed: a, b,"):
        cohorts([a_deal()], at=day(0), to="sold")
    with pytest.raises(WrongKind, match="to is of the wrong kind: list"):
        cohorts([], at=day(0), to=["b"])


@pytest.mark.parametrize("deals", [None, "abc", [None], [Lead.capture(company="A", at=START)]])
def test_what_are_no_deals_is_told(deals):
    """A lead has no amount."""
    for ask in (
        lambda: movement(deals, since=START, until=START),
        lambda: forecast(deals, at=START),
        lambda: slippage(deals, due=SPRING, at=day(300)),
    ):
        with pytest.raises(WrongKind, match="opportunities is of the wrong kind"):
            ask()


def test_a_deal_that_is_worth_less_is_lowered():
    """And one whose amount was agreed as it was is not changed."""
    deal = a_deal(0, Money(9, "EUR"), None, [(2, Money(4, "EUR"))]).agree(at=day(3))

    assert str(movement([deal], since=day(1), until=day(5))).splitlines()[2:] == [
        "- lowered: 1: 5 EUR",
        "= closing: 1: 4 EUR",
    ]


def test_one_time_need_not_be_a_list():
    """A funnel takes one as well."""
    month = timedelta(days=30)

    assert cohorts([], at=day(0), within=month) == cohorts([], at=day(0), within=[month])
