"""What can be wrong with the [format] of a mapping, and with the names in any of its tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, TypeGuard

from ...errors import InvalidValue, Problem, Text, did_you_mean
from ...values.currencies import currency_code
from ...values.text import shown
from ..cells.countries import country_of
from ..cells.dates import JALALI
from ..cells.formats import TOMAN, FileFormat
from .noun_mapping import DATES

LONGEST_SHOWN = 40

_WHERE = "[format]"
_MOST = 50
_LONGEST = 100

# Without a year, month and day there is no date; the rest of what `strptime` knows is welcome.
_DATE_FORMAT = re.compile(
    r"(?=.*%[yY])(?=.*%[mbB])(?=.*%d)(?!.*(%[a-zA-Z]).*\1)(?:[^%]|%[aAbBdfHIMmpSyYzZ%])*",
    re.DOTALL,
)
_KNOWN = (
    *("dates", "day_first", "calendar", "timezone", "day_numbers", "decimal_mark", "currency"),
    *("percent", "country", "blanks"),
)
_MISSPELT = Text("name_misspelt", "has the unknown name {name!r}; did you mean {meant!r}?")
_STRANGE = Text("name_unknown", "has the unknown name {name!r}", "known: {known}")
_NOT_A_TABLE = Text("not_a_table", "is not a table")
_NOT_DATES = Text(
    "not_date_formats",
    "dates is not a list of at most {most} formats with day, month and year",
    "'%d.%m.%Y'",
)
_NOT_A_MARK = Text("not_a_decimal_mark", "decimal_mark is neither '.' nor ','")
NOT_A_SWITCH = Text("not_a_switch", "{name} is neither true nor false")
_NOT_A_CURRENCY = Text(
    "not_a_format_currency", "currency is neither three capital letters, such as EUR, nor {toman!r}"
)
_NOT_A_COUNTRY = Text("not_a_format_country", "country is not a country", "such as IR, or Iran")
_NOT_A_CALENDAR = Text("not_a_format_calendar", "calendar is not {jalali!r}")
_NOT_A_ZONE = Text("not_a_format_timezone", "timezone is not a time zone", "such as Asia/Tehran")
_NOT_A_LIST = Text("not_a_list_of_texts", "{name} is not a list of texts")


def strangers(table: object, known: Collection[str], where: str) -> Iterator[Problem]:
    """Name each key that is not known, with the one that was probably meant."""
    if not isinstance(table, dict):
        yield _NOT_A_TABLE.problem(where=where)
        return
    for key_of_table in table:
        if key_of_table not in known:
            name = shown(key_of_table, limit=LONGEST_SHOWN)
            if meant := did_you_mean(key_of_table, known):
                yield _MISSPELT.problem(where=where, name=name, meant=meant)
            else:
                yield _STRANGE.problem(where=where, name=name, known=", ".join(sorted(known)))


def are_texts(words: object) -> TypeGuard[list[str]]:
    """
    Tell whether a thing is a list of texts.

    >>> are_texts(["won", "lost"]), are_texts("won")
    (True, False)
    """
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def format_problems(table: object) -> Iterator[Problem]:
    """List every fault in the format of a mapping."""
    yield from strangers(table, _KNOWN, _WHERE)
    if not isinstance(table, dict):
        return
    yield from _date_problems(table)
    if table.get("decimal_mark", ".") not in (".", ","):
        yield _NOT_A_MARK.problem(where=_WHERE)
    for name in ("day_first", "percent"):
        if not isinstance(table.get(name, False), bool):
            yield NOT_A_SWITCH.problem(where=_WHERE, name=name)
    country = table.get("country", "IR")
    if not isinstance(country, str) or not country_of(country):
        yield _NOT_A_COUNTRY.problem(where=_WHERE)
    currency = table.get("currency", TOMAN)
    try:
        if currency != TOMAN:
            currency_code(currency)
    except InvalidValue:
        yield _NOT_A_CURRENCY.problem(where=_WHERE, toman=TOMAN)


def _date_problems(table: dict[str, Any]) -> Iterator[Problem]:
    dates = table.get("dates", [])
    few = are_texts(dates) and len(dates) <= _MOST and max(map(len, dates), default=0) <= _LONGEST
    if not few or not all(map(_DATE_FORMAT.fullmatch, dates)):
        yield _NOT_DATES.problem(where=_WHERE, most=_MOST)
    for name in ("day_numbers", "blanks"):
        if not are_texts(table.get(name, [])):
            yield _NOT_A_LIST.problem(where=_WHERE, name=name)
        elif name == "day_numbers":
            yield from strangers(dict.fromkeys(table.get(name, [])), DATES, f"{_WHERE} {name}")
    if table.get("calendar", JALALI) != JALALI:
        yield _NOT_A_CALENDAR.problem(where=_WHERE, jalali=JALALI)
    try:
        FileFormat(timezone=table.get("timezone", ""))
    except InvalidValue:
        yield _NOT_A_ZONE.problem(where=_WHERE)
