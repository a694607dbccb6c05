"""
Pipelines as JSON: stages and moves as plain data, guards as rules or by name, and never any code.

A guard that is a rule is written out. A guard that is a function is written as its name, and the
function is given again where the pipeline is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import InvalidDefinition, Text
from ..rules.notation import rule_from_data, rule_to_data
from ..rules.rule import Rule
from ..values.codecs import duration_to_data
from ..values.document import (
    made_at,
    read_document,
    read_duration,
    read_each,
    read_flag,
    read_head,
    read_keys,
    read_list,
    read_text,
)
from .guard import Given, Guard, guards_of
from .move import Move
from .pipeline import Pipeline
from .stage import Stage

VERSION = 1

_WHAT = "pipeline"
_HEAD = ("format", "version", "name", "stages", "moves")
_STAGE = ("kind", "label", "probability", "limit", "requires", "entry")
_MOVE = ("guards", "reopening", "needs")

_NOT_GIVEN = Text(
    "guard_not_given", "names guard {guard}, which was not given", "guards=… with a function for it"
)
_TWO_GUARDS = Text("two_guards", "two guards are called {guard}", "a name of its own for each")


def pipeline_to_json(pipeline: Pipeline) -> str:
    """
    Write a pipeline as JSON.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> pipeline_to_json(OPPORTUNITY_PIPELINE)[:70]
    '{"format": "salesfunnel.pipeline", "version": 1, "name": "opportunity"'
    """
    document = {
        "format": "salesfunnel.pipeline",
        "version": VERSION,
        "name": pipeline.name,
        "pipeline_version": pipeline.version,
        "stages": [_stage_to_data(stage) for stage in pipeline.stages],
        "moves": [_move_to_data(move) for move in pipeline.moves],
    }
    return json.dumps(document, ensure_ascii=False)


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
    document = read_document(text, what=_WHAT)
    read_head(document, what=_WHAT, form="pipeline", version=VERSION)
    optional = ("pipeline_version",)
    found = read_keys(document, what=_WHAT, where="$", required=_HEAD, optional=optional)
    known = _by_name(guards_of(guards))
    stages = read_list(found["stages"], what=_WHAT, where="$.stages")
    moves = read_list(found["moves"], what=_WHAT, where="$.moves")
    return Pipeline(
        _text(found["name"], "$.name"),
        stages=read_each(stages, lambda data, where: _stage(data, where, known), what=_WHAT),
        moves=read_each(moves, lambda data, where: _move(data, where, known), what=_WHAT),
        version=_text(found.get("pipeline_version", "1"), "$.pipeline_version"),
    )


def _stage_to_data(stage: Stage) -> dict[str, Any]:
    return _without_blanks(
        name=stage.name,
        kind=str(stage.kind),
        label=stage.label,
        probability=None if stage.probability is None else str(stage.probability),
        limit=None if stage.limit is None else duration_to_data(stage.limit),
        requires=list(stage.requires),
        entry=[_guard_to_data(guard) for guard in stage.entry],
    )


def _move_to_data(move: Move) -> dict[str, Any]:
    return _without_blanks(
        trigger=move.trigger,
        sources=list(move.sources),
        destination=move.destination,
        guards=[_guard_to_data(guard) for guard in move.guards],
        reopening=move.reopening,
        needs=list(move.needs),
    )


def _guard_to_data(guard: Guard) -> str | dict[str, Any]:
    if not isinstance(guard.check, Rule):
        return guard.name
    texts = _without_blanks(name=guard.name, message=guard.message, remedy=guard.remedy)
    return {**texts, "code": guard.code, "rule": rule_to_data(guard.check)}


def _without_blanks(**data: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {key: value for key, value in data.items() if value not in (None, "", [], False)}


def _stage(data: object, where: str, known: Mapping[str, Guard]) -> Stage:
    found = read_keys(data, what=_WHAT, where=where, required=["name"], optional=_STAGE)
    limit = found.get("limit")
    return made_at(
        where,
        _WHAT,
        Stage,
        _text(found["name"], f"{where}.name"),
        kind=_text(found.get("kind", "open"), f"{where}.kind"),
        label=_text(found.get("label", ""), f"{where}.label"),
        probability=found.get("probability"),
        limit=None if limit is None else read_duration(limit, what=_WHAT, where=f"{where}.limit"),
        requires=_texts(found, where, "requires"),
        entry=_guards(found, where, "entry", known),
    )


def _move(data: object, where: str, known: Mapping[str, Guard]) -> Move:
    required = ("trigger", "sources", "destination")
    found = read_keys(data, what=_WHAT, where=where, required=required, optional=_MOVE)
    return made_at(
        where,
        _WHAT,
        Move,
        _text(found["trigger"], f"{where}.trigger"),
        _texts(found, where, "sources"),
        _text(found["destination"], f"{where}.destination"),
        guards=_guards(found, where, "guards", known),
        reopening=read_flag(found.get("reopening", False), what=_WHAT, where=f"{where}.reopening"),
        needs=_texts(found, where, "needs"),
    )


def _guards(
    found: Mapping[str, Any], where: str, key: str, known: Mapping[str, Guard]
) -> tuple[Guard, ...]:
    items = read_list(found.get(key, []), what=_WHAT, where=f"{where}.{key}")
    return read_each(items, lambda data, place: _guard(data, place, known), what=_WHAT)


def _guard(data: object, where: str, known: Mapping[str, Guard]) -> Guard:
    if isinstance(data, str):
        if data not in known:
            raise InvalidDefinition(_WHAT, (_NOT_GIVEN.problem(where=where, guard=data),))
        return known[data]
    optional = ("message", "remedy", "code")
    found = read_keys(data, what=_WHAT, where=where, required=("name", "rule"), optional=optional)
    texts = {key: _text(found[key], f"{where}.{key}") for key in found if key != "rule"}
    rule = made_at(where, _WHAT, lambda: rule_from_data(found["rule"], where=f"{where}.rule"))
    return made_at(where, _WHAT, Guard, check=rule, **texts)


def _by_name(guards: Iterable[Guard]) -> dict[str, Guard]:
    """Put guards under their names, which must tell them apart."""
    found: dict[str, Guard] = {}
    for guard in guards:
        if found.setdefault(guard.name, guard) != guard:
            raise InvalidDefinition(_WHAT, (_TWO_GUARDS.problem(guard=guard.name),))
    return found


def _texts(found: Mapping[str, Any], where: str, key: str) -> tuple[str, ...]:
    items = read_list(found.get(key, []), what=_WHAT, where=f"{where}.{key}")
    return read_each(items, _text, what=_WHAT)


def _text(data: object, where: str) -> str:
    return read_text(data, what=_WHAT, where=where)
