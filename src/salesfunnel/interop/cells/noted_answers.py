"""A yes or a no with a note behind it, as people write them into lists and call sheets."""

from __future__ import annotations

import re

_LONGEST = 4_000
_WORD_AND_NOTE = re.compile(r"([^\W\d_]{1,20})\s{0,9}[,;:،؛՝—–-]\s(.+)", re.DOTALL)


def word_and_note(text: str) -> tuple[str, str] | None:
    """
    Divide a word from the note behind it; nothing where there is none.

    A sentence stays whole: what divides is a comma, a dash, or a bracket.

    >>> word_and_note("oui, 40 k€"), word_and_note("بله (تا عید)"), word_and_note("by June")
    (('oui', '40 k€'), ('بله', 'تا عید'), None)
    """
    if len(text) > _LONGEST:
        return None
    if found := _WORD_AND_NOTE.fullmatch(text):
        return (found[1], found[2].strip()) if found[2].strip() else None
    word, bracket, note = text.rstrip().partition("(")
    if bracket and word.strip() and note.endswith(")") and note[:-1].strip():
        return word.strip(), note[:-1].strip()
    return None
