"""The rows of a stage history that were known by an instant: whole numbers, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from .engine import Expr, narwhals
from .history_columns import HistoryColumns

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
    """Rows with an entity, a moment and the code of a stage, and how those of one are ordered."""

    frame: Any
    order: tuple[str, ...]

    @classmethod
    def of(
        cls,
        columns: HistoryColumns,
        stages: Iterable[str],
        *,
        at: datetime,
        further: Mapping[str, Expr],
    ) -> KnownRows:
        """Take the rows that can be placed and were known by then, with further columns."""
        nw = narwhals()
        taken = {"entity": columns.id.fact, "stage": columns.stage.fact, "moment": columns.at.fact}
        if columns.seq is not None:
            taken["seq"] = columns.seq.fact
        is_known = columns.there & (columns.at.fact <= nw.lit(at))
        rows = columns.frame.select(**taken, **further, is_known=is_known)
        rows = _with_micros(rows.filter(nw.col("is_known")).drop("is_known"))
        code = nw.lit(UNKNOWN_CODE)
        for place, stage in enumerate(stages, UNKNOWN_CODE + 1):
            code = nw.when(nw.col("stage") == stage).then(nw.lit(place)).otherwise(code)
        rows = rows.with_columns(code=code.cast(nw.Int64)).drop("stage")
        seq = () if columns.seq is None else ("seq",)
        return cls(rows, ("moment", *seq, "code"))

    def in_pipeline(self) -> KnownRows:
        """Leave out the rows of stages that the pipeline does not have."""
        return attrs.evolve(self, frame=self.frame.filter(narwhals().col("code") > UNKNOWN_CODE))

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
        rows = (
            self._sorted(with_last=with_ends)
            .with_row_index("row")
            .with_columns(nw.col("row").cast(nw.Int64))
        )
        began = nw.when(nw.col("is_first")).then(nw.col("row")).otherwise(nw.lit(0))
        rows = rows.with_columns(began=began)
        return rows.with_columns(place=nw.col("row") - nw.col("began").cum_max())

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
            rows = rows.with_columns(before=entity.shift(1), after=entity.shift(-1))
            ends = {
                f"is_{end}": nw.col(name).is_null() | (entity != nw.col(name))
                for end, name in (("first", "before"), ("last", "after"))
            }
        return rows.with_columns(**(ends if with_last else {"is_first": ends["is_first"]}))


def _with_micros(rows: Any) -> Any:  # noqa: ANN401 - likewise
    """Turn moments into microseconds since 1970."""
    nw = narwhals()
    if rows.implementation.is_duckdb():
        # A difference of moments is one of clocks there, an hour wrong where they are put back.
        native = rows.to_native().select('*, epoch_us("moment") AS counted')
        return nw.from_native(native).with_columns(moment=nw.col("counted")).drop("counted")
    counted = counted_micros(nw.col("moment"), rows.implementation)
    return rows.with_columns(moment=counted.cast(nw.Int64))


def counted_micros(moment: Expr, maker: Any) -> Expr:  # noqa: ANN401 - of narwhals
    """Count the microseconds of a moment as its engine does; Spark knows whole seconds."""
    if maker.is_polars() or maker.is_pandas_like() or maker.is_pyarrow():
        return moment.dt.timestamp("us")
    return moment.cast(narwhals().Int64) * 1_000_000 + moment.dt.microsecond()
