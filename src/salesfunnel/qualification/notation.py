"""
Scorecards as JSON: a definition that can be kept, reviewed, and taken in from a stranger.

Only rules are data. A criterion with a Python function, or with an object of your own, is not.
"""

from __future__ import annotations

import json
from typing import Any

from ..errors import Text, WrongKind
from ..rules.notation import RULE
from ..rules.rule import Rule
from ..values.codecs import Codec, unreadable
from ..values.container_codecs import list_of
from ..values.document import read_at, read_document, read_head, write_as
from ..values.type_codecs import PLAIN_ROWS, object_of
from .criterion import Criterion
from .scorecard import Scorecard

VERSION = 1

_WHAT = "policy"
_NOT_DATA = Text(
    "criterion_not_data",
    "asks a function or an object, which JSON cannot hold",
    "use a rule, or keep this policy in Python",
)


def _write_rule(rule: object) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(rule, Rule):
        raise unreadable(_NOT_DATA.problem())
    return RULE.write(rule)


_CRITERION = object_of(
    Criterion,
    PLAIN_ROWS,
    own={"rule": Codec(_write_rule, RULE.read, RULE.schema)},
    keys={"half_life": "half_life_seconds"},
    lenient=True,
)

POLICY = object_of(
    Scorecard,
    PLAIN_ROWS,
    own={"criteria": list_of(_CRITERION)},
    tag={"format": "salesfunnel.policy", "version": VERSION},
    keys={"version": "policy_version", "recycle_after": "recycle_after_seconds"},
    lenient=True,
)
"""The row of a scorecard with all that it is defined by."""


def policy_to_data(policy: Scorecard) -> dict[str, Any]:
    """
    Write a scorecard as the objects and lists of JSON.

    Raises `InvalidDefinition` for one with a function in it.

    >>> from salesfunnel.qualification import BANT
    >>> policy_to_data(BANT)["threshold"]
    80
    """
    given: object = policy
    if not isinstance(given, Scorecard):
        raise WrongKind.of("policy", policy, wanted="a Scorecard, such as BANT")
    written: dict[str, Any] = write_as(POLICY, policy, what=_WHAT)
    return written


def policy_from_data(data: object) -> Scorecard:
    """
    Read a scorecard out of the objects and lists of JSON.

    >>> from salesfunnel.qualification import BANT
    >>> policy_from_data(policy_to_data(BANT)) == BANT
    True
    """
    read_head(data, what=_WHAT, form="policy", version=VERSION)
    found: Scorecard = read_at("$", POLICY, data, what=_WHAT)
    return found


def policy_to_json(policy: Scorecard, *, indent: int | None = None) -> str:
    """
    Write a scorecard as JSON. Raises `InvalidDefinition` for one with a function in it.

    >>> from salesfunnel.qualification import BANT
    >>> policy_from_json(policy_to_json(BANT)) == BANT
    True
    """
    return json.dumps(policy_to_data(policy), ensure_ascii=False, indent=indent)


def policy_from_json(text: str | bytes) -> Scorecard:
    """
    Read a scorecard, also from a stranger: `InvalidDefinition` names each problem and its place.

    >>> policy_from_json('{"format": "salesfunnel.policy", "version": 1, "threshold": NaN}')
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.threshold: NaN and Infinity are not numbers
    """
    return policy_from_data(read_document(text, what=_WHAT))
