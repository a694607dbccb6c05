"""What decides in a pipeline: all of it but labels, messages, names of guards, and the version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ..rules.fingerprint import fingerprint_of, rule_decides
from ..rules.rule import Rule
from ..values.codecs import duration_to_data
from .guard import Guard
from .move import Move
from .policy_check import PolicyCheck
from .stage import Stage

_NO_LISTS: Mapping[str, Iterable[str]] = MappingProxyType({})


def pipeline_decides(
    stages: Iterable[Stage], moves: Iterable[Move], lists: Mapping[str, Iterable[str]] = _NO_LISTS
) -> dict[str, Any]:
    """
    Write down as plain data all that can change a verdict, and leave out what is blank.

    >>> pipeline_decides([Stage("demo", label="Demo"), Stage("won", kind="won")], [])
    {'stages': [{'name': 'demo', 'kind': 'open'}, {'name': 'won', 'kind': 'won'}], 'moves': []}
    """
    return {
        "stages": [*map(_stage, stages)],
        "moves": [*map(_move, moves)],
        **_told(**{what: sorted(codes) for what, codes in lists.items()}),
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return _told(
        name=stage.name,
        kind=str(stage.kind),
        probability=None if stage.probability is None else format(stage.probability, "f"),
        limit=None if stage.limit is None else str(duration_to_data(stage.limit)),
        requires=list(stage.requires),
        entry=[*map(_guard, stage.entry)],
        reasons=sorted(stage.reasons),
        note_for=list(stage.note_for),
        uncounted=list(stage.uncounted),
        roles=list(stage.roles),
        quiet=None if stage.quiet is None else str(duration_to_data(stage.quiet)),
    )


def _move(move: Move) -> dict[str, Any]:
    return _told(
        trigger=move.trigger,
        sources=list(move.sources),
        destination=str(move.destination),
        guards=[*map(_guard, move.guards)],
        reopening=move.reopening,
        needs=list(move.needs),
    )


def _guard(guard: Guard) -> list[Any]:
    """Write a guard as its rule; a function is told by its name, a policy by its fingerprint."""
    if isinstance(guard.check, Rule):
        return rule_decides(guard.check)
    if isinstance(guard.check, PolicyCheck):
        return ["policy", fingerprint_of(guard.check.policy) or guard.name]
    return ["function", guard.name]


def _told(**data: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Leave out what is blank, so that what stages learn to say later changes no older one."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, False)}
