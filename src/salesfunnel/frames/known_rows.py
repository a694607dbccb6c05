"""The rows of a stage history that were known by an instant: whole numbers, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from .engine import Expr, flag, narwhals, recoded, speaks_sql
from .history_columns import HistoryColumns, collected

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = 2**62
"""Later than any moment, and such that a moment can be taken from it."""

UNKNOWN_CODE = 1
"""The code of a stage that the pipeline does not have; those that it has follow."""


def micros(moment: datetime | timedelta) -> int:
    """
    Count microseconds, of a moment since 1970, as far as engines count.

    >>> micros(datetime(1970, 1, 2, tzinfo=UTC)), micros(timedelta.max) == NEVER
    (86400000000, True)
    """
    length = moment - EPOCH if isinstance(moment, datetime) else moment
    return max(-NEVER, min(NEVER, length // timedelta(microseconds=1)))


@attrs.frozen
class KnownRows:
    """
    Rows with an entity, a moment and the code of a stage, and how those of one are ordered.

    ``every`` are all rows that the frame has, those too that have no place: ``is_placed`` says so.
    """

    frame: Any
    every: Any
    order: tuple[str, ...]

    @classmethod
    def of(
        cls,
        columns: HistoryColumns,
        stages: Sequence[str],
        *,
        at: datetime,
        further: Mapping[str, Expr],
    ) -> KnownRows:
        """Take the rows that can be placed and were known by then, with further columns."""
        nw = narwhals()
        rows = columns.frame.rows
        codes = {stage: code for code, stage in enumerate(stages, UNKNOWN_CODE + 1)}
        code = recoded(columns.stage.fact, codes, UNKNOWN_CODE, rows.implementation)
        taken = {
            "entity": columns.id.fact,
            "moment": columns.at.fact,
            "code": code.cast(nw.Int64),
            "is_placed": columns.there,
        }
        if columns.seq is not None:
            taken["seq"] = columns.seq.fact
        is_polars = rows.implementation.is_polars()
        every = (rows.lazy() if is_polars else rows).select(**taken, **further)
        known = every.filter(nw.col("is_placed") & (nw.col("moment") <= nw.lit(at)))
        frame = _with_micros(known.drop("is_placed"))
        # What polars has in memory it sorts once; windows over a lazy frame one by one.
        frame = collected(frame) if is_polars else frame
        seq = () if columns.seq is None else ("seq",)
        return cls(frame, every, ("moment", *seq, "code"))

    def in_pipeline(self) -> KnownRows:
        """Leave out the rows of stages that the pipeline does not have."""
        return attrs.evolve(self, frame=self.frame.filter(narwhals().col("code") > UNKNOWN_CODE))

    def unknown_aside(self, *, is_last: bool) -> KnownRows:
        """Order the rows of stages that the pipeline does not have after all others, or before."""
        is_unknown = narwhals().col("code") == UNKNOWN_CODE
        aside = flag(is_unknown if is_last else ~is_unknown)
        frame = self.frame.with_columns(aside=aside)
        return attrs.evolve(self, frame=frame, order=("aside", *self.order))

    @property
    def is_lazy(self) -> bool:
        """Whether the engine orders rows only within a window."""
        return isinstance(self.frame, narwhals().LazyFrame)

    def numbered(self, *, with_ends: bool) -> Any:  # noqa: ANN401 - of narwhals
        """Number the rows of each entity from 0 on, in their order; mark the ends if wanted."""
        nw = narwhals()
        if self.is_lazy:
            rows = self.beside() if with_ends else self.frame
            counted = nw.col("code").cum_count().over("entity", order_by=self.order)
            return rows.with_columns(place=counted.cast(nw.Int64) - 1)
        rows, row = self._sorted(with_last=with_ends).with_row_index("row"), nw.col("row")
        rows = rows.with_columns(row=row.cast(nw.Int64))
        began = nw.when(nw.col("is_first")).then(row).otherwise(nw.lit(0))
        return rows.with_columns(place=row - began.cum_max())

    def beside(self, before: Iterable[str] = (), after: Iterable[str] = ()) -> Any:  # noqa: ANN401 - likewise
        """
        Show beside each row what the rows before and after it say, and whether it is at an end.

        The columns are called ``before_…`` and ``after_…``, and mean nothing at the first row and
        at the last.
        """
        nw = narwhals()
        rows = self.frame if self.is_lazy else self._sorted()
        shifted = {f"before_{name}": (name, 1) for name in before}
        shifted |= {f"after_{name}": (name, -1) for name in after}
        if not self.is_lazy:
            return rows.with_columns(**{new: nw.col(c).shift(n) for new, (c, n) in shifted.items()})
        shifted |= {"to_first": ("moment", 1), "to_last": ("moment", -1)}
        over = {
            new: nw.col(name).shift(by).over("entity", order_by=self.order)
            for new, (name, by) in shifted.items()
        }
        rows = rows.with_columns(**over)
        ends = {f"is_{end}": nw.col(f"to_{end}").is_null() for end in ("first", "last")}
        return rows.with_columns(**ends)

    def _sorted(self, *, with_last: bool = True) -> Any:  # noqa: ANN401 - likewise
        """Sort the rows by entity and order, and mark where an entity begins and ends."""
        nw = narwhals()
        rows = self.frame.sort("entity", *self.order)
        entity = nw.col("entity")
        if rows.implementation.is_pandas_like():
            # There a shifted column of whole numbers becomes one of floats.
            ends = {"is_first": entity.is_first_distinct(), "is_last": entity.is_last_distinct()}
        else:
            # Beyond the rows there is nothing, and nothing is told of it.
            ends = {
                f"is_{end}": (entity != entity.shift(by)).fill_null(value=True)
                for end, by in (("first", 1), ("last", -1))
            }
        return rows.with_columns(**(ends if with_last else {"is_first": ends["is_first"]}))


def _with_micros(rows: Any) -> Any:  # noqa: ANN401 - likewise
    """Turn moments into microseconds since 1970."""
    nw = narwhals()
    if rows.implementation.is_duckdb():
        # A difference of moments is one of clocks there, an hour wrong where they are put back.
        return nw.from_native(rows.to_native().select('* REPLACE (epoch_us("moment") AS "moment")'))
    counted = counted_micros(nw.col("moment"), rows.implementation)
    return rows.with_columns(moment=counted.cast(nw.Int64))


def counted_micros(moment: Expr, maker: Any) -> Expr:  # noqa: ANN401 - of narwhals
    """Count the microseconds of a moment as its engine does; Spark knows whole seconds."""
    if not speaks_sql(maker):
        return moment.dt.timestamp("us")
    return moment.cast(narwhals().Int64) * 1_000_000 + moment.dt.microsecond()
