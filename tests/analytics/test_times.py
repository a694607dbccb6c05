"""How long it takes: in each stage, and until a deal is won, those under way included."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Opportunity
from salesfunnel.analytics import stage_times, time_to_win
from salesfunnel.analytics.survival import Span, half_left, incidence, median_day
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.opportunities.closing import hold, resume
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.values import Period, WorkingHours

START = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
BOARD = free_pipeline(
    "board", [Stage("a"), Stage("b"), Stage("won", kind="won"), Stage("lost", kind="lost")]
)
SPANS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 9), st.sampled_from(["won", "lost", ""])),
    max_size=9,
).map(lambda spans: [Span(a, a + b, how) for a, b, how in spans])


def day(number):
    """The instant so many days after the start."""
    return START + timedelta(days=number)


def a_deal(*, opened=0, moved=None, ended=None, how=""):
    """Open a deal, and move or close it on a day."""
    deal = Opportunity.open(id="7", pipeline=BOARD, at=day(opened))
    if moved is not None:
        deal = deal.move(to="b", at=day(moved))
    if how == "won":
        return deal.win(at=day(ended))
    return deal.lose("price", at=day(ended)) if how else deal


@given(SPANS)
def test_the_share_that_has_won_is_that_of_the_exact_formula(spans):
    """Aalen and Johansen by fractions, day by day, with a late entry."""
    share, remain, exact = Fraction(0), Fraction(1), []
    for today in sorted({span.ended for span in spans if span.outcome}):
        watched = [s for s in spans if min(s.entered, s.ended - 1) < today <= s.ended]
        ends = Counter(s.outcome for s in watched if s.ended == today)
        share += remain * Fraction(ends["won"], len(watched))
        remain *= 1 - Fraction(ends["won"] + ends["lost"], len(watched))
        exact.append((today, share, len(watched)))

    found = incidence(spans)

    assert [(p.day, p.at_risk) for p in found] == [(today, n) for today, _, n in exact]
    assert [p.share for p in found] == pytest.approx([float(f) for _, f, _ in exact], abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=12))
def test_half_have_left_by_the_exact_formula(lengths):
    """Kaplan and Meier by fractions."""
    remain, expected = Fraction(1), None
    for length in sorted({length for length, _ in lengths}):
        at_risk = sum(other >= length for other, _ in lengths)
        left = sum(ended and other == length for other, ended in lengths)
        remain *= 1 - Fraction(left, at_risk)
        if expected is None and left and remain <= Fraction(1, 2):
            expected = length

    left, still = ([n for n, ended in lengths if ended is wanted] for wanted in (True, False))
    assert half_left(left, still) == expected


def test_the_figures_are_those_of_another_package():
    """The error of a share is that which lifelines and R's cmprsk print, by the delta method."""
    spans = [Span(0, n, how) for n, how in enumerate(["won", "lost", "won", "", "won"], 1)]

    found = incidence(spans)

    assert [round(p.share, 6) for p in found] == [0.2, 0.2, 0.4, 0.8]
    # without losses and censoring it is the error of a plain proportion
    plain = incidence([Span(0, n, "won") for n in range(1, 5)])
    assert [p.error for p in plain[:3]] == pytest.approx(
        [(p * (1 - p) / 4) ** 0.5 for p in (0.25, 0.5, 0.75)], rel=0.2
    )


def test_the_band_has_no_end_while_there_is_no_telling():
    """One that was won proves little; none proves nothing."""
    assert median_day(incidence([Span(0, 5, "lost"), Span(0, 9)])) == (None, None)
    assert median_day(incidence([Span(0, 5, "won"), Span(0, 9)])) == (5, (5, None))


def test_days_to_win_of_real_deals_are_not_too_low(real_data, tmp_path):
    """As seen in March 2017 half are won by a day near the later truth, 83; the won say 74."""
    path = real_data / "maven_pipeline" / "sales_pipeline.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    march = datetime(2017, 3, 31, 12, tzinfo=UTC)
    copy = tmp_path / "deals.csv"
    copy.write_bytes(path.read_bytes())
    dated = {row["opportunity_id"] for row in rows if row["engage_date"]}
    deals = [
        accepted.entity
        for accepted in read_opportunities(copy, at=datetime(2018, 1, 1, tzinfo=UTC))
        if hasattr(accepted, "entity") and accepted.entity.id in dated
    ]

    found = time_to_win(deals, at=march)

    assert found.won == 531
    assert abs(found.median - 83) <= 8
    assert found.band[0] <= 83 <= found.band[1]


