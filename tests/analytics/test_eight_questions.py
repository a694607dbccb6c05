"""The eight questions that are asked of many deals: the same keywords, and the same laws."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Money, Opportunity
from salesfunnel.analytics import (
    Agreement,
    SourcePerformance,
    cohorts,
    forecast,
    funnel,
    movement,
    report,
    slippage,
    stage_times,
    time_to_win,
)
from salesfunnel.errors import InvalidDefinition, InvalidValue, WrongKind
from salesfunnel.history import as_of
from salesfunnel.history.merged import MergedAway
from salesfunnel.history.timeline import apply
from salesfunnel.interop import read_opportunities
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.qualification import BANT
from salesfunnel.rules import field
from salesfunnel.values import Calendar, Period, Rates

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SPRING = Period(date(2026, 4, 1), date(2026, 5, 1))
BOARD = free_pipeline(
    "board",
    [
        Stage("a", probability="0.25", limit=timedelta(days=9)),
        Stage("b", probability="0.5"),
        Stage("won", kind="won"),
        Stage("lost", kind="lost", reasons={"price": "", "junk": ""}, uncounted={"junk"}),
    ],
)
AMOUNTS = st.none() | st.builds(
    Money, st.decimals(0, 99, places=2), st.sampled_from(["EUR", "IRR", "AMD"])
)
DATES = st.none() | st.dates(date(2026, 3, 1), date(2026, 6, 30))
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 20), st.sampled_from(["a", "b", "won", "price", "junk"]) | AMOUNTS | DATES
    ),
    max_size=6,
)
HISTORIES = st.tuples(
    st.sampled_from(["web", "exhibition"]), st.integers(0, 60), AMOUNTS, DATES, CHANGES
)


def day(number):
    """The instant so many days after the start."""
    return START + timedelta(days=number)


def a_deal(source="web", opened=0, amount=None, expected=None, changes=(), *, id="7"):
    """Open a deal and change it: a stage, an amount, a date, or nothing known any more."""
    deal = Opportunity.open(
        id=id,
        pipeline=BOARD,
        amount=amount,
        expected_close=expected,
        source=source,
        at=day(opened),
    )
    for wait, change in changes:
        opened += wait
        at = day(opened)
        if deal.closing is not None:
            deal = deal.reopen(at=at)
        if isinstance(change, str):
            reason = change if change in {"price", "junk"} else ""
            to = "lost" if reason else change
            deal = deal if to == deal.stage else deal.move(to=to, reason=reason, at=at)
        elif isinstance(change, date):
            deal = deal.amend(expected_close=change, at=at)
        else:
            deal = deal.amend(amount=change, at=at)
    return deal


LISTS = st.lists(HISTORIES, max_size=5).map(
    lambda found: [a_deal(*history, id=str(n)) for n, history in enumerate(found)]
)


def ask_movement(deals, *, at, **more):
    """Ask what moved in the twenty days before an instant."""
    return movement(deals, since=at - timedelta(days=20), until=at, **more)


def ask_slippage(deals, *, at, **more):
    """Ask what became of what was due in April, or before the instant where that is earlier."""
    due = (
        SPRING
        if at.replace(tzinfo=UTC) >= SPRING.begins
        else Period(date(2026, 3, 1), date(2026, 3, 2))
    )
    return slippage(deals, due=due, at=at, **more)


QUESTIONS = {
    "funnel": funnel,
    "stage_times": stage_times,
    "time_to_win": time_to_win,
    "cohorts": cohorts,
    "report": report,
    "movement": ask_movement,
    "forecast": forecast,
    "slippage": ask_slippage,
}
every_question = pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)


# Figures that are no sums: rates, medians, bounds; and what is told for the whole alone.
NO_SUMS = {
    *("ageing", "at", "bounds", "coverage", "curve", "days_to_win", "groups", "half_left"),
    *("interval", "median", "median_ended", "overall", "problems", "push_rate", "rate", "rested"),
    *("shares", "since", "until", "velocity", "win_rate", "within", "won_per_day", "band"),
    "watched",
}
NAMES = ("stage", "reason", "from", "to", "label", "period")
MONEY = {"value", "weighted", "open_value", "won_value"}


def figures(data, path=()):
    """Go through the counts and sums in plain data that groups must add up to."""
    if isinstance(data, dict):
        for name, inner in data.items():
            if name not in NO_SUMS:
                yield from figures(inner, (*path, name))
    elif isinstance(data, list):
        for row in data:
            yield from figures(row, (*path, *(row.get(name) for name in NAMES)))
    elif type(data) is int:
        yield path, data
    elif len(path) > 1 and path[-2] in MONEY:
        yield path, Decimal(data)


def additive(*values):
    """Add up the counts and sums of values, by where they stand."""
    found = Counter()
    for value in values:
        for path, figure in figures(value.as_data()):
            found[path] += figure
    return {path: figure for path, figure in found.items() if figure}


@every_question
@given(LISTS, st.integers(0, 100), st.sampled_from(["source", "month", "details.team", "rule"]))
def test_groups_add_up_to_the_whole(ask, deals, number, group):
    """Whichever the question; those without the fact are a group of their own."""
    by = field("amount.amount") > 50 if group == "rule" else group
    asked = {"at": day(number), "calendar": Calendar("jalali")}

    found, plain = ask(deals, **asked, group=by), ask(deals, **asked)

    assert additive(*found.groups.values()) == additive(found) == additive(plain)
    assert plain.groups == {}
    assert len(found.as_data()["groups"]) == len(found.groups)
    assert all(f"{found.labels.group(name)}: " in str(found) for name in found.groups)
    assert found._repr_html_() == plain._repr_html_() + "".join(
        f'<h3 dir="auto">{found.labels.group(name)}</h3>{group._repr_html_()}'
        for name, group in found.groups.items()
    )


def test_a_group_of_several_is_named_by_all_of_them_in_their_order():
    """The roles of a deal, whichever was known first; and who has none is not known."""
    deal = a_deal(id="7").involve("Sara", "user", at=day(1))
    deals = [deal, OPEN, deal.involve("Reza", "adviser", at=day(1))]

    found = report(deals, at=day(2), group="roles", known="now")

    assert [*found.groups] == ["adviser, user", "user", None]


@every_question
@given(LISTS, st.integers(0, 100))
def test_a_question_knows_nothing_that_happened_later(ask, deals, number):
    """To ask as of an instant is to ask of the deals as they stood then."""
    deals, at = [OPEN, *deals], day(number)
    then = [as_of(deal, at=at) for deal in deals if deal.timeline[0].at <= at]

    assert ask(deals, at=at, group="source") == ask(then, at=at, group="source")
    assert ask(iter(deals), at=at) == ask(deals, at=at)


def shares(data):
    """Go through all proportions in plain data."""
    if isinstance(data, dict):
        if {"part", "whole", "share"} <= data.keys():
            yield data
        data = data.values()
    elif not isinstance(data, list):
        return
    for inner in data:
        yield from shares(inner)


OPEN, WON = a_deal(), a_deal(changes=[(1, "won")])
LOST, JUNK = a_deal(changes=[(1, "price")]), a_deal(changes=[(1, "junk")])
PILES = {
    "none": [],
    "one": [OPEN],
    "all open": [OPEN, OPEN],
    "all lost": [LOST, LOST],
    "all won": [WON],
    "all in no rate": [JUNK],
    "not begun": [a_deal(opened=200)],
}


@every_question
@pytest.mark.parametrize("deals", PILES.values(), ids=PILES)
def test_nothing_out_of_nothing_is_unknown(ask, deals):
    """No list is too poor to be asked, and 0 of 0 is neither 0 nor 100 percent."""
    found = ask(deals, at=day(40), group="source")

    data = json.loads(json.dumps(found.as_data()))
    assert all((share["share"] is None) == (share["whole"] == 0) for share in shares(data))
    assert "0 of 0 (0" not in str(found)
    assert "0 of 0 (100" not in str(found)
    assert str(found)
    assert found._repr_html_().startswith("<table>")


def ask_measure(nouns, *, at):
    """Measure an agreement."""
    policy = {"respond_within": timedelta(days=1), "marketing": "Ani", "sales": "Reza"}
    return Agreement(BANT, **policy).measure(nouns, at=at)


ALL_QUESTIONS = {
    **QUESTIONS,
    "measure": ask_measure,
    "sources by leads": lambda nouns, at: SourcePerformance.of(nouns, [], {}, at=at),
    "sources by deals": lambda nouns, at: SourcePerformance.of([], nouns, {}, at=at),
    "funnel above": lambda nouns, at: funnel([], opportunities=nouns, at=at),
}
every_way_to_ask = pytest.mark.parametrize("ask", ALL_QUESTIONS.values(), ids=ALL_QUESTIONS)


class Frame:
    """A frame, which gives the names of its columns as pandas does."""

    columns = ("Deal", "Stage")

    def __iter__(self):
        """Go through its columns."""
        return iter(self.columns)


@every_way_to_ask
@pytest.mark.parametrize(
    "deals",
    [None, 5, "deals.csv", Path("x.csv"), [None], [{"stage": "won"}], Opportunity, Frame()],
    ids=repr,
)
def test_what_are_no_deals_is_told(ask, deals):
    """Rows have to be read first, and it is said by what."""
    with pytest.raises(WrongKind, match=r"wrong kind: .*; a list or a frame is read by ") as no:
        ask(deals, at=START)

    found = deals[0] if isinstance(deals, list) else deals
    assert no.value.params["found"] == ("None" if found is None else type(found).__name__)


@every_way_to_ask
@pytest.mark.parametrize("text", ["Deal,Stage\n7,Meeting\n", "Deal,Stage\n"])
def test_of_a_reading_the_entities_are_asked_for(ask, text):
    """Its rows are more than deals: some are refused."""
    reading = read_opportunities(StringIO(text), at=START)

    for asked in (reading, [*reading]) if "7" in text else (reading,):
        with pytest.raises(WrongKind, match=r"wrong kind: .*; of a reading its \.entities\(\)"):
            ask(asked, at=START)


@every_question
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"group": "sorce"}, r"group is by sorce, .* mean source\?"),
        ({"group": 5}, "group is of the wrong kind: int"),
        ({"known": "later"}, "known is not in the list; allowed: entry, now"),
        ({"calendar": "jalali"}, "calendar is of the wrong kind: str"),
        ({"at": datetime(2026, 3, 2)}, "has no time zone"),  # noqa: DTZ001 - that is the mistake
    ],
)
def test_a_question_that_means_nothing_is_told(ask, asked, message):
    """In one sentence, whichever the question."""
    with pytest.raises((InvalidValue, InvalidDefinition), match=message):
        ask([OPEN], **{"at": day(40), **asked})


@pytest.mark.parametrize(
    ("ask", "keyword"),
    [
        (funnel, "entered"),
        (stage_times, "entered"),
        (cohorts, "entered"),
        (time_to_win, "opened_in"),
        (report, "opened_in"),
        (report, "closed_in"),
        (slippage, "due"),
    ],
)
def test_a_period_that_has_not_begun_is_told(ask, keyword):
    """Nothing can have happened in it, and so nothing is counted as 0."""
    with pytest.raises(InvalidValue, match=f"{keyword} begins after"):
        ask([OPEN], at=START, **{keyword: SPRING})
    with pytest.raises(WrongKind, match=f"{keyword} is of the wrong kind"):
        ask([OPEN], at=START, **{keyword: "spring"})


@pytest.mark.parametrize("ask", [funnel, stage_times, cohorts])
def test_only_those_of_a_period_count(ask):
    """By the day of their first stage."""
    deals = [a_deal(), a_deal(opened=40, id="8")]

    found = ask(deals, at=day(60), entered=SPRING)

    assert additive(found) == additive(ask(deals[1:], at=day(60)))


def test_leads_go_on_as_their_deals():
    """From the lead to the customer: stages, days and cohorts are those of both."""
    lead = Lead.capture(id="L", company="Novin", stage="converted", source="web", at=START)
    other = Lead.capture(id="M", company="Farda", source="web", at=START)
    gone = Lead.capture(id="N", company="Pars", at=START).disqualify("no_need", at=day(3))
    begun = Opportunity.open(id="D", lead_ids=["L"], pipeline=BOARD, at=day(5))
    deal = begun.move(to="b", at=day(9)).move(to="won", at=day(20))
    asked = {"opportunities": [deal, OPEN], "at": day(60), "group": "source"}
    leads = [lead, other, gone]

    times, won = stage_times(leads, **asked), time_to_win(leads, **asked)
    within = cohorts(leads, **asked, within=[timedelta(days=19), timedelta(days=20)])

    assert times.stage("b").ended == times.groups["web"].stage("b").ended == 1
    assert (won.won, won.lost, won.open, won.median) == (1, 1, 1, 20)
    assert [share.part for share in within.rows[0].shares] == [0, 1]
    proposed = cohorts(leads, **asked, to="b", within=timedelta(days=9)).rows[0]
    assert (proposed.size, proposed.shares[0].part) == (3, 1)
    for found in (times, won, within):
        assert str(found.problems[0]) == "deals that belong to none of these leads: 1"
    with pytest.raises(InvalidValue, match="to is not a stage of lead"):
        cohorts(leads, **asked, to="proposa")


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ([], (0, 0, 1, 0)),
        ([[(3, "price")]], (0, 1, 0, 0)),
        ([[(3, "price")], []], (0, 0, 1, 0)),
        ([[(3, "price")], [(4, "won")]], (1, 0, 0, 0)),
        ([[(3, "junk")], [(4, "price")]], (0, 1, 0, 0)),
        ([[(3, "junk")]], (0, 0, 0, 1)),
    ],
)
def test_a_converted_lead_ends_as_its_deals_do(changes, counts):
    """Won with the first that is won, lost with the last that is lost, and open while one is."""
    lead = Lead.capture(id="L", company="Novin", stage="converted", at=START)
    deals = [
        attrs_evolved(a_deal(changes=way, id=str(number)), lead_ids=("L",))
        for number, way in enumerate(changes)
    ]

    found = time_to_win([lead], opportunities=[*deals, a_deal(id="z")], at=day(30))

    left_out = sum(count for _, count in found.uncounted)
    assert (found.won, found.lost, found.open, left_out) == counts


def attrs_evolved(deal, **told):
    """Tell its beginning otherwise."""
    import attrs

    return Opportunity.replay([attrs.evolve(deal.timeline[0], **told), *deal.timeline[1:]])


def test_of_a_deal_without_a_history_no_stage_is_timed():
    """A list tells how it ended and not where it stood: that is no stay of nothing."""
    at_once = a_deal(changes=[(0, "won")])
    undated = attrs_evolved(a_deal(changes=[(3, "b")]), opened_on=None)

    found = stage_times([at_once, undated, a_deal()], at=day(9))

    assert [(t.stage, t.ended, t.still) for t in found.stages] == [("a", 0, 1), ("b", 0, 1)]
    assert str(found.problems[0]).endswith("not timed in it: 2")
    assert "not timed in it: 2" in str(found)
    lead = Lead.capture(id="L", company="Novin", stage="converted", at=START)
    later = attrs_evolved(a_deal(opened=20), lead_ids=("L",))
    assert stage_times([lead], opportunities=[later], at=day(9)).stage("new").still == 0
    with pytest.raises(InvalidValue, match="name is not among the stages that were timed"):
        found.stage("c")


RATES = Rates(
    "EUR",
    {
        "IRR": {date(2026, 3, 1): "0.5", date(2026, 4, 1): "0.25", date(2026, 5, 1): "2"},
        "AMD": {date(2026, 4, 15): "3"},
    },
)


def sums(total):
    """Give a total as plain numbers."""
    return {money.currency: money.amount for money in total.value if money.amount}


@given(LISTS, st.integers(0, 100), st.integers(0, 60), st.sampled_from([None, SPRING]))
def test_a_movement_balances_at_the_rates_of_each_day(deals, first, length, period):
    """What other rates alone have changed is told apart, and one movement goes on as the next."""
    since, middle, until = day(first), day(first + length), day(first + 2 * length)
    asked = {"rates": RATES, "expected_in": period}

    found = movement(deals, since=since, until=middle, **asked)
    further = movement(deals, since=middle, until=until, **asked)

    balance = Counter()
    more = ("opening", "new", "reopened", "pulled_in", "raised", "revalued")
    less = ("lowered", "moved_out", "won", "lost", "uncounted", "closing")
    for sign, names in ((1, more), (-1, less)):
        for name in names:
            for currency, amount in sums(getattr(found, name)).items():
                balance[currency] += sign * amount
    assert not any(balance.values())
    assert found.closing == further.opening
    if period is None:
        assert sums(found.opening) == sums(report(deals, at=since, rates=RATES).total("open"))


@given(LISTS, st.integers(0, 100))
def test_money_is_converted_deal_by_deal_and_never_mixed(deals, number):
    """At the rate of the closing day, or of today; without a rate it stays what it is."""
    at, expected = day(number), Counter()
    for deal in deals:
        if deal.timeline[0].at > at:
            continue
        then = as_of(deal, at=at)
        is_junk = then.closing is not None and then.closing.reason == "junk"
        if then.amount is not None and not is_junk:
            on = then.closed_on or at.date()
            rate = RATES.rate(then.amount.currency, on=on)
            worth = then.amount if rate is None else RATES.convert(then.amount, on=on)
            expected[worth.currency] += worth.amount

    found = report(deals, at=at, rates=RATES)

    counted = Counter()
    for kind in ("open", "won", "lost"):
        counted.update(sums(found.total(kind)))
    assert counted == {currency: total for currency, total in expected.items() if total}
    is_told = any("no rate to EUR is known on their day" in str(p) for p in found.problems)
    assert is_told or set(expected) <= {"EUR"}


def test_a_forecast_is_in_the_currency_of_its_target():
    """Open deals at the rate of today, won ones at that of their closing."""
    rial, dram = Money(100, "IRR"), Money(7, "AMD")
    deals = [
        a_deal(amount=rial, expected=date(2026, 4, 20)),
        a_deal(amount=rial, changes=[(31, "won")], id="8"),
        a_deal(amount=dram, expected=date(2026, 4, 20), id="9"),
    ]

    found = forecast(deals, at=day(32), target=Money(100, "EUR"), rates=RATES)

    row = found.rows[0]
    assert (sums(row.won), sums(row.open)) == ({"EUR": 25}, {"EUR": 25, "AMD": 7})
    assert found.coverage("2026-04") == 25 / 75
    assert str(found.problems[0]) == (
        "amounts that stay in AMD, since no rate to EUR is known on their day: 1"
    )
    with pytest.raises(InvalidValue, match="target is not in the currency of the rates"):
        forecast(deals, at=day(32), target=Money(100, "USD"), rates=RATES)
    for ask in (report, forecast, ask_movement):
        with pytest.raises(WrongKind, match="rates is of the wrong kind"):
            ask(deals, at=day(32), rates={"IRR": 2})


def test_categories_add_up_from_the_surest_down():
    """What was won and what is committed, then with the best case, then all but the omitted."""
    words = ["commit", "best_case", "pipeline", "omitted"]
    deals = [
        a_deal(amount=Money(n, "EUR"), expected=date(2026, 4, 20), id=str(n)).amend(
            details={"forecast_category": word}, at=day(1)
        )
        for n, word in enumerate(words, 1)
    ]
    deals.append(a_deal(amount=Money(10, "EUR"), changes=[(31, "won")], id="w"))
    sure = deals[0].estimate("0.9", at=day(2))

    row = forecast([sure, *deals[1:]], at=day(32)).rows[0]

    assert [sums(row.up_to(word))["EUR"] for word in words] == [11, 13, 16, 20]
    assert row.as_data()["up_to"]["best_case"]["count"] == 3
    assert {o.value: str(t) for o, t in row.origins.items()} == {
        "stage": "3: 2.25 EUR",
        "hand": "1: 0.90 EUR",
    }
    with pytest.raises(InvalidValue, match="category is not in the list"):
        row.up_to("surely")


@pytest.mark.parametrize("ask", [funnel, stage_times, time_to_win, cohorts])
def test_a_lead_that_was_merged_into_another_counts_once(ask):
    """As of the day before the merge there were two; since then there is one, and that is told."""
    kept = Lead.capture(id="7", company="Novin", at=START)
    gone = Lead.capture(id="8", company="Novin", at=START)
    gone = apply(gone, MergedAway(at=day(5), id="1", into="7"))

    before, after = (ask([kept, gone], at=day(number)) for number in (4, 6))

    assert additive(after) == additive(ask([kept], at=day(6)))
    assert additive(before) == additive(ask([kept, kept], at=day(4)))
    assert [str(p) for p in after.problems] == ["merged into others, and counted there: 1"]
    assert before.problems == ()


def test_a_revalued_deal_is_told_in_the_one_currency_or_in_both():
    """A rate that changed is a revaluation; one that is new turns an amount into another money."""
    rial = Opportunity.open(id="r", amount=Money(8, "IRR"), at=day(0))
    dram = Opportunity.open(id="d", amount=Money(6, "AMD"), at=day(0))
    since = datetime(2026, 3, 20, 12, tzinfo=UTC)
    until = datetime(2026, 4, 20, 12, tzinfo=UTC)

    found = movement([rial, dram], since=since, until=until, rates=RATES)

    assert sums(found.opening) == {"EUR": 4, "AMD": 6}
    assert sums(found.closing) == {"EUR": 20}
    assert sums(found.revalued) == {"EUR": 16, "AMD": -6}


@every_question
@given(LISTS, st.sampled_from(["Asia/Tehran", "America/Los_Angeles", "UTC"]))
def test_instants_are_said_by_the_clock_of_the_calendar(ask, deals, zone):
    """Whose clock the question is asked by changes nothing: one instant has one answer."""
    at, calendar = day(60), Calendar(zone=ZoneInfo(zone))
    elsewhere = at.astimezone(timezone(timedelta(hours=9)))

    found = ask([OPEN, *deals], at=at, calendar=calendar, group="source")

    again = ask([OPEN, *deals], at=elsewhere, calendar=calendar, group="source")
    assert (found, str(found)) == (again, str(again))
    assert f"{at.astimezone(calendar.zone):%Y-%m-%d %H:%M} {zone}" in str(found)
    assert found.as_data().get("at", at.isoformat()) == at.isoformat()
    assert zone == "UTC" or " UTC" not in str(found)
