"""
Pipelines as JSON: stages and moves as plain data, guards as rules or by name, and never any code.

A guard that is a rule is written out. A guard that is a function is written as its name, and the
function is given again where the pipeline is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

from ..errors import InvalidDefinition, InvalidValue, SalesFunnelError
from ..rules.document import read_document, read_head, read_keys
from ..rules.notation import rule_from_data, rule_to_data
from ..rules.rule import Rule
from ..values.numbers import exact_decimal
from .guard import Given, Guard, guards_of
from .move import Move
from .pipeline import Pipeline
from .stage import Stage

MadeT = TypeVar("MadeT")

VERSION = 1

_WHAT = "pipeline"
_HEAD = ("format", "version", "name", "stages", "moves")


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


def pipeline_from_json(
    text: str | bytes,
    *,
    guards: Given | Iterable[Given] = (),
) -> Pipeline:
    """
    Read a pipeline, also from a stranger: `InvalidDefinition` says what is wrong, and where.

    Guards are found by their names. A bare function is a guard of its own name.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> text = pipeline_to_json(OPPORTUNITY_PIPELINE)
    >>> pipeline_from_json(text) == OPPORTUNITY_PIPELINE
    True
    """
    document = read_document(text, what=_WHAT)
    read_head(document, what=_WHAT, form="pipeline", version=VERSION)
    optional = ("pipeline_version",)
    found = read_keys(document, what=_WHAT, where="$", required=_HEAD, optional=optional)
    known = _by_name(guards_of(guards), lambda guard: guard.name)
    return Pipeline(
        _text(found["name"], "$.name"),
        stages=[_stage(data, where, known) for data, where in _items(found, "$", "stages")],
        moves=[_move(data, where, known) for data, where in _items(found, "$", "moves")],
        version=_text(found.get("pipeline_version", "1"), "$.pipeline_version"),
    )


def _stage_to_data(stage: Stage) -> dict[str, Any]:
    return _without_blanks(
        name=stage.name,
        kind=str(stage.kind),
        label=stage.label,
        probability=None if stage.probability is None else str(stage.probability),
        limit=None if stage.limit is None else _seconds(stage.limit),
        requires=list(stage.requires),
        entry=[_guard_to_data(guard) for guard in stage.entry],
    )


def _move_to_data(move: Move) -> dict[str, Any]:
    return _without_blanks(
        trigger=move.trigger,
        sources=list(move.sources),
        destination=str(move.destination),
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


def _seconds(limit: timedelta) -> int | str:
    """Write a fraction of a second as text, as probabilities are, since a float is not exact."""
    whole, rest = divmod(limit, timedelta(seconds=1))
    return f"{whole}.{rest.microseconds:06}" if rest else whole


def _stage(data: object, where: str, known: Mapping[str, Guard]) -> Stage:
    optional = ("kind", "label", "probability", "limit", "requires", "entry")
    found = read_keys(data, what=_WHAT, where=where, required=["name"], optional=optional)
    kind = _text(found.get("kind", "open"), f"{where}.kind")
    return _made(
        where,
        Stage,
        _text(found["name"], f"{where}.name"),
        kind=kind,
        label=_text(found.get("label", ""), f"{where}.label"),
        probability=found.get("probability"),
        limit=_limit(found.get("limit"), f"{where}.limit"),
        requires=[_text(path, place) for path, place in _items(found, where, "requires")],
        entry=[_guard(guard, place, known) for guard, place in _items(found, where, "entry")],
    )


def _move(data: object, where: str, known: Mapping[str, Guard]) -> Move:
    required = ("trigger", "sources", "destination")
    optional = ("guards", "reopening", "needs")
    found = read_keys(data, what=_WHAT, where=where, required=required, optional=optional)
    reopening = found.get("reopening", False)
    if not isinstance(reopening, bool):
        raise _invalid(f"{where}.reopening", "must be true or false")
    return _made(
        where,
        Move,
        _text(found["trigger"], f"{where}.trigger"),
        [_text(source, place) for source, place in _items(found, where, "sources")],
        _text(found["destination"], f"{where}.destination"),
        guards=[_guard(guard, place, known) for guard, place in _items(found, where, "guards")],
        reopening=reopening,
        needs=[_text(need, place) for need, place in _items(found, where, "needs")],
    )


def _guard(data: object, where: str, known: Mapping[str, Guard]) -> Guard:
    if isinstance(data, str):
        return _named(data, where, known)
    found = read_keys(
        data,
        what=_WHAT,
        where=where,
        required=["name", "rule"],
        optional=["message", "remedy", "code"],
    )
    texts = {key: _text(found[key], f"{where}.{key}") for key in found if key != "rule"}
    try:
        rule = rule_from_data(found["rule"], where=f"{where}.rule")
    except InvalidDefinition as error:
        raise InvalidDefinition(_WHAT, error.problems) from None
    return _made(where, Guard, check=rule, **texts)


def _named(name: object, where: str, known: Mapping[str, MadeT]) -> MadeT:
    text = _text(name, where)
    if text not in known:
        raise _invalid(where, "names a guard that was not given; give it as one of guards=")
    return known[text]


def _by_name(parts: Iterable[MadeT], name_of: Callable[[MadeT], str]) -> dict[str, MadeT]:
    """Put guards under their names, which must tell them apart."""
    found: dict[str, MadeT] = {}
    for part in parts:
        if found.setdefault(name := name_of(part), part) != part:
            raise InvalidDefinition(_WHAT, (f"two guards are called {name!r}",))
    return found


def _limit(data: object, where: str) -> timedelta | None:
    if data is None:
        return None
    if isinstance(data, bool) or not isinstance(data, (int, Decimal, str)):
        raise _invalid(where, "must be a number of seconds")
    try:
        count, parts = exact_decimal(data, "limit", fraction_digits=6).as_integer_ratio()
        return timedelta(microseconds=count * 1_000_000 // parts)
    except (InvalidValue, OverflowError):
        raise _invalid(where, "must be a number of seconds, of a century at most") from None


def _text(data: object, where: str) -> str:
    if not isinstance(data, str):
        raise _invalid(where, "must be a text")
    return data


def _items(found: Mapping[str, Any], where: str, key: str) -> Iterator[tuple[Any, str]]:
    items = found.get(key, [])
    if not isinstance(items, list):
        raise _invalid(f"{where}.{key}", "must be a list")
    return ((item, f"{where}.{key}[{number}]") for number, item in enumerate(items))


def _made(where: str, make: Callable[..., MadeT], *args: Any, **kwargs: Any) -> MadeT:  # noqa: ANN401 - their own
    try:
        return make(*args, **kwargs)
    except SalesFunnelError as error:
        raise _invalid(where, str(error)) from None


def _invalid(where: str, problem: str) -> InvalidDefinition:
    return InvalidDefinition(_WHAT, (f"{where}: {problem}",))
