"""Accounts: the companies that became customers, or may become so."""

from __future__ import annotations

from .account import Account
from .events import (
    AccountAmended,
    AccountEvent,
    AccountOpened,
    AccountPlaced,
)
from .hierarchy import ancestors, place
from .people import find_people, person_id
from .status import AccountStatus, Standing, status

__all__ = [
    "Account",
    "AccountAmended",
    "AccountEvent",
    "AccountOpened",
    "AccountPlaced",
    "AccountStatus",
    "Standing",
    "ancestors",
    "find_people",
    "person_id",
    "place",
    "status",
]
