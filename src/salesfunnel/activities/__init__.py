"""Activities: calls, messages and meetings, what they come to, and whose work it is."""

from __future__ import annotations

from .engagement import Engagement
from .events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from .logging import correct, withdraw
from .owners import OwnerAssigned

__all__ = [
    "ActivityCorrected",
    "ActivityLogged",
    "ActivityWithdrawn",
    "Engagement",
    "OwnerAssigned",
    "correct",
    "withdraw",
]
