"""Windows of a funnel on a frame: how many rows of each entity lie in them, counted by engines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..analytics.funnel_step import FunnelPath
from ..analytics.funnel_windows import Within
from ..analytics.passage import UNKNOWN
from .engine import Expr, narwhals
from .known_rows import NEVER, micros


@attrs.frozen
class FrameWindows:
    """The windows that were asked for, each with the rung at which it begins, if there is one."""

    path: FunnelPath
    at: int
    windows: tuple[tuple[int | None, int], ...]
    rungs: tuple[int, ...]

    @classmethod
    def of(
        cls,
        within: Within | None,
        path: FunnelPath,
        *,
        at: datetime,
        steps: tuple[str, ...],
        rungs: tuple[int, ...],
    ) -> FrameWindows:
        """Read what a user asked for; ``rungs`` are those of the codes, from 0 on."""
        if isinstance(within, timedelta):
            found: tuple[tuple[int | None, int], ...] = ((None, micros(within)),)
        else:
            named: Mapping[str, timedelta] = within or {}
            found = tuple((steps.index(step), micros(window)) for step, window in named.items())
        return cls(path, micros(at), found, rungs)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that say how many rows lie in each window."""
        return tuple(f"cut{number}" for number in range(len(self.windows)))

    def of_rows(self, rows: Any) -> Any:  # noqa: ANN401 - of narwhals
        """Say of each row whether it lies in each window of its entity, with 1 or 0."""
        if not self.windows:
            return rows
        nw = narwhals()
        rung = nw.lit(UNKNOWN)
        for code, its_rung in enumerate(self.rungs):
            rung = nw.when(nw.col("code") == code).then(nw.lit(its_rung)).otherwise(rung)
        rows = rows.with_columns(rung=rung)
        starts = self._strict(rows) if self._is_strict else self._starts(rows)
        rows = rows.join(starts, on="entity", how="inner")
        inside = {
            key: nw.when(
                (nw.col("rung") > UNKNOWN) & (nw.col("moment") - nw.col(f"start{number}") <= length)
            )
            .then(nw.lit(1))
            .otherwise(nw.lit(0))
            for number, (key, (_, length)) in enumerate(zip(self.keys, self.windows, strict=True))
        }
        return rows.with_columns(**inside)

    def sums(self) -> dict[str, Expr]:
        """Say what to add up of the rows of an entity."""
        nw = narwhals()
        sums = {key: nw.col(key).sum() for key in self.keys}
        starts = (f"start{number}" for number in range(len(self.windows)))
        return sums | {start: nw.col(start).min() for start in starts}

    def of_entities(self, entities: Any) -> Any:  # noqa: ANN401 - of narwhals
        """Say how many rows lie in each window, or -1 where it is not over by then."""
        nw = narwhals()
        cuts = {}
        for number, (key, (rung, length)) in enumerate(zip(self.keys, self.windows, strict=True)):
            # Of one that is looked at where it stands, there is nothing but the last row.
            is_one = rung is not None and self.path is FunnelPath.STANDING
            cut = nw.lit(1) if is_one else nw.col(key)
            is_young = nw.col(f"start{number}") > self.at - length
            cuts[key] = nw.when(is_young).then(nw.lit(-1)).otherwise(cut)
        return entities.with_columns(**cuts) if cuts else entities

    @property
    def _is_strict(self) -> bool:
        return self.path is FunnelPath.STRICT and any(rung is not None for rung, _ in self.windows)

    def _starts(self, rows: Any) -> Any:  # noqa: ANN401 - likewise
        """Say when each window begins, of each entity."""
        nw = narwhals()
        rung, moment, is_known = nw.col("rung"), nw.col("moment"), nw.col("rung") > UNKNOWN
        starts, found = {}, []
        for number, (begins, _) in enumerate(self.windows):
            start = nw.col(f"start{number}")
            if begins is not None and self.path is FunnelPath.STANDING:
                starts[f"start{number}"] = nw.when(is_known).then(moment).otherwise(nw.lit(-NEVER))
                found.append(start.max())
                continue
            if begins is None:
                is_there = is_known
            else:
                is_there = rung == begins if self.path is FunnelPath.VISITED else rung >= begins
            starts[f"start{number}"] = nw.when(is_there).then(moment).otherwise(nw.lit(NEVER))
            found.append(start.min())
        return rows.with_columns(**starts).group_by("entity").agg(*found)

    def _strict(self, rows: Any) -> Any:  # noqa: ANN401 - likewise
        """Say when each window begins, where each rung has to come after the one below it."""
        nw = narwhals()
        wanted = {begins: f"start{number}" for number, (begins, _) in enumerate(self.windows)}
        never = dict.fromkeys(wanted.values(), nw.lit(NEVER))
        found = [rows.select("entity", **never)]
        below: Any = None
        for rung in range(1 + max(begins for begins in wanted if begins is not None)):
            here = rows.filter(nw.col("rung") == rung).select("entity", "place", "moment")
            if below is not None:
                here = here.join(below, on="entity", how="inner")
                here = here.filter(nw.col("place") > nw.col("stood"))
            passed = here.group_by("entity").agg(
                stood=nw.col("place").min(), began=nw.col("moment").min()
            )
            below = passed.select("entity", "stood")
            if rung in wanted:
                began = {**never, wanted[rung]: nw.col("began")}
                found.append(passed.select("entity", **began))
        starts = [nw.col(name).min() for name in never]
        return nw.concat(found).group_by("entity").agg(*starts)
