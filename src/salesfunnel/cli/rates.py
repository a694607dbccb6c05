"""The option ``--rates``: a file of dated rates, by which a report is in one currency."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from ..errors import InvalidValue, Text, UnreadableFile
from ..interop.cells.currency_names import currency_meant
from ..interop.cells.dates import order_is_in_doubt, read_date
from ..interop.inputs.inputs import read_records
from ..interop.rows.row_fault import Refused
from ..values.numbers import read_number
from ..values.rates import RATE_DIGITS, Rates

_COLUMNS = ("day", "currency", "rate", "into")
_NO_COLUMN = Text(
    "rates_without_column", "has no column {column}", "the columns day, currency, rate and into"
)
_ODD_ROW = Text("odd_row_of_rates", "row {row}: {why}")
_NO_ROWS = Text("no_rates", "has no rates", "a row such as 2026-03-01, EUR, 700000, IRR")
_SEVERAL = Text("rates_into_several", "has rates into {found}", "one currency")
_TWICE = Text(
    "rates_told_twice",
    "tells two rates of {currency} on {day}",
    "one rate of a currency on a day",
)
_NOT_A_DAY = Text("not_a_day_of_rate", "{field} is not a day", "2026-03-31, or 1405-01-11")
_IN_DOUBT = Text(
    "day_of_rate_in_doubt",
    "{field} may begin with its day or with its month",
    "2026-03-31, or --day-first, or --no-day-first",
)


def given_rates(options: argparse.Namespace) -> Rates | None:
    """
    Read the rates that a command was given, if any. Raises `UnreadableFile` for an odd row.

    >>> given_rates(argparse.Namespace(rates=None))
    """
    if not options.rates:
        return None
    name = Path(options.rates).name
    known: dict[str, dict[date, Decimal]] = {}
    into: dict[str, None] = {}
    for row in _rows(options, name):
        into[row.into] = None
        for currency, dated in row.rates.items():
            told = known.setdefault(currency, {})
            for day, rate in dated:
                if told.setdefault(day, rate) != rate:
                    raise UnreadableFile(name, _TWICE, {"currency": currency, "day": f"{day}"})
    if not known:
        raise UnreadableFile(name, _NO_ROWS)
    if len(into) > 1:
        raise UnreadableFile(name, _SEVERAL, {"found": " and ".join(into)})
    return Rates(next(iter(into)), known)


def _rows(options: argparse.Namespace, name: str) -> Iterator[Rates]:
    """Read each row as rates of one currency on one day."""
    records = read_records(Path(options.rates))
    header = [column.strip().casefold() for column in records.header]
    for column in _COLUMNS:
        if column not in header:
            raise UnreadableFile(name, _NO_COLUMN, {"column": column})
    places = [header.index(column) for column in _COLUMNS]
    for record in records:
        if isinstance(record, Refused):
            raise UnreadableFile(name, _ODD_ROW, {"row": record.row, "why": record.problem})
        day, currency, rate, into = (record.cells[place].strip() for place in places)
        try:
            worth = read_number(rate, what="rate", fraction_digits=RATE_DIGITS)
            dated = {_day(day, day_first=options.day_first): worth}
            yield Rates(_code(into), {_code(currency): dated})
        except InvalidValue as error:
            said = {"row": record.row, "why": str(error)}
            raise UnreadableFile(name, _ODD_ROW, said) from None


def _code(written: str) -> str:
    """Read a currency by its code or its name; what is none of them is refused by the rates."""
    return currency_meant(written) or written


def _day(written: str, *, day_first: bool | None) -> date:
    if day_first is None and order_is_in_doubt(written):
        raise InvalidValue("day", _IN_DOUBT)
    found = read_date(written, day_first=day_first)
    if found is None:
        raise InvalidValue("day", _NOT_A_DAY)
    return found.date()
