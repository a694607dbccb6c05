"""
The different ways through the stages, and how often each was taken, found by the engine.

An entity's stages become the digits of one number or a few, so that equal ways are equal numbers,
and only whole numbers are ever added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..values.calendar import Period
from .engine import Expr, narwhals
from .groups import FrameGroups
from .history_columns import collected
from .known_rows import NEVER, UNKNOWN_CODE, KnownRows, micros
from .windows import FrameWindows

_TOO_LONG = Text(
    "history_too_long",
    "{field}: an entity has {count} rows",
    "up to {most}; look whether column {field} tells entities apart",
)
_BITS = 62
_MOST_NUMBERS = 64
_LONGEST = 8
"""As long as most histories are; where one is longer, an engine that is lazy is asked again."""


@attrs.frozen
class Route:
    """
    The codes of the stages one after the other, the group, and how many went this way.

    ``cuts`` says how many of the stages that the pipeline has lie in each window; -1 where it is
    not over.
    """

    codes: tuple[int, ...]
    group: str | None
    cuts: tuple[int, ...]
    times: int


@attrs.frozen
class Digits:
    """
    How codes from 1 on become the digits of whole numbers of 64 bits.

    >>> list(Digits.of(8).read(1 + 3 * 9))
    [1, 3]
    """

    base: int
    count: int

    @classmethod
    def of(cls, codes: int, longest: int = _LONGEST) -> Digits:
        """Take as many digits as are wanted, or as a number has room for."""
        base, count = codes + 1, 1
        while count < longest and base ** (count + 1) < 2**_BITS:
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
        """Read the digits, of which the first 0 is the end."""
        while number:
            number, digit = divmod(number, self.base)
            yield digit


def different_ways(
    known: KnownRows,
    codes: int,
    *,
    period: Period | None,
    groups: FrameGroups,
    windows: FrameWindows,
) -> Iterator[Route]:
    """
    Go through the different ways taken.

    Raises `InvalidValue` where one entity has more rows than any history.
    """
    nw = narwhals()
    rows = windows.of_rows(known.numbered(with_ends=groups.named is not None))
    longest = _LONGEST
    if not known.is_lazy and len(rows):
        longest = _longest(rows.select(nw.col("place").max())["place"]) + 1
    while True:
        digits = Digits.of(codes, longest)
        numbers = max(1, -(-longest // digits.count))
        if numbers > _MOST_NUMBERS:
            params = {"count": longest, "most": digits.count * _MOST_NUMBERS}
            raise InvalidValue("id", _TOO_LONG, params)
        found = collected(
            _counted(rows, digits, numbers, period=period, groups=groups, windows=windows)
        )
        longest = _longest(found["rows"])
        if longest <= digits.count * numbers:
            break
    ways = zip(*(map(int, found[f"way{n}"].to_list()) for n in range(numbers)), strict=True)
    cuts = zip(*(map(int, found[key].to_list()) for key in windows.keys), strict=True)
    every_cut = cuts if windows.keys else [()] * len(found)
    columns = ways, groups.names(found), every_cut, found["times"].to_list()
    for way, name, cut, times in zip(*columns, strict=True):
        yield Route(tuple(c for key in way for c in digits.read(key)), name, cut, int(times))


def _longest(column: Any) -> int:  # noqa: ANN401 - of narwhals
    return max(map(int, column.to_list()), default=0)


def _counted(
    rows: Any,  # noqa: ANN401 - of narwhals
    digits: Digits,
    numbers: int,
    *,
    period: Period | None,
    groups: FrameGroups,
    windows: FrameWindows,
) -> Any:  # noqa: ANN401 - of narwhals
    """Count the entities by their way, as numbers, by their group, and by what lies in windows."""
    nw = narwhals()
    keys = [f"way{number}" for number in range(numbers)]
    parts = {key: digits.of_rows(number) for number, key in enumerate(keys)}
    sums = {key: nw.col(key).sum() for key in keys} | windows.sums() | {"rows": nw.len()}
    if period is not None or groups.periods:
        is_known = nw.col("code") > UNKNOWN_CODE
        parts["began"] = nw.when(is_known).then(nw.col("moment")).otherwise(nw.lit(NEVER))
        sums["began"] = nw.col("began").min()
    found = rows.with_columns(**parts).group_by("entity").agg(**sums)
    if period is not None:
        begun = nw.col("began")
        found = found.filter((begun >= micros(period.begins)) & (begun < micros(period.ends)))
    found = groups.joined(windows.of_entities(found), rows)
    keys = [*keys, *groups.keys, *windows.keys]
    return found.group_by(*keys).agg(times=nw.len(), rows=nw.col("rows").max())
