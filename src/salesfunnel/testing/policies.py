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

from ..errors import WrongKind
from ..qualification.policy import Policy
from .policy_cases import Facts, PolicyCase, cases, facts_of, nested
from .policy_laws import LAWS, Law
from .silent_scorers import Roll

# A policy may be slow, and may read many facts; neither is a fault of the search.
_NO_MATTER = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
_MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_FAIR_TRIALS = 200  # for each scorer to answer at least once; most do so within the first ten


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
    is a nested dictionary. A scorer that fails, and answers no lead at all, is reported as well.

    >>> from salesfunnel.qualification import BANT
    >>> check_policy(BANT, examples=20)
    """
    if not callable(getattr(policy, "assess", None)):
        raise WrongKind.of("policy", policy, wanted="an object with assess(lead, *, at)")
    known = facts_of(policy, at=at) if facts is None else facts
    found: dict[str, tuple[Law, str, PolicyCase]] = {}

    def breaks(case: PolicyCase, laws: tuple[Law, ...]) -> bool:
        for law in laws:
            if words := law.judge(policy, case):
                found["smallest"] = law, words, case
                return True
        return False

    def search(laws: tuple[Law, ...], *phases: Phase) -> None:
        everything = cases(known, build=build, at=at)
        chosen = _chosen(examples, *phases)
        try:
            case = find(everything, lambda c: breaks(c, laws), settings=chosen, random=_lots())
            breaks(case, laws)
        except (NoSuchExample, Flaky):  # a policy that draws lots is flaky; it was noted above
            return

    name = getattr(policy, "name", type(policy).__name__)
    search(LAWS, Phase.generate)
    if found:
        law, _, _ = found["smallest"]
        search((law,), Phase.generate, Phase.shrink)
        law, words, case = found["smallest"]
        raise AssertionError(f"{name} breaks a law: {law}.\n{words}\n{case}")
    roll = Roll()
    leads = cases(known, build=build, at=at) | cases(known, build=build, at=at, known=True)
    chosen = _chosen(max(examples, _FAIR_TRIALS), Phase.generate)
    try:
        find(leads, lambda case: roll.all_answered(policy, case), settings=chosen, random=_lots())
    except NoSuchExample:
        if roll.faults:
            raise AssertionError(f"{name} has a scorer that never answers.\n{roll}") from None


def _chosen(examples: int, *phases: Phase) -> settings:
    return settings(
        max_examples=examples,
        phases=phases,
        database=None,
        deadline=None,
        suppress_health_check=_NO_MATTER,
    )
