"""
The policies that come with the library, each version that was ever released, found for ever.

A lead that was qualified keeps the fingerprint of the policy. A built-in policy that changes gets a
new version, and the old one stays here, so that the lead can still be explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .frameworks import (
    ANUM,
    ASKED_FOR_A_QUOTE,
    BANT,
    BUDGET_APPROVED,
    CHAMP,
    FAINT,
    GPCTBA_CI,
    MEDDIC,
    MEDDPICC,
    NEAT,
)
from .question_sets import IDEAL_CUSTOMER, LEAD_QUESTIONS, OPPORTUNITY_QUESTIONS
from .scorecard import Scorecard

_EVERY = (
    *(ANUM, ASKED_FOR_A_QUOTE, BANT, BUDGET_APPROVED, CHAMP, FAINT, GPCTBA_CI),
    *(MEDDIC, MEDDPICC, NEAT, IDEAL_CUSTOMER, LEAD_QUESTIONS, OPPORTUNITY_QUESTIONS),
)

RELEASED_POLICIES: Mapping[tuple[str, str], Scorecard] = MappingProxyType(
    {(policy.name, policy.version): policy for policy in _EVERY}
)
"""Every released policy by its name and version."""


def released_policy(fingerprint: str) -> Scorecard | None:
    """
    Find a built-in policy, of any release, by its fingerprint.

    >>> released_policy(BANT.fingerprint) is BANT
    True
    """
    found = (known for known in RELEASED_POLICIES.values() if known.fingerprint == fingerprint)
    return next(found, None)
