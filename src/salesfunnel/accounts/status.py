"""Whether an account is a prospect, a customer or lapsed: read off its deals, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import attrs

from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..values.instants import instant
from .account import Account


class AccountStatus(StrEnum):
    """
    What an account is to us.

    >>> AccountStatus("customer").name
    'CUSTOMER'
    """

    PROSPECT = "prospect"
    CUSTOMER = "customer"
    LAPSED = "lapsed"


class AccountDeal(Protocol):
    """What the standing of an account wants to know of a deal."""

    @property
    def account_id(self) -> str:
        """Whose deal it is."""
        ...

    @property
    def pipeline(self) -> Pipeline:
        """The stages that it goes through."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...

    @property
    def closed_on(self) -> date | None:
        """When it was closed; ``None`` while it is open, or where it is not known."""
        ...


@attrs.frozen(kw_only=True)
class Standing:
    """
    The status of an account, and the won deals from which it follows.

    >>> Standing(status=AccountStatus.PROSPECT, wins=0).last_win is None
    True
    """

    status: AccountStatus
    wins: int
    customer_since: date | None = None
    last_win: date | None = None


def status(
    account: Account,
    deals: Iterable[AccountDeal],
    *,
    at: datetime,
    lapse_after: timedelta | None = None,
) -> Standing:
    """
    Derive what an account is: a customer once a deal of it is won, and as long as that is not old.

    A won deal that was reopened makes no customer any more; deals of other accounts do not count.

    Args:
        account: the account.
        deals: deals, also of other accounts.
        at: the instant of asking; wins that were closed later do not count.
        lapse_after: how long after the last win a customer has lapsed; never if it is not given.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> novin = Account.open(id="7", name="Novin", at=monday)
    >>> status(novin, [], at=monday).status.value
    'prospect'
    """
    today = instant(at).date()
    won = [
        deal.closed_on
        for deal in deals
        if deal.account_id == account.id
        and deal.pipeline.stage(deal.stage).kind is StageKind.WON
        and (deal.closed_on is None or deal.closed_on <= today)
    ]
    days = sorted(day for day in won if day is not None)
    last = days[-1] if days else None
    has_lapsed = lapse_after is not None and last is not None and today - last > lapse_after
    customer = AccountStatus.LAPSED if has_lapsed else AccountStatus.CUSTOMER
    return Standing(
        status=customer if won else AccountStatus.PROSPECT,
        wins=len(won),
        customer_since=days[0] if days else None,
        last_win=last,
    )
