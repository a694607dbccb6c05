"""The questions of the library, what they ask for, and kinds of activities, in each language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..shipped_text import shipped_text


def question_in(language: str, question: str) -> str:
    """
    Give a question in a language; one in words of one's own stays as it is.

    >>> question_in("fr", "May we meet?"), question_in("fr", "May we dance?")
    ('Pouvons-nous nous rencontrer ?', 'May we dance?')
    """
    return str(_translations()["questions"].get(question, {}).get(language, question))


def label_in(language: str, name: str, criterion: str) -> str:
    """
    Name what an answer is about; where the language has no word for it, as the criterion is called.

    >>> label_in("fr", "need", "challenges"), label_in("en", "decision_process", "decision_process")
    ('besoin', 'decision process')
    """
    found = _translations()["labels"].get(name, {}).get(language, criterion.replace("_", " "))
    return str(found)


def kind_in(language: str, kind: str) -> str:
    """
    Name the kind of an activity in a language; a kind of one's own stays as it is.

    >>> kind_in("fr", "visit"), kind_in("fr", "workshop")
    ('visite', 'workshop')
    """
    return str(_translations()["kinds"].get(kind, {}).get(language, kind))


@functools.cache
def _translations() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads(shipped_text("questions")))
