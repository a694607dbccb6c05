"""The report on a pile of deals."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from statistics import mean, median

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import Proportion, Total, forecast, report
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.history.timeline import apply
from salesfunnel.interop import read_opportunities
from salesfunnel.opportunities import Opportunity
from salesfunnel.opportunities.moving import event_of
from salesfunnel.pipeline import LOSS_REASONS, OPPORTUNITY_PIPELINE, Move, Pipeline, Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.pipeline.stage import StageKind
from salesfunnel.pipeline.verdicts import Permit
from salesfunnel.values import Money, Period

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=60)
ORDER = [stage.name for stage in OPPORTUNITY_PIPELINE.stages]
OPEN = [stage.name for stage in OPPORTUNITY_PIPELINE.stages if stage.kind.value == "open"]
DEALS = st.tuples(
    st.sampled_from([*OPEN, "won", "lost"]),
    st.one_of(st.none(), st.tuples(st.integers(-99, 999), st.sampled_from(["EUR", "IRR"]))),
    st.integers(0, 30),
    st.sampled_from([*LOSS_REASONS]),
)


def won(deal, at, closed_on=None):
    """Win a deal, without what its pipeline asks before."""
    way = Permit("win", deal.pipeline.stage(deal.stage), deal.pipeline.stage("won"))
    return apply(deal, event_of(deal, way, at=at, closed_on=closed_on))


def a_deal(ending, value, days, reason):
    """Build a deal that ended, or stands, somewhere."""
    amount = None if value is None else Money(*value)
    stage = ending if ending in OPEN else OPEN[0]
    deal = Opportunity.open(id="7", amount=amount, stage=stage, at=START)
    later = START + timedelta(days=days)
    if ending == "won":
        return won(deal, at=later)
    return deal.lose(reason, note="so", at=later) if ending == "lost" else deal


@given(st.lists(DEALS, max_size=10))
def test_the_velocity_of_a_currency_is_that_of_its_own_deals(deals):
    """The deals in other currencies change none of its four factors."""
    made = [a_deal(*deal) for deal in deals]

    for velocity in report(made, at=NOW).velocity:
        code = velocity.median_won.currency
        own = [deal for deal in made if not deal.amount or deal.amount.currency == code]
        assert velocity in report(own, at=NOW).velocity


def test_deals_in_dollars_make_none_in_euros_faster():
    """Nine quick deals in dollars say nothing of one deal in euros that took a hundred days."""
    slow = [a_deal("won", (900, "EUR"), 30, None), a_deal("lost", (1, "EUR"), 1, "price")]
    slow.append(a_deal("meeting", (5, "EUR"), 0, None))
    quick = [a_deal("won", (900, "USD"), 2, None)] * 9

    assert report([*slow, *quick], at=NOW).velocity == report(slow, at=NOW).velocity
    assert str(report(slow, at=NOW).velocity[0]).startswith("15 EUR a day")


def test_a_credit_is_no_rate_of_value():
    """Won 100 and lost -50 is no win rate of 200 %."""
    deals = [a_deal("won", (100, "EUR"), 3, None), a_deal("lost", (-50, "EUR"), 3, "price")]

    found = report(deals, at=NOW)

    assert found.win_rate_by_value == ()
    assert [problem.code for problem in found.problems] == ["closed_below_zero"]


@given(st.lists(DEALS, max_size=12))
def test_a_report_is_what_one_counts_by_hand(deals):
    """Stages, rates, sums, days and reasons are those of a plain count."""
    found = report((a_deal(*deal) for deal in deals), at=NOW).as_data()

    endings = Counter(ending for ending, *_ in deals)
    days = [days for ending, _, days, _ in deals if ending == "won"]
    reasons = Counter(reason for ending, _, _, reason in deals if ending == "lost")
    closed = endings["won"] + endings["lost"]
    sums: dict[str, Counter] = {ending: Counter() for ending in endings}
    for ending, value, *_ in deals:
        if value:
            sums[ending][value[1]] += value[0]
    blank = sum(e in {"won", "lost"} and not (v and v[0]) for e, v, *_ in deals)
    ages = [(age["label"], age["count"]) for age in found.pop("ageing")]
    assert sum(count for _, count in ages) == sum(endings[stage] for stage in OPEN)
    worth = [v for e, v, *_ in deals if e in {"won", "lost"} and v]
    below_zero = [code for amount, code in worth if amount < 0]
    problems = [problem["params"]["count"] for problem in found.pop("problems")]
    assert problems == ([len(below_zero)] if below_zero else [])
    assert found.pop("at") == NOW.isoformat()
    assert (found.pop("period"), found.pop("periods"), found.pop("won_per_day")) == (None, [], {})
    assert len(found.pop("velocity")) <= len(found.pop("open_value"))
    assert {name: t["count"] for name, t in found.pop("lost_for").items()} == reasons
    assert found.pop("closed_without_value") == blank
    by_value = found.pop("win_rate_by_value")
    closed_sums = {
        code: sum(
            Fraction(v[0]) for e, v, *_ in deals if e in {"won", "lost"} and v and v[1] == code
        )
        for code in ("EUR", "IRR")
    }
    assert by_value == (
        {}
        if blank * 10 > closed
        else {
            code: float(Fraction(sums.get("won", {}).get(code, 0)) / total)
            for code, total in closed_sums.items()
            if total and code not in below_zero
        }
    )
    assert sum(total["count"] for total in found.pop("lost_from").values()) == endings["lost"]
    assert sum(loss["count"] for loss in found.pop("losses")) == endings["lost"]
    assert (found.pop("lost_to"), found.pop("groups"), found.pop("uncounted")) == ({}, [], {})
    assert found.pop("lost_also") == {}
    assert found == {
        "opportunities": len(deals),
        "open": sum(endings[stage] for stage in OPEN),
        "won": endings["won"],
        "lost": endings["lost"],
        "win_rate": Proportion(endings["won"], closed).as_data(),
        "won_value": {code: str(total) for code, total in sums.get("won", {}).items()},
        "days_to_win": {
            "count": len(days),
            "mean": mean(days) if days else None,
            "median": median(days) if days else None,
        },
        "stages": [
            {
                "pipeline": OPPORTUNITY_PIPELINE.name,
                "stage": stage,
                "kind": stage if stage not in OPEN else "open",
                "count": endings[stage],
                "value": {code: str(total) for code, total in sums[stage].items()},
                "overdue": 0,
            }
            for stage in ORDER
            if endings[stage]
        ],
    }


def test_the_most_frequent_loss_comes_first():
    """Those that are equally frequent come by name."""
    deals = [a_deal("lost", None, 0, reason) for reason in ("timing", "price", "price")]
    deals.append(a_deal("lost", None, 0, "budget"))

    assert [reason for reason, _ in report(deals, at=NOW).lost_for] == ["price", "budget", "timing"]


def test_a_deal_closed_before_it_was_opened_has_no_days():
    """Such a date is a mistake, and would make the mean too good."""
    deal = Opportunity.open(id="7", at=START)

    assert report([won(deal, at=START, closed_on=date(2025, 1, 1))], at=NOW).days_to_win.count == 0


def test_a_sum_may_be_wider_than_any_amount():
    """Three deals of the largest amount that there is spoil neither report nor forecast."""
    most = 10**24 - 1
    deals = [a_deal(stage, (most, "EUR"), 3, "price") for stage in (OPEN[0], "won", "lost") * 3]
    month = Period(date(2026, 1, 1), date(2026, 2, 1))

    found = report(deals, at=NOW, closed_in=month)
    expected = forecast(deals, at=NOW)

    assert found.total(StageKind.WON).in_currency("EUR").amount == 3 * most
    assert f"{3 * most:,} EUR" in str(found)
    assert found.as_data()["lost_for"]["price"]["value"] == {"EUR": str(3 * most)}
    assert str(3 * most) in json.dumps(expected.as_data())
    assert Total.together([found.total(StageKind.WON)] * 9).value == (
        Money.summed(Decimal(27 * most), "EUR"),
    )


def test_amounts_are_exact_and_plain_in_the_data():
    """However small, an amount is written without an exponent."""
    deals = [a_deal("won", (Decimal("0.0000001"), "EUR"), 1, None)] * 3

    data = report(deals, at=NOW).as_data()

    assert data["won_value"] == {"EUR": "0.0000003"}
    assert json.loads(json.dumps(data)) == data


def test_a_report_prints_each_figure_on_a_line():
    """Stages in the order of the pipeline, then the rates."""
    deals = [
        a_deal("won", (900, "EUR"), 30, None),
        a_deal("won", (9, "IRR"), 40, None),
        a_deal("lost", None, 3, "price"),
        a_deal("meeting", (1_000, "EUR"), 0, None),
    ]

    assert str(report(deals, at=NOW)).splitlines() == [
        "4 opportunities at 2026-03-02 00:00 UTC: 1 open, 2 won, 1 lost",
        "  Meeting: 1, 1,000 EUR",
        "  Won: 2, 900 EUR, 9 IRR",
        "  Lost: 1",
        "win rate: 2 of 3 (67%, 95% CI 21–94%) of closed, 1 still open",
        "closed without a value: 1, too many for a win rate by value",
        "won value: 900 EUR",
        "won value: 9 IRR",
        "days to win, of those won: mean 35.00, median 35 (of 2), 1 still open",
        "velocity: 15 EUR a day (1 open in EUR, median won 900 EUR, 50% won in 30 days)",
        "lost for: Price too high 1",
        "lost from: Meeting 1",
        "age of the open ones: 31 to 60 days 1 (1,000 EUR)",
    ]


def test_a_stage_that_no_list_tells_is_called_so():
    """Many lists say that a deal is lost, and not from where."""
    deals = read_opportunities(StringIO("Deal,Stage\na,Lost\n"), at=START).entities()

    assert str(report(deals, at=NOW)).splitlines()[-1] == "lost from: (not known) 1"


def test_amounts_without_a_currency_are_explained():
    """XXX is how ISO 4217 writes that there is none; a sign of several is not one of them."""
    report_in = {
        code: str(report([a_deal("meeting", (9, code), 0, None)], at=NOW))
        for code in ("XXX", "EUR")
    }

    assert report_in["XXX"].endswith(
        "(9 XXX)\nXXX: the currency is not known, and there may be several"
    )
    assert report_in["EUR"].endswith("(9 EUR)")


def short(name="short", version="1", limit=None):
    """Make a pipeline of two stages."""
    return Pipeline(
        name,
        version=version,
        stages=[Stage("offer", limit=limit), Stage("won", kind="won")],
        moves=[Move("win", "offer", "won")],
    )


def test_two_versions_of_a_pipeline_are_one_stage():
    """A stage whose time limit was changed is still the same stage of the sale."""
    versions = [short(), short(version="2", limit=timedelta(days=30))]
    deals = [Opportunity.open(id="7", pipeline=one, at=START) for one in versions]

    assert str(report(deals, at=NOW)).splitlines() == [
        "2 opportunities at 2026-03-02 00:00 UTC: 2 open, 0 won, 0 lost",
        "  offer: 2, 1 overdue",
        "age of the open ones: 31 to 60 days 2",
    ]


def test_stages_of_two_pipelines_are_told_apart():
    """A stage of the same name in another pipeline is another stage."""
    deals = [Opportunity.open(id="7", pipeline=short(name), at=START) for name in ("new", "old")]

    found = report(deals, at=NOW)

    assert [(s.pipeline, s.stage, s.count) for s in found.stages] == [
        ("new", "offer", 1),
        ("old", "offer", 1),
    ]
    assert str(found).splitlines()[1:3] == ["  new, offer: 1", "  old, offer: 1"]
    assert str(found.stages[0]) == "offer: 1"


@given(st.lists(DEALS, max_size=8))
def test_kinds_are_counted_by_their_name_too(deals):
    """The word open counts as the kind of that name, and all kinds make the whole."""
    found = report((a_deal(*deal) for deal in deals), at=NOW)

    assert [found.count(kind.value) for kind in StageKind] == [
        found.count(kind) for kind in StageKind
    ]
    assert sum(found.count(kind) for kind in ("open", "won", "lost")) == len(deals)


def test_a_kind_that_there_is_not_is_refused():
    """A misspelt kind would count nothing."""
    with pytest.raises(InvalidValue, match="kind is not in the list; allowed: open"):
        report([], at=NOW).count("opne")


@pytest.mark.parametrize("deals", [None, 5, [None], "abc", list, [{"stage": "won"}]])
def test_what_are_no_deals_is_told_at_once(deals):
    """Rows have to be read first."""
    with pytest.raises(WrongKind, match="opportunities is of the wrong kind"):
        report(deals, at=NOW)


def test_a_win_rate_by_value_is_another_one():
    """And it is not given where too many have no amount, which would make it too good."""
    deals = [a_deal("won", (9000, "EUR"), 1, None), a_deal("lost", (1000, "EUR"), 1, "price")]
    blank = a_deal("lost", (0, "EUR"), 1, "price")

    assert report(deals, at=NOW).win_rate_by_value == (("EUR", Fraction(9, 10)),)
    assert "win rate by value: 90% of closed EUR" in str(report(deals, at=NOW))
    assert report([*deals, blank], at=NOW).win_rate_by_value == ()
    assert report([*deals, blank], at=NOW).without_value == 1


def test_a_report_may_be_that_of_a_period_or_of_the_past():
    """Closed in it and opened in it are two questions; later events do not exist."""
    deals = [a_deal("won", None, 5, None), a_deal("lost", None, 20, "price")]
    early = Period(date(2026, 1, 1), date(2026, 1, 10))

    assert str(report(deals, at=NOW, closed_in=early).win_rate).startswith("1 of 1")
    assert report(deals, at=NOW, opened_in=Period(date(2025, 1, 1), date(2026, 1, 1))).stages == ()
    assert report(deals, at=START + timedelta(days=9)).count("open") == 1
    assert report(deals, at=START - timedelta(days=9)).stages == ()


@given(st.lists(DEALS, max_size=8), st.sampled_from(["source", "month", "details.team"]))
def test_groups_of_a_report_add_up(deals, group):
    """Those without the fact are a group of their own."""
    found = report((a_deal(*deal) for deal in deals), group=group, at=NOW)

    assert all(
        sum(part.count(kind) for part in found.groups.values()) == found.count(kind)
        for kind in StageKind
    )
    assert len(found.as_data()["groups"]) == len(found.groups) <= 1


def test_a_competitor_is_named_with_how_often():
    """Of deals that were lost, and with it the group it is in."""
    deal = Opportunity.open(id="7", at=START).lose("price", competitor="Faradis", at=START)
    found = report([deal], group="details.team", at=NOW)

    assert found.lost_to == (("Faradis", Total(1)),)
    assert "lost to: Faradis 1" in str(found)
    assert "(not known): 1 opportunity" in str(found)


def test_a_competitor_is_one_however_it_is_spelt():
    """By its most usual spelling; one deal counts once for each."""
    deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=START)
    spelt = [("Faradis",), ("FARADIS ", "faradis"), ("Faradis", "Acme"), ("—",)]
    lost = [deal.lose("price", competitor=names, at=START) for names in spelt]

    found = [report(deals, at=NOW).lost_to for deals in (lost, lost[::-1])]

    assert [str(total) for _, total in found[0]] == ["3: 27 EUR", "1: 9 EUR", "1: 9 EUR"]
    assert [name for name, _ in found[0]] == ["Faradis", "Acme", "—"]
    assert found[0] == found[1]


def test_reasons_that_mattered_as_well_are_counted_apart():
    """A deal is lost for one reason, and perhaps also for others."""
    deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=START)
    lost = [
        deal.lose("price", also=["features", "timing"], at=START),
        deal.lose("timing", also=["features"], at=START),
    ]

    found = report(lost, at=NOW)

    assert [reason for reason, _ in found.lost_for] == ["price", "timing"]
    assert found.lost_also == (
        ("features", Total(2, (Money(18, "EUR"),))),
        ("timing", Total(1, (Money(9, "EUR"),))),
    )
    assert found.as_data()["lost_also"]["features"]["count"] == 2
    said = {str(name) for table in found.figures() for name, *_ in table.rows}
    assert ("lost also for: " in str(found), len(said & set(LOSS_REASONS.values()))) == (True, 3)


def test_a_source_that_no_cell_told_is_not_the_source_other():
    """It is a group that is not known, and its cell stays blank in every list."""
    told = "Deal,Stage,Amount,Currency,Source\na,Won,100,EUR,Other\nb,Won,200,EUR,\n"
    deals = read_opportunities(StringIO(told), at=START).entities()

    found = report(deals, group="source", at=NOW)

    worth = {name: part.total("won").value for name, part in found.groups.items()}
    assert worth == {"other": (Money(100, "EUR"),), None: (Money(200, "EUR"),)}


def test_a_report_keeps_no_deal():
    """A thousand deals, of two kilobytes each, leave hardly a trace."""
    report([a_deal("meeting", (7, "EUR"), 0, None)], at=NOW)

    tracemalloc.start()
    report((a_deal("meeting", (number, "EUR"), 0, None) for number in range(1_000)), at=NOW)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert used < 500_000


def test_a_win_without_its_day_has_no_days():
    """It is won all the same."""
    deal = attrs.evolve(Opportunity.open(id="7", at=START).timeline[0], opened_on=None)
    found = report([won(Opportunity.replay([deal]), at=START)], at=NOW)

    assert (found.count("won"), found.days_to_win.count) == (1, 0)


def test_a_fact_that_no_deal_can_have_makes_no_groups():
    """All would be in the group of those of whom it is not known."""
    with pytest.raises(InvalidValue, match=r"by sorce, .* a deal cannot .* mean source\?"):
        report([], at=NOW, group="sorce")
    assert report([], at=NOW, group="details.sorce").groups == {}
    assert report([], at=NOW, group="answers.budgte").groups == {}


def test_the_stages_of_two_pipelines_stand_one_pipeline_after_the_other():
    """Each in its own order, whichever deal came first."""
    other = free_pipeline("other", [Stage("early"), Stage("late"), Stage("won", kind="won")])
    mine = Opportunity.open(id="1", at=NOW)
    theirs = Opportunity.open(id="2", pipeline=other, at=NOW)
    deals = [
        *(mine, theirs, mine.lose("price", at=NOW)),
        *(theirs.move(to="late", at=NOW), mine.move("propose", at=NOW)),
    ]

    found = report(deals, at=NOW)

    assert [(stage.pipeline, stage.stage) for stage in found.stages] == [
        *(("opportunity", "meeting"), ("opportunity", "proposal"), ("opportunity", "lost")),
        *(("other", "early"), ("other", "late")),
    ]
    assert str(found).splitlines()[1].startswith("  opportunity, Meeting: 1")
