"""The words of a list that are not known, as the draft of a mapping has them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from ...values.source import Source
from ...values.text import shown
from ..rows.records import Record
from .mapped_columns import MappedColumns
from .mapping_choice import Kind
from .noun_mapping import NounMapping
from .unknown_words import is_word

_FEW_WORDS = 12
_LONGEST_SHOWN = 60
_VOCABULARIES = ("stage", "outcome", "reason", "source", "kind", "status", "direction")


def unknown_words(kind: Kind, columns: MappedColumns, rows: list[Record]) -> Iterator[str]:
    """
    List by vocabulary the words that are not known, to be put behind their meanings.

    A source that stands in one row alone is left out: it may name the person who referred them.
    """
    for field in _VOCABULARIES:
        if field not in columns.noun.words:
            continue
        counted = Counter(_unknown(field, columns, rows))
        fewest = 2 if field == "source" else 1
        words = [word for word, count in counted.most_common(_FEW_WORDS) if count >= fewest]
        if words:
            said = ", ".join(words)
            yield f"[{kind}.values.{field}]"
            yield f"# not known; put each between the brackets of what it means: {said}"
            yield from (f"{bare_key(meaning)} = []" for meaning in _meanings(field, columns.noun))
            yield ""


def bare_key(name: str) -> str:
    """
    Write a name as TOML has it before a sign of equality.

    >>> bare_key("stage"), bare_key("étape")
    ('stage', '"étape"')
    """
    return name if name.isascii() else json.dumps(name, ensure_ascii=False)


def _unknown(field: str, columns: MappedColumns, rows: list[Record]) -> Iterator[str]:
    for place, _ in columns.places.get(field, ()):
        for row in rows:
            word = row.cells[place].strip()
            is_short = word and len(word) <= _LONGEST_SHOWN and word not in columns.blanks
            if is_short and not _is_known(word, field, columns.noun):
                yield shown(word)


def _is_known(word: str, field: str, noun: NounMapping) -> bool:
    if field == "source":
        return noun.source_meant(word) is not None or not is_word(word, field=field)
    return noun.meaning_of(word, field=field) is not None


def _meanings(field: str, noun: NounMapping) -> tuple[str, ...]:
    return tuple(Source) if field == "source" else noun.meanings(field)
