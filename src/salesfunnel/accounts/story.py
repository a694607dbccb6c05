"""The story of an account: all that can happen to it."""

from __future__ import annotations

from .events import AccountAmended, AccountCompleted, AccountOpened, AccountRestored

STORY = (AccountOpened, AccountAmended, AccountCompleted, AccountRestored)
"""The events of an account; those of other nouns have no place on its timeline."""
