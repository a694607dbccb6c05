"""One kind of rows in a mapping: which header is which field, and which word means what."""

from __future__ import annotations

import attrs

from ..values.frozen_map import FrozenMap
from ..values.text import fold

LONGEST_WORD = 200
"""In letters. What is longer is a text and not a word that a mapping could know."""


def key(text: str) -> str:
    """
    Return the match key of a header or a word: its fold without blanks and underscores.

    A sign such as ✓ has no fold, and is its own key.

    >>> key("E-Mail") == key("e_mail") == key("EMAIL")
    True
    """
    return fold(text).replace(" ", "").replace("_", "") or text.strip()


@attrs.frozen
class NounMapping:
    """
    How the rows of one kind are read: header to field, and word to meaning for each field.

    >>> section = NounMapping(
    ...     FrozenMap({"email": "email"}), FrozenMap({"stage": FrozenMap({"gagne": "won"})})
    ... )
    >>> section.field_of(" E-Mail "), section.meaning_of("Gagné", field="stage")
    ('email', 'won')
    """

    columns: FrozenMap[str, str]
    words: FrozenMap[str, FrozenMap[str, str]]

    def field_of(self, header: str) -> str | None:
        """Return the field that a column holds, or ``None`` when the mapping does not know it."""
        return self.columns.get(key(header))

    def meaning_of(self, word: str, *, field: str) -> str | None:
        """Return what a word stands for in a field, or ``None`` when nobody said."""
        return self.words[field].get(key(word)) if len(word) <= LONGEST_WORD else None

    def meanings(self, field: str) -> tuple[str, ...]:
        """List what the words of a field can stand for."""
        return tuple(dict.fromkeys(self.words[field].values()))
