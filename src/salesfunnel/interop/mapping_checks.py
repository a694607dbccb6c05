"""What can be wrong with a mapping is found when it is read, each fault said in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

from ..errors import InvalidValue
from ..leads.reasons import DisqualificationReason
from ..opportunities.outcomes import LossReason
from ..pipeline.presets import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..values.currencies import currency_code
from ..values.source import Source

_CONTACT = {"email", "phone", "mobile", "fax"}
_PERSON = {"person", "given_name", "family_name", "salutation", "job_title"}
_COMPANY = {"company", "employees", "industry", "annual_revenue", "website", "city", "country"}
_LINKS = {"converted", "converted_on", "account_id", "contact_id", "opportunity_id"}
_SHARED = {"id", "stage", "source", "currency", "reason", "note"}

LEAD_FIELDS = frozenset({"captured"} | _PERSON | _COMPANY | _CONTACT | _LINKS | _SHARED)
"""What a column of a file of leads may hold, besides answers and details."""

_MONEY = {"amount", "probability"}
_DATES = {"opened", "expected_close", "closed", "close"}
_PARTIES = {"name", "account", "account_id", "lead_id", "competitor"}

OPPORTUNITY_FIELDS = frozenset(_MONEY | _DATES | _PARTIES | _SHARED)
"""What a column of a file of opportunities may hold, besides details."""

_TRUTH = frozenset({"yes", "no", "unknown"})
_TARGETS = {
    "lead": {
        "stage": frozenset(stage.name for stage in LEAD_PIPELINE.stages),
        "reason": frozenset(DisqualificationReason),
        "source": frozenset(Source),
        "answers": _TRUTH,
    },
    "opportunity": {
        "stage": frozenset(stage.name for stage in OPPORTUNITY_PIPELINE.stages),
        "reason": frozenset(LossReason),
        "source": frozenset(Source),
    },
}


def as_list(words: str | list[str]) -> list[str]:
    """Take one word for a list of one."""
    return [words] if isinstance(words, str) else words


def mapping_problems(document: dict[str, Any]) -> Iterator[str]:
    """List every fault of a mapping; none means that it can be used."""
    yield from _strangers(document, {"name", "format", "lead", "opportunity"}, "the mapping")
    if not isinstance(document.get("name", ""), str):
        yield "name is not text"
    yield from _format_problems(document.get("format", {}))
    for kind, fields in (("lead", LEAD_FIELDS), ("opportunity", OPPORTUNITY_FIELDS)):
        section = document.get(kind, {})
        parts = {"columns", "answers", "details", "values"}
        yield from _strangers(section, parts, f"[{kind}]")
        if isinstance(section, dict):
            yield from _column_problems(section, fields, kind)
            yield from _value_problems(section.get("values", {}), kind)


def _strangers(table: object, known: Collection[str], place: str) -> Iterator[str]:
    """Name each key that is not known, with the one that was probably meant."""
    if not isinstance(table, dict):
        yield f"{place} is not a table"
        return
    for name in table:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
            yield f"{place} has the unknown name {name!r}; {meant}"


def _format_problems(form: object) -> Iterator[str]:
    yield from _strangers(form, {"dates", "decimal_mark", "currency", "percent"}, "[format]")
    if not isinstance(form, dict):
        return
    if not _are_texts(form.get("dates", [])):
        yield "dates in [format] is not a list of date formats such as '%d.%m.%Y'"
    if form.get("decimal_mark", ".") not in {".", ","}:
        yield "decimal_mark in [format] is neither '.' nor ','"
    if not isinstance(form.get("percent", False), bool):
        yield "percent in [format] is neither true nor false"
    try:
        currency_code(form.get("currency", "XXX"))
    except InvalidValue as error:
        yield f"currency in [format]: {error}"


def _column_problems(section: dict[str, Any], fields: Collection[str], kind: str) -> Iterator[str]:
    headers: Counter[str] = Counter()
    for part in ("columns", "answers", "details"):
        table, place = section.get(part, {}), f"[{kind}.{part}]"
        yield from _strangers(table, fields if part == "columns" else table, place)
        for field, words in table.items() if isinstance(table, dict) else ():
            if part != "columns" and not field.isidentifier():
                yield f"{place} has the name {field!r}, which is not a plain word"
            if isinstance(words, str) or _are_texts(words):
                headers.update(set(as_list(words)))
            else:
                yield f"{place} {field} is neither a header nor a list of headers"
    for header, times in headers.items():
        if times > 1:
            yield f"the header {header!r} stands for {times} fields in [{kind}]"


def _value_problems(values: object, kind: str) -> Iterator[str]:
    place = f"[{kind}.values]"
    yield from _strangers(values, _TARGETS[kind], place)
    for field, table in values.items() if isinstance(values, dict) else ():
        known = _TARGETS[kind].get(field, frozenset())
        yield from _strangers(table, known, f"[{kind}.values.{field}]") if known else ()
        for target, words in table.items() if isinstance(table, dict) else ():
            if not isinstance(words, str) and not _are_texts(words):
                yield f"[{kind}.values.{field}] {target} is neither a word nor a list of words"


def _are_texts(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)
