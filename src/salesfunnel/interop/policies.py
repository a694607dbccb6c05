"""
Policies that other packages publish, found by name.

A package offers its policies under the entry point group ``salesfunnel.policies``; our own
frameworks are found by the same names as in Python. Finding one imports the package that offers
it, so a name must never be taken from data.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from ..errors import InvalidDefinition
from ..qualification import frameworks, question_sets
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard

GROUP = "salesfunnel.policies"


def policy_names() -> tuple[str, ...]:
    """
    List the names under which policies can be found, our own and those of installed packages.

    >>> "BANT" in policy_names()
    True
    """
    offered = {point.name for point in entry_points(group=GROUP)}
    return tuple(sorted({*_own(), *offered}))


def find_policy(name: str) -> Policy:
    """
    Find a policy by its name. Raises `InvalidDefinition` if there is none, or more than one.

    >>> find_policy("BANT").threshold
    80
    """
    own, points = _own(), entry_points(group=GROUP, name=name)
    if len(points) + (name in own) > 1:
        packages = ", ".join(sorted(point.dist.name for point in points if point.dist))
        raise _invalid(f"is offered more than once, by {packages}")
    if name in own:
        return own[name]
    if not points:
        raise _invalid(f"is offered by no installed package; known: {', '.join(policy_names())}")
    return _loaded(next(iter(points)))


def _own() -> dict[str, Scorecard]:
    found = {**vars(frameworks), **vars(question_sets)}
    return {name: thing for name, thing in found.items() if isinstance(thing, Scorecard)}


def _loaded(point: EntryPoint) -> Policy:
    try:
        policy: Any = point.load()
    except Exception as error:  # noqa: BLE001 - whatever the other package does
        raise _invalid(f"could not be loaded: {type(error).__name__}") from None
    if isinstance(policy, type) or not callable(getattr(policy, "assess", None)):
        raise _invalid("is no policy: it has no assess")
    found: Policy = policy
    return found


def _invalid(problem: str) -> InvalidDefinition:
    return InvalidDefinition("the policy of that name", (problem,))
