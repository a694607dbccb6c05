"""How the cells of a file write dates, numbers and amounts, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Context, Decimal
from zoneinfo import ZoneInfo

import attrs

from ...errors import InvalidValue, Text
from ...values.bucket import Bucket
from ...values.instants import instant
from ...values.money import Money
from ...values.numbers import EXACT, ascii_digits, exact_decimal, read_number
from .amounts import WrittenAmount
from .dates import day_of_number, is_jalali, read_date
from .decimal_marks import decimal_mark_of
from .head_counts import read_head_count
from .month_names import named_date

TOMAN = "toman"
"""Stands for a currency in which Iran counts, and which has no code."""

NO_CURRENCY = "XXX"
"""Stands for the currency of an amount that no one names."""

_LONGEST_DATE = 64
_LONGEST_NUMBER = 400
_FIRST_YEAR = 1900
_LONGEST_ZONE = 64
_PERCENT_SIGNS = "%٪％﹪"
_HUNDREDTH_OF_A_PERCENT = Decimal("0.0001")
_ROUNDING = Context(prec=EXACT.prec, rounding=ROUND_HALF_EVEN, traps=[])

_INDIAN = re.compile(r"[+-]?\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?")
_SCIENTIFIC = re.compile(
    r"[+-]?\d(?:\.\d{1,16})?E\d\d?"
)  # as programs write doubles, with all digits
_APOSTROPHES = re.compile("['’](?=\\d{3})")
_IN_DOUBT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_USUAL_DATES = ("%Y/%m/%d", "%d.%m.%Y")
_IN_DOUBT_TEXT = Text(
    "thousands_or_decimals",
    "{field} may mean thousands or thousandths",
    "another number of decimals, or a decimal_mark in [format] of the mapping",
)
_ONE_OR_ALL = Text("one_or_all", "{field} may mean certainty or a hundredth", "1% or 100%")
_NOT_A_CHANCE = Text("not_a_probability", "{field} is not a probability", "0 to 1, or 0% to 100%")
_NOT_A_DATE = Text("not_a_date", "{field} is not a date from 1900 on", "{forms}")
_A_DAY_NUMBER = Text(
    "day_number",
    "{field} is the number of a day in a spreadsheet",
    "a date: {forms}, or the field under day_numbers in [format] of the mapping",
)
_NOT_A_ZONE = Text("not_a_timezone", "{field} is not a time zone", "such as Asia/Tehran")
_NOT_JALALI = Text("not_a_jalali_date", "{field} is not a day of the Jalali calendar", "{forms}")
_EXAMPLE = datetime(2026, 3, 31, 14, 5, tzinfo=UTC)


def _zone_name(name: str) -> str:
    given: object = name
    if given == "":
        return ""
    try:
        if isinstance(given, str) and len(given) <= _LONGEST_ZONE:
            return ZoneInfo(given).key
    except (ValueError, KeyError, OSError):
        pass
    raise InvalidValue("timezone", _NOT_A_ZONE)


@attrs.frozen(kw_only=True)
class FileFormat:
    """
    The dates, the decimal mark, the currency and the country of a file, where its cells do not say.

    >>> french = FileFormat(dates=("%d/%m/%Y",), decimal_mark=",", currency="EUR")
    >>> print(french.instant("31/03/2026").date(), french.money(french.number("1 234,50"), ""))
    2026-03-31 1,234.50 EUR
    """

    dates: tuple[str, ...] = ()
    day_first: bool | None = None
    decimal_mark: str = ""
    currency: str = NO_CURRENCY
    percent: bool | None = None
    country: str = ""
    calendar: str = ""
    """``"jalali"`` where two digits are a year of the Persian calendar."""
    timezone: str = attrs.field(default="", converter=_zone_name)
    """Where its clock stood, such as ``"Asia/Tehran"``; without one it is taken as UTC."""
    day_numbers: frozenset[str] = frozenset()
    """The fields whose dates are the day numbers of a spreadsheet."""
    blanks: frozenset[str] = frozenset()
    """Words that say that nothing stands there, beside those that are known."""
    check_addresses: bool = False
    """Whether other libraries are asked about each address and number."""

    def instant(self, text: str, *, field: str = "") -> datetime:
        """
        Read a date, with or without a time; where no zone is given it is that of the file.

        >>> FileFormat().instant("۲۰۲۶-۰۳-۳۱").isoformat()
        '2026-03-31T00:00:00+00:00'
        """
        written = ascii_digits(text[: _LONGEST_DATE + 1])
        found = None
        if len(text) <= _LONGEST_DATE:
            as_day = day_of_number(written) if field in self.day_numbers else None
            found = as_day or next(self._read_dates(written), None)
        if found is None or found.year < _FIRST_YEAR:
            raise self._no_date(written)
        moment = found if found.tzinfo else found.replace(tzinfo=self.zone)
        try:
            instant(moment)
            return moment.astimezone(self.zone) if self.timezone else moment
        except (InvalidValue, OverflowError):
            raise self._no_date(written) from None

    @property
    def zone(self) -> tzinfo:
        """Where the clock of the file stood."""
        return ZoneInfo(self.timezone) if self.timezone else UTC

    def number(self, text: str) -> Decimal:
        """
        Read a number exactly; one such as ``12.500`` is refused until a mapping says what it is.

        >>> FileFormat().number("1,234.50")
        Decimal('1234.5')
        """
        if len(text) > _LONGEST_NUMBER:  # of which it is said that it is none
            return read_number(text, decimal_mark=".")
        if _INDIAN.fullmatch(text) and self.decimal_mark != ",":
            text = text.replace(",", "")
        if _SCIENTIFIC.fullmatch(text):
            text = format(Decimal(text), "f")
        if not self.decimal_mark and _IN_DOUBT.fullmatch(text):
            raise InvalidValue("number", _IN_DOUBT_TEXT)
        mark = self.decimal_mark or decimal_mark_of(_APOSTROPHES.sub("", text)) or "."
        return read_number(text, decimal_mark=mark)

    def as_written(self, exact: str) -> str:
        """
        Write a number that is exact as this file would, so that it is read as what it is.

        >>> FileFormat(decimal_mark=",").as_written("12.345"), FileFormat().as_written("12.345")
        ('12,345', '12.3450')
        """
        if self.decimal_mark == ",":
            return exact.replace(".", ",")
        return f"{exact}0" if not self.decimal_mark and _IN_DOUBT.fullmatch(exact) else exact

    def amount(self, written: WrittenAmount) -> Decimal:
        """
        Add up the numbers of an amount, each with its power of ten.

        >>> from salesfunnel.interop.cells.amounts import amount_in
        >>> FileFormat().amount(amount_in("1.5 میلیارد ریال"))
        Decimal('1500000000')
        """
        total = Decimal(0)
        for text, power in written.parts:
            total = EXACT.add(total, EXACT.scaleb(self.number(text), power))
        return exact_decimal(total, "amount")

    def head_count(self, text: str) -> int | Bucket:
        """
        Read a number of employees, or a bracket.

        >>> FileFormat().head_count("1,200"), FileFormat().head_count("51-200")
        (1200, Bucket(low=51, high=200))
        """
        return read_head_count(text, decimal_mark=self.decimal_mark)

    def chance(self, text: str) -> Decimal:
        """
        Read a chance: a percentage if it has the sign, if the file is written so, or if it is > 1.

        It is kept to a hundredth of a percent. A bare 1 is refused until a mapping says what it is.

        >>> FileFormat().chance("33.333 %"), FileFormat(percent=True).chance("25")
        (Decimal('0.3333'), Decimal('0.25'))
        """
        bare = text.strip(_PERCENT_SIGNS).strip()
        share = read_number(bare, decimal_mark=self.decimal_mark or ".")
        percent = True if bare != text else self.percent
        if percent is None and share == 1:
            raise InvalidValue("probability", _ONE_OR_ALL)
        if percent or (percent is None and share > 1):
            share = EXACT.scaleb(share, -2)
        if not 0 <= share <= 1:
            raise InvalidValue("probability", _NOT_A_CHANCE)
        return share.quantize(_HUNDREDTH_OF_A_PERCENT, context=_ROUNDING).normalize(EXACT)

    def money(self, amount: Decimal, currency: str) -> Money:
        """
        Make an amount of money; tomans are kept in rials, ten to the toman.

        >>> print(FileFormat().money(Decimal(900), "eur"), FileFormat().money(Decimal(900), TOMAN))
        900 EUR 9,000 IRR
        """
        code = currency or self.currency
        return Money.toman(amount) if code == TOMAN else Money(amount, code.upper())

    def _read_dates(self, written: str) -> Iterator[datetime]:
        for form in self.dates:
            try:
                yield datetime.strptime(written, form)  # noqa: DTZ007 - most files name no zone
            except ValueError:
                continue
        if not self.dates or is_jalali(written, calendar=self.calendar) or named_date(written):
            found = read_date(written, day_first=self.day_first, calendar=self.calendar)
            if found is not None:
                yield found
        try:
            yield datetime.fromisoformat(written)
        except ValueError:
            return

    def _no_date(self, written: str) -> InvalidValue:
        text, forms = _NOT_A_DATE, ("%Y-%m-%d", *(self.dates or _USUAL_DATES))
        if day_of_number(written):
            text, forms = _A_DAY_NUMBER, ("%Y-%m-%d",)
        elif is_jalali(written, calendar=self.calendar):
            text, forms = _NOT_JALALI, ("%Y-%m-%d", "1405/01/11")
        return InvalidValue("date", text, {"forms": ", ".join(map(_EXAMPLE.strftime, forms))})