def test_the_open_and_the_lost_are_counted_beside_the_won():
    """What is not known is told: a day that is missing, or a closing before the opening."""
    deals = [
        a_deal(ended=4, how="won"),
        a_deal(ended=2, how="lost"),
        a_deal(),
        a_deal(opened=90),
        a_deal(ended=50, how="won"),
    ]
    odd = a_deal().win(at=day(3), closed_on=date(2025, 1, 1))

    found = time_to_win([*deals, odd], at=day(10))

    assert str(found) == (
        "4 counted at 2026-03-12 09:00 UTC: 1 won, 1 lost, 2 open; "
        "half of those who win have won by day 4 "
        "(band 4 to no known end)\n"
        "  left out, since a day is not known, or lies too early: 1"
    )
    assert found.won_within(3) == 0
    assert found.won_within(4) == pytest.approx(0.25)
    assert json.loads(json.dumps(found.as_data()))["won"] == 1
    assert "days to win: median" in found._repr_html_()
    assert "to 9)" not in str(found)


def test_a_list_that_was_begun_late_knows_no_early_ones():
    """Those watched from a day on are at risk only since, and those closed before are left out."""
    deals = [a_deal(ended=9, how="won"), a_deal(ended=2, how="won"), a_deal(opened=6)]
    since = day(5).date()

    found = time_to_win(deals, at=day(10), since=since)

    assert (found.won, found.open, found.curve[0].at_risk) == (1, 1, 1)
    assert str(found.problems[0]) == "left out, since closed before 2026-03-07: 1"
    assert time_to_win(deals, at=day(10), opened_in=Period(since, date(2027, 1, 1))).open == 1


def test_a_list_that_will_be_watched_only_later_tells_nothing_yet():
    """As a period that has not begun; nothing was closed before it."""
    with pytest.raises(InvalidValue, match="since begins after 2026-03-12"):
        time_to_win([a_deal()], at=day(10), since=day(11).date())


def test_of_a_day_up_to_which_none_was_watched_nothing_is_known():
    """Unless all are decided; and of none there is no share, not one of 0 percent."""
    won = a_deal(ended=4, how="won")

    some, all_decided = (time_to_win(deals, at=day(9)) for deals in ([won, a_deal()], [won]))

    assert (some.watched, all_decided.watched) == (9, 4)
    assert (some.won_within(9), some.won_within(10)) == (0.5, None)
    assert all_decided.won_within(10) == 1
    assert time_to_win([], at=day(9)).won_within(0) is None


def test_a_lead_is_won_when_it_is_converted():
    """And it takes days to give one up."""
    lead = Lead.capture(company="Novin Tejarat", at=START)

    found = time_to_win([lead, lead.disqualify("no_need", at=day(3))], at=day(9))

    assert (found.lost, found.open, found.median) == (1, 1, None)
    assert "the time to win is not known" in str(found)


def test_a_day_of_closing_that_is_still_to_come_is_not_yet():
    """Somewhere it is tomorrow already."""
    deal = a_deal().win(at=day(3), closed_on=day(4).date())

    assert time_to_win([deal], at=day(3)).open == 1


def test_times_by_stage_count_those_still_there():
    """Half have left by a later day than those who left say."""
    deals = [a_deal(moved=n) for n in (2, 4, 12)] + [a_deal()] * 2

    first, second = stage_times(deals, at=day(20), within=[timedelta(days=4)]).stages

    assert (first.stage, first.ended, first.still) == ("a", 3, 2)
    assert (first.median_ended.days, first.half_left.days) == (4, 12)
    assert str(first.within[0][1]).startswith("2 of 5")
    assert (second.ended, second.still, second.half_left) == (0, 3, None)
    assert str(second).startswith("b: 0 have left, 3 are still there; within 4 days 0 of")
    assert json.loads(json.dumps(first.as_data()))["half_left"] == 12 * 86_400
    assert "a: 3 have left" in first._repr_html_()


