"""Two rows about one entry that has no timeline: the later word stands, the earlier one is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...values.answer import AnswerValue
from ...values.frozen_map import FrozenMap
from ...values.source import Source


def _says_nothing(value: object) -> bool:
    return value is Source.OTHER or value in (None, "", ())


def later_words(
    known: object, told: object, fields: Iterable[str]
) -> tuple[dict[str, Any], dict[str, AnswerValue]]:
    """
    Give the values of a later row that are news, and as texts those whose place they take.

    >>> from types import SimpleNamespace
    >>> one, other = (
    ...     SimpleNamespace(owner="Ani", city=""),
    ...     SimpleNamespace(owner="Reza", city="Paris"),
    ... )
    >>> later_words(one, other, ["owner", "city"])
    ({'owner': 'Reza', 'city': 'Paris'}, {'owner': 'Ani'})
    """
    news: dict[str, Any] = {}
    replaced: dict[str, AnswerValue] = {}
    for field in fields:
        before, after = getattr(known, field), getattr(told, field)
        if _says_nothing(after) or after == before:
            continue
        news[field] = after
        if not _says_nothing(before):
            replaced[field] = str(before)
    return news, replaced


def with_texts(
    details: Mapping[str, AnswerValue], *more: Mapping[str, AnswerValue]
) -> FrozenMap[str, AnswerValue]:
    r"""
    Add texts to the details, below those of the same name.

    >>> with_texts({"owner": "Ani", "city": "Paris"}, {"owner": "Reza", "city": "Paris"})["owner"]
    'Ani\nReza'
    """
    added = dict(details)
    for texts in more:
        for name, text in texts.items():
            before = str(added.get(name, ""))
            if not set(str(text).split("\n")) <= set(before.split("\n")):
                added[name] = f"{before}\n{text}" if before else text
    return FrozenMap(added)
