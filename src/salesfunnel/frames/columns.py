"""Columns of facts: of which kind each is, where it is known, and how it compares with a value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

import attrs

from ..errors import InvalidValue, Text, did_you_mean
from ..rules.kinds import DAY, MOMENT, NO_ZONE, NUMBER, TEXT, YES_OR_NO, measure
from .engine import Expr, constant, narwhals, speaks_sql
from .known_frame import KnownFrame
from .truths import Truths, tested, unknown

_NO_COLUMN = Text(
    "no_column_of_fact",
    "{field}: the frame has no column {column}{meant}",
    "name it: columns={{{path!r}: …}}",
)
_OBJECTS = Text(
    "column_of_objects",
    "column {field} holds Python objects, of which an engine knows nothing",
    "convert it first: with convert_dtypes(), or days and moments with pd.to_datetime()",
)
_NO_KIND = Text(
    "column_kind",
    "column {field} is of type {found}",
    "texts, numbers, truths, days and moments",
)
_NO_TYPE = Text(
    "column_without_kind",
    "column {field} is of a type that is not known, such as one of nulls alone",
    "cast it to texts, numbers, truths, days or moments",
)
_WHOLE = {
    "Int64": (-(2**63), 2**63),
    "UInt64": (0, 2**64),
    "Int128": (-(2**127), 2**127),
    "UInt128": (0, 2**128),
}
"""From which to which number the types go in which whole numbers are compared."""

_DAY = timedelta(days=1)
_EXACT = Context(prec=200)  # an operand of a rule, to the last place of any decimal of an engine

Compare = Callable[[Any, Any], Any]


@attrs.frozen
class FactColumn:
    """One fact of all rows: the expression of its column, its kind, and where it is known."""

    fact: Expr
    kind: str
    known: Expr
    is_float: bool = False
    whole: str = "Int64"
    decimal: Decimal | None = None
    """Of a column of decimals: the first number beyond them, with as many places as they have."""
    zone: tzinfo | None = None

    def compared(self, compare: Compare, operand: object) -> Truths:
        """Compare it with a value; where the kinds differ, nothing is known."""
        wanted, measured = measure(operand)
        if wanted == DAY and self.kind in (MOMENT, NO_ZONE):
            return self._on_day(compare, measured)
        if wanted != self.kind or self.kind == TEXT:
            return unknown()
        if self.kind == NUMBER:
            return self._number(compare, Decimal(measured))
        return tested(self.known, compare(self.fact, narwhals().lit(measured)))

    def _number(self, compare: Compare, wanted: Decimal) -> Truths:
        """Compare with the number that the engine has, where a decimal lies between two of them."""
        if self.is_float:
            near = float(wanted)
            written = Decimal(repr(near))
            # A float counts as the decimal as which it is written, which may be beside the operand.
            at_near = constant(compare(written, wanted))
            beyond = compare(self.fact, near)
            nw = narwhals()
            equal = self.fact == near
            return tested(self.known, nw.when(equal).then(at_near).otherwise(beyond))
        unit = Decimal(1) if self.decimal is None else self.decimal
        up = compare in (operator.ge, operator.lt)
        bound = wanted.quantize(unit, ROUND_CEILING if up else ROUND_FLOOR, _EXACT)
        if compare is operator.eq and bound != wanted:
            return tested(self.known, constant(False))
        if not self._holds(bound):
            return tested(self.known, constant(compare(0, 1 if bound > 0 else -1)))
        literal = self._literal(int(bound)) if self.decimal is None else narwhals().lit(bound)
        return tested(self.known, compare(self.fact, literal))

    def _holds(self, bound: Decimal) -> bool:
        """Tell whether the type of the column goes so far."""
        if self.decimal is not None:
            return -self.decimal < bound < self.decimal
        lowest, highest = _WHOLE[self.whole]
        return lowest <= bound < highest

    def _literal(self, bound: int) -> Any:  # noqa: ANN401 - a number or an expression
        """Write a number as its column has it, which some engines compare with its like alone."""
        if self.whole == "Int64":
            return bound
        nw = narwhals()
        dtype = getattr(nw, self.whole)
        if self.whole == "UInt64":
            # Arrow takes no number from Python that needs the last bit.
            half = nw.lit(bound // 2, dtype)
            return half + half + nw.lit(bound % 2, dtype)
        return nw.lit(bound, dtype)

    def _on_day(self, compare: Compare, wanted: date) -> Truths:
        """Compare the day of a moment, which begins at midnight of its own zone."""
        has_begun, is_over = self._from_midnight(wanted, 0), self._from_midnight(wanted, 1)
        tests = {
            operator.eq: has_begun & ~is_over,
            operator.lt: ~has_begun,
            operator.le: ~is_over,
            operator.gt: is_over,
            operator.ge: has_begun,
        }
        return tested(self.known, tests[compare])

    def _from_midnight(self, day: date, later: int) -> Expr:
        """Tell which moments are not before the midnight at which a day, or the next, begins."""
        try:
            moment = datetime.combine(day + later * _DAY, time(), tzinfo=self.zone)
            moment = moment if self.zone is None else moment.astimezone(UTC)
            return self.fact >= narwhals().lit(moment)
        except OverflowError:
            # No moment is after the last day of Python's calendar; the first that a rule names is
            # one of 1900.
            return constant(False)

    def since(self, age: timedelta, at: datetime, compare: Compare) -> Truths:
        """Compare it with the day or the moment so long ago."""
        now: Any = at.date() if self.kind == DAY else at
        return tested(self.known, compare(self.fact, narwhals().lit(_before(now, age))))


def _before(now: Any, age: timedelta) -> Any:  # noqa: ANN401 - a day or a moment
    """Go back in time, as far as the calendar of Python goes."""
    try:
        return now - age
    except OverflowError:
        end = date.min if age > timedelta() else date.max
        return end if type(now) is date else datetime.combine(end, time(), tzinfo=UTC)


def fact_column(path: str, frame: KnownFrame, columns: Mapping[str, str]) -> tuple[str, FactColumn]:
    """Find the column of a fact by its path, or by the name it was given."""
    name = columns.get(path, path)
    if name not in frame.types:
        meant = did_you_mean(name, list(frame.types))
        said = f", did you mean {meant}?" if meant else ""
        raise InvalidValue(path, _NO_COLUMN, {"column": name, "meant": said, "path": path})
    return name, typed_column(name, frame)


def typed_column(name: str, frame: KnownFrame) -> FactColumn:
    """Read the kind of a column from its type. Raises `InvalidValue` where it says nothing."""
    nw, dtype = narwhals(), frame.types[name]
    fact = frame.column(name)
    there = ~fact.is_null()
    if dtype == nw.Object or frame.holds_objects(name):
        raise InvalidValue(name, _OBJECTS)
    if dtype in (nw.String, nw.Categorical, nw.Enum):
        return FactColumn(fact.cast(nw.String), TEXT, there)
    if dtype == nw.Boolean:
        return FactColumn(fact, YES_OR_NO, there)
    if dtype.is_numeric():
        return _number(fact, dtype)
    if dtype == nw.Date:
        ends = (date.min, date.max)
        return FactColumn(fact, DAY, _finite(fact, ends, frame.rows.implementation))
    if dtype == nw.Datetime:
        return _moment(fact, frame.zone(name), frame.rows.implementation)
    if dtype == nw.Unknown:
        raise InvalidValue(name, _NO_TYPE)
    raise InvalidValue(name, _NO_KIND, {"found": dtype})


def _number(fact: Expr, dtype: Any) -> FactColumn:  # noqa: ANN401 - of narwhals
    nw, there = narwhals(), ~fact.is_null()
    if dtype == nw.Decimal:
        beyond = Decimal(10).scaleb(dtype.precision - dtype.scale - 1, _EXACT)
        beyond = beyond.quantize(Decimal(1).scaleb(-dtype.scale), context=_EXACT)
        return FactColumn(fact, NUMBER, there, decimal=beyond)
    if dtype.is_float():
        double = fact.cast(nw.Float64)
        finite = ~double.is_nan() & (double < float("inf")) & (double > float("-inf"))
        return FactColumn(double, NUMBER, there & finite, is_float=True)
    wide = "128" if "128" in str(dtype) else "64"
    sign = "U" if dtype.is_unsigned_integer() else ""
    return FactColumn(fact, NUMBER, there, whole=f"{sign}Int{wide}")


def _moment(fact: Expr, zone: tzinfo | None, maker: Any) -> FactColumn:  # noqa: ANN401 - of narwhals
    in_utc = None if zone is None else UTC
    first = datetime.combine(date.min, time(), tzinfo=in_utc)
    last = datetime.combine(date.max, time.max, tzinfo=in_utc)
    there = _finite(fact, (first, last), maker)
    if zone is None:
        return FactColumn(fact, NO_ZONE, there)
    # SQL compares instants; elsewhere two zones cannot be compared.
    if not speaks_sql(maker):
        fact = fact.dt.convert_time_zone("UTC")
    return FactColumn(fact, MOMENT, there, zone=zone)


def _finite(fact: Expr, ends: tuple[date, date], maker: Any) -> Expr:  # noqa: ANN401 - of narwhals
    """Tell where a day or a moment is one of Python's calendar; DuckDB has infinite ones."""
    there = ~fact.is_null()
    if not maker.is_duckdb():
        return there
    nw = narwhals()
    return there & (fact >= nw.lit(ends[0])) & (fact <= nw.lit(ends[1]))
