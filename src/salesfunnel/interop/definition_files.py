"""A policy or a pipeline in a file of its own, JSON or TOML, as the JSON that it means."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from ..errors import InvalidDefinition, Text, UnreadableFile
from ..pipeline.notation import pipeline_from_json
from ..pipeline.pipeline import Pipeline
from ..values.text import shown
from .inputs.input_file import file_name, opened

_ENDINGS = (".json", ".toml")
_LARGEST = 2**20
_LONGEST = 200
_NOT_TOML = Text("definition_not_toml", "is not TOML: {problem}")
_OTHER_KIND = Text(
    "definition_of_other_kind", "is neither JSON nor TOML by its name", "end it in .json or .toml"
)


def ends_as_definition(path: Path) -> bool:
    """
    Tell whether the name of a file is that of a definition.

    >>> ends_as_definition(Path("mine.TOML")), ends_as_definition(Path("bant"))
    (True, False)
    """
    return path.suffix.lower() in _ENDINGS


def names_a_definition(named: object) -> bool:
    """
    Tell whether a text names a definition that stands beside the file in which it is named.

    >>> names_a_definition("mine.json"), names_a_definition("../mine.json")
    (True, False)
    """
    if not isinstance(named, str) or len(named) > _LONGEST:
        return False
    return ends_as_definition(Path(named)) and Path(named).name == named and "\\" not in named


def pipeline_of_file(path: Path) -> Pipeline:
    """
    Read the pipeline that a file defines.

    >>> import tempfile
    >>> from salesfunnel.pipeline import LEAD_PIPELINE, pipeline_to_json
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder, "mine.json")
    ...     _ = mine.write_text(pipeline_to_json(LEAD_PIPELINE), encoding="utf-8")
    ...     pipeline_of_file(mine) == LEAD_PIPELINE
    True
    """
    return pipeline_from_json(definition_as_json(path, "pipeline"))


def definition_as_json(path: Path, what: str) -> str | bytes:
    """
    Read the JSON of a definition, or write its TOML as JSON, so that it is checked as that is.

    >>> definition_as_json(Path("mine.yaml"), "policy")
    Traceback (most recent call last):
    salesfunnel.errors.UnreadableFile: mine.yaml: does not exist; check its name and folder
    """
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
    """Write TOML as JSON, in which days become texts."""
    try:
        return json.dumps(tomllib.loads(content.decode("utf-8-sig")), default=str)
    except (ValueError, RecursionError) as error:
        raise InvalidDefinition(what, (_NOT_TOML.problem(problem=_told(error)),)) from None


def _told(error: Exception) -> str:
    return shown(str(error)) if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
