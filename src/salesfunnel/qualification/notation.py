"""
Scorecards as JSON: a definition that can be kept, reviewed, and taken in from a stranger.

Only rules are data. A criterion with a Python function, or with an object of your own, is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ..errors import InvalidDefinition, Text, WrongKind
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
    read_whole_number,
)
from .criterion import Criterion
from .scorecard import MOST_CRITERIA, Scorecard

VERSION = 1

_WHAT = "policy"
_NOT_DATA = Text(
    "criterion_not_data",
    "criterion {criterion} asks a function or an object, which JSON cannot hold",
    "use a rule, or keep this policy in Python",
)
_MANY = Text("too_many_criteria_read", "a policy has at most {most} criteria")
_GRADE = Text("not_a_grade", "must be a grade and its fewest points", 'such as ["A", 80]')

# How each optional field of a criterion is read.
_OPTIONAL: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "weight": read_whole_number,
        "question": read_text,
        "cost": read_whole_number,
        "required": read_flag,
        "deferrable": read_flag,
        "group": read_text,
    }
)


def policy_to_json(policy: Scorecard, *, indent: int | None = None) -> str:
    """
    Write a scorecard as JSON. Raises `InvalidDefinition` for one with a function in it.

    >>> from salesfunnel.qualification import BANT
    >>> policy_from_json(policy_to_json(BANT)) == BANT
    True
    """
    given: object = policy
    if not isinstance(given, Scorecard):
        raise WrongKind.of("policy", policy, wanted="a Scorecard, such as BANT")
    document = {
        "format": "salesfunnel.policy",
        "version": VERSION,
        "name": policy.name,
        "policy_version": policy.version,
        "threshold": policy.threshold,
        "grades": [list(grade) for grade in policy.grades],
        "recycle_after_seconds": duration_to_data(policy.recycle_after),
        "criteria": [_criterion_to_data(criterion) for criterion in policy.criteria],
    }
    return json.dumps(document, ensure_ascii=False, indent=indent)


def policy_from_json(text: str | bytes) -> Scorecard:
    """
    Read a scorecard, also from a stranger: `InvalidDefinition` names each problem and its place.

    >>> policy_from_json('{"format": "salesfunnel.policy", "version": 1, "threshold": NaN}')
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.threshold: NaN and Infinity are not numbers
    """
    document = read_document(text, what=_WHAT)
    read_head(document, what=_WHAT, form="policy", version=VERSION)
    found = read_keys(
        document,
        what=_WHAT,
        where="$",
        required=("format", "version", "name", "threshold", "criteria"),
        optional=("policy_version", "grades", "recycle_after_seconds"),
    )
    criteria = read_list(found["criteria"], what=_WHAT, where="$.criteria")
    if len(criteria) > MOST_CRITERIA:
        problem = _MANY.problem(where="$.criteria", most=MOST_CRITERIA)
        raise InvalidDefinition(_WHAT, (problem,))
    grades = read_list(found.get("grades", []), what=_WHAT, where="$.grades")
    details: dict[str, Any] = {
        "criteria": read_each(criteria, _criterion, what=_WHAT),
        "threshold": read_whole_number(found["threshold"], what=_WHAT, where="$.threshold"),
        "grades": read_each(grades, _grade, what=_WHAT),
    }
    if "policy_version" in found:
        version = read_text(found["policy_version"], what=_WHAT, where="$.policy_version")
        details["version"] = version
    if "recycle_after_seconds" in found:
        wait = found["recycle_after_seconds"]
        details["recycle_after"] = read_duration(wait, what=_WHAT, where="$.recycle_after_seconds")
    name = read_text(found["name"], what=_WHAT, where="$.name")
    return made_at("$", _WHAT, Scorecard, name, **details)


def _criterion_to_data(criterion: Criterion) -> dict[str, Any]:
    if not isinstance(criterion.rule, Rule):
        raise InvalidDefinition(_WHAT, (_NOT_DATA.problem(criterion=criterion.name),))
    data: dict[str, Any] = {"name": criterion.name, "rule": rule_to_data(criterion.rule)}
    data |= {name: getattr(criterion, name) for name in _OPTIONAL}
    if criterion.half_life is not None:
        data["half_life_seconds"] = duration_to_data(criterion.half_life)
    return data


def _criterion(data: object, where: str) -> Criterion:
    found = read_keys(
        data,
        what=_WHAT,
        where=where,
        required=("name", "rule"),
        optional=(*_OPTIONAL, "half_life_seconds"),
    )
    details: dict[str, Any] = {
        name: read(found[name], what=_WHAT, where=f"{where}.{name}")
        for name, read in _OPTIONAL.items()
        if name in found
    }
    if "half_life_seconds" in found:
        age = found["half_life_seconds"]
        details["half_life"] = read_duration(age, what=_WHAT, where=f"{where}.half_life_seconds")
    name = read_text(found["name"], what=_WHAT, where=f"{where}.name")
    rule = rule_from_data(found["rule"], where=f"{where}.rule")
    return made_at(where, _WHAT, Criterion, name, rule, **details)


def _grade(data: object, where: str) -> tuple[str, int]:
    if not isinstance(data, list) or [type(part) for part in data] != [str, int]:
        raise InvalidDefinition(_WHAT, (_GRADE.problem(where=where),))
    return data[0], data[1]
