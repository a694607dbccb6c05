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
from ..pipeline.released import RELEASED_PIPELINES
from ..values.codecs import Codec, unreadable
from ..values.type_codecs import PLAIN_ROWS, object_of

Pipelines = Iterable[Pipeline] | Callable[[str], Pipeline | None]
"""Pipelines to read with, or a function that finds one by its fingerprint, such as a table."""

_UNKNOWN = Text(
    "unknown_pipeline",
    "refers to a pipeline that is not known",
    "give it as pipelines=…; known: {known}",
)
_CHANGED = Text(
    "changed_pipeline",
    "refers to {pipeline} with the fingerprint {before}, which has {now} now",
    "give the new one another version, keep the old one in pipelines=, then transfer",
)
_NO_PIPELINE = Text(
    "finder_without_pipeline",
    "refers to a pipeline for which pipelines= finds something else",
    "return a Pipeline, or None",
)
_LONGEST_FINGERPRINT = 64


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


_REFERENCE = object_of(Reference, PLAIN_ROWS)


@attrs.frozen
class KnownPipelines:
    """
    The pipelines that are known while a document is read, beside those that the library released.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> KnownPipelines.of(()).find(reference_to(LEAD_PIPELINE)) is LEAD_PIPELINE
    True
    """

    given: tuple[Pipeline, ...] = ()
    ask: Callable[[str], Pipeline | None] | None = None

    @classmethod
    def of(cls, pipelines: Pipelines, inside: Iterable[Pipeline] = ()) -> KnownPipelines:
        """
        Take what was given, then what stands in the document itself, which says it best.

        >>> KnownPipelines.of(()).given
        ()
        """
        if callable(pipelines):
            return cls(tuple(inside), pipelines)
        if isinstance(pipelines, (str, Pipeline)) or not hasattr(pipelines, "__iter__"):
            raise WrongKind.of("pipelines", pipelines, wanted="several pipelines")
        told = tuple(pipelines)
        for pipeline in told:
            if not isinstance(pipeline, Pipeline):
                raise WrongKind.of("pipelines", pipeline, wanted="pipelines")
        return cls((*told, *inside))

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
            if one is not None and _named(one, meant) and one.fingerprint == meant.fingerprint:
                return one
        known = (*last_first, *RELEASED_PIPELINES.values())
        for one in known:
            if one.fingerprint == meant.fingerprint:
                return _called(one, meant)
        found = None if self.ask is None else self.ask(meant.fingerprint)
        if found is not None:
            return _called(_as_asked(found, meant), meant)
        for one in known:
            if _named(one, meant):
                raise _changed(one, meant)
        names = ", ".join(f"{one.name} {one.version}" for one in known)
        raise unreadable(_UNKNOWN.problem(known=names))


def _named(pipeline: Pipeline, meant: Reference) -> bool:
    return pipeline.name == meant.name and pipeline.version == meant.version


def _as_asked(found: object, meant: Reference) -> Pipeline:
    if not isinstance(found, Pipeline):
        raise unreadable(_NO_PIPELINE.problem())
    if found.fingerprint != meant.fingerprint:
        raise _changed(found, meant)
    return found


def _changed(pipeline: Pipeline, meant: Reference) -> InvalidDefinition:
    return unreadable(
        _CHANGED.problem(
            pipeline=f"{pipeline.name} {pipeline.version}",
            before=_shown(meant.fingerprint),
            now=pipeline.fingerprint,
        )
    )


def _called(pipeline: Pipeline, meant: Reference) -> Pipeline:
    """Give a pipeline that decides alike the name and the version that the document says."""
    if _named(pipeline, meant):
        return pipeline
    return attrs.evolve(pipeline, name=meant.name, version=meant.version)


def _shown(fingerprint: str) -> str:
    is_one = fingerprint.isascii() and fingerprint.isalnum()
    return fingerprint if is_one and len(fingerprint) <= _LONGEST_FINGERPRINT else "unreadable"


def reference_to(pipeline: Pipeline) -> Reference:
    """
    Name a pipeline as documents do.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> reference_to(LEAD_PIPELINE).name
    'lead'
    """
    return Reference(pipeline.name, pipeline.version, pipeline.fingerprint)


def _write(pipeline: Pipeline) -> dict[str, Any]:
    return {
        "name": pipeline.name,
        "version": pipeline.version,
        "fingerprint": pipeline.fingerprint,
    }


def _read(data: object, given: Mapping[str, Any]) -> Pipeline:
    meant: Reference = _REFERENCE.read(data, given)
    known: KnownPipelines = given["pipelines"]
    return known.find(meant)


PIPELINE = Codec(_write, _read, _REFERENCE.schema)
"""The row of a pipeline that an event refers to."""
