"""The door for everybody's own scoring: any object that can assess a lead is a policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from .assessment import Assessment


class Policy(Protocol):
    """
    Anything with ``assess(lead, *, at)`` that returns an `Assessment`; no base class is needed.

    >>> from salesfunnel.qualification import BANT
    >>> policy: Policy = BANT
    """

    def assess(self, lead: Any, /, *, at: datetime) -> Assessment:  # noqa: ANN401 - a row will do as well
        """Judge a lead as of an instant."""
        ...
