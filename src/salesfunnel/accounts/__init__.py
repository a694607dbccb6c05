"""Accounts: the companies that became customers, or may become so."""

from __future__ import annotations

from .account import Account
from .events import AccountAmended, AccountCompleted, AccountEvent, AccountOpened, AccountRestored

__all__ = [
    "Account",
    "AccountAmended",
    "AccountCompleted",
    "AccountEvent",
    "AccountOpened",
    "AccountRestored",
]
