"""A fact of each row as text: where it is known, and how it compares with a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from types import MappingProxyType
from typing import Any

import attrs

from ..rules.kinds import DAY, MOMENT, NO_ZONE, NUMBER, TEXT, YES_OR_NO, measure
from .columns import SqlColumn
from .dialect import Dialect
from .truth_texts import NO, NOTHING_KNOWN, YES, TruthText, said, turned

_DAY = timedelta(days=1)


@attrs.frozen
class FactText:
    """One fact of each row: the column under a name of our own, and what is known of it."""

    fact: str
    column: SqlColumn
    sql: Dialect

    @property
    def kind(self) -> str:
        """The kind of the fact."""
        return self.column.kind

    def taken(self) -> str:
        """Write how the column is taken from the table."""
        name = self.sql.name(self.column.name, "column")
        types = {float: self.sql.double, str: self.sql.string}
        if self.sql.has_types and self.column.type in types:
            return f"CAST({name} AS {types[self.column.type]}) AS {self.fact}"
        return f"{name} AS {self.fact}"

    @property
    def known(self) -> str:
        """Where the fact is one; a value of another kind in a column without a type is none."""
        fact = self.fact
        if self.sql.has_types:
            there = f"{fact} IS NOT NULL"
        elif self.kind == TEXT:
            there = f"typeof({fact}) = 'text'"
        elif self.kind == YES_OR_NO:
            there = f"typeof({fact}) = 'integer' AND {fact} IN (0, 1)"
        elif self.kind == NUMBER:
            there = f"typeof({fact}) IN ('integer', 'real')"
        else:
            there = f"{fact} IS {_WRITTEN[self.kind].format(fact)}"
        return f"{there}{self._finite}"

    @property
    def _finite(self) -> str:
        """Leave out NaN and the infinite, which days and moments may be too."""
        fact, infinite = self.fact, float("inf")
        if self.sql.has_types and self.kind in (DAY, MOMENT, NO_ZONE):
            return f" AND isfinite({fact})"
        if self.column.type is Decimal and self.sql.escapes:
            return f" AND {fact} - {fact} = 0"
        if self.kind != NUMBER or (self.sql.has_types and self.column.type is not float):
            return ""
        low, high = self.sql.double_of(-infinite), self.sql.double_of(infinite)
        return f" AND {fact} > {low} AND {fact} < {high}"

    def compared(self, sign: str, operand: object) -> TruthText:
        """Compare it with a value; where the kinds differ, nothing is known."""
        wanted, measured = measure(operand)
        if wanted == DAY and self.kind in (MOMENT, NO_ZONE):
            return self._on_day(sign, measured)
        if wanted != self.kind or self.kind == TEXT:
            return NOTHING_KNOWN
        if self.kind == NUMBER:
            return said(self.known, self._number(sign, Decimal(measured)))
        if self.kind == YES_OR_NO:
            return self._truth() if measured else turned(self._truth())
        write = self.sql.day if self.kind == DAY else self.sql.moment
        return said(self.known, f"{self.fact} {sign} {write(measured)}")

    def _truth(self) -> TruthText:
        if self.sql.has_types:
            return TruthText(f"({self.fact} IS TRUE)", f"({self.fact} IS FALSE)")
        return said(self.known, f"{self.fact} = 1")

    def _number(self, sign: str, wanted: Decimal) -> str:
        if self.column.type is Decimal and self.sql.has_types:
            return f"{self.fact} {sign} {self.sql.number(wanted)}"
        if self.sql.has_types:
            return (
                self._float(sign, wanted) if self.column.type is float else self._int(sign, wanted)
            )
        whole, other = self._int(sign, wanted), self._float(sign, wanted)
        return f"CASE WHEN typeof({self.fact}) = 'integer' THEN {whole} ELSE {other} END"

    def _float(self, sign: str, wanted: Decimal) -> str:
        """A float counts as the decimal as which it is written, which may be beside the operand."""
        near = float(wanted)
        written = Decimal(repr(near))
        if written != wanted:
            if sign == "=":
                return NO
            if sign in ("<", "<="):
                sign = "<=" if written < wanted else "<"
            else:
                sign = ">" if written < wanted else ">="
        return f"{self.fact} {sign} {self.sql.double_of(near)}"

    def _int(self, sign: str, wanted: Decimal) -> str:
        if sign == "=" and wanted != int(wanted):
            return NO
        up = sign in (">=", "<")
        bound = wanted.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
        return f"{self.fact} {sign} {self.sql.number(int(bound))}"

    def _on_day(self, sign: str, wanted: date) -> TruthText:
        """Compare the day of a moment, which begins at midnight of its own zone."""
        (not_begun, has_begun), (not_over, is_over) = (self._midnight(wanted, n) for n in (0, 1))
        tests = {
            "=": f"({has_begun} AND {not_over})",
            "<": not_begun,
            "<=": not_over,
            ">": is_over,
            ">=": has_begun,
        }
        return said(self.known, tests[sign])

    def _midnight(self, day: date, later: int) -> tuple[str, str]:
        """Tell what is before the midnight at which a day, or the next, begins; and what is not."""
        zone = self.column.zone
        try:
            moment = datetime.combine(day + later * _DAY, time(), tzinfo=zone)
            text = self.sql.moment(moment if zone is None else moment.astimezone(UTC))
        except OverflowError:
            # No moment is after the last day of Python's calendar; the first that a rule names is
            # one of 1900.
            return YES, NO
        return f"{self.fact} < {text}", f"{self.fact} >= {text}"

    def since(self, age: timedelta, at: datetime, sign: str) -> TruthText:
        """Compare it with the day or the moment so long ago."""
        now: Any = at.date() if self.kind == DAY else at
        return self.compared(sign, _before(now, age))


def _before(now: Any, age: timedelta) -> Any:  # noqa: ANN401 - a day or a moment
    """Go back in time, as far as the calendar of Python goes."""
    try:
        return now - age
    except OverflowError:
        end = date.min if age > timedelta() else date.max
        return end if type(now) is date else datetime.combine(end, time(), tzinfo=UTC)


# As the library writes days and moments where a database has texts for them. Adding no days turns
# 30 February into another text.
_TO_SECOND = "strftime('%Y-%m-%dT%H:%M:%S', substr({0}, 1, 19), '+0 days') || '.' || "
_FRACTION = "printf('%06d', substr({0}, 21, 6))"
_WRITTEN: Mapping[str, str] = MappingProxyType(
    {
        DAY: "date({0}, '+0 days') AND {0} IS NOT NULL",
        MOMENT: f"{_TO_SECOND}{_FRACTION} || '+00:00' AND {{0}} IS NOT NULL",
        NO_ZONE: f"{_TO_SECOND}{_FRACTION} AND {{0}} IS NOT NULL",
    }
)
