"""Accounts: the companies that became customers, or may become so."""

from __future__ import annotations

from .account import Account
from .events import (
    AccountAmended,
    AccountCompleted,
    AccountEvent,
    AccountOpened,
    AccountPlaced,
    AccountRestored,
)
from .hierarchy import ancestors, place
from .status import AccountStatus, Standing, status

__all__ = [
    "Account",
    "AccountAmended",
    "AccountCompleted",
    "AccountEvent",
    "AccountOpened",
    "AccountPlaced",
    "AccountRestored",
    "AccountStatus",
    "Standing",
    "ancestors",
    "place",
    "status",
]
