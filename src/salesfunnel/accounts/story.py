"""The story of an account: all that can happen to it."""

from __future__ import annotations

from .events import AccountAmended, AccountCompleted, AccountOpened

STORY = (AccountOpened, AccountAmended, AccountCompleted)
"""The events of an account; those of other nouns have no place on its timeline."""
