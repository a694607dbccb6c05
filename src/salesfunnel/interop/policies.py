"""
Policies that other packages publish, found by name.

A package offers its policies under the entry point group ``salesfunnel.policies``; our own
frameworks are found by the same names as in Python, and these stay theirs: no package that is
installed changes what they mean, and none is looked for when one of them is named. Finding another
imports the package that offers it, so a name must never be taken from data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import InvalidDefinition, Problem, Text, WrongKind, did_you_mean
from ..qualification import frameworks, question_sets
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..values.text import shown

if TYPE_CHECKING:  # at run time it is loaded when it is needed
    from importlib.metadata import EntryPoint, EntryPoints

GROUP = "salesfunnel.policies"

_LONGEST_NAME = 60
_OFFERED_TWICE = Text("policy_offered_twice", "is offered more than once, by {packages}")
_NOT_OFFERED = Text("no_such_policy", "there is no policy of that name", "known: {known}")
_MISSPELT = Text("policy_misspelt", "there is no policy of that name", "did you mean {meant}?")
_NOT_LOADED = Text("policy_not_loaded", "could not be loaded: {error}")
_NOT_A_POLICY = Text("not_a_policy", "is not a policy: it has no assess")


def policy_names() -> tuple[str, ...]:
    """
    List the names under which policies can be found, our own and those of installed packages.

    >>> "BANT" in policy_names()
    True
    """
    return tuple(sorted({*_own(), *(point.name for point in _offered())}))


def policy_spelt(word: str) -> str:
    """
    Spell the name of a policy as it is written; a word may have its letters in any case.

    A word that is no name of one stays as it is.

    >>> policy_spelt("bant"), policy_spelt("bent")
    ('BANT', 'bent')
    """
    for names in (_own, policy_names):  # what is installed is asked for last
        spelt = {name.casefold(): name for name in names()}
        if name := spelt.get(word.casefold()):
            return name
    return word


def find_policy(name: str) -> Policy:
    """
    Find a policy by its name. Raises `InvalidDefinition` if there is none, or two packages have it.

    >>> find_policy("BANT").threshold
    80
    """
    if not isinstance(name, str):
        raise WrongKind.of("policy", name, wanted='the name of a policy, such as "BANT"')
    if own := _own().get(name):
        return own
    points = [point for point in _offered() if point.name == name]
    if len(points) > 1:
        packages = ", ".join(sorted(point.dist.name for point in points if point.dist))
        raise _invalid(name, _OFFERED_TWICE.problem(packages=packages))
    if not points:
        known = policy_names()
        if meant := did_you_mean(name, known):
            raise _invalid(name, _MISSPELT.problem(meant=meant))
        raise _invalid(name, _NOT_OFFERED.problem(known=", ".join(known)))
    return _loaded(points[0])


def _own() -> dict[str, Scorecard]:
    found = {**vars(frameworks), **vars(question_sets)}
    return {name: thing for name, thing in found.items() if isinstance(thing, Scorecard)}


def _offered() -> EntryPoints:
    found: EntryPoints = import_module("importlib.metadata").entry_points(group=GROUP)
    return found


def _loaded(point: EntryPoint) -> Policy:
    try:
        policy: Any = point.load()
    except Exception as error:  # noqa: BLE001 - the code of another package
        raise _invalid(point.name, _NOT_LOADED.problem(error=type(error).__name__)) from None
    if isinstance(policy, type) or not callable(getattr(policy, "assess", None)):
        raise _invalid(point.name, _NOT_A_POLICY.problem())
    found: Policy = policy
    return found


def _invalid(name: str, problem: Problem) -> InvalidDefinition:
    return InvalidDefinition(f"policy {shown(name, limit=_LONGEST_NAME)}", (problem,))
