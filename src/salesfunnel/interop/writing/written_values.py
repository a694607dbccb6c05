"""Days, moments, numbers and amounts as the format of a mapping has them in its cells."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import attrs

from ...values.bucket import Bucket
from ...values.jalali import to_jalali
from ...values.money import Money
from ...values.numbers import EXACT
from ..cells.dates import JALALI
from ..cells.formats import NO_CURRENCY, TOMAN, FileFormat
from .tables import Cell

_MIDNIGHT = time()
_RIAL = "IRR"
_EXCEL_DIGITS = 15
_MOST_REMEMBERED = 4_096
_FIRST_YEAR_OF_EXCEL = 1901
_PERSIAN = range(1901, 2050)  # other years of that calendar could be of ours, too


@attrs.frozen
class WrittenValues:
    """
    What stands in a cell for a value; in a sheet (``days``) a day is a day and no text.

    >>> from datetime import UTC
    >>> french = WrittenValues(FileFormat(dates=("%d/%m/%Y",), decimal_mark=","))
    >>> french.day(date(2026, 3, 2)), french.number(Decimal("1234.50"))
    ('02/03/2026', '1234,50')
    >>> WrittenValues(FileFormat()).moment(datetime(2026, 3, 2, 9, tzinfo=UTC))
    '2026-03-02 09:00:00'
    >>> WrittenValues(FileFormat(calendar="jalali")).day(date(2026, 3, 2))
    '1404/12/11'
    """

    format: FileFormat
    numbers: bool = attrs.field(default=False, kw_only=True)
    """Whether a number is a number in the file, and no text."""
    days: bool = attrs.field(default=False, kw_only=True)
    """Whether a day and a moment are such in the file, and no text."""
    seconds: bool = attrs.field(default=False, kw_only=True)
    """Whether a moment is told to the second, since the system knows no parts of one."""
    _known: dict[datetime, Cell] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _is_plain: bool = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Look up once whether days and moments are written in the usual way."""
        told = self.format
        is_plain = not (self.days or told.dates or told.timezone or told.calendar)
        object.__setattr__(self, "_is_plain", is_plain)

    def day(self, day: date) -> Cell:
        """Write a day, by the first form of the format if it has one; or as Persians count it."""
        if self._is_persian(day):
            return "{:04}/{:02}/{:02}".format(*to_jalali(day))
        if self.days and day.year >= _FIRST_YEAR_OF_EXCEL:
            return day
        return day.strftime(self.format.dates[0]) if self.format.dates else day.isoformat()

    def moment(self, moment: datetime) -> Cell:
        """Write a moment by the clock of the file; at midnight the day is enough."""
        found = self._known.get(moment)
        if found is None:
            found = self._moment(moment)
            if len(self._known) < _MOST_REMEMBERED:
                self._known[moment] = found
        return found

    def _moment(self, moment: datetime) -> Cell:
        local = moment.astimezone(self.format.zone)
        if self.seconds:
            local = local.replace(microsecond=0)
        if local.time() == _MIDNIGHT:
            return self.day(local.date())
        if local.microsecond:
            return local.isoformat()
        if self._is_persian(local):
            return f"{self.day(local.date())} {local.time().isoformat()}"
        naive = local.replace(tzinfo=None)
        if self.days and local.year >= _FIRST_YEAR_OF_EXCEL:
            return naive
        if self.format.dates:
            return local.strftime(self.format.dates[0])
        return naive.isoformat(" ")

    def _is_persian(self, day: date) -> bool:
        """Tell whether a day is told in the Persian calendar, as the mapping says."""
        told = self.format
        return told.calendar == JALALI and not told.dates and day.year in _PERSIAN

    def is_exact(self, moment: datetime) -> bool:
        """Tell whether a moment is sure to be read again as it is."""
        return self._is_plain and moment.year >= _FIRST_YEAR_OF_EXCEL

    def number(self, number: Decimal) -> Cell:
        """Write a number, exactly; as a text where a spreadsheet would round it."""
        if self.numbers and len(number.as_tuple().digits) <= _EXCEL_DIGITS:
            return number
        return self.format.as_written(format(number, "f"))

    def share(self, share: Decimal) -> Cell:
        """Write a chance as the file does, as a percentage or as a part of one."""
        if self.format.percent:
            return self.number(EXACT.scaleb(share, 2).normalize(EXACT))
        if share == 1 and self.format.percent is None:
            return "100%"
        return self.number(share)

    def amount(self, money: Money) -> Cell:
        """Write an amount without its currency; in tomans where the file counts in them."""
        number = money.amount
        if self.format.currency == TOMAN and money.currency == _RIAL:
            number = EXACT.scaleb(number, -1).normalize(EXACT)
        return self.number(number)

    def currency(self, money: Money) -> str:
        """Name the currency; blank where the amount has none, or is that of the whole file."""
        if money.currency == NO_CURRENCY:  # which is said where a blank would mean another
            return "" if self.format.currency == NO_CURRENCY else NO_CURRENCY
        is_usual = money.currency == self.format.currency
        is_toman = self.format.currency == TOMAN and money.currency == _RIAL
        return "" if is_usual or is_toman else money.currency

    def head_count(self, employees: int | Bucket) -> Cell:
        """Write a number of people, or a bracket."""
        if isinstance(employees, Bucket):
            return str(employees)
        return employees if self.numbers else str(employees)
