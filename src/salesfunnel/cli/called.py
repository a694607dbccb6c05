"""What a command prints calls stages as its pictures and its page do; JSON keeps their codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from ..analytics.funnel import Funnel
from ..analytics.report_value import Report
from ..analytics.stage_times import StageTimes
from ..opportunities.opportunity import Opportunity
from ..pictures.figure_table import stage_called
from ..pictures.language import Language
from ..pictures.words import WORDS
from ..values.frozen_map import FrozenMap

FoundT = TypeVar("FoundT", bound=Funnel | Report | StageTimes)
# Where each of them names stages.
_PLACES: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {Funnel: ("steps",), Report: ("stages", "losses"), StageTimes: ("stages",)}
)


def labels_of_deals(deals: Iterable[Opportunity]) -> dict[str, str]:
    """
    List what people call stages of their own; the usual ones have names in each language.

    >>> labels_of_deals([])
    {}
    """
    labels: dict[str, str] = {}
    for _ in noting_labels(deals, labels):
        pass
    return labels


def noting_labels(deals: Iterable[Opportunity], labels: dict[str, str]) -> Iterator[Opportunity]:
    """
    Go through deals, and note what their pipelines call stages of their own.

    >>> list(noting_labels([], {}))
    []
    """
    known = None
    for deal in deals:
        if deal.pipeline is not known:
            known = deal.pipeline
            labels.update(
                {s.name: s.label for s in known.stages if s.label and s.name not in WORDS}
            )
        yield deal


def as_called(found: FoundT, language: str, labels: Mapping[str, str]) -> FoundT:
    """
    Give what was counted with its stages called as people call them in a language, to be printed.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> found = funnel([Opportunity.open(id="7", at=monday)], at=monday)
    >>> as_called(found, "fr", {}).steps[0].stage
    'Rendez-vous'
    """
    words = Language(language or "en")
    renamed: dict[str, Any] = {
        place: tuple(
            attrs.evolve(each, stage=each.stage and stage_called(each.stage, words, labels))
            for each in getattr(found, place)
        )
        for place in _PLACES[type(found)]
    }
    groups = {name: as_called(each, language, labels) for name, each in found.groups.items()}
    renamed["groups"] = FrozenMap(groups)
    return attrs.evolve(found, **renamed)
