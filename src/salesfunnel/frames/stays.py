"""How long entities stand in each stage, as the engine counts: how often each length was there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import attrs

from ..analytics.apart import Apart
from ..analytics.stage_times_count import StageTimesCount
from ..pipeline.pipeline import Pipeline
from ..values.calendar import Period
from ..values.working_hours import WorkingHours
from .engine import flag, narwhals
from .groups import FrameGroups
from .history_columns import collected
from .known_rows import UNKNOWN_CODE, KnownRows, micros
from .measured_stay import MeasuredStay
from .worked_stays import worked_stays


@attrs.frozen
class Stays:
    """
    What is asked about the stays of a pipeline's stages.

    A stage that the pipeline does not have ends a stay, and is no entry: what is ``placed`` begins.
    """

    known: KnownRows
    placed: KnownRows
    pipeline: Pipeline
    stages: Sequence[str]
    at: datetime
    limits: tuple[timedelta, ...]
    period: Period | None
    groups: FrameGroups
    hours: WorkingHours | None

    @property
    def codes(self) -> dict[int, str]:
        """The stages by their codes."""
        return dict(enumerate(self.stages, UNKNOWN_CODE + 1))

    def _codes(self, *, is_open: bool) -> list[int]:
        kinds = {stage.name: stage.is_open for stage in self.pipeline.stages}
        return [code for code, stage in self.codes.items() if kinds[stage] is is_open]

    def counted(self) -> Apart[StageTimesCount]:
        """Count the lengths in each stage."""
        apart = Apart(self._new, self.groups.grouping)
        codes, open_codes = self.codes, self._codes(is_open=True)
        for stay in self._stays():
            for counts in apart.counts_named(stay.group):
                if stay.is_gone:
                    counts.without_history += stay.is_there * stay.times
                elif stay.code in open_codes:
                    counts.stages[self.pipeline.name, codes[stay.code]].take(
                        stay.lengths,
                        is_over=not stay.is_there,
                        old=stay.old,
                        left=stay.left,
                    )
        return apart

    def _stays(self) -> Iterator[MeasuredStay]:
        """Go through what was measured: by the engine, or by the library in working hours."""
        if self.hours is not None:
            yield from worked_stays(
                self.known,
                self.placed,
                self.hours,
                self._codes(is_open=False),
                at=self.at,
                limits=self.limits,
                period=self.period,
                groups=self.groups,
            )
            return
        nw = narwhals()
        kinds = ("code", "is_there", "is_gone", *self.groups.keys)
        measured = collected(self._measured()).sort(*kinds, "length")
        lengths, times = (map(int, measured[name].to_list()) for name in ("length", "times"))
        sums = [name for name in measured.columns if name not in {*kinds, "length"}]
        found = measured.group_by(*kinds).agg(
            *[nw.col(name).sum() for name in sums], different=nw.len()
        )
        found = found.sort(*kinds)
        columns = (map(int, found[name].to_list()) for name in (*kinds[:3], "different", "times"))
        shares = (self._shares(found, share) for share in ("old", "left"))
        for code, is_there, is_gone, different, total, name, old, left in zip(
            *columns, self.groups.names(found), *shares, strict=True
        ):
            yield MeasuredStay(
                group=name,
                code=code,
                # In order, so that the library need not put half a million of them in order again.
                lengths=dict(zip(islice(lengths, different), times, strict=False)),
                is_there=bool(is_there),
                is_gone=bool(is_gone),
                times=total,
                old=old,
                left=left,
            )

    def _new(self) -> StageTimesCount:
        counts = StageTimesCount(self.at, self.limits)
        counts.know(self.pipeline)
        return counts

    def _shares(self, found: Any, kind: str) -> list[tuple[int, ...]]:  # noqa: ANN401 - of narwhals
        columns = (found[f"{kind}{number}"].to_list() for number in range(len(self.limits)))
        return [*zip(*(map(int, c) for c in columns), strict=True)] or [()] * len(found)

    def _measured(self) -> Any:  # noqa: ANN401 - of narwhals
        """Add up the time of each entity in each stage, and count how often each length was."""
        nw = narwhals()
        code, moment, is_last = nw.col("code"), nw.col("moment"), nw.col("is_last")
        now = micros(self.at)
        until = nw.when(~is_last).then(nw.col("after_moment")).otherwise(nw.lit(now))
        is_closed = is_last & code.is_in(self._codes(is_open=False))
        rows = self.known.beside(after=["moment"]).with_columns(
            length=(until - moment).cast(nw.Int64),
            is_there=flag(is_last),
            is_closed=flag(is_closed),
        )
        stays = rows.group_by("entity", "code").agg(
            length=nw.col("length").sum(), first=moment.min(), is_there=nw.col("is_there").max()
        )
        length, is_timed = nw.col("length"), code.is_in(self._codes(is_open=True))
        timed = nw.when(is_timed).then(length).otherwise(nw.lit(0))
        shares: dict[str, Any] = {}
        for number, limit in enumerate(map(micros, self.limits)):
            is_old = nw.col("first") <= now - limit
            has_left = is_old & (nw.col("is_there") == 0) & (length <= limit)
            shares |= {f"old{number}": flag(is_old), f"left{number}": flag(has_left)}
        stays = stays.with_columns(length=timed, **shares)
        stays = stays.join(self._entities(rows), on="entity", how="inner")
        sums = {share: nw.col(share).sum() for share in shares}
        keys = ("code", "length", "is_there", "is_gone", *self.groups.keys)
        return stays.group_by(*keys).agg(times=nw.len(), **sums)

    def _entities(self, rows: Any) -> Any:  # noqa: ANN401 - of narwhals
        """Tell of each entity its group, and whether it was closed in the instant it began."""
        nw = narwhals()
        moment, began = nw.col("moment"), nw.col("began")
        entities = rows.group_by("entity").agg(
            began=moment.min(), ended=moment.max(), is_closed=nw.col("is_closed").max()
        )
        if self.placed is not self.known:
            rows = self.placed.beside()
            firsts = rows.group_by("entity").agg(began=moment.min())
            entities = entities.drop("began").join(firsts, on="entity", how="inner")
        if self.period is not None:
            begins, ends = micros(self.period.begins), micros(self.period.ends)
            entities = entities.filter((began >= begins) & (began < ends))
        is_gone = (nw.col("is_closed") == 1) & (began == nw.col("ended"))
        entities = self.groups.joined(entities, rows).with_columns(is_gone=flag(is_gone))
        return entities.select("entity", "is_gone", *self.groups.keys)
