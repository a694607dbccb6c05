"""The pipelines that a noun refers to, each of which must be kept for as long as the noun is."""

from __future__ import annotations

from ..errors import WrongKind
from ..history.event import Chronicled
from ..pipeline.pipeline import Pipeline


def definitions(noun: Chronicled) -> tuple[Pipeline, ...]:
    """
    List each pipeline along which a noun has ever gone, the first one first.

    Store each once, by its fingerprint: without it the events cannot be read.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> [pipeline.name for pipeline in definitions(lead)]
    ['lead']
    """
    if not isinstance(getattr(noun, "timeline", None), tuple):
        raise WrongKind.of("noun", noun, wanted="a lead, an opportunity or an account")
    told = (getattr(event, "pipeline", None) for event in noun.timeline)
    found = [pipeline for pipeline in told if isinstance(pipeline, Pipeline)]
    return tuple({pipeline.fingerprint: pipeline for pipeline in found}.values())
