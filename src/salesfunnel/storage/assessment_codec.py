"""How an assessment stands in documents: what a policy said, with the evidence that it saw."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..errors import Problem, Text
from ..qualification.assessment import Assessment
from ..values.answer import Answer
from ..values.bucket import Bucket
from ..values.codecs import FACT, TEXT, Codec, unreadable
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.container_codecs import list_of, map_of
from ..values.person import Person
from ..values.type_codecs import PLAIN_ROWS, Rows, object_of
from .problem_codec import PROBLEM

_LONGEST_FLOAT = 32
_NO_DATA = Text(
    "evidence_not_stored", "is a {kind}, which no document can hold", "assess a noun, or plain data"
)
_NO_FLOAT = Text("float_in_document", "must be a finite number in a text", 'such as "0.5"')

ROWS: Rows = MappingProxyType({**PLAIN_ROWS, Problem: PROBLEM})


def _read_float(data: object, _given: object) -> float:
    try:
        found = float(data) if type(data) is str and len(data) <= _LONGEST_FLOAT else math.nan
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise unreadable(_NO_FLOAT.problem())
    return found


def _write_evidence(fact: object) -> Any:  # noqa: ANN401 - any JSON
    for tag, (kind, codec) in _TAGGED.items():
        if isinstance(fact, kind):
            return {tag: codec.write(fact)}
    try:
        return FACT.write(fact)
    except ValueError:
        raise unreadable(_NO_DATA.problem(kind=type(fact).__name__)) from None


def _read_evidence(data: object, given: object) -> object:
    if type(data) is dict and len(data) == 1:
        ((tag, inner),) = data.items()
        if tag in _TAGGED:
            return _TAGGED[tag][1].read(inner, given)
    return FACT.read(data, given)


# Not described further: evidence may be any of the values that rules can read.
EVIDENCE = Codec(_write_evidence, _read_evidence, {})

# What is no plain fact, under the word that says so.
_TAGGED: Mapping[str, tuple[Any, Codec]] = MappingProxyType(
    {
        "answer": (Answer, object_of(Answer, PLAIN_ROWS)),
        "bucket": (Bucket, object_of(Bucket, PLAIN_ROWS)),
        "company": (Company, object_of(Company, PLAIN_ROWS)),
        "contact_point": (ContactPoint, object_of(ContactPoint, PLAIN_ROWS)),
        "person": (Person, object_of(Person, PLAIN_ROWS)),
        "float": (float, Codec(float.__repr__, _read_float)),
        "list": ((list, tuple), list_of(EVIDENCE)),
    }
)

ASSESSMENT = object_of(
    Assessment,
    ROWS,
    own={"evidence": map_of(EVIDENCE), "answered": list_of(TEXT)},
    tag={"format": "salesfunnel.assessment", "version": 1},
    keys={"version": "policy_version"},
)
"""The row of an assessment."""
