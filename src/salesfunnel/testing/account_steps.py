"""Steps that an account can take on its walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from hypothesis.strategies import DrawFn

from ..accounts.account import Account
from ..accounts.hierarchy import place
from . import _drawn as drawn
from .shared_steps import MERGING, SHARED_STEPS, NounStep


def _rename(draw: DrawFn, account: Account, at: datetime) -> Account:
    return account.amend(name=draw(drawn.names), source=draw(drawn.sources), at=at)


def _place(draw: DrawFn, account: Account, at: datetime) -> Account:
    above = Account.open(id=f"above {account.id}", name=draw(drawn.names), at=at)
    return place(account, under=above, among=[account, above], at=at)


ACCOUNT_STEPS: Mapping[str, NounStep] = MappingProxyType(
    {
        "rename": _rename,
        "place": _place,
        **MERGING,
        **SHARED_STEPS,
    }
)
"""All that can happen to an account."""
