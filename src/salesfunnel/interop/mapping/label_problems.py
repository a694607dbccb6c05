"""What can be wrong with the labels of a mapping, and with what it says of columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ...errors import Problem, Text
from ...values.text import shown
from .format_checks import LONGEST_SHOWN, are_texts, strangers
from .noun_mapping import key
from .word_problems import word_problems

_NOT_A_VARIANT = Text(
    "not_a_variant", "has a name that is not a short plain word", "such as fr, fa or api"
)
_NO_LANGUAGE = Text("not_a_language_of_labels", "language is not one of its labels: {known}")
_NOT_A_LIST = Text("not_a_list_in_mapping", "{name} is not a list of texts")
_NOT_DEMANDS = Text(
    "not_a_list_of_demands",
    "required is not a list of fields, or of lists of fields of which one is enough",
    'such as ["name", ["email", "phone"]]',
)
LABELS = ("labels", "lists", "required", "spellings")
"""The parts of a noun's table that this file looks after."""

_LONGEST = 12


def label_problems(
    tables: Sequence[Mapping[str, Any]], known: Collection[str], noun: str
) -> Iterator[Problem]:
    """
    Find what is wrong with the labels and with the required fields of a noun.

    Its table comes first, and behind it those of the mappings that it extends. All of them
    together have the fields, answers and details that are ``known``.
    """
    table = tables[0]
    required = table.get("required", [])
    if not are_texts(lists := table.get("lists", [])):
        yield _NOT_A_LIST.problem(where=f"[{noun}]", name="lists")
    elif lists:
        headers = {header for one in tables for header in _headers(one)}
        yield from strangers(dict.fromkeys(lists), headers, f"[{noun}] lists")
    if not isinstance(required, list) or not are_texts(demanded := [*_each(required)]):
        yield _NOT_DEMANDS.problem(where=f"[{noun}]")
    else:
        yield from strangers(dict.fromkeys(demanded), known, f"[{noun}] required")
    labels, taken = table.get("labels", {}), _headers_of(table)
    yield from strangers(labels, labels, f"[{noun}.labels]")
    named = [(f"[{noun}.spellings]", table.get("spellings", {}))]
    for variant, found in labels.items() if isinstance(labels, dict) else ():
        where = f"[{noun}.labels.{shown(variant, limit=LONGEST_SHOWN)}]"
        if not variant.isidentifier() or len(variant) > _LONGEST or variant == "toml":
            yield _NOT_A_VARIANT.problem(where=where)
        named.append((where, found))
    for where, found in named:
        yield from strangers(found, known, where)
        for field, headers in found.items() if isinstance(found, dict) else ():
            yield from word_problems(headers, field, taken, where)


def language_problems(document: Mapping[str, Any], nouns: Collection[str]) -> Iterator[Problem]:
    """Find out whether a mapping has labels in the language in which it is written."""
    language, tables = document.get("language", ""), map(document.get, nouns)
    labels = [table.get("labels", {}) for table in tables if isinstance(table, dict)]
    known = {name for found in labels if isinstance(found, dict) for name in found}
    is_text = isinstance(language, str)
    if not is_text or not (not language or language in known or "extends" in document):
        yield _NO_LANGUAGE.problem(known=", ".join(sorted(known)) or "none")


def _each(demands: list[Any]) -> Iterator[Any]:
    """Give each field that is demanded, alone or among several."""
    for fields in demands:
        yield from fields if isinstance(fields, list) else [fields]


def _parts_of(table: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = (table.get(part, {}) for part in ("columns", "answers", "details"))
    return (part for part in parts if isinstance(part, dict))


def _headers_of(table: Mapping[str, Any]) -> dict[str, str]:
    """List the headers of a table by their keys, each with the first field that has it."""
    found: dict[str, str] = {}
    for header, field in _headers(table).items():
        found.setdefault(key(header), field)
    return found


def _headers(table: Mapping[str, Any]) -> dict[str, str]:
    """List the headers of a table as they are written, each with the first field that has it."""
    found: dict[str, str] = {}
    for part in _parts_of(table):
        for field, headers in part.items():
            words = [headers] if isinstance(headers, str) else headers
            for header in words if are_texts(words) else ():
                found.setdefault(header, field)
    return found
