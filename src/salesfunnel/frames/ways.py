"""
The different ways through the stages, and how often each was taken, found by the engine.

An entity's stages become the digits of one number or a few, so that equal ways are equal numbers,
and only whole numbers are ever added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..values.calendar import Period
from .engine import Expr, narwhals
from .history_columns import HistoryColumns, collected, names_of

_TOO_LONG = Text(
    "history_too_long",
    "{field}: an entity has {count} rows",
    "up to {most}; look whether column {field} tells entities apart",
)
_BITS = 62
_MOST_NUMBERS = 64


@attrs.frozen
class Route:
    """The codes of the stages one after the other, the group, and how many went this way."""

    codes: tuple[int, ...]
    group: str | None
    times: int


@attrs.frozen
class Digits:
    """
    How codes from 1 on become the digits of whole numbers of 64 bits.

    >>> list(Digits.of(8).read(1 + 3 * 9))
    [0, 2]
    """

    base: int
    count: int

    @classmethod
    def of(cls, codes: int) -> Digits:
        """Take as many digits as a number has room for."""
        base, count = codes + 1, 1
        while base ** (count + 1) < 2**_BITS:
            count += 1
        return cls(base, count)

    def of_rows(self, number: int) -> Expr:
        """Give what a row adds to a number: nothing, if its place is in another one."""
        nw = narwhals()
        weight = nw.lit(0)
        for digit in range(self.count):
            here = nw.col("place") == number * self.count + digit
            weight = nw.when(here).then(nw.lit(self.base**digit)).otherwise(weight)
        return nw.col("code") * weight.cast(nw.Int64)

    def read(self, number: int) -> Iterator[int]:
        """Read the digits, of which the first 0 is the end; code 1 is the first stage, 0."""
        while number:
            number, digit = divmod(number, self.base)
            yield digit - 1


def different_ways(
    columns: HistoryColumns, stages: Sequence[str], *, at: datetime, period: Period | None
) -> Iterator[Route]:
    """
    Go through the different ways taken by then. Code 0 is a stage that is not among the stages.

    Raises `InvalidValue` where one entity has more rows than any history.
    """
    digits = Digits.of(len(stages) + 1)
    rows = _in_order(_rows(columns, stages, at))
    numbers = 1
    while True:
        found = collected(_counted(rows, columns, period, digits, numbers))
        longest = max(map(int, found["rows"].to_list()), default=0)
        needed = -(-longest // digits.count)
        if needed <= numbers:
            break
        if needed > _MOST_NUMBERS:
            params = {"count": longest, "most": digits.count * _MOST_NUMBERS}
            raise InvalidValue("id", _TOO_LONG, params)
        numbers = needed
    keys = [map(int, found[f"way{n}"].to_list()) for n in range(numbers)]
    names = found["named"].to_list() if columns.group is not None else [""] * len(found)
    for *way, name, times in zip(*keys, names, found["times"].to_list(), strict=True):
        codes = [code for key in way for code in digits.read(key)]
        yield Route(tuple(codes), name.strip() or None, int(times))


def _rows(columns: HistoryColumns, stages: Sequence[str], at: datetime) -> Any:  # noqa: ANN401 - of narwhals
    """Keep the rows that were known by then, with a whole number for each stage."""
    nw = narwhals()
    code = nw.lit(1)
    for place, stage in enumerate(stages, 2):
        code = nw.when(columns.stage.fact == stage).then(nw.lit(place)).otherwise(code)
    rows = columns.frame.filter(columns.there).filter(columns.at.fact <= nw.lit(at))
    kept = {"entity": columns.id.fact, "moment": columns.at.fact, "code": code.cast(nw.Int64)}
    if columns.seq is not None:
        kept["seq"] = columns.seq.fact
    if columns.group is not None:
        kept["named"] = names_of(columns.group)
    return rows.select(**kept)


def _in_order(rows: Any) -> Any:  # noqa: ANN401 - of narwhals
    """Number the rows of each entity, in the order of their instants."""
    nw = narwhals()
    order = [name for name in ("moment", "seq", "code") if name in rows.collect_schema()]
    if isinstance(rows, nw.LazyFrame):
        counted = nw.col("code").cum_count().over("entity", order_by=order)
        return rows.with_columns(place=counted.cast(nw.Int64) - 1)
    rows = rows.sort("entity", *order).with_row_index("row")
    rows = rows.with_columns(nw.col("row").cast(nw.Int64), before=nw.col("entity").shift(1))
    is_first = (nw.col("row") == 0) | (nw.col("entity") != nw.col("before"))
    rows = rows.with_columns(first=nw.when(is_first).then(nw.col("row")).otherwise(nw.lit(0)))
    return rows.with_columns(place=nw.col("row") - nw.col("first").cum_max())


def _counted(
    rows: Any,  # noqa: ANN401 - of narwhals
    columns: HistoryColumns,
    period: Period | None,
    digits: Digits,
    numbers: int,
) -> Any:  # noqa: ANN401 - of narwhals
    """Count the entities by their way, as numbers, and by their group."""
    nw = narwhals()
    keys = [f"way{number}" for number in range(numbers)]
    parts = {key: digits.of_rows(number) for number, key in enumerate(keys)}
    found = (
        rows.with_columns(**parts)
        .group_by("entity")
        .agg(*[nw.col(key).sum() for key in keys], began=nw.col("moment").min(), rows=nw.len())
    )
    if period is not None:
        begun = nw.col("began")
        found = found.filter((begun >= nw.lit(period.begins)) & (begun < nw.lit(period.ends)))
    if columns.group is not None:
        first = rows.filter(nw.col("place") == 0).select("entity", "named")
        found = found.join(first, on="entity", how="inner")
        keys.append("named")
    return found.group_by(*keys).agg(times=nw.len(), rows=nw.col("rows").max())
