"""
Pipelines as JSON: stages and moves as plain data, guards as rules or by name, and never any code.

A guard that is a rule is written out. A guard that is a function is written as its name, and the
function is given again where the pipeline is read. All else stands as the fields of classes say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ..errors import InvalidDefinition, Text, WrongKind
from ..rules.notation import RULE
from ..rules.rule import Rule
from ..values.codecs import Codec, unreadable
from ..values.document import read_at, read_document, read_head, write_as
from ..values.text import shown
from ..values.type_codecs import PLAIN_ROWS, object_of
from .guard import Guard
from .move import Move
from .pipeline import Pipeline
from .short_guards import Given, guards_of
from .stage import Stage

VERSION = 1

_WHAT = "pipeline"
_SHOWN = 60  # characters of an unknown name in a message
_NOT_GIVEN = Text(
    "guard_not_given", "names guard {guard}, which was not given", "guards=… with a function for it"
)
_TWO_GUARDS = Text("two_guards", "two guards are called {guard}", "a name of its own for each")

_RULE_GUARD = object_of(
    Guard, PLAIN_ROWS, own={"check": RULE}, keys={"check": "rule"}, lenient=True
)


def _write_guard(guard: Guard) -> Any:  # noqa: ANN401 - any JSON
    return _RULE_GUARD.write(guard) if isinstance(guard.check, Rule) else guard.name


def _read_guard(data: object, given: Mapping[str, Any]) -> Guard:
    if type(data) is not str:
        found: Guard = _RULE_GUARD.read(data, given)
        return found
    if data not in given["guards"]:
        raise unreadable(_NOT_GIVEN.problem(guard=shown(data, limit=_SHOWN)))
    named: Guard = given["guards"][data]
    return named


_GUARD = Codec(_write_guard, _read_guard, {"anyOf": [{"type": "string"}, _RULE_GUARD.schema]})
_PARTS = MappingProxyType({**PLAIN_ROWS, Guard: _GUARD})
_ROWS = MappingProxyType(
    {
        **_PARTS,
        Stage: object_of(Stage, _PARTS, lenient=True),
        Move: object_of(Move, _PARTS, lenient=True),
    }
)

DEFINITION = object_of(
    Pipeline,
    _ROWS,
    tag={"format": "salesfunnel.pipeline", "version": VERSION},
    keys={"version": "pipeline_version"},
    lenient=True,
)
"""The row of a pipeline with all that it is defined by."""


def pipeline_to_data(pipeline: Pipeline) -> dict[str, Any]:
    """
    Write a pipeline as the objects and lists of JSON.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> pipeline_to_data(OPPORTUNITY_PIPELINE)["stages"][0]["name"]
    'meeting'
    """
    given: object = pipeline
    if not isinstance(given, Pipeline):
        raise WrongKind.of("pipeline", pipeline, wanted="a Pipeline, such as OPPORTUNITY_PIPELINE")
    written: dict[str, Any] = write_as(DEFINITION, pipeline, what=_WHAT)
    return written


def pipeline_from_data(
    data: object, *, guards: Given | Iterable[Given] = (), where: str = "$"
) -> Pipeline:
    """
    Read a pipeline out of the objects and lists of JSON, of which ``where`` names the place.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> pipeline_from_data(pipeline_to_data(LEAD_PIPELINE)) == LEAD_PIPELINE
    True
    """
    read_head(data, what=_WHAT, form="pipeline", version=VERSION, where=where)
    told = {"guards": guards_by_name(guards)}
    found: Pipeline = read_at(where, DEFINITION, data, what=_WHAT, given=told)
    return found


def pipeline_to_json(pipeline: Pipeline) -> str:
    """
    Write a pipeline as JSON.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> pipeline_to_json(OPPORTUNITY_PIPELINE)[:70]
    '{"format": "salesfunnel.pipeline", "version": 1, "name": "opportunity"'
    """
    return json.dumps(pipeline_to_data(pipeline), ensure_ascii=False)


def pipeline_from_json(text: str | bytes, *, guards: Given | Iterable[Given] = ()) -> Pipeline:
    """
    Read a pipeline, also from a stranger: `InvalidDefinition` says what is wrong, and where.

    Args:
        text: what `pipeline_to_json` has written.
        guards: the functions that guards stand for, found by their names.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> text = pipeline_to_json(OPPORTUNITY_PIPELINE)
    >>> pipeline_from_json(text) == OPPORTUNITY_PIPELINE
    True
    """
    return pipeline_from_data(read_document(text, what=_WHAT), guards=guards)


def guards_by_name(guards: Given | Iterable[Given]) -> dict[str, Guard]:
    """
    Put guards under their names, which must tell them apart.

    >>> guards_by_name(())
    {}
    """
    found: dict[str, Guard] = {}
    for guard in guards_of(guards):
        if found.setdefault(guard.name, guard) != guard:
            raise InvalidDefinition(_WHAT, (_TWO_GUARDS.problem(guard=guard.name),))
    return found
