"""
How a document names a pipeline: by name, version and fingerprint, so that it is found again.

What decides is found by the fingerprint, never by the name alone: a deal of one version is never
read under another without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..pipeline.pipeline import Pipeline
from ..values.codecs import Codec
from ..values.type_codecs import PLAIN_ROWS, object_of


@attrs.frozen
class Reference:
    """
    A pipeline as a document names it.

    >>> Reference("opportunity", "1", "e0996a062bd05f15").version
    '1'
    """

    name: str
    version: str
    fingerprint: str

    def names(self, pipeline: Pipeline) -> bool:
        """
        Tell whether a pipeline has this name and this version, also if other things decide in it.

        >>> from salesfunnel.pipeline import LEAD_PIPELINE
        >>> Reference("lead", "1", "?").names(LEAD_PIPELINE)
        True
        """
        return pipeline.name == self.name and pipeline.version == self.version


_REFERENCE = object_of(Reference, PLAIN_ROWS)


def reference_to(pipeline: Pipeline) -> Reference:
    """
    Name a pipeline as documents do.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> reference_to(LEAD_PIPELINE).name
    'lead'
    """
    return Reference(pipeline.name, pipeline.version, pipeline.fingerprint)


def _write(pipeline: Pipeline) -> Any:  # noqa: ANN401 - JSON data
    return _REFERENCE.write(reference_to(pipeline))


def _read(data: object, given: Mapping[str, Any]) -> Pipeline:
    found: Pipeline = given["pipelines"].find(_REFERENCE.read(data, given))
    return found


PIPELINE = Codec(_write, _read, _REFERENCE.schema)
"""The row of a pipeline that an event refers to; beside it stand the `KnownPipelines`."""
