"""Definitions that a command is given: a policy or a pipeline by its name, or in a file."""

from __future__ import annotations

from pathlib import Path

from ..interop.definition_files import (
    definition_as_json,
    ends_as_definition,
    pipeline_of_file,
)
from ..interop.policies import find_policy, policy_names, policy_spelt
from ..leads.lead import Lead
from ..pipeline.pipeline import Pipeline
from ..qualification.notation import policy_from_json
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..values.text import shown


def given_pipeline(named: str) -> Pipeline | str:
    """
    Load the pipeline of a JSON or TOML file, or leave a name as it is.

    >>> given_pipeline("as-found")
    'as-found'
    """
    if not _is_file(named):
        return named
    return pipeline_of_file(Path(named))


def given_policy(named: str) -> tuple[str, Policy]:
    """
    Find the policy of a name, or read that of a JSON or TOML file; say what it is called.

    >>> name, policy = given_policy("bant")
    >>> name
    'BANT'
    """
    spelt = policy_spelt(named)
    if not _is_file(named) or spelt in policy_names():
        return spelt, find_policy(spelt)
    policy = policy_from_json(definition_as_json(Path(named), "policy"))
    return shown(policy.name), policy


def doubts_about(policy: Policy) -> tuple[str, ...]:
    """
    Say which facts a policy asks about that no lead has, and what was probably meant.

    >>> doubts_about(find_policy("BANT"))
    ()
    """
    if not isinstance(policy, Scorecard):  # of another make, it does not say what it reads
        return ()
    return tuple(map(str, policy.unknown_facts(Lead)))


def _is_file(named: str) -> bool:
    """Tell a file from a name, also one that is not there."""
    path = Path(named)
    if ends_as_definition(path) or path.name != named:
        return True
    try:
        return path.is_file()
    except (OSError, ValueError):  # no system takes it for the name of a file
        return False
