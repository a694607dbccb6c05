"""A mapping that extends another: its own headers and words come first, the rest is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

_OVERRULED = ("columns", "answers", "details", "spellings")


def extended(own: Document, base: Document) -> dict[str, Any]:
    """
    Put a mapping on top of the one that it extends.

    A field that both know has the headers of both, its own first.

    >>> base = {"name": "vtiger", "lead": {"columns": {"stage": "Lead Status"}}}
    >>> extended({"lead": {"columns": {"stage": ["Phase"]}}}, base)
    {'name': 'vtiger', 'lead': {'columns': {'stage': ['Phase', 'Lead Status']}}}
    """
    found: dict[str, Any] = {**base, **own}
    for part in base.keys() & own.keys():
        if isinstance(base[part], Mapping) and isinstance(own[part], Mapping):
            found[part] = _tables(own[part], base[part])
    return found


def _tables(own: Document, base: Document) -> dict[str, Any]:
    """Put the tables of a noun, or of the format, on top of those of the base."""
    found: dict[str, Any] = {**base, **own}
    for part in base.keys() & own.keys():
        if isinstance(base[part], Mapping) and isinstance(own[part], Mapping):
            put = _joined if part in _OVERRULED else _words
            found[part] = put(own[part], base[part])
    return found


def _joined(own: Document, base: Document) -> dict[str, Any]:
    both = {field: [*_list(own[field]), *_list(base[field])] for field in own if field in base}
    return {**own, **both, **{field: found for field, found in base.items() if field not in own}}


def _words(own: Document, base: Document) -> dict[str, Any]:
    """Put words on top of words: what the own mapping says of a word counts."""
    found: dict[str, Any] = {**base, **own}
    for field in base.keys() & own.keys():
        if isinstance(own[field], Mapping) and isinstance(base[field], Mapping):
            found[field] = _joined(own[field], base[field])
    return found


def _list(words: Any) -> list[str]:  # noqa: ANN401 - as TOML has it
    return [words] if isinstance(words, str) else list(words)
