"""What a source yields, and how little a few leads prove."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics.source_performance import Proportion, SourcePerformance, compare_sources
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.values import Money

MANY = SourcePerformance("web", leads=10, customers=1, cost=Money(1000, "EUR"))
GOOD = SourcePerformance("fair", leads=8, fit=6, met=4, customers=2, cost=Money(4000, "EUR"))

shares = st.integers(1, 500).flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))


def test_ten_leads_and_one_customer_against_eight_and_two():
    """Fewer leads may bring more customers, at another price, but so few prove nothing."""
    assert (MANY.cost_per_lead, MANY.cost_per_customer) == (Money(100, "EUR"), Money(1000, "EUR"))
    assert (GOOD.cost_per_lead, GOOD.cost_per_customer) == (Money(500, "EUR"), Money(2000, "EUR"))
    assert compare_sources(MANY, GOOD).better is None


def test_many_leads_prove_something():
    """The same shares out of a hundred times as many are no chance."""
    many, good = (
        SourcePerformance("web", leads=1000, customers=100),
        SourcePerformance("fair", leads=800, customers=200),
    )

    assert compare_sources(many, good).better is good
    assert compare_sources(good, many).better is good
    assert str(compare_sources(many, good)).splitlines()[-1] == (
        "fair wins more: the difference lies between 11 and 19 percentage points"
    )


@pytest.mark.parametrize(
    "nothing", [SourcePerformance("none", leads=0, customers=0, cost=Money(5, "EUR"))]
)
def test_no_leads_prove_nothing(nothing):
    """Without a lead there is no share, no cost per lead, and no conclusion."""
    compared = compare_sources(nothing, SourcePerformance("all", leads=100, customers=100))

    assert (nothing.cost_per_lead, nothing.won.interval, compared.better) == (None, (0, 1), None)
    assert str(nothing) == "none: 0 leads, 0 customers"


def test_without_a_cost_none_is_told():
    """A yield need not know its cost."""
    assert SourcePerformance("web", leads=10, customers=1).cost_per_customer is None


@pytest.mark.parametrize(
    "counts",
    [
        {"leads": 1, "customers": 2},
        {"leads": 8, "fit": 4, "met": 6, "customers": 2},
        {"leads": -1, "customers": -1},
        {"leads": 8.0, "customers": 2},
    ],
)
def test_nobody_buys_who_was_no_lead(counts):
    """Each step of the way is at most as large as the one before."""
    with pytest.raises(InvalidValue, match="counts more at a later step"):
        SourcePerformance("odd", **counts)


def test_one_is_said_in_the_singular():
    """One lead and one customer are no leads and customers."""
    assert (
        str(SourcePerformance("web", leads=1, met=1, customers=1))
        == "web: 1 lead, 1 met, 1 customer"
    )


def test_nobody_is_paid_for_leads():
    """A cost below zero is a mistake."""
    with pytest.raises(InvalidValue, match="cost is negative"):
        SourcePerformance("odd", leads=5, customers=1, cost=Money(-5, "EUR"))


def test_a_cost_is_an_amount_in_a_currency():
    """A bare number says nothing of money, and a name is not a source."""
    with pytest.raises(WrongKind, match="cost is of the wrong kind: int; allowed: Money, or None"):
        SourcePerformance("odd", leads=5, customers=1, cost=5)
    with pytest.raises(WrongKind, match="second is of the wrong kind: str"):
        compare_sources(SourcePerformance("web", leads=5, customers=1), "fair")


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 1), (0.5, 1)])
def test_a_share_is_a_part_of_a_whole(part, whole):
    """More than all of it is no share."""
    with pytest.raises(InvalidValue, match="not a part of a whole"):
        Proportion(part, whole)


@given(shares)
def test_the_interval_holds_the_share_and_narrows_with_more(share):
    """Ten times as many tell the same more surely."""
    low, high = share.interval
    narrower = Proportion(share.part * 10, share.whole * 10).interval

    assert 0 <= low <= share.part / share.whole + 1e-12
    assert share.part / share.whole - 1e-12 <= high <= 1
    assert narrower[1] - narrower[0] < high - low


@given(shares, shares)
def test_to_turn_a_comparison_round_turns_its_difference(one, two):
    """What the second wins more, the first wins less."""
    first, second = (
        SourcePerformance(n, leads=s.whole, customers=s.part)
        for n, s in zip("ab", (one, two), strict=True)
    )
    low, high = compare_sources(first, second).difference

    assert compare_sources(second, first).difference == pytest.approx((-high, -low))


def test_a_comparison_as_data_says_what_the_text_says():
    """Both sources with their intervals, the difference, and the better one."""
    few = compare_sources(MANY, GOOD)
    many = compare_sources(
        SourcePerformance("web", leads=1000, customers=100),
        SourcePerformance("fair", leads=800, customers=200),
    )

    assert [source["name"] for source in few.as_data()["sources"]] == ["web", "fair"]
    assert (few.as_data()["better"], many.as_data()["better"]) == (None, "fair")
    assert many.as_data()["difference"] == list(many.difference)


def test_a_proportion_is_said_in_the_terms_of_the_field():
    """Percent, and the interval in which it lies 19 times out of 20."""
    assert str(Proportion(1, 10)) == "1 of 10 (10%, 95% CI 2–40%)"
    assert str(Proportion(0, 0)) == "0 of 0 (unknown)"
