"""
Which pipeline a document means: named by name, version and fingerprint, and found again by these.

What decides is found by the fingerprint, never by the name alone: a deal of one version is never
read under another without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from ..errors import InvalidDefinition, Text, WrongKind
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..values.codecs import Codec, refuse
from ..values.type_codecs import PLAIN_ROWS, record

Pipelines = Iterable[Pipeline] | Callable[[str], Pipeline | None]
"""Pipelines to read with, or a function that finds one by its fingerprint, such as a table."""

_UNKNOWN = Text(
    "unknown_pipeline",
    "refers to a pipeline that is not known",
    "pipelines=… with it; known: {known}",
)
_CHANGED = Text(
    "changed_pipeline",
    "refers to {pipeline}, which has changed since: {difference}",
    "give the new one another version, keep the old one in pipelines=, then transfer",
)


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


_REFERENCE = record(Reference, PLAIN_ROWS)


@attrs.frozen
class Known:
    """
    The pipelines that are known while a document is read, by all that tells them apart.

    >>> Known.of([LEAD_PIPELINE]).find(_reference_to(LEAD_PIPELINE)) == LEAD_PIPELINE
    True
    """

    exact: Mapping[Reference, Pipeline]
    alike: Mapping[str, Pipeline]
    ask: Callable[[str], Pipeline | None] | None = None

    @classmethod
    def of(cls, pipelines: Pipelines, inside: Iterable[Pipeline] = ()) -> Known:
        """
        Take what was given, then what stands in the document, then what comes with the library.

        >>> Known.of(()).ask is None
        True
        """
        given: list[Any] = []
        if not callable(pipelines):
            if isinstance(pipelines, (str, Pipeline)) or not isinstance(pipelines, Iterable):
                raise WrongKind.of("pipelines", pipelines, wanted="several pipelines")
            given = list(pipelines)
        for pipeline in given:
            if not isinstance(pipeline, Pipeline):
                raise WrongKind.of("pipelines", pipeline, wanted="pipelines")
        told = [*given, *inside, *_BUILT_IN]
        return cls(
            {_reference_to(pipeline): pipeline for pipeline in reversed(told)},
            {pipeline.fingerprint: pipeline for pipeline in reversed(told)},
            pipelines if callable(pipelines) else None,
        )

    def find(self, meant: Reference) -> Pipeline:
        """
        Find a pipeline by its fingerprint, the one of that name first.

        >>> Known.of(()).find(Reference("ours", "1", "0"))
        Traceback (most recent call last):
        salesfunnel.errors.InvalidDefinition: document: refers to a pipeline that is not known; ...
        """
        found = self.exact.get(meant) or self.alike.get(meant.fingerprint)
        if found is None and self.ask is not None:
            found = self.ask(meant.fingerprint)
        if found is not None:
            return found
        known = ", ".join(f"{one.name} {one.version}" for one in self.exact)
        for other in self.exact.values():
            if (other.name, other.version) == (meant.name, meant.version):
                named = f"{other.name} {other.version}"
                refuse(_CHANGED.problem(pipeline=named, difference="its fingerprint differs"))
        refuse(_UNKNOWN.problem(known=known))


_BUILT_IN = (LEAD_PIPELINE, OPPORTUNITY_PIPELINE)


def _reference_to(pipeline: Pipeline) -> Reference:
    return Reference(pipeline.name, pipeline.version, pipeline.fingerprint)


def _write(pipeline: Pipeline) -> dict[str, Any]:
    return {
        "name": pipeline.name,
        "version": pipeline.version,
        "fingerprint": pipeline.fingerprint,
    }


def _read(data: object, given: Mapping[str, Any]) -> Pipeline:
    meant = _REFERENCE.read(data, given)
    known: Known = given["pipelines"]
    return known.find(meant)


PIPELINE = Codec(_write, _read, _REFERENCE.schema)
"""The row of a pipeline that an event refers to."""
