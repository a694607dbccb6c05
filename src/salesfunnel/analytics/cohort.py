"""One cohort: how many began in a period, and the share that got there within each time."""

from __future__ import annotations

import attrs

from .proportion import Proportion


@attrs.frozen(kw_only=True)
class Cohort:
    """
    Those who began in one period: how many, and the share that got there within each time.

    A share is ``None`` while the last of them may still be too young.

    >>> print(Cohort(period="2026-03", size=4, shares=(Proportion(1, 4), None)))
    2026-03: 4; 1 of 4 (25%, 95% CI 5–70%); too young
    """

    period: str
    size: int
    shares: tuple[Proportion | None, ...]

    def __str__(self) -> str:
        """Say how many began, and each share."""
        shares = ["too young" if share is None else str(share) for share in self.shares]
        return "; ".join([f"{self.period}: {self.size:,}", *shares])
