"""Whether an account is a prospect, a customer, or a lapsed one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, AccountStatus, status
from salesfunnel.opportunities import Opportunity
from salesfunnel.testing import opportunities
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOVIN = Account.open(id="novin", name="Novin", at=MONDAY)
YEAR = timedelta(days=365)


def a_won_deal(account_id="novin", *, at=MONDAY):
    """Win a deal."""
    deal = Opportunity.open(id="7", account_id=account_id, stage="proposal", at=at)
    return deal.agree(Money(900, "EUR"), at=at).involve("Sara", "decision_maker", at=at).win(at=at)


def test_an_account_without_a_won_deal_is_a_prospect():
    """Open and lost deals, and deals of others, make no customer."""
    deal = Opportunity.open(id="7", account_id="novin", at=MONDAY)

    found = status(NOVIN, [deal, deal.lose("price", at=MONDAY), a_won_deal("ararat")], at=MONDAY)

    assert (found.status, found.wins, found.last_win) == (AccountStatus.PROSPECT, 0, None)


def test_a_won_deal_makes_a_customer_until_it_is_reopened():
    """Win, reopen, lose again: a prospect."""
    won = a_won_deal()
    again = won.reopen(at=MONDAY).lose("price", at=MONDAY)

    assert status(NOVIN, [won], at=MONDAY).status == AccountStatus.CUSTOMER
    assert status(NOVIN, [again], at=MONDAY).status == AccountStatus.PROSPECT


@pytest.mark.parametrize(
    ("days", "expected"), [(365, AccountStatus.CUSTOMER), (366, AccountStatus.LAPSED)]
)
def test_a_customer_lapses_after_the_time_that_is_given(days, expected):
    """A year after the last win a customer has lapsed, if a year is the measure."""
    later = MONDAY + timedelta(days=days)

    found = status(NOVIN, [a_won_deal()], at=later, lapse_after=YEAR)

    assert found.status == expected
    assert status(NOVIN, [a_won_deal()], at=later).status == AccountStatus.CUSTOMER


def test_what_is_won_later_does_not_count_yet():
    """As of an earlier day the account was no customer."""
    won = a_won_deal(at=MONDAY + timedelta(days=3))

    assert status(NOVIN, [won], at=MONDAY).status == AccountStatus.PROSPECT


@given(deals=st.lists(opportunities(), max_size=4))
def test_status_follows_wins(deals):
    """An account is a customer exactly if a deal of its own is won."""
    accounts = {deal.account_id for deal in deals if deal.account_id.strip()}
    at = datetime(2100, 1, 1, tzinfo=UTC)

    for account_id in accounts:
        account = Account.open(id=account_id, name="Novin", at=MONDAY)
        wins = sum(deal.stage == "won" and deal.account_id == account_id for deal in deals)
        found = status(account, deals, at=at)
        assert (found.wins, found.status == AccountStatus.CUSTOMER) == (wins, wins > 0)
