"""Who began in which period, and how soon they got to a stage, as the engine counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..analytics.apart import Apart
from ..analytics.cohort_count import CohortCount
from ..values.calendar import Period
from .engine import flag, narwhals
from .groups import FrameGroups, numbered_period
from .history_columns import collected
from .known_rows import NEVER, KnownRows, micros


def beginnings_counted(
    known: KnownRows,
    wanted: Sequence[int],
    *,
    at: datetime,
    to: str,
    windows: tuple[timedelta, ...],
    periods: tuple[Period, ...],
    during: Period | None,
    groups: FrameGroups,
) -> Apart[CohortCount]:
    """Count who began, and who arrived at a wanted code."""
    nw = narwhals()
    code, moment, began, reached = (nw.col(n) for n in ("code", "moment", "began", "reached"))
    rows = known.frame if groups.named is None else known.beside()
    arrived = nw.when(code.is_in(list(wanted))).then(moment).otherwise(nw.lit(NEVER))
    entities = (
        rows.with_columns(reached=arrived)
        .group_by("entity")
        .agg(began=moment.min(), reached=reached.min())
    )
    if during is not None:
        entities = entities.filter((began >= micros(during.begins)) & (began < micros(during.ends)))
    soon = {
        f"within{number}": flag(reached - began <= micros(window))
        for number, window in enumerate(windows)
    }
    entities = groups.joined(entities, rows)
    entities = entities.with_columns(number=numbered_period(began, periods), **soon)
    found = collected(
        entities.group_by("number", *groups.keys).agg(
            times=nw.len(),
            **{name: nw.col(name).sum() for name in soon},
        )
    )
    apart = Apart(lambda: CohortCount(at, windows, to), groups.grouping)
    columns = (map(int, found[name].to_list()) for name in soon)
    sums = [*zip(*columns, strict=True)] or [()] * len(found)
    rows_found = zip(
        groups.names(found), found["number"].to_list(), found["times"].to_list(), sums, strict=True
    )
    for name, number, times, counts_within in rows_found:
        for counts in apart.counts_named(name):
            counts.take(periods[int(number)], int(times), counts_within)
    return apart
