"""The languages of a picture: which way they run, how they write numbers, and their few words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction

from ..values.calendar import CalendarKind, Period
from ..values.jalali import to_jalali
from ..values.lengths import length_parts
from ..values.money import Money
from ..values.percent import whole_percent
from .translated_labels import LABELS
from .words import WORDS

_WEEK, _QUARTER = re.compile(r"week of (\d+-\d\d-\d\d)"), re.compile(r"(.*\d) Q(\d)")
_DAY_OF_LABEL = re.compile(r"(\d+)-(\d\d)-(\d\d)")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_USUAL = {label.casefold(): label for label in LABELS}
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
        Give one of the words that pictures need; any other comes back without its underscores.

        >>> Language("fr").word("entered"), Language("fr").word("board_visit")
        ('entrés', 'board visit')
        """
        found = WORDS.get(name)
        return name.replace("_", " ") if found is None else found[tuple(Language).index(self)]

    def called(self, label: str) -> str:
        """
        Say a label of a built-in pipeline, reason or source; one of your own comes back as it is.

        >>> Language("fr").called("Meeting"), Language("fr").called("Visite du salon")
        ('Rendez-vous', 'Visite du salon')
        """
        english = _USUAL.get(label.casefold())
        if english is None:
            return label
        place = tuple(Language).index(self) - 1
        return english if place < 0 else LABELS[english][place]

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

    def dated(
        self, name: str, value: date, *, of: str = "", calendar: CalendarKind | None = None
    ) -> str:
        """
        Say a word, and of what and of which day it is meant.

        >>> Language("en").dated("funnel", date(2026, 3, 2))
        'Funnel, 2026-03-02'
        """
        what = " – ".join(filter(None, (self.word(name), of)))
        return f"{what}{self.comma}{self.day(value, calendar=calendar)}"

    @property
    def comma(self) -> str:
        """What stands between two parts of a line."""
        return "، " if self.is_leftward else ", "

    @property
    def colon(self) -> str:
        """What stands before what is said of something; in French it stands apart."""
        return "\u00a0: " if self is Language.FRENCH else ": "

    def percent(self, part: int, whole: int) -> str:
        """
        Write a share in whole percent; out of nothing it is not known.

        >>> Language("fr").percent(1, 2), Language("en").percent(0, 0)
        ('50\u202f%', '–')
        """
        if not whole:
            return "–"
        return self.number(whole_percent(Fraction(part, whole))) + self._percent_mark

    @property
    def _percent_mark(self) -> str:
        return {Language.PERSIAN: "٪", Language.FRENCH: "\u202f%"}.get(self, "%")

    def share(self, part: int, whole: int, interval: tuple[float, float]) -> str:
        """
        Write a share with what it is a share of, and where the true one may lie.

        >>> Language("en").share(1, 2, (0.0945, 0.9055)), Language("fr").share(0, 0, (0, 1))
        ('50% (1 of 2; 9–91%)', '–')
        """
        if not whole:
            return self.percent(part, whole)
        low, high = map(whole_percent, interval)
        of = _SHARES[self].format(part=self.number(part), whole=self.number(whole))
        return f"{self.percent(part, whole)} ({of}{self.span(low, high)}{self._percent_mark})"

    def span(self, first: int | None, last: int | None) -> str:
        """
        Write from which number to which; without a last one all beyond are meant.

        >>> Language("en").span(31, 60), Language("fa").span(91, None)
        ('31–60', '۹۱ و بیشتر')
        """
        if first is None:
            return self.word("not_known")
        if last is None:
            return self.word("or_more").format(self.number(first))
        return self.word("up_to").format(self.number(first), self.number(last))

    def period(self, value: Period) -> str:
        """
        Write the label of a period, or its first and last day where it tells them.

        >>> days = Period(date(2026, 3, 1), date(2026, 4, 1))
        >>> Language("fa").period(days), Language("fr").period(days)
        ('۲۰۲۶/۰۳/۰۱ تا ۲۰۲۶/۰۳/۳۱', '01/03/2026 – 31/03/2026')
        """
        told = [found[0] for found in _DAY_OF_LABEL.finditer(value.label)]
        if value.label.startswith("week") or not (told or value.label == "all days"):
            return self.label(value.label)
        first = self._by_parts(told[0]) if value.has_beginning else "…"
        last = self._by_parts(told[-1]) if value.has_end else "…"
        return f"{first} تا {last}" if self.is_leftward else f"{first} – {last}"

    def days(self, value: Period, *, calendar: CalendarKind | None = None) -> str:
        """
        Write the first and the last day of a period by a calendar, and not its label.

        >>> Language("en").days(Period(date(2026, 3, 1), date(2026, 4, 1), label="March"))
        '2026-03-01 – 2026-03-31'
        """
        first = self.day(value.since, calendar=calendar) if value.has_beginning else "…"
        last = self.day(value.last, calendar=calendar) if value.has_end else "…"
        return f"{first} – {last}"

    def label(self, said: str) -> str:
        """
        Write the label of a week, a month, a quarter or a year; another text has its digits alone.

        >>> Language("fr").label("week of 2026-03-02"), Language("fa").label("1405 Q1")
        ('sem. du 02/03/2026', '۱۴۰۵ سه‌ماههٔ ۱')
        """
        if week := _WEEK.fullmatch(said):
            return self.word("week_of").format(self._by_parts(week[1]))
        if quarter := _QUARTER.fullmatch(said):
            return self.digits(self.word("quarter").format(*quarter.groups()))
        return self.digits(said)

    def money(self, value: Money) -> str:
        """
        Write an amount with its currency.

        >>> Language("fr").money(Money("1234.5", "EUR"))
        '1\u202f234,50 EUR'
        """
        said, _, code = str(value).rpartition(" ")
        return f"{self.number(Decimal(said.replace(',', '')))} {code}"

    def length(self, value: timedelta) -> str:
        """
        Write a length of time in its two largest units.

        >>> Language("fa").length(timedelta(days=1, hours=12)), Language("fr").length(timedelta(2))
        ('۱ روز ۱۲ ساعت', '2 jours')
        """
        parts = length_parts(value)
        return " ".join(
            self.word("1 days")
            if (count, unit) == (1, "days")
            else f"{self.number(count)} {self.word(unit)}"
            for count, unit in parts
        )

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
            year, month, of_month = to_jalali(value)
            is_first = self is not Language.FRENCH
            parts = (f"{year}", f"{month:02}", f"{of_month:02}")
            return self.digits("/".join(parts if is_first else reversed(parts)))
        return self._by_parts(value.isoformat())

    def _by_parts(self, day: str) -> str:
        """Write a day of a label, such as 2026-03-21, in the order of the language."""
        if self is Language.FRENCH:
            return _DAY_OF_LABEL.sub(r"\3/\2/\1", day)
        # Behind a Persian letter the parts of a day would change places, but for strokes.
        return self.digits(day.replace("-", "/" if self.is_leftward else "-"))


_SHARES = {
    Language.ENGLISH: "{part} of {whole}; ",
    Language.PERSIAN: "{part} از {whole}؛ ",
    Language.ARMENIAN: "{whole}-ից {part}; ",
    Language.FRENCH: "{part} sur {whole}\u202f; ",
}
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
