"""What can be wrong with a mapping is found when it is read, each fault said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any, TypeGuard

from ..errors import InvalidValue
from ..leads.reasons import DisqualificationReason
from ..opportunities.outcomes import LossReason
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..pipeline.stage import StageKind
from ..values.currencies import currency_code
from ..values.source import Source
from .formats import TOMAN
from .noun_mapping import LONGEST_WORD, key

_CONTACT = {"email", "phone", "mobile", "fax"}
_PERSON = {"person", "given_name", "family_name", "salutation", "job_title"}
_COMPANY = {"company", "employees", "industry", "annual_revenue", "website", "city", "country"}
_LINKS = {"converted", "converted_on", "account_id", "contact_id", "opportunity_id"}
_SHARED = {"id", "stage", "source", "currency", "reason", "note"}

LEAD_FIELDS = frozenset({"captured"} | _PERSON | _COMPANY | _CONTACT | _LINKS | _SHARED)
"""What a column of a file of leads may hold, besides answers and details."""

_MONEY = {"amount", "probability"}
_DATES = {"opened", "expected_close", "closed", "close"}
_PARTIES = {"name", "account", "account_id", "lead_id", "competitor", "outcome"}

OPPORTUNITY_FIELDS = frozenset(_MONEY | _DATES | _PARTIES | _SHARED)
"""What a column of a file of opportunities may hold, besides details."""

_FIELDS = {"lead": LEAD_FIELDS, "opportunity": OPPORTUNITY_FIELDS}
_PARTS = {
    "lead": ("columns", "answers", "details", "values"),
    "opportunity": ("columns", "details", "values"),
}
_MEANINGS: dict[str, dict[str, frozenset[str]]] = {
    "lead": {
        "stage": frozenset(stage.name for stage in LEAD_PIPELINE.stages),
        "reason": frozenset(DisqualificationReason),
        "source": frozenset(Source),
        "answers": frozenset({"yes", "no", "unknown"}),
    },
    "opportunity": {
        "stage": frozenset(stage.name for stage in OPPORTUNITY_PIPELINE.stages),
        "outcome": frozenset(StageKind),
        "reason": frozenset(LossReason),
        "source": frozenset(Source),
    },
}
_LONGEST_SHOWN = 40
_JOINERS = {0x200C: None, 0x200D: None}  # half-spaces are part of Persian spelling
# Without a year, month and day there is no date; the rest of what `strptime` knows is welcome.
_DATE_FORMAT = re.compile(
    r"(?=.*%[yY])(?=.*%[mbB])(?=.*%d)(?!.*(%[a-zA-Z]).*\1)(?:[^%]|%[aAbBdfHIMmpSyYzZ%])*",
    re.DOTALL,
)


def as_list(words: str | list[str]) -> list[str]:
    """Take one word for a list of one."""
    return [words] if isinstance(words, str) else words


def mapping_problems(document: dict[str, Any]) -> Iterator[str]:
    """List every fault of a mapping; none means that it can be used."""
    yield from _strangers(document, ("name", "format", "lead", "opportunity"), "the mapping")
    name = document.get("name", "")
    if not isinstance(name, str) or not name.isprintable() or len(name) > _LONGEST_SHOWN:
        yield f"name is not a text of one line and at most {_LONGEST_SHOWN} letters"
    yield from _format_problems(document.get("format", {}))
    for kind in _FIELDS:
        section = document.get(kind, {})
        yield from _strangers(section, _PARTS[kind], f"[{kind}]")
        if isinstance(section, dict):
            yield from _column_problems(section, kind)
            yield from _value_problems(section.get("values", {}), kind)


def _strangers(table: object, known: Collection[str], place: str) -> Iterator[str]:
    """Name each key that is not known, with the one that was probably meant."""
    if not isinstance(table, dict):
        yield f"{place} is not a table"
        return
    for name in table:
        if name not in known:
            short = name[:_LONGEST_SHOWN]
            near = get_close_matches(short, known, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
            yield f"{place} has the unknown name {short!r}; {meant}"


def _format_problems(form: object) -> Iterator[str]:
    yield from _strangers(
        form, ("dates", "day_first", "decimal_mark", "currency", "percent"), "[format]"
    )
    if not isinstance(form, dict):
        return
    dates = form.get("dates", [])
    if not _are_texts(dates) or not all(map(_DATE_FORMAT.fullmatch, dates)):
        yield "dates in [format] is not a list of formats with day, month and year, as '%d.%m.%Y'"
    if form.get("decimal_mark", ".") not in (".", ","):
        yield "decimal_mark in [format] is neither '.' nor ','"
    for name in ("day_first", "percent"):
        if not isinstance(form.get(name, False), bool):
            yield f"{name} in [format] is neither true nor false"
    currency = form.get("currency", TOMAN)
    try:
        if currency != TOMAN:
            currency_code(currency)
    except InvalidValue:
        yield f"currency in [format] is neither three capital letters, such as EUR, nor {TOMAN!r}"


def _column_problems(section: dict[str, Any], kind: str) -> Iterator[str]:
    fields: dict[str, str] = {}
    for part in _PARTS[kind][:-1]:
        table, place = section.get(part, {}), f"[{kind}.{part}]"
        yield from _strangers(table, _FIELDS[kind] if part == "columns" else table, place)
        for field, headers in table.items() if isinstance(table, dict) else ():
            if part != "columns" and field in _FIELDS[kind]:
                yield f"{place} has the name {field!r}, which belongs in [{kind}.columns]"
            if part != "columns" and not field.isidentifier():
                yield f"{place} has a name that is not a plain word, such as next_step"
            yield from _word_problems(headers, f"{part}.{field}", fields, place)


def _value_problems(values: object, kind: str) -> Iterator[str]:
    yield from _strangers(values, _MEANINGS[kind], f"[{kind}.values]")
    if not isinstance(values, dict):
        return
    for field, meanings in _MEANINGS[kind].items():
        table, place = values.get(field, {}), f"[{kind}.values.{field}]"
        yield from _strangers(table, meanings, place)
        taken: dict[str, str] = {}
        for meaning, words in table.items() if isinstance(table, dict) else ():
            yield from _word_problems(words, meaning, taken, place)


def _word_problems(words: object, meaning: str, taken: dict[str, str], place: str) -> Iterator[str]:
    """Find what is no word, and what stands for two things."""
    name = meaning.rpartition(".")[2][:_LONGEST_SHOWN]
    if not isinstance(words, str) and not _are_texts(words):
        yield f"{place} {name!r} is neither a text nor a list of texts"
        return
    for word in as_list(words):
        if len(word) > LONGEST_WORD or not word.translate(_JOINERS).isprintable():
            yield f"{place} {name!r} has a text that is too long, or not on one line"
        elif taken.setdefault(key(word), meaning) != meaning:
            yield f"{place} {name!r} has {word[:_LONGEST_SHOWN]!r}, which stands for another too"


def _are_texts(words: object) -> TypeGuard[list[str]]:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)
