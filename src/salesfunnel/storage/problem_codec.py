"""How the problem of a finding stands in documents: its code, what it says, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import Problem, Text
from ..qualification.scoring import FAULTS
from ..values.answer import AnswerValue
from ..values.codecs import Codec, fact_to_data
from ..values.frozen_map import FrozenMap
from ..values.type_codecs import PLAIN_ROWS, object_of

_OWN_WORDS = Text("own_words", "says something of its own")
_TEXTS: Mapping[str, Text] = MappingProxyType({text.code: text for text in FAULTS})


@attrs.frozen(kw_only=True)
class _Said:
    """What a problem says, without the template behind it."""

    code: str
    message: str
    remedy: str = ""
    where: str = ""
    is_error: bool
    params: FrozenMap[str, AnswerValue] = FrozenMap[str, AnswerValue]()


_SAID = object_of(_Said, PLAIN_ROWS)


def _write(problem: Problem) -> dict[str, Any]:
    said = _Said(
        code=problem.code,
        message=problem.message,
        remedy=problem.remedy,
        where=problem.where,
        is_error=problem.is_error,
        params=FrozenMap({name: _plain(value) for name, value in problem.params.items()}),
    )
    written: dict[str, Any] = _SAID.write(said)
    return written


def _plain(value: object) -> Any:  # noqa: ANN401 - what a document can hold
    try:
        fact_to_data(value)
    except ValueError:
        return str(value)
    return value


def _read(data: object, given: object) -> Problem:
    said: _Said = _SAID.read(data, given)
    return Problem(
        _text_of(said), tuple(said.params.items()), where=said.where, is_error=said.is_error
    )


def _text_of(said: _Said) -> Text:
    """Find the sentence by its code; one of a host's own says what it said, word for word."""
    known = _TEXTS.get(said.code)
    if known is not None and _says(known, said):
        return known
    return attrs.evolve(
        _OWN_WORDS,
        code=said.code,
        template=_literal(said.message),
        remedy=_literal(said.remedy),
    )


def _says(text: Text, said: _Said) -> bool:
    """Tell whether a sentence, with the parameters filled in, is what was said."""
    try:
        told = [sentence.format(**said.params) for sentence in (text.template, text.remedy)]
    except KeyError:  # a parameter is missing
        return False
    return told == [said.message, said.remedy]


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


PROBLEM = Codec(_write, _read, _SAID.schema)
"""The row of what a finding says about a fact or a scorer that gave no usable answer."""