def test_two_pipelines_with_stages_of_one_name_are_told_apart():
    """A stage of several has to be named with its pipeline, in print as well."""
    other = free_pipeline("other", [Stage("a"), Stage("won", kind="won")])
    deals = [a_deal(), Opportunity.open(id="8", pipeline=other, at=START)]

    found = stage_times(deals, at=day(2))

    assert [line.split()[:2] for line in str(found).splitlines()[2:]] == [
        ["board", "a"],
        ["other", "a"],
    ]
    assert [[*map(str, row[:2])] for row in found.figures()[0].rows][1] == ["other", "a"]
    assert found.stage("a", pipeline="other").still == 1
    with pytest.raises(InvalidValue, match=r"stage of several pipelines; .* board or other"):
        found.stage("a")
    with pytest.raises(InvalidValue, match="not among the stages that were timed; allowed: a, b"):
        found.stage("b", pipeline="other")


def test_a_stage_that_was_entered_again_counts_once_with_all_its_time():
    """And the young are not asked whether they left in time."""
    deal = a_deal(moved=2).move(to="a", at=day(5))

    first, _ = stage_times([deal], at=day(6), within=[timedelta(days=9)]).stages

    assert (first.ended, first.still, first.within[0][1].whole) == (0, 1, 0)


def test_rest_is_no_work_and_a_weekend_is_no_working_time():
    """The clock of the office is the clock of the stage."""
    office = WorkingHours(dict.fromkeys(("mon", "tue", "wed"), ("09:00", "17:00")))
    deal = hold(a_deal(), at=day(1))
    deal = resume(deal, at=day(2)).move(to="b", at=day(7))

    plain, _ = stage_times([deal], at=day(9)).stages
    worked, _ = stage_times([deal], at=day(9), hours=office).stages
    resting, _ = stage_times([hold(a_deal(), at=day(1))], at=day(2), hours=office).stages

    assert (plain.half_left, plain.rested) == (timedelta(days=6), timedelta(days=1))
    assert worked.half_left == timedelta(hours=16)
    assert str(plain).endswith("; rested 1 day")
    assert (resting.still, resting.rested) == (1, timedelta(days=1))


@pytest.mark.parametrize("ask", [stage_times, time_to_win])
@pytest.mark.parametrize("nouns", [None, "abc", [None], Lead])
def test_what_are_no_leads_and_no_deals_is_told(ask, nouns):
    """Rows have to be read first."""
    with pytest.raises(WrongKind, match="entities is of the wrong kind"):
        ask(nouns, at=START)


def test_a_limit_is_a_length_of_time():
    """Nothing is no limit, and a number has no unit."""
    with pytest.raises(InvalidValue, match="within is not longer than nothing"):
        stage_times([], at=START, within=[timedelta()])
    with pytest.raises(WrongKind, match="within is of the wrong kind: int"):
        stage_times([], at=START, within=[30])
    with pytest.raises(WrongKind, match="within is of the wrong kind: int"):
        stage_times([], at=START, within=30)


def test_one_limit_needs_no_list():
    """As for a funnel, and for cohorts."""
    four = timedelta(days=4)

    one, several = (stage_times([a_deal()], at=day(9), within=w) for w in (four, [four]))

    assert one == several


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(0, 3))
def test_where_all_are_closed_the_curve_is_the_share_that_won_by_each_day(lengths, lost):
    """Those won on the day of their opening too, on which the others were watched as well."""
    deals = [a_deal(ended=days, how="won") for days in lengths]
    deals += [a_deal(ended=4, how="lost")] * lost

    found = time_to_win(deals, at=day(20))

    for days in range(10):
        won = sum(length <= days for length in lengths)
        assert found.won_within(days) == pytest.approx(won / len(deals))


def test_in_a_stage_that_no_one_told_nothing_has_stood():
    """A list that says only how deals ended says of no stage how long they were in it."""
    ends = StringIO("Deal,Stage,Created,Closed on\na,Lost,2026-03-05,2026-03-09\n")
    (deal,) = read_opportunities(ends, at=START).entities()

    found = stage_times([deal], at=day(40))

    assert {(time.ended, time.still) for time in found.stages} == {(0, 0)}
    assert [str(problem) for problem in found.problems] == [
        "without a history of a stage, and not timed in it: 1"
    ]
