"""What a source yields, and how little a few leads prove."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import Proportion, SourcePerformance, compare_sources
from salesfunnel.analytics.proportion import newcombe
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Stage
from salesfunnel.pipeline.presets.free import free_pipeline
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
    assert compare_sources(many, good).leads_to_tell == 0
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
    assert str(nothing) == "none: 0 leads, 0 customers; 5 EUR spent"


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


BOARD = free_pipeline(
    "board", [Stage("meeting"), Stage("won", kind="won"), Stage("lost", kind="lost")]
)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def a_lead(number, source, end, *, days=9):
    """Capture a lead of a source, and its deal if it has one, which ends so after some days."""
    stage = {"rejected": "new", "fit": "qualified"}.get(end, "converted")
    lead = Lead.capture(id=f"L{number}", company="Novin", source=source, stage=stage, at=MONDAY)
    if end == "rejected":
        lead = lead.disqualify("no_need", at=MONDAY + DAY)
    if stage != "converted":
        return lead, []
    deal = Opportunity.open(id=f"D{number}", lead_ids=[lead.id], pipeline=BOARD, at=MONDAY)
    reason = "price" if end == "lost" else ""
    return lead, [
        deal if end == "open" else deal.move(to=end, reason=reason, at=MONDAY + days * DAY)
    ]


def a_list(*ends):
    """Make leads and deals of pairs of a source and an end."""
    pairs = [a_lead(number, *end) for number, end in enumerate(ends)]
    return [lead for lead, _ in pairs], [deal for _, deals in pairs for deal in deals]


def test_sources_are_counted_instead_of_filled_in():
    """How many fit, met and bought, what each cost, and who is still undecided."""
    leads, deals = a_list(
        *[("web", "won"), ("web", "lost"), ("web", "rejected"), ("exhibition", "won")],
        *[("exhibition", "open"), ("exhibition", "fit")],
    )
    costs = {"web": Money(900, "EUR"), "exhibition": Money(900, "EUR"), "radio": Money(50, "EUR")}

    fair, web, radio = SourcePerformance.of(leads, deals, costs, at=MONDAY + 99 * DAY)

    assert (web.name, web.leads, web.fit, web.met, web.customers) == ("web", 3, 2, 2, 1)
    assert [str(cost) for _, cost in web.cost_per_step] == [
        "300 EUR",
        "450 EUR",
        "450 EUR",
        "900 EUR",
    ]
    assert (fair.leads, fair.fit, fair.met, fair.customers, fair.undecided) == (3, 3, 2, 1, 2)
    assert (fair.cost_per_customer, str(fair.won)[:6]) == (None, "1 of 1")
    assert str(fair).endswith("a customer costs 300 EUR to 900 EUR while 2 are undecided")
    assert (radio.leads, radio.cost_per_lead) == (0, None)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9999), st.data())
def test_the_cost_of_a_customer_will_lie_within_its_bounds(customers, waiting, lost, cost, data):
    """However many of the undecided buy; without a customer there is no upper one."""
    leads, spent = customers + waiting + lost, Money(cost, "EUR")
    now = SourcePerformance("web", leads=leads, customers=customers, undecided=waiting, cost=spent)
    bought = data.draw(st.integers(0, waiting))
    then = SourcePerformance("web", leads=leads, customers=customers + bought, cost=spent)

    low, high = now.customer_cost_bounds

    assert (high is None) == (customers == 0)
    if then.cost_per_customer is not None:
        assert low.amount <= then.cost_per_customer.amount
        assert high is None or then.cost_per_customer.amount <= high.amount
    said = f"a customer costs {low} or more" if high is None else f"costs {low} to {high} while"
    assert said in str(now)
    assert now.as_data()["customer_cost_bounds"] == [str(low), None if high is None else str(high)]


def test_within_a_time_young_and_old_compare():
    """A lead too young for it is no failure, and what a customer costs is not known yet."""
    leads, deals = a_list(("web", "won"), ("web", "lost"), ("web", "open"))
    young = Lead.capture(id="L9", company="Novin", source="web", at=MONDAY + 30 * DAY)
    asked = {"at": MONDAY + 40 * DAY, "within": 20 * DAY}
    costs = {"web": Money(900, "EUR")}

    (old,) = SourcePerformance.of(leads, deals, costs, **asked)
    (mixed,) = SourcePerformance.of([*leads, young], deals, costs, **asked)
    (slow,) = SourcePerformance.of(leads, deals, costs, at=MONDAY + 40 * DAY, within=5 * DAY)

    assert (old.customers, old.undecided, old.too_young) == (1, 0, 0)
    assert (str(old.won)[:6], old.cost_per_customer) == ("1 of 3", Money(900, "EUR"))
    assert (mixed.leads, mixed.too_young, str(mixed.won)[:6]) == (4, 1, "1 of 3")
    assert [cost for _, cost in mixed.cost_per_step] == [Money(225, "EUR"), None, None, None]
    assert str(mixed).endswith("what a step costs is not known while 1 is too young")
    assert slow.customers == 0


def test_without_deals_no_lead_is_a_customer():
    """A converted lead is undecided, and nothing is known of meetings."""
    lead, _ = a_lead(1, "web", "open")

    (web,) = SourcePerformance.of([lead], [], {}, at=MONDAY + DAY)

    assert (web.customers, web.met, web.undecided) == (0, None, 1)
    assert str(web).endswith("not all is known while 1 is undecided")


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"fit": 7}, "fit is of the wrong kind"),
        ({"within": {}}, "within is of the wrong kind"),
        ({"within": timedelta()}, "within is not longer than nothing"),
        ({"group": "sorce"}, "group is by sorce"),
        ({"group": None}, "group is of the wrong kind"),
        ({"costs": {"web": 5}}, "the cost of web is of the wrong kind"),
        ({"costs": []}, "costs is of the wrong kind"),
        ({"met": "meetign"}, "met is not a step"),
    ],
)
def test_a_question_about_sources_that_means_nothing_is_told(asked, error):
    """Each in one sentence."""
    leads, deals = a_list(("web", "open"))
    costs = asked.pop("costs", {})

    with pytest.raises((InvalidValue, WrongKind), match=error):
        SourcePerformance.of(leads, deals, costs, at=MONDAY + DAY, **asked)


@pytest.mark.parametrize("counts", [{"undecided": 9}, {"too_young": -1}, {"undecided": 1.0}])
def test_undecided_leads_are_leads(counts):
    """Customers and undecided together are no more than all."""
    with pytest.raises(InvalidValue, match="counts more customers and undecided than leads"):
        SourcePerformance("web", leads=9, customers=1, **counts)


def test_cheaper_and_better_are_two_things():
    """The web costs less a customer; which one wins more is not told by so few."""
    compared = compare_sources(MANY, GOOD)

    assert (compared.cheaper, compared.better) == (MANY, None)
    assert compare_sources(GOOD, MANY).cheaper is MANY
    assert compare_sources(MANY, MANY).cheaper is None
    assert str(compare_sources(MANY, MANY)).endswith("-32 and 32 percentage points")
    assert "web is cheaper: 1,000 EUR a customer against 2,000 EUR" in str(compared)
    assert "42 more leads of each would tell" in compared._repr_html_()
    rial = SourcePerformance("radio", leads=9, customers=1, cost=Money(5, "IRR"))
    assert compare_sources(MANY, rial).cheaper is None
    assert "cost each" in GOOD._repr_html_()


@given(shares, shares)
def test_so_many_more_leads_tell_and_no_fewer(one, two):
    """With the same shares, the first number of leads that leaves no doubt."""
    first, second = (
        SourcePerformance(n, leads=s.whole, customers=s.part)
        for n, s in zip("ab", (one, two), strict=True)
    )
    compared = compare_sources(first, second)
    more = compared.leads_to_tell

    if more is None:
        assert one.part * two.whole == two.part * one.whole
    elif more == 0:
        assert compared.better is not None
    else:
        pairs = [(s.part / s.whole, s.whole) for s in (one, two)]
        for few, tells in ((more, True), (more - 1, False)):
            low, high = newcombe(*((share, n + few) for share, n in pairs))
            assert (low > 0 or high < 0) is tells


def test_shares_so_near_that_no_list_is_long_enough():
    """A billion leads would not tell one in a billion from two."""
    first = SourcePerformance("a", leads=10**12, customers=10**6)
    second = SourcePerformance("b", leads=10**12, customers=10**6 + 1)

    assert compare_sources(first, second).leads_to_tell is None


def test_costs_in_two_currencies_are_told_and_not_compared():
    """In a sentence that says why, and what to do."""
    dollars = SourcePerformance("ads", leads=10, customers=1, cost=Money(900, "USD"))

    found = compare_sources(MANY, dollars)

    assert found.cheaper is None
    assert (
        "which is cheaper is not known: 1,000 EUR and 900 USD a customer are in two currencies; "
        "give both costs in one" in str(found)
    )


def test_one_more_lead_is_not_said_in_the_plural():
    """Where one more of each would tell."""
    cost = Money(500, "EUR")
    one = SourcePerformance("fair", leads=1, fit=1, met=1, customers=1, cost=cost)
    other = SourcePerformance("web", leads=8, fit=8, met=6, customers=2, cost=cost)

    assert "1 more lead of each would tell" in str(compare_sources(one, other))
