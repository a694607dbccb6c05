"""What can be wrong with a mapping: all of it is found when it is read, fault by fault."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, TypeGuard

from ..errors import InvalidValue, Problem, Text, did_you_mean
from ..pipeline.presets.code_lists import DISQUALIFICATION_REASONS, LOSS_REASONS, UNKNOWN
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..pipeline.stage import StageKind
from ..values.currencies import currency_code
from ..values.source import Source
from ..values.text import shown
from .countries import country_of
from .file_stages import AS_FOUND, PIPELINES
from .formats import TOMAN
from .mapped_fields import OTHER_FIELDS, OTHER_MEANINGS
from .noun_mapping import LONGEST_WORD, key

_CONTACT = {"email", "phone", "mobile", "fax"}
_PERSON = {"person", "given_name", "family_name", "salutation", "job_title"}
_COMPANY = {"company", "employees", "industry", "annual_revenue", "website"}
_PLACE = {"street", "postal_code", "city", "state", "country"}
_CONSENT = {"do_not_call", "do_not_mail"}
_LINKS = {"converted", "converted_on", "account_id", "contact_id", "opportunity_id"}
_SHARED = {"id", "stage", "source", "currency", "reason", "owner", "note"}

LEAD_FIELDS = frozenset(
    {"captured"} | _PERSON | _COMPANY | _PLACE | _CONTACT | _CONSENT | _LINKS | _SHARED
)
"""What a column of a file of leads may hold, besides answers and details."""

_MONEY = {"amount", "expected_revenue", "actual_revenue", "probability"}
_DATES = {"opened", "expected_close", "closed", "close"}
_PARTIES = {"name", "account", "account_id", "lead_id", "competitor", "outcome"}

OPPORTUNITY_FIELDS = frozenset(_MONEY | _DATES | _PARTIES | _SHARED)
"""What a column of a file of opportunities may hold, besides details."""

_FIELDS = {"lead": LEAD_FIELDS, "opportunity": OPPORTUNITY_FIELDS, **OTHER_FIELDS}
_PARTS = {
    "lead": ("columns", "answers", "details", "values"),
    **dict.fromkeys(("opportunity", *OTHER_FIELDS), ("columns", "details", "values")),
}
_MEANINGS: dict[str, dict[str, frozenset[str]]] = {
    "lead": {
        "stage": frozenset(stage.name for stage in LEAD_PIPELINE.stages),
        "reason": frozenset({*DISQUALIFICATION_REASONS, UNKNOWN}),
        "source": frozenset(Source),
        "answers": frozenset({"yes", "no", "unknown"}),
    },
    "opportunity": {
        "stage": frozenset(stage.name for stage in OPPORTUNITY_PIPELINE.stages),
        "outcome": frozenset(StageKind),
        "reason": frozenset({*LOSS_REASONS, UNKNOWN}),
        "source": frozenset(Source),
    },
    **OTHER_MEANINGS,
}
_LONGEST_SHOWN = 40
_JOINERS = {0x200C: None, 0x200D: None}  # half-spaces are part of Persian spelling
# Without a year, month and day there is no date; the rest of what `strptime` knows is welcome.
_DATE_FORMAT = re.compile(
    r"(?=.*%[yY])(?=.*%[mbB])(?=.*%d)(?!.*(%[a-zA-Z]).*\1)(?:[^%]|%[aAbBdfHIMmpSyYzZ%])*",
    re.DOTALL,
)


_MISSPELT = Text("name_misspelt", "has the unknown name {name!r}; did you mean {meant!r}?")
_STRANGE = Text("name_unknown", "has the unknown name {name!r}", "known: {known}")
_NO_PIPELINE = Text("no_pipeline_of_mapping", "pipeline is not one of: {names}")
_NOT_A_TABLE = Text("not_a_table", "is not a table")
_NOT_A_NAME = Text("not_a_mapping_name", "name is not a text of one line, at most {most} letters")
_NOT_DATES = Text(
    "not_date_formats", "dates is not a list of formats with day, month and year", "'%d.%m.%Y'"
)
_NOT_A_MARK = Text("not_a_decimal_mark", "decimal_mark is neither '.' nor ','")
_NOT_A_SWITCH = Text("not_a_switch", "{name} is neither true nor false")
_NOT_A_CURRENCY = Text(
    "not_a_format_currency", "currency is neither three capital letters, such as EUR, nor {toman!r}"
)
_NOT_A_COUNTRY = Text("not_a_format_country", "country is not a country", "such as IR, or Iran")
_BELONGS_IN_COLUMNS = Text(
    "belongs_in_columns", "has the name {name!r}, which belongs in [{noun}.columns]"
)
_NOT_A_WORD = Text("not_a_plain_word", "has a name that is not a plain word", "such as next_step")
_NOT_TEXTS = Text("not_texts", "{name!r} is neither a text nor a list of texts")
_NOT_A_LINE = Text("not_a_short_line", "{name!r} has a text that is too long, or not on one line")
_TWO_MEANINGS = Text("two_meanings", "{name!r} has {word!r}, which stands for another too")


def as_list(words: str | list[str]) -> list[str]:
    """Take one word for a list of one."""
    return [words] if isinstance(words, str) else words


def mapping_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """List every fault of a mapping; none means that it can be used."""
    yield from _strangers(document, ("name", "format", *_FIELDS), "")
    name = document.get("name", "")
    if not isinstance(name, str) or not name.isprintable() or len(name) > _LONGEST_SHOWN:
        yield _NOT_A_NAME.problem(most=_LONGEST_SHOWN)
    yield from _format_problems(document.get("format", {}))
    for noun in _FIELDS:
        table = document.get(noun, {})
        known = (*_PARTS[noun], "pipeline") if noun == "opportunity" else _PARTS[noun]
        yield from _strangers(table, known, f"[{noun}]")
        if isinstance(table, dict):
            if table.get("pipeline", AS_FOUND) not in (AS_FOUND, *PIPELINES):
                names = ", ".join((AS_FOUND, *PIPELINES))
                yield _NO_PIPELINE.problem(where=f"[{noun}]", names=names)
            yield from _column_problems(table, noun)
            yield from _value_problems(table.get("values", {}), noun)


def _strangers(table: object, known: Collection[str], where: str) -> Iterator[Problem]:
    """Name each key that is not known, with the one that was probably meant."""
    if not isinstance(table, dict):
        yield _NOT_A_TABLE.problem(where=where)
        return
    for key_of_table in table:
        if key_of_table not in known:
            name = shown(key_of_table, limit=_LONGEST_SHOWN)
            if meant := did_you_mean(key_of_table, known):
                yield _MISSPELT.problem(where=where, name=name, meant=meant)
            else:
                yield _STRANGE.problem(where=where, name=name, known=", ".join(sorted(known)))


def _format_problems(table: object) -> Iterator[Problem]:
    where = "[format]"
    yield from _strangers(
        table, ("dates", "day_first", "decimal_mark", "currency", "percent", "country"), where
    )
    if not isinstance(table, dict):
        return
    dates = table.get("dates", [])
    if not _are_texts(dates) or not all(map(_DATE_FORMAT.fullmatch, dates)):
        yield _NOT_DATES.problem(where=where)
    if table.get("decimal_mark", ".") not in (".", ","):
        yield _NOT_A_MARK.problem(where=where)
    for name in ("day_first", "percent"):
        if not isinstance(table.get(name, False), bool):
            yield _NOT_A_SWITCH.problem(where=where, name=name)
    country = table.get("country", "IR")
    if not isinstance(country, str) or not country_of(country):
        yield _NOT_A_COUNTRY.problem(where=where)
    currency = table.get("currency", TOMAN)
    try:
        if currency != TOMAN:
            currency_code(currency)
    except InvalidValue:
        yield _NOT_A_CURRENCY.problem(where=where, toman=TOMAN)


def _column_problems(table: dict[str, Any], noun: str) -> Iterator[Problem]:
    fields: dict[str, str] = {}
    for part in _PARTS[noun][:-1]:
        columns, where = table.get(part, {}), f"[{noun}.{part}]"
        yield from _strangers(columns, _FIELDS[noun] if part == "columns" else columns, where)
        for field, headers in columns.items() if isinstance(columns, dict) else ():
            if part != "columns" and field in _FIELDS[noun]:
                yield _BELONGS_IN_COLUMNS.problem(where=where, name=field, noun=noun)
            if part != "columns" and not field.isidentifier():
                yield _NOT_A_WORD.problem(where=where)
            yield from _word_problems(headers, f"{part}.{field}", fields, where)


def _value_problems(values: object, noun: str) -> Iterator[Problem]:
    yield from _strangers(values, _MEANINGS[noun], f"[{noun}.values]")
    if not isinstance(values, dict):
        return
    for field, meanings in _MEANINGS[noun].items():
        table, where = values.get(field, {}), f"[{noun}.values.{field}]"
        yield from _strangers(table, meanings, where)
        taken: dict[str, str] = {}
        for meaning, words in table.items() if isinstance(table, dict) else ():
            yield from _word_problems(words, meaning, taken, where)


def _word_problems(
    words: object, meaning: str, taken: dict[str, str], where: str
) -> Iterator[Problem]:
    """Find what is not a word, and what stands for two things."""
    name = shown(meaning.rpartition(".")[2], limit=_LONGEST_SHOWN)
    if not isinstance(words, str) and not _are_texts(words):
        yield _NOT_TEXTS.problem(where=where, name=name)
        return
    for word in as_list(words):
        if len(word) > LONGEST_WORD or not word.translate(_JOINERS).isprintable():
            yield _NOT_A_LINE.problem(where=where, name=name)
        elif taken.setdefault(key(word), meaning) != meaning:
            written = shown(word, limit=_LONGEST_SHOWN)
            yield _TWO_MEANINGS.problem(where=where, name=name, word=written)


def _are_texts(words: object) -> TypeGuard[list[str]]:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)
