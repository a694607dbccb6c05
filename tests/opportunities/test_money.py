"""The money of deals: lines and amount, the weighted value, and what deals are worth together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import as_of
from salesfunnel.leads import Lead
from salesfunnel.opportunities import AmountRevised, Opportunity, closing, total_worth, worth
from salesfunnel.testing import moneys, opportunities
from salesfunnel.values import Contribution, Line, Money, Rates, total

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 30)
PUMPS = Line("pump", Money("99.95", "EUR"), quantity=10, discount="0.1")
CREDIT = Line("credit", Money(-50, "EUR"))
OPEN = opportunities(stage="proposal")
PRICES = st.integers(1, 10**6).map(lambda n: Money(n, "EUR"))
OFFERS = st.lists(
    st.builds(Line, st.just("pump"), PRICES, quantity=st.integers(1, 9)), min_size=1, max_size=4
)


def later(deal):
    """Give a time after all that has happened."""
    return deal.timeline[-1].at + DAY


def a_deal(**known):
    """Open a deal that is proposed to the one who decides."""
    deal = Opportunity.open(**{"id": "7"} | known, stage="proposal", at=MONDAY)
    return deal.involve("Sara Ahmadi", "decision_maker", at=MONDAY)


@given(OPEN, OFFERS, OFFERS)
def test_the_amount_follows_the_lines(deal, offer, revised):
    """Law 26 on a deal: each revision is one event with its lines, and the amount is their sum."""
    offered = deal.amend(lines=offer, at=later(deal))
    again = offered.amend(lines=revised, at=later(offered))

    assert (offered.amount, again.amount) == (total(offer), total(revised))
    assert (offered.lines, again.lines) == (tuple(offer), tuple(revised))
    assert as_of(again, at=offered.timeline[-1].at).lines == tuple(offer)
    free = again.amend(lines=[], at=later(again))
    assert (free.lines, free.amount) == ((), again.amount)
    assert free.amend(amount=Money(7, "EUR"), at=later(free)).amount == Money(7, "EUR")


@given(OPEN, OFFERS)
def test_revising_with_the_same_lines_changes_nothing(deal, offer):
    """Law 28: nothing is counted twice, and no event is made."""
    offered = deal.amend(lines=offer, at=later(deal))

    assert offered.amend(lines=list(offer), at=later(offered)) == offered


def test_an_amount_by_hand_beside_lines_is_refused():
    """Story 14: setting 800 is refused by each verb, and the remedy is a line, or no lines."""
    deal = a_deal(lines=[PUMPS, CREDIT])
    assert str(deal.amount) == "849.55 EUR"

    for verb in (
        lambda: deal.amend(amount=Money(800, "EUR"), at=MONDAY),
        lambda: deal.amend(amount=None, at=MONDAY),
        lambda: deal.agree(Money(800, "EUR"), at=MONDAY),
        lambda: a_deal(lines=[PUMPS], amount=Money(800, "EUR")),
        lambda: AmountRevised(
            at=MONDAY, before=None, amount=Money(800, "EUR"), lines=[PUMPS], agreed=False
        ),
    ):
        with pytest.raises(InvalidValue, match=r"amount is not what the lines come to, .* EUR;"):
            verb()
    granted = Line("rebate", Money("-49.55", "EUR"))
    agreed = deal.amend(lines=[*deal.lines, granted], at=MONDAY).agree(at=MONDAY)
    assert (str(agreed.amount), agreed.amount_agreed) == ("800 EUR", True)


def test_lines_outlive_a_closing_and_yield_to_its_correction():
    """A won deal keeps what was sold; where it was really closed for less, the lines go."""
    won = a_deal(lines=[PUMPS]).agree(at=MONDAY).win(at=MONDAY)
    with pytest.raises(MoveRefused, match="reopen it first"):
        won.amend(lines=[], at=MONDAY)

    right = closing.correct(won, amount=Money(850, "EUR"), why="read off the contract", at=MONDAY)

    assert (won.lines, right.lines, right.amount) == ((PUMPS,), (), Money(850, "EUR"))
    assert won.reopen(at=MONDAY).lines == (PUMPS,)


def test_a_conversion_into_a_deal_with_lines_leaves_its_amount():
    """What the planner gives is told as kept out, whichever way; the lines say what it is worth."""
    deal = a_deal(lines=[PUMPS])
    more = Contribution({"amount": Money(5, "EUR")}, ways={"amount": "replace"})
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY)

    values, [change] = more.put_into(deal)
    done = plan_conversion(lead, opportunity=deal, amount=Money(5, "EUR")).apply(at=MONDAY)

    assert (values, change.kind.value) == ({}, "kept")
    assert (done.opportunity.amount, done.opportunity.lines) == (PUMPS.total, (PUMPS,))


@given(
    st.lists(st.tuples(moneys(currency="EUR"), st.sampled_from(["0", "0.5", "0.333"])), max_size=5)
)
def test_weighted_adds_up(told):
    """Law 32: exact for each deal, so that the parts are the whole; 0 when lost, all when won."""
    deals = [
        a_deal(id=str(n), amount=amount).estimate(share, at=MONDAY)
        for n, (amount, share) in enumerate(told)
    ]

    whole = total_worth(deals, Rates("EUR", {}), on=JUNE, weighted=True)

    exact = sum((m.amount * Decimal(share) for m, share in told), Decimal(0))
    assert whole.total.amount == exact
    for deal in deals:
        assert deal.lose("price", at=MONDAY).weighted == Money.zero("EUR")
        assert deal.agree(at=MONDAY).win(at=MONDAY).weighted == deal.amount


def test_without_amount_or_chance_nothing_is_weighted():
    """Neither is taken for zero."""
    assert a_deal().weighted is None
    assert worth(a_deal(), Rates("EUR", {}), on=JUNE) is None


@given(
    opportunities(stage="won") | opportunities(stage="lost"),
    st.dictionaries(st.integers(1, 900), st.integers(1, 10**6), max_size=3),
    st.integers(0, 900),
)
def test_a_closed_deal_keeps_its_value_whatever_the_rates(deal, later_rates, asked):
    """Law 29: rates of later days, and the day of asking, change nothing."""
    if deal.amount is None or deal.amount.currency == "CHF":
        return
    day, code = deal.closed_on, deal.amount.currency
    known = {day: 3}
    more = {day + timedelta(days=n): rate for n, rate in later_rates.items()}

    then = worth(deal, Rates("CHF", {code: known}), on=day)
    now = worth(deal, Rates("CHF", {code: known | more}), on=day + timedelta(days=asked))

    assert now == then


@given(st.lists(st.sampled_from(["EUR", "AMD", "USD"]), max_size=6))
def test_no_rate_no_sum(currencies):
    """Law 30: the deals without a rate are named, none is dropped, and none is taken as it is."""
    rates = Rates("EUR", {"USD": {MARCH: 2}})
    deals = [a_deal(id=str(n), amount=Money(10, code)) for n, code in enumerate(currencies)]

    found = total_worth([*deals, a_deal(id="none")], rates, on=JUNE)

    unknown = tuple(str(n) for n, code in enumerate(currencies) if code == "AMD")
    counted = sum({"EUR": 10, "USD": 20}.get(code, 0) for code in currencies)
    assert (found.without_rate, found.without_amount) == (unknown, ("none",))
    assert found.counted == Money(counted, "EUR")
    assert found.total == (None if unknown else Money(counted, "EUR"))
    if unknown:
        assert str(found).startswith(f"no total: no rate for {', '.join(unknown)} (no amount: none")
    else:
        assert str(found) == f"{Money(counted, 'EUR')} (no amount: none)"


def test_the_report_of_march_stays_as_it_was():
    """Story 15: won at 700,000, now 900,000; open deals by the given rate; drams are named."""
    rates = Rates("IRR", {"EUR": {MARCH: 700_000, date(2026, 6, 1): 900_000}})
    won = a_deal(amount=Money(10, "EUR")).agree(at=MONDAY).win(at=MONDAY)
    still_open = a_deal(id="8", amount=Money(10, "EUR"))
    dram = a_deal(id="9", amount=Money(10, "AMD"))

    assert str(worth(won, rates, on=JUNE)) == str(worth(won, rates, on=MARCH)) == "7,000,000 IRR"
    assert str(worth(still_open, rates, on=JUNE)) == "9,000,000 IRR"
    assert str(total_worth([won, still_open], rates, on=JUNE)) == "16,000,000 IRR"
    assert total_worth([won, dram], rates, on=JUNE).without_rate == ("9",)


def test_a_deal_that_was_closed_on_no_known_day_has_no_value():
    """A file did not tell the day; in the currency of the rates none is needed."""
    lost = a_deal(amount=Money(10, "EUR")).lose("price", at=MONDAY)
    unknown = Opportunity.replay([*lost.timeline[:-1], _without_day(lost.timeline[-1])])

    assert worth(unknown, Rates("EUR", {}), on=JUNE) == Money(10, "EUR")
    with pytest.raises(InvalidValue, match="no rate of EUR to IRR on an unknown day"):
        worth(unknown, Rates("IRR", {"EUR": {MARCH: 1}}), on=JUNE)


def _without_day(event):
    """Take the day out of a closing."""
    return attrs.evolve(event, closing=attrs.evolve(event.closing, closed_on=None))


def test_what_is_worth_something_is_a_deal():
    """Rates and deals are what they are; the day is a day."""
    with pytest.raises(InvalidValue, match="deal is of the wrong kind"):
        worth("7", Rates("EUR", {}), on=JUNE)
    with pytest.raises(InvalidValue, match="rates is of the wrong kind"):
        total_worth([], {}, on=JUNE)
    with pytest.raises(InvalidValue, match=r"^on is not a day"):
        total_worth([a_deal()], Rates("EUR", {}), on="today")
