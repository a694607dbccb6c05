"""The tables of a mapping about one noun, made into the noun's mapping: for reading and writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...values.frozen_map import FrozenMap
from ..cells.usual_words import first_words, usual_words, words_of
from .noun_mapping import NounMapping, key
from .told_statuses import statuses_of
from .word_problems import as_list

Table = Mapping[str, Any]

_PARTS = ("columns", "answers", "details")


def noun_of(
    table: Table, kind: str, *, asked: Table, over: Table, language: str = ""
) -> NounMapping:
    """
    Make the mapping of one noun from its table, for reading and for writing.

    ``asked`` is the part of it that stands in the mapping itself, and ``over`` the same where it
    extends another: its headers are written, not those of the other. Where the mapping has a
    ``language``, the labels in it are written.

    >>> french = {"columns": {"company": "Company"}, "labels": {"fr": {"company": "Société"}}}
    >>> noun_of(french, "lead", asked=french, over={}).field_of("Société")
    'company'
    """
    columns: dict[str, str] = {}
    also: dict[str, str] = {}
    for placed, header in _headers(table):
        if columns.setdefault(key(header), placed) != placed:
            also[key(header)] = placed
    labels = {name: _labels(found, table) for name, found in table.get("labels", {}).items()}
    more = (_labels(table.get("spellings", {}), table), *labels.values())
    written = [*_headers(table), *_one_by_one(more)]
    for placed, header in written:
        columns.setdefault(key(header), placed)
    values, usual = table.get("values", {}), usual_words(kind)
    kinds = table.get("kinds", {})
    words = {
        field: FrozenMap({**known, **words_of(values.get(field, {}))})
        for field, known in usual.items()
    }
    for statuses in kinds.values():
        words["status"] = FrozenMap({**words_of(statuses), **words["status"]})
    rewritten = {
        placed_in(field, table): FrozenMap(words_of(meant))
        for field, meant in values.items()
        if field not in usual
    }
    return NounMapping(
        FrozenMap(columns),
        FrozenMap(words),
        defaults=_by_place(table, "defaults"),
        rewritten=FrozenMap(rewritten),
        also=FrozenMap(also),
        keep_unknown=table.get("keep_unknown", False),
        asked=tuple(_headers(asked)),
        headers=FrozenMap({**_by_field(table), **labels.get(language, {}), **_by_field(over)}),
        labels=FrozenMap(labels),
        told=FrozenMap(
            {placed_in(field, table): first_words(meant) for field, meant in values.items()}
        ),
        listed=FrozenMap(
            {field: FrozenMap(words_of(values[field])) for field in usual if field in values}
        ),
        lists=frozenset(table.get("lists", ())),
        required=tuple(
            tuple(placed_in(field, table) for field in as_list(fields))
            for fields in table.get("required", ())
        ),
        fills=_fills(table),
        kinds=FrozenMap({name: first_words(statuses) for name, statuses in kinds.items()}),
        statuses=statuses_of(table.get("statuses", {})),
        extends=bool(over),
        kind=kind,
        written=tuple(written),
    )


def placed_in(field: str, table: Table) -> str:
    """
    Give a field with the part in which its table has it: an answer and a detail are told apart.

    >>> placed_in("rating", {"details": {"rating": "Rating"}}), placed_in("email", {})
    ('details.rating', 'email')
    """
    part = next((p for p in ("answers", "details") if field in table.get(p, {})), "")
    return f"{part}.{field}" if part else field


def _headers(table: Table) -> Iterator[tuple[str, str]]:
    """List the columns of a table: each field with each of its headers."""
    for part in _PARTS:
        for field, headers in table.get(part, {}).items():
            placed = field if part == "columns" else f"{part}.{field}"
            yield from ((placed, header) for header in as_list(headers))


def _one_by_one(
    tables: Iterable[FrozenMap[str, tuple[str, ...]]],
) -> Iterator[tuple[str, str]]:
    for table in tables:
        for placed, headers in table.items():
            yield from ((placed, header) for header in headers)


def _by_field(table: Table) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for placed, header in _headers(table):
        found[placed] = (*found.get(placed, ()), header)
    return found


def _labels(found: Table, table: Table) -> FrozenMap[str, tuple[str, ...]]:
    """Give the labels of one language by their fields."""
    return FrozenMap(
        {
            placed_in(field, table): tuple({key(one): one for one in as_list(headers)}.values())
            for field, headers in found.items()
        }
    )


def _by_place(table: Table, part: str) -> FrozenMap[str, str]:
    return FrozenMap({placed_in(field, table): text for field, text in table.get(part, {}).items()})


def _fills(table: Table) -> FrozenMap[str, str | tuple[str, ...]]:
    """Give what fills a field, by its place: a text, or the places of what lends its own."""
    return FrozenMap(
        {
            placed_in(field, table): given
            if isinstance(given, str)
            else tuple(placed_in(one, table) for one in given)
            for field, given in table.get("fills", {}).items()
        }
    )
