"""
Scorecards as JSON: a definition that can be kept, reviewed, and taken in from a stranger.

Only rules are data. A criterion with a Python function, or with an object of your own, is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from ..errors import InvalidDefinition
from ..rules.document import MOST_PROBLEMS, read_document, read_head, read_keys
from ..rules.notation import rule_from_data, rule_to_data
from ..rules.rule import Rule
from .criterion import LONGEST_STRETCH, Criterion
from .scorecard import MOST_CRITERIA, Scorecard

VERSION = 1

_SECOND = timedelta(seconds=1)
_OPTIONAL: Mapping[str, type[int | bool | str]] = MappingProxyType(
    {
        "weight": int,
        "question": str,
        "cost": int,
        "required": bool,
        "deferrable": bool,
        "group": str,
    }
)
_KINDS = MappingProxyType({int: "a whole number", str: "a text", bool: "true or false"})


def policy_to_json(policy: Scorecard, *, indent: int | None = None) -> str:
    """
    Write a scorecard as JSON. Raises `InvalidDefinition` for one with a function in it.

    >>> from salesfunnel.qualification import BANT
    >>> policy_from_json(policy_to_json(BANT)) == BANT
    True
    """
    document = {
        "format": "salesfunnel.policy",
        "version": VERSION,
        "name": policy.name,
        "policy_version": policy.version,
        "threshold": policy.threshold,
        "grades": [list(grade) for grade in policy.grades],
        "recycle_after_seconds": _seconds(policy.recycle_after),
        "criteria": [_criterion_to_data(criterion) for criterion in policy.criteria],
    }
    return json.dumps(document, ensure_ascii=False, indent=indent)


def policy_from_json(text: str | bytes) -> Scorecard:
    """
    Read a scorecard, also from a stranger: `InvalidDefinition` names each problem and its place.

    >>> policy_from_json('{"format": "salesfunnel.policy", "version": 1, "threshold": NaN}')
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.threshold: NaN and Infinity are no numbers
    """
    document = read_document(text, what="policy")
    read_head(document, what="policy", form="policy", version=VERSION)
    found = read_keys(
        document,
        what="policy",
        where="$",
        required=("format", "version", "name", "threshold", "criteria"),
        optional=("policy_version", "grades", "recycle_after_seconds"),
    )
    _check("$.policy_version", isinstance(found.get("policy_version", "1"), str), "must be a text")
    criteria = _criteria(found["criteria"])
    optional = {}
    if "recycle_after_seconds" in found:
        wait = _duration(found["recycle_after_seconds"], "$.recycle_after_seconds")
        optional["recycle_after"] = wait
    try:
        return Scorecard(
            found["name"],
            criteria=criteria,
            threshold=found["threshold"],
            version=found.get("policy_version", "1"),
            grades=_grades(found.get("grades", [])),
            **optional,
        )
    except InvalidDefinition as error:
        problems = tuple(p if p.startswith("$") else f"$: {p}" for p in error.problems)
        raise InvalidDefinition("policy", problems) from None


def fingerprint(policy: Scorecard) -> str:
    """
    Name a definition by its content: equal for equal scorecards, another after every change.

    >>> from salesfunnel.qualification import BANT
    >>> fingerprint(BANT) == fingerprint(BANT.with_threshold(80)) != fingerprint(
    ...     BANT.with_threshold(79)
    ... )
    True
    """
    return hashlib.sha256(policy_to_json(policy).encode()).hexdigest()[:16]


def _criterion_to_data(criterion: Criterion) -> dict[str, Any]:
    if not isinstance(criterion.rule, Rule):
        problem = f"{criterion.name} asks a function or an object, which is no data"
        raise InvalidDefinition("policy", (problem,))
    data: dict[str, Any] = {
        "name": criterion.name,
        "rule": rule_to_data(criterion.rule),
        "weight": criterion.weight,
        "question": criterion.question,
        "cost": criterion.cost,
        "required": criterion.required,
        "deferrable": criterion.deferrable,
        "group": criterion.group,
    }
    if criterion.half_life is not None:
        data["half_life_seconds"] = _seconds(criterion.half_life)
    return data


def _criteria(data: object) -> list[Criterion]:
    """Read each criterion, and report the problems of all of them together."""
    _check("$.criteria", isinstance(data, list), "must be a list")
    if isinstance(data, list) and len(data) > MOST_CRITERIA:
        raise InvalidDefinition("policy", (f"$.criteria: at most {MOST_CRITERIA} criteria",))
    found: list[Criterion] = []
    problems: list[str] = []
    for number, item in enumerate(data if isinstance(data, list) else ()):
        try:
            found.append(_criterion(item, f"$.criteria[{number}]"))
        except InvalidDefinition as error:
            problems += error.problems
            if len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise InvalidDefinition("policy", tuple(problems[:MOST_PROBLEMS]))
    return found


def _criterion(data: object, where: str) -> Criterion:
    optional = (*_OPTIONAL, "half_life_seconds")
    found = read_keys(
        data, what="policy", where=where, required=("name", "rule"), optional=optional
    )
    for name, kind in _OPTIONAL.items():
        _check(f"{where}.{name}", type(found.get(name, kind())) is kind, f"must be {_KINDS[kind]}")
    rule = rule_from_data(found["rule"], where=f"{where}.rule")
    details = {name: found[name] for name in _OPTIONAL if name in found}
    if "half_life_seconds" in found:
        where_age = f"{where}.half_life_seconds"
        details["half_life"] = _duration(found["half_life_seconds"], where_age)
    try:
        return Criterion(found["name"], rule, **details)
    except InvalidDefinition as error:
        problems = tuple(f"{where}: {problem}" for problem in error.problems)
        raise InvalidDefinition("policy", problems) from None


def _grades(data: object) -> list[tuple[str, int]]:
    fits = isinstance(data, list) and all(
        isinstance(g, list) and [type(part) for part in g] == [str, int] for g in data
    )
    _check("$.grades", fits, 'must be a list of pairs such as ["A", 80]')
    return [(name, threshold) for name, threshold in data] if isinstance(data, list) else []


def _duration(data: object, where: str) -> timedelta:
    _check(where, type(data) is int and 0 < data <= LONGEST_STRETCH, "must be a number of seconds")
    return timedelta(seconds=data) if isinstance(data, int) else timedelta(0)


def _seconds(duration: timedelta) -> int:
    return duration // _SECOND


def _check(where: str, met: bool, problem: str) -> None:  # noqa: FBT001 - a condition
    if not met:
        raise InvalidDefinition("policy", (f"{where}: {problem}",))
