"""The pipelines that are known while a document is read, and which of them it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import Text, WrongKind
from ..pipeline.pipeline import Pipeline
from ..pipeline.released import RELEASED_PIPELINES
from ..values.codecs import unreadable
from .changed_pipelines import changed
from .references import Reference

Pipelines = Iterable[Pipeline] | Callable[[str], Pipeline | None]
"""Pipelines to read with, or a function that finds one by its fingerprint, such as a table."""

_UNKNOWN = Text(
    "unknown_pipeline",
    "refers to a pipeline that is not known",
    "give it as pipelines=…; known: {known}",
)
_NO_PIPELINE = Text(
    "finder_without_pipeline",
    "refers to a pipeline for which pipelines= finds something else",
    "return a Pipeline, or None",
)


@attrs.frozen
class KnownPipelines:
    """
    The pipelines that are known while a document is read, beside those that the library released.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> from salesfunnel.storage.references import reference_to
    >>> KnownPipelines.of(()).find(reference_to(LEAD_PIPELINE)) is LEAD_PIPELINE
    True
    """

    given: tuple[Pipeline, ...] = ()
    ask: Callable[[str], Pipeline | None] | None = None
    document: Mapping[str, Any] = attrs.field(default=MappingProxyType({}), repr=False)
    """What is being read: its events tell what a pipeline must have had."""

    @classmethod
    def of(
        cls,
        pipelines: Pipelines,
        inside: Iterable[Pipeline] = (),
        document: Mapping[str, Any] = MappingProxyType({}),
    ) -> KnownPipelines:
        """
        Take what was given, then what stands in the document itself, which says it best.

        >>> KnownPipelines.of(()).given
        ()
        """
        if callable(pipelines):
            return cls(tuple(inside), pipelines, document)
        return cls((*several_pipelines(pipelines), *inside), None, document)

    def find(self, meant: Reference) -> Pipeline:
        """
        Find a pipeline by its fingerprint, the one of that name and version first.

        >>> KnownPipelines.of(()).find(Reference("ours", "1", "0"))
        Traceback (most recent call last):
        salesfunnel.errors.InvalidDefinition: document: refers to a pipeline that is not known; ...
        """
        released = RELEASED_PIPELINES.get((meant.name, meant.version))
        last_first = self.given[::-1]  # labels do not enter a fingerprint: the last given is meant
        for one in (*last_first, released):
            if one is not None and meant.names(one) and one.fingerprint == meant.fingerprint:
                return one
        known = (*last_first, *RELEASED_PIPELINES.values())
        for one in known:
            if one.fingerprint == meant.fingerprint:
                return _called(one, meant)
        found = None if self.ask is None else self.ask(meant.fingerprint)
        if found is not None:
            return _called(self._as_asked(found, meant), meant)
        for one in known:
            if meant.names(one):
                raise changed(one, meant, self.document)
        names = ", ".join(f"{one.name} {one.version}" for one in known)
        raise unreadable(_UNKNOWN.problem(known=names))

    def _as_asked(self, found: object, meant: Reference) -> Pipeline:
        if not isinstance(found, Pipeline):
            raise unreadable(_NO_PIPELINE.problem())
        if found.fingerprint != meant.fingerprint:
            raise changed(found, meant, self.document)
        return found


def several_pipelines(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """
    Let in several pipelines, and nothing else.

    >>> several_pipelines(5)
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: pipelines is of the wrong kind: int; allowed: several pipelines
    """
    if isinstance(pipelines, (str, Pipeline)) or not hasattr(pipelines, "__iter__"):
        raise WrongKind.of("pipelines", pipelines, wanted="several pipelines")
    told = tuple(pipelines)
    for pipeline in told:
        if not isinstance(pipeline, Pipeline):
            raise WrongKind.of("pipelines", pipeline, wanted="pipelines")
    return told


def _called(pipeline: Pipeline, meant: Reference) -> Pipeline:
    """Give a pipeline that decides alike the name and the version that the document says."""
    if meant.names(pipeline):
        return pipeline
    return attrs.evolve(pipeline, name=meant.name, version=meant.version)
