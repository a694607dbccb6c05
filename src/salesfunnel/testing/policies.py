"""
A check of your own policy against the laws that every policy keeps.

The smallest case that breaks a law is reported in words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import Flaky, NoSuchExample

from ..qualification.policy import Policy
from .policy_cases import Case, Facts, cases, facts_of, nested
from .policy_laws import LAWS, Law

# A policy may be slow, and may read many facts; neither is a fault of the search.
_NO_MATTER = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
_MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _lots() -> Random:
    """Draw the same cases each time, so that a check that passed does not fail tomorrow."""
    return Random(0)  # noqa: S311 - no secret


def check_policy(
    policy: Policy,
    *,
    facts: Facts | None = None,
    build: Callable[[dict[str, Any]], Any] = nested,
    at: datetime = _MONDAY,
    examples: int = 200,
) -> None:
    """
    Check that a policy keeps the laws; raise `AssertionError` with the smallest counterexample.

    Which facts matter is read off a scorecard. For other policies name them in ``facts``, each
    with values worth trying. ``build`` makes a lead of the facts that are known; without it a lead
    is a nested dictionary.

    >>> from salesfunnel.qualification import BANT
    >>> check_policy(BANT, examples=20)
    """
    known = facts_of(policy, at=at) if facts is None else facts
    found: dict[str, tuple[Law, str, Case]] = {}

    def breaks(case: Case, laws: tuple[Law, ...]) -> bool:
        for law in laws:
            if words := law.judge(policy, case):
                found["smallest"] = law, words, case
                return True
        return False

    def search(laws: tuple[Law, ...], phases: tuple[Phase, ...]) -> None:
        chosen = settings(
            max_examples=examples,
            phases=phases,
            database=None,
            deadline=None,
            suppress_health_check=_NO_MATTER,
        )
        everything = cases(known, build=build, at=at)
        try:
            case = find(everything, lambda c: breaks(c, laws), settings=chosen, random=_lots())
            breaks(case, laws)
        except (NoSuchExample, Flaky):  # a policy that draws lots is flaky; it was noted above
            return

    search(LAWS, (Phase.generate,))
    if not found:
        return
    law, _, _ = found["smallest"]
    search((law,), (Phase.generate, Phase.shrink))
    law, words, case = found["smallest"]
    name = getattr(policy, "name", type(policy).__name__)
    raise AssertionError(f"{name} breaks a law: {law}.\n{words}\n{case}")
