"""Yes, no and not known, as people write them into lists and call sheets: one set of words."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from ...values.answer import Answer
from ..mapping.noun_mapping import LONGEST_WORD, key
from .noted_answers import word_and_note
from .usual_words import usual_words

TRUTHS: Mapping[str, bool | None] = MappingProxyType({"yes": True, "no": False, "unknown": None})
"""By their meanings, which mappings name too."""


def truth_said(text: str) -> Answer | None:
    """
    Read a yes, a no or an unknown, with or without a note behind it; ``None`` for any other text.

    >>> truth_said("آره").value, truth_said("by June")
    (True, None)
    >>> truth_said("ouais, en juin").note
    'en juin'
    """
    if (known := _meaning(text)) is not None:
        return Answer(TRUTHS[known])
    noted = word_and_note(text)
    if noted and (known := _meaning(noted[0])) is not None:
        return Answer(TRUTHS[known], note=noted[1])
    return None


def _meaning(text: str) -> str | None:
    return _words().get(key(text)) if len(text) <= LONGEST_WORD else None


@functools.cache
def _words() -> Mapping[str, str]:
    return usual_words("lead")["answers"]
