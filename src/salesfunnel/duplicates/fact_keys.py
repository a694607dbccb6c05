"""Match keys that are read from facts by path."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ..rules.facts import path_names, read_fact
from ..values.match_keys import KeyReader, MatchKey, Strength
from ..values.text import fold

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def fact_key(*paths: str, strength: Strength | str, name: str = "") -> KeyReader:
    """
    Read one match key from facts by path; where one of them is not known, it says nothing.

    >>> read = fact_key("tax_number", strength="identity")
    >>> [(key.name, value) for key, value in read({"tax_number": "FR-12"})]
    [('tax_number', 'fr 12')]
    """
    key = MatchKey(name or " and ".join(paths), strength)
    told = [path_names(path) for path in paths]

    def read(noun: Any) -> Iterator[tuple[MatchKey, str]]:  # noqa: ANN401 - any noun
        at = noun.timeline[-1].at if hasattr(noun, "timeline") else _NEVER
        facts = [read_fact(noun, names, at=at) for names in told]
        if all(fact is not None for fact in facts):
            yield key, "|".join(fold(str(fact)) for fact in facts)

    return read
