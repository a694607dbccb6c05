"""Losses that are none, such as duplicates: they are in no rate, and are counted out loud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .figures import Figures
from .labels import NO_LABELS, Labels

Uncounted = tuple[tuple[str, int], ...]
"""How many were left out, by the reason of their loss, the most frequent first."""


def uncounted_reason(noun: Lead | Opportunity, *, at: datetime | None = None) -> str:
    """
    Return the reason for which a lost lead or deal is in no rate; blank where it is in all.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> uncounted_reason(Opportunity.open(id="7", at=monday).lose("price", at=monday))
    ''
    """
    seen = noun if at is None or noun.timeline[-1].at <= at else as_of(noun, at=at)
    named = seen.pipeline.stage(seen.stage).uncounted
    if not named:
        return ""
    if isinstance(seen, Lead):
        reason = seen.rejection or ""
    else:
        reason = "" if seen.closing is None else seen.closing.reason
    return reason if reason in named else ""


def by_frequency(counts: Counter[str]) -> Uncounted:
    """
    Sort counts, the most frequent first.

    >>> by_frequency(Counter({"junk": 1, "duplicate": 3}))
    (('duplicate', 3), ('junk', 1))
    """
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def said_uncounted(uncounted: Uncounted, labels: Labels = NO_LABELS) -> list[str]:
    """
    Say in a line what was left out, if anything was.

    >>> said_uncounted((("duplicate", 3),)), said_uncounted(())
    (['in no rate: duplicate 3'], [])
    """
    said = ", ".join(f"{labels.reason(reason)} {count:,}" for reason, count in uncounted)
    return [f"in no rate: {said}"] if said else []


def uncounted_figures(uncounted: Uncounted, labels: Labels = NO_LABELS) -> Iterator[Figures]:
    """
    Give what was left out as a table, if anything was.

    >>> [table.rows for table in uncounted_figures((("duplicate", 3),))]
    [((Called(code='duplicate', label='duplicate'), 3),)]
    """
    if uncounted:
        rows = tuple((labels.reason(reason), count) for reason, count in uncounted)
        yield Figures(("in no rate", "count"), rows)
