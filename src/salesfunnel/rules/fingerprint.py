"""
Fingerprints: a short name of what decides in a definition, the same in every process and release.

It is taken of canonical JSON (RFC 8785), without the words that only people read. So a translation
changes nothing, and a definition that is kept under its fingerprint is found again.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ..errors import SalesFunnelError
from .notation import rule_to_data
from .rule import Rule

_LENGTH = 16
_LARGEST = 2**53 - 1


def canonical(data: object) -> str:
    """
    Write plain data as JSON in the one way that there is: keys in order, and no blanks.

    Numbers are whole and below 2 to the power of 53; all others are texts.

    >>> canonical({"weight": 30, "name": "need"})
    '{"name":"need","weight":30}'
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(data: object) -> str:
    """
    Name plain data by its content, in 16 characters.

    >>> fingerprint({"weight": 30, "name": "need"})
    'fb75719d80578404'
    """
    written = canonical(data).encode("utf-8", "surrogatepass")
    return sha256(written).hexdigest()[:_LENGTH]


def fingerprint_of(definition: object) -> str:
    """
    Give the fingerprint of a policy or a pipeline; blank for what has none, such as a function.

    >>> from salesfunnel.qualification import BANT
    >>> fingerprint_of(BANT) == BANT.fingerprint, fingerprint_of(lambda lead: True)
    (True, '')
    """
    try:
        found = getattr(definition, "fingerprint", "")
    except SalesFunnelError:
        return ""
    return found if isinstance(found, str) else ""


def rule_decides(rule: Rule) -> list[Any]:
    """
    Write a rule as data, and a function in it by its name, since a function is no data.

    >>> from salesfunnel.rules import yes
    >>> rule_decides(~yes("answers.need"))
    ['not', ['eq', 'answers.need', True]]
    """
    if rule.function is not None:
        return ["function", str(rule)]
    if not rule.parts:
        return [*map(_plain_number, rule_to_data(rule))]
    count = [] if rule.operand is None else [rule.operand]
    return [rule.op, *count, *map(rule_decides, rule.parts)]


def _plain_number(value: object) -> object:
    """Write a whole number that other programs would round as an exact one."""
    is_large = type(value) is int and abs(value) > _LARGEST
    return {"decimal": str(value)} if is_large else value
