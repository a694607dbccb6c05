"""What can be wrong with a mapping: all of it is found when it is read, fault by fault."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from types import MappingProxyType
from typing import Any

from ...errors import Problem, Text
from ..definition_files import names_a_definition
from ..shipped_text import shipped_text
from .file_stages import AS_FOUND, PIPELINES
from .format_checks import LONGEST_SHOWN, NOT_A_SWITCH, are_texts, format_problems, strangers
from .label_problems import LABELS, label_problems, language_problems
from .mapped_fields import FIELDS
from .noun_mapping import CONSENT
from .told_statuses import status_problems
from .value_problems import default_problems, kind_problems, value_problems
from .word_problems import fits_in_a_mapping, word_problems

_PARTS = MappingProxyType(
    {
        **dict.fromkeys(FIELDS, ("columns", "details")),
        **dict.fromkeys(("lead", "opportunity"), ("columns", "answers", "details")),
    }
)
_MORE: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {"opportunity": ("pipeline",), "lead": ("statuses",), "activity": ("kinds",)}
)
_MAY_BE_SHARED = frozenset(f"columns.{field}" for field in CONSENT)
_GIVEN = ("defaults", "fills")
_NO_PIPELINE = Text(
    "no_pipeline_of_mapping",
    "pipeline is not one of: {names}",
    "one of these, or a JSON or TOML file beside the mapping",
)
_NOT_A_NAME = Text("not_a_mapping_name", "name is not a text of one line, at most {most} letters")
_BELONGS_IN_COLUMNS = Text(
    "belongs_in_columns", "has the name {name!r}, which belongs in [{noun}.columns]"
)
_NOT_A_WORD = Text("not_a_plain_word", "has a name that is not a plain word", "such as next_step")
_NOTHING_TO_EXTEND = Text("nothing_to_extend", "extends is not one of: {known}")
_NOT_A_HEADER = Text("not_a_header", "header is not a list of short texts, each on one line")


def mapping_problems(document: dict[str, Any], *, known: Collection[str] = ()) -> Iterator[Problem]:
    """List every fault of a mapping; none means that it can be used. It may extend one known."""
    known_names = ("name", "extends", "language", "header", "format", *FIELDS)
    yield from strangers(document, known_names, "")
    if "extends" in document and document["extends"] not in known:
        yield _NOTHING_TO_EXTEND.problem(known=", ".join(known))
    header = document.get("header", [])
    if not are_texts(header) or not all(map(fits_in_a_mapping, header)):
        yield _NOT_A_HEADER.problem()
    name = document.get("name", "")
    if not isinstance(name, str) or not name.isprintable() or len(name) > LONGEST_SHOWN:
        yield _NOT_A_NAME.problem(most=LONGEST_SHOWN)
    yield from language_problems(document, FIELDS)
    yield from format_problems(document.get("format", {}))
    below = list(_below(document, known))
    for noun in FIELDS:
        table = document.get(noun, {})
        parts = (*_PARTS[noun], "values", *_GIVEN, "keep_unknown", *LABELS, *_MORE.get(noun, ()))
        yield from strangers(table, parts, f"[{noun}]")
        if isinstance(table, dict):
            yield from _noun_problems([table, *(base.get(noun, {}) for base in below)], noun)


def _noun_problems(tables: list[dict[str, Any]], noun: str) -> Iterator[Problem]:
    """List every fault in the table of one kind of list; below it are those that it extends."""
    table, names = tables[0], _own_names(*tables)
    if not isinstance(table.get("keep_unknown", False), bool):
        yield NOT_A_SWITCH.problem(where=f"[{noun}]", name="keep_unknown")
    for part in _GIVEN:
        yield from default_problems(table, noun, part, names)
    named = table.get("pipeline", AS_FOUND)
    if named not in (AS_FOUND, *PIPELINES) and not names_a_definition(named):
        known_pipelines = ", ".join((AS_FOUND, *PIPELINES))
        yield _NO_PIPELINE.problem(where=f"[{noun}]", names=known_pipelines)
    if noun == "lead":
        yield from status_problems(table.get("statuses", {}), "[lead.statuses]")
    if noun == "activity":
        yield from kind_problems(table.get("kinds", {}))
    yield from _column_problems(table, noun)
    yield from label_problems(tables, FIELDS[noun] | names, noun)
    yield from value_problems(table, noun, names)


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
        yield from strangers(columns, FIELDS[noun] if part == "columns" else columns, where)
        for field, headers in columns.items() if isinstance(columns, dict) else ():
            if part != "columns" and field in FIELDS[noun]:
                yield _BELONGS_IN_COLUMNS.problem(where=where, name=field, noun=noun)
            if part != "columns" and not field.isidentifier():
                yield _NOT_A_WORD.problem(where=where)
            taken = details if part == "details" else fields
            if field in CONSENT:
                taken = {word: of for word, of in fields.items() if of not in _MAY_BE_SHARED}
            yield from word_problems(headers, f"{part}.{field}", taken, where)
            if field in CONSENT:
                fields |= taken


def _own_names(*tables: dict[str, Any]) -> set[str]:
    """List the answers and details that a mapping names, or the one that it extends."""
    parts = (table.get(part, {}) for table in tables for part in ("answers", "details"))
    return {field for part in parts if isinstance(part, dict) for field in part}
