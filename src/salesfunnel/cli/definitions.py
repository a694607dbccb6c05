"""Definitions that a command is given: a policy or a pipeline by its name, or in a file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from ..errors import InvalidDefinition, Text, UnreadableFile
from ..interop.inputs.input_file import file_name, opened
from ..interop.policies import find_policy, policy_names, policy_spelt
from ..leads.lead import Lead
from ..pipeline.notation import pipeline_from_json
from ..pipeline.pipeline import Pipeline
from ..qualification.notation import policy_from_json
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..values.text import shown

_LARGEST = 2**20
_NOT_TOML = Text("definition_not_toml", "is not TOML: {problem}")
_OTHER_KIND = Text(
    "definition_of_other_kind", "is neither JSON nor TOML by its name", "end it in .json or .toml"
)


def given_pipeline(named: str) -> Pipeline | str:
    """
    Load the pipeline of a JSON or TOML file, or leave a name as it is.

    >>> given_pipeline("as-found")
    'as-found'
    """
    return pipeline_from_json(_as_json(named, "pipeline")) if _is_file(named) else named


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
    policy = policy_from_json(_as_json(named, "policy"))
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
    if path.suffix.lower() in {".json", ".toml"} or path.name != named:
        return True
    try:
        return path.is_file()
    except (OSError, ValueError):  # no system takes it for the name of a file
        return False


def _as_json(named: str, what: str) -> str | bytes:
    path = Path(named)
    with opened(path) as file:
        content = file.read(_LARGEST)
    match path.suffix.lower():
        case ".json":
            return content
        case ".toml":
            return _toml_as_json(content, what)
        case _:
            raise UnreadableFile(file_name(path), _OTHER_KIND)


def _toml_as_json(content: bytes, what: str) -> str:
    """Write TOML as JSON, so that it is checked as that is; days become texts."""
    try:
        return json.dumps(tomllib.loads(content.decode("utf-8-sig")), default=str)
    except (ValueError, RecursionError) as error:
        raise InvalidDefinition(what, (_NOT_TOML.problem(problem=_told(error)),)) from None


def _told(error: Exception) -> str:
    return shown(str(error)) if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
