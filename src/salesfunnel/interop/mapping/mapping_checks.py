"""What can be wrong with a mapping: all of it is found when it is read, fault by fault."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from typing import Any

from ...errors import Problem, Text, did_you_mean
from ...pipeline.codes import is_name
from ...pipeline.presets.code_lists import DISQUALIFICATION_REASONS, LOSS_REASONS, UNKNOWN
from ...pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ...pipeline.stage import StageKind
from ...values.source import Source
from ...values.text import shown
from ..shipped_text import shipped_text
from .file_stages import AS_FOUND, PIPELINES
from .format_checks import LONGEST_SHOWN, NOT_A_SWITCH, are_texts, format_problems, strangers
from .label_problems import LABELS, label_problems, language_problems
from .mapped_fields import OTHER_FIELDS, OTHER_MEANINGS
from .told_statuses import status_problems
from .word_problems import NOT_A_LINE, fits_in_a_mapping, word_problems

_CONTACT = {"email", "phone", "mobile", "fax"}
_PERSON = {"person", "given_name", "family_name", "salutation", "job_title"}
_COMPANY = {"company", "employees", "industry", "annual_revenue", "website"}
_PLACE = {"street", "postal_code", "city", "state", "country"}
_WHEN = {"captured", "captured_time"}
_CONSENT = {"do_not_call", "do_not_mail"}
_LINKS = {"converted", "converted_on", "account_id", "contact_id", "opportunity_id"}
_SHARED = {"id", "stage", "source", "currency", "reason", "owner", "note"}

LEAD_FIELDS = frozenset(
    _WHEN | _PERSON | _COMPANY | _PLACE | _CONTACT | _CONSENT | _LINKS | _SHARED
)
"""What a column of a file of leads may hold, besides answers and details."""

_MONEY = {"amount", "expected_revenue", "actual_revenue", "probability"}
_DATES = {"opened", "opened_time", "expected_close", "closed", "close"}
_PARTIES = {"name", "account", "account_id", "lead_id", "competitor", "outcome"}

OPPORTUNITY_FIELDS = frozenset(_MONEY | _DATES | _PARTIES | _SHARED)
"""What a column of a file of opportunities may hold, besides details."""

_FIELDS = {"lead": LEAD_FIELDS, "opportunity": OPPORTUNITY_FIELDS, **OTHER_FIELDS}
_PARTS = {
    **dict.fromkeys(("lead", "opportunity"), ("columns", "answers", "details")),
    **dict.fromkeys(OTHER_FIELDS, ("columns", "details")),
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
        "answers": frozenset({"yes", "no", "unknown"}),
    },
    **OTHER_MEANINGS,
}


_GIVEN = ("defaults", "fills")
_NO_PIPELINE = Text("no_pipeline_of_mapping", "pipeline is not one of: {names}")
_NOT_A_NAME = Text("not_a_mapping_name", "name is not a text of one line, at most {most} letters")
_BELONGS_IN_COLUMNS = Text(
    "belongs_in_columns", "has the name {name!r}, which belongs in [{noun}.columns]"
)
_NOT_A_WORD = Text("not_a_plain_word", "has a name that is not a plain word", "such as next_step")
_NOTHING_TO_EXTEND = Text("nothing_to_extend", "extends is not one of: {known}")
_NOT_A_HEADER = Text("not_a_header", "header is not a list of short texts, each on one line")


def mapping_problems(document: dict[str, Any], *, known: Collection[str] = ()) -> Iterator[Problem]:
    """List every fault of a mapping; none means that it can be used. It may extend one known."""
    known_names = ("name", "extends", "language", "header", "format", *_FIELDS)
    yield from strangers(document, known_names, "")
    if "extends" in document and document["extends"] not in known:
        yield _NOTHING_TO_EXTEND.problem(known=", ".join(known))
    header = document.get("header", [])
    if not are_texts(header) or not all(map(fits_in_a_mapping, header)):
        yield _NOT_A_HEADER.problem()
    name = document.get("name", "")
    if not isinstance(name, str) or not name.isprintable() or len(name) > LONGEST_SHOWN:
        yield _NOT_A_NAME.problem(most=LONGEST_SHOWN)
    yield from language_problems(document, _FIELDS)
    yield from format_problems(document.get("format", {}))
    below = list(_below(document, known))
    for noun, fields in _FIELDS.items():
        table = document.get(noun, {})
        more = {"opportunity": ("pipeline",), "lead": ("statuses",)}.get(noun, ())
        parts = (*_PARTS[noun], "values", *_GIVEN, "rest", *LABELS, *more)
        yield from strangers(table, parts, f"[{noun}]")
        if isinstance(table, dict):
            if not isinstance(table.get("rest", False), bool):
                yield NOT_A_SWITCH.problem(where=f"[{noun}]", name="rest")
            tables = (table, *(base.get(noun, {}) for base in below))
            names = _own_names(*tables)
            for part in _GIVEN:
                yield from _default_problems(table, noun, part, names)
            if table.get("pipeline", AS_FOUND) not in (AS_FOUND, *PIPELINES):
                known_pipelines = ", ".join((AS_FOUND, *PIPELINES))
                yield _NO_PIPELINE.problem(where=f"[{noun}]", names=known_pipelines)
            if noun == "lead":
                yield from status_problems(table.get("statuses", {}), "[lead.statuses]")
            yield from _column_problems(table, noun)
            yield from label_problems(tables, fields | names, noun)
            yield from _value_problems(table, noun, names)


def _below(document: dict[str, Any], known: Collection[str]) -> Iterator[dict[str, Any]]:
    """Give the mappings that one extends, each with what it extends in its turn."""
    while (name := document.get("extends")) in known:
        document = tomllib.loads(shipped_text(str(name)))
        yield document


def _column_problems(table: dict[str, Any], noun: str) -> Iterator[Problem]:
    fields: dict[str, str] = {}
    details: dict[str, str] = {}  # what a column tells may be kept as it is written, too
    for part in _PARTS[noun]:
        columns, where = table.get(part, {}), f"[{noun}.{part}]"
        yield from strangers(columns, _FIELDS[noun] if part == "columns" else columns, where)
        for field, headers in columns.items() if isinstance(columns, dict) else ():
            if part != "columns" and field in _FIELDS[noun]:
                yield _BELONGS_IN_COLUMNS.problem(where=where, name=field, noun=noun)
            if part != "columns" and not field.isidentifier():
                yield _NOT_A_WORD.problem(where=where)
            taken = details if part == "details" else fields
            yield from word_problems(headers, f"{part}.{field}", taken, where)


def _own_names(*tables: dict[str, Any]) -> set[str]:
    """List the answers and details that a mapping names, or the one that it extends."""
    parts = (table.get(part, {}) for table in tables for part in ("answers", "details"))
    return {field for part in parts if isinstance(part, dict) for field in part}


def _default_problems(
    table: dict[str, Any], noun: str, part: str, names: set[str]
) -> Iterator[Problem]:
    defaults, where = table.get(part, {}), f"[{noun}.{part}]"
    yield from strangers(defaults, _FIELDS[noun] | names, where)
    for field, text in defaults.items() if isinstance(defaults, dict) else ():
        if part == "fills" and are_texts(text):
            yield from strangers(dict.fromkeys(text), _FIELDS[noun] | names, where)
            continue
        if not isinstance(text, str) or not fits_in_a_mapping(text):
            yield NOT_A_LINE.problem(where=where, name=shown(field, limit=LONGEST_SHOWN))


def _value_problems(table: dict[str, Any], noun: str, names: set[str]) -> Iterator[Problem]:
    values = table.get("values", {})
    fields = _MEANINGS[noun].keys() | _FIELDS[noun] | names
    yield from strangers(values, fields, f"[{noun}.values]")
    for field, meant in values.items() if isinstance(values, dict) else ():
        where = f"[{noun}.values.{shown(field, limit=LONGEST_SHOWN)}]"
        # The words of a field without a vocabulary are read as any text of one line.
        known: Collection[str] = _MEANINGS[noun].get(field, ())
        if field == "reason":
            known = {*known, *_own_codes(meant, known)}
        yield from strangers(meant, known if field in _MEANINGS[noun] else _names(meant), where)
        taken: dict[str, str] = {}
        for meaning, words in meant.items() if isinstance(meant, dict) else ():
            yield from word_problems(words, meaning, taken, where)
            if not fits_in_a_mapping(meaning):
                yield NOT_A_LINE.problem(where=where, name=shown(meaning, limit=LONGEST_SHOWN))


def _names(found: object) -> Collection[str]:
    return found if isinstance(found, dict) else ()


def _own_codes(table: object, ours: Collection[str]) -> Iterator[str]:
    """List the codes of a pipeline of one's own; one that is nearly one of ours is a slip."""
    for code in table if isinstance(table, dict) else ():
        if is_name(code) and not did_you_mean(code, ours):
            yield code
