"""The amounts of one row, each in the currency that stands beside it, or that the row names."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from ...errors import InvalidValue, Text
from ...values.currencies import currency_code
from ...values.money import Money
from ...values.numbers import EXACT, exact_decimal
from ..cells.amounts import amount_in, currency_beside
from ..cells.currency_names import SEVERAL, currency_meant, currency_there
from ..cells.formats import NO_CURRENCY, TOMAN, FileFormat
from .row_cells import RowCells

_TOMANS = Text("tomans", "an amount in tomans is kept in rials, ten to the toman")
_TWO_CURRENCIES = Text("other_currency_than_row", "{field} has another currency than its row")
_IN_FULL = Text("unit_of_header", "{field} counts in thousands or millions: kept in full")
_SIGN_OF_SEVERAL = Text(
    "sign_of_several_currencies",
    "{field} has the sign of several currencies: kept without one",
    "its country (--country US, country=…), or a code such as USD",
)
_NO_CURRENCY_BESIDE = Text(
    "no_currency_beside",
    "{field} has more beside its number than a currency",
    "such as EUR, US dollars or تومان, or a column for the currency",
)
_SEVERAL_CURRENCIES = Text(
    "several_currencies", "{field} may mean several currencies", "a code such as USD"
)


def money_of(row: RowCells, field: str) -> Money | None:
    """
    Read an amount, in the currency that stands beside it, or that the row names.

    >>> from salesfunnel.interop.mapping.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.interop.rows.records import Record
    >>> columns = MappedColumns(("Amount",), load_mapping("salesfunnel").opportunity)
    >>> str(money_of(RowCells(Record(2, ("1,5 M€",)), columns), "amount"))
    '1,500,000 EUR'
    """
    named = row.usual("currency", partial(_currency, row.format)) or ""
    is_unknown = not named and bool(row.filled("currency"))

    def amount(text: str) -> Money:
        number, beside, shared = row.columns.once(field, partial(_written, row.format), text)
        header = next(header for header, told in row.filled(field) if told == text)
        told, power = row.columns.units.get(header, ("", 0))
        if currency_meant(told) == SEVERAL:
            told, shared = currency_there(told, row.format.country), told
        stated = {word for word in (named, beside) if word}
        if len(stated) > 1:
            raise InvalidValue(field, _TWO_CURRENCIES)
        currency = stated.pop() if stated else told
        if is_unknown and not currency:
            currency = NO_CURRENCY
        if shared and (currency or row.format.currency) == NO_CURRENCY:
            row.note(_SIGN_OF_SEVERAL, header)
        if TOMAN in (currency, not currency and row.format.currency):
            row.note(_TOMANS)
        if power:
            number = exact_decimal(EXACT.scaleb(number, power), field)
            row.note(_IN_FULL, header)
        return row.format.money(number, currency)

    return row.read(field, amount)


def _written(form: FileFormat, text: str) -> tuple[Decimal, str, str]:
    """Read a number, the currency beside it, and what stands there for several currencies."""
    written = amount_in(text)
    currency = currency_beside(written.beside) if written.beside else ""
    if currency is None:
        raise InvalidValue("amount", _NO_CURRENCY_BESIDE)
    if not currency and written.beside:
        currency = currency_there(written.beside, form.country)
    return form.amount(written), currency, "" if currency else written.beside


def _currency(form: FileFormat, word: str) -> str:
    known = currency_meant(word)
    if known == SEVERAL:
        known = currency_there(word, form.country)
        if not known:
            raise InvalidValue("currency", _SEVERAL_CURRENCIES)
    return known or currency_code(word.upper())
