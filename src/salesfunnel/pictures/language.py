"""The languages of a picture: which way they run, how they write numbers, and their few words."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from ..values.calendar import CalendarKind
from ..values.jalali import to_jalali
from .words import WORDS

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_STEPS = 4  # trillions; what is larger still is so many trillions
_EXACT_BELOW = 10  # of a unit, one decimal is worth its place


class Language(StrEnum):
    """
    In which language a picture speaks; Persian runs from right to left.

    >>> Language("fa").name
    'PERSIAN'
    """

    ENGLISH = "en"
    PERSIAN = "fa"
    ARMENIAN = "hy"
    FRENCH = "fr"

    @property
    def is_leftward(self) -> bool:
        """Whether its lines begin on the right."""
        return self is Language.PERSIAN

    def word(self, name: str) -> str:
        """
        Give one of the words that pictures need, or the usual name of a stage.

        A name that is none of them comes back as it is, without its underscores.

        >>> Language("fr").word("meeting"), Language("fr").word("board_visit")
        ('Rendez-vous', 'board visit')
        """
        found = WORDS.get(name)
        return name.replace("_", " ") if found is None else found[tuple(Language).index(self)]

    def number(self, value: int | Decimal) -> str:
        """
        Write a number with the digits and marks of the language.

        >>> Language("fa").number(1234), Language("fr").number(Decimal("1234.5"))
        ('۱٬۲۳۴', '1\u202f234,5')
        """
        group, point = _MARKS[self]
        whole, _, part = f"{Decimal(value):,f}".partition(".")
        return self.digits(whole.replace(",", group) + (point + part if part else ""))

    def digits(self, text: str) -> str:
        """
        Write the digits of a text as the language does.

        >>> Language("fa").digits("1405-01")
        '۱۴۰۵-۰۱'
        """
        return text.translate(_PERSIAN_DIGITS) if self is Language.PERSIAN else text

    def dated(self, name: str, value: date, *, calendar: CalendarKind | None = None) -> str:
        """
        Say a word, and of which day it is meant.

        >>> Language("en").dated("funnel", date(2026, 3, 2))
        'Funnel, 2026-03-02'
        """
        return f"{self.word(name)}{self.comma}{self.day(value, calendar=calendar)}"

    @property
    def comma(self) -> str:
        """What stands between two parts of a line."""
        return "، " if self.is_leftward else ", "

    def percent(self, part: int, whole: int) -> str:
        """
        Write a share in whole percent; out of nothing it is not known.

        >>> Language("fr").percent(1, 2), Language("en").percent(0, 0)
        ('50\u202f%', '–')
        """
        if not whole:
            return "–"
        mark = {Language.PERSIAN: "٪", Language.FRENCH: "\u202f%"}.get(self, "%")
        return self.number(round(100 * part / whole)) + mark

    def amount(self, value: Decimal, *, unit: int) -> str:
        """
        Write an amount in a unit of thousands, with one decimal where that tells more.

        >>> Language("en").amount(Decimal(1_250_000), unit=2)
        '1.2'
        """
        scaled = value.scaleb(-3 * unit)
        exact = Decimal("0.1") if unit and 0 < abs(scaled) < _EXACT_BELOW else Decimal(1)
        return self.number(scaled.quantize(exact, ROUND_HALF_EVEN))

    def day(self, value: date, *, calendar: CalendarKind | None = None) -> str:
        """
        Write a day by a calendar; in Persian by the Jalali one, unless another is named.

        >>> Language("fa").day(date(2026, 3, 21))
        '۱۴۰۵/۰۱/۰۱'
        """
        usual = CalendarKind.JALALI if self is Language.PERSIAN else CalendarKind.GREGORIAN
        if (calendar or usual) is CalendarKind.JALALI:
            return self.digits("{}/{:02}/{:02}".format(*to_jalali(value)))
        return self.digits(value.isoformat())


_MARKS = {
    Language.ENGLISH: (",", "."),
    Language.PERSIAN: ("٬", "٫"),
    Language.ARMENIAN: ("\u00a0", ","),
    Language.FRENCH: ("\u202f", ","),
}


def unit_of(largest: Decimal) -> int:
    """
    Choose the unit in which amounts are short: 1 for thousands, 2 for millions, up to 4.

    >>> unit_of(Decimal(9_000)), unit_of(Decimal(12_000_000)), unit_of(Decimal(10) ** 30)
    (0, 2, 4)
    """
    thousands = max(largest.adjusted(), 0) // 3
    return min(thousands, _STEPS) if largest.adjusted() > _STEPS - 1 else 0
