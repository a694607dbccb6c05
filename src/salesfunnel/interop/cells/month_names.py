"""Dates with the name of their month: "15 Apr, 2021", « 19 mars 2025 », «۳۰ مرداد ۱۳۹۷»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...values.text import fold_letters

# From January on, and from Farvardin on: the full names in English, French, Persian and Armenian
# (with the genitive in which a date has it), then short forms.
_GREGORIAN = """
january janvier ژانویه ژانویهٔ հունվար հունվարի jan janv հնվ
february février فوریه فوریهٔ փետրվար փետրվարի feb fév févr փտվ
march mars مارس մարտ մարտի mar մրտ
april avril آوریل ապրիլ ապրիլի apr avr ապր
may mai مه می مهٔ մայիս մայիսի մյս
june juin ژوئن ژوین հունիս հունիսի jun հնս
july juillet ژوئیه جولای ژوئیهٔ հուլիս հուլիսի jul juil հլս
august août اوت آگوست اگوست օգոստոս օգոստոսի aug օգս
september septembre سپتامبر սեպտեմբեր սեպտեմբերի sep sept սեպ
october octobre اکتبر հոկտեմբեր հոկտեմբերի oct հոկ
november novembre نوامبر նոյեմբեր նոյեմբերի nov նոյ
december décembre دسامبر դեկտեմբեր դեկտեմբերի dec déc դեկ
"""
_JALALI = """
farvardin فروردین
ordibehesht اردیبهشت
khordad خرداد
tir تیر
mordad مرداد امرداد
shahrivar شهریور
mehr مهر
aban آبان
azar آذر
dey دی
bahman بهمن
esfand اسفند
"""
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim le
یک دو سه چهار پنج شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه مورخ
երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի
"""
_LONGEST = 64
_CENTURY_OF_JALALI = 50
_PIVOT = 69  # as `strptime` has it: 68 is 2068, 69 is 1969


def _months(table: str, *, is_jalali: bool) -> dict[str, tuple[bool, int]]:
    lines = table.strip().splitlines()
    return {
        fold_letters(name): (is_jalali, month)
        for month, line in enumerate(lines, start=1)
        for name in line.split()
    }


_MONTHS = _months(_GREGORIAN, is_jalali=False) | _months(_JALALI, is_jalali=True)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH = rf"({_any_of(_MONTHS)})(?:[ ]?ماه)?"
_DAY = r"(\d\d?)(?:st|nd|rd|th|er|[ ]?ام)?"
_BETWEEN = r"[ ,./\-]{0,3}"
_APART = r"[ ,./\-]{1,3}"
_YEAR = r"(\d{4}|\d\d)(?:[ ]?թ\.?)?"
_DATE = re.compile(
    rf"(?:(?:{_any_of(fold_letters(_WEEKDAYS).split())})\.?[ ,،]{{1,3}}){{0,3}}"
    rf"(?:{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}"
    rf"|{_MONTH}{_BETWEEN}{_DAY}{_APART}(\d{{4}})"
    rf"|(\d{{4}})(?:[ ]?թ\.?)?{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY})"
    r"(?P<rest>(?:[ ,T]|$).*)?"
)
_CLOCK_WORDS = re.compile(r"^,? ?(?:at|a|um|ساعت|ժամը|،) ")


class NamedDate(NamedTuple):
    """A date whose month is named: of which calendar, and what is written behind it."""

    is_jalali: bool
    year: int
    month: int
    day: int
    rest: str


def named_date(written: str) -> NamedDate | None:
    """
    Read a date with the name of its month in one of four languages; ``None`` if it is not one.

    A name such as بهمن tells that the calendar is the Persian one, and two digits are a year near
    ours in it.

    >>> named_date("15 Apr, 2021 00:03:00")
    NamedDate(is_jalali=False, year=2021, month=4, day=15, rest=' 00:03:00')
    >>> named_date("۵ بهمن ۰۴")
    NamedDate(is_jalali=True, year=1404, month=11, day=5, rest='')
    """
    if len(written) > _LONGEST:
        return None
    found = _DATE.fullmatch(fold_letters(written).replace("،", ",").strip())
    if found is None:
        return None
    a, b, c, d, e, f, g, h, i = found.groups()[:9]
    day, name, year = (a, b, c) if b else (e, d, f) if d else (i, h, g)
    jalali, month = _MONTHS[name]
    rest = _CLOCK_WORDS.sub(" ", found["rest"] or "")
    return NamedDate(jalali, _whole(year, is_jalali=jalali), month, int(day), rest)


def _whole(year: str, *, is_jalali: bool) -> int:
    if len(year) > len("26"):
        return int(year)
    if is_jalali:
        return jalali_year(int(year))
    return int(year) + (1900 if int(year) >= _PIVOT else 2000)


def jalali_year(two_digits: int) -> int:
    """
    Complete a year of the Persian calendar: 97 is 1397, and 04 is 1404.

    >>> jalali_year(97), jalali_year(4)
    (1397, 1404)
    """
    return two_digits + (1300 if two_digits >= _CENTURY_OF_JALALI else 1400)
