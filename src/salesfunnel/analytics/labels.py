"""What people call stages, reasons and groups, and by whose clock a figure is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from typing import Any, TypeVar

import attrs

from ..pipeline.codes import Codes, label_of
from ..pipeline.pipeline import Pipeline
from ..rules.rule import Rule
from ..values.frozen_map import FrozenMap
from ..values.source import Source

FoundT = TypeVar("FoundT")
_SOURCES = Codes({source.value: source.label for source in Source})
_TRUTHS = Codes({"yes": "yes", "no": "no"})


@attrs.frozen
class Called:
    """
    A code beside what people call it; a table shows the one, and a page may translate it.

    >>> print(Called("double", "Entered twice"))
    Entered twice
    """

    code: str
    label: str

    def __str__(self) -> str:
        """Show what people call it."""
        return self.label


@attrs.frozen
class Labels:
    """
    The labels by their codes; a code that two pipelines call differently has none.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> labels = Labels.of([LEAD_PIPELINE], group="source")
    >>> print(labels.stage("new"), labels.reason("no_need"), labels.group("sms"), sep=", ")
    New, No need, SMS
    """

    stages: Codes = Codes()
    reasons: Codes = Codes()
    groups: Codes = Codes()

    @classmethod
    def of(cls, pipelines: Iterable[Pipeline], *, group: str | Rule | None = None) -> Labels:
        """Take those of some pipelines, and those of the groups by a fact or a rule."""
        known = [*pipelines]
        stages = _agreed({stage.name: stage.label for stage in each.stages} for each in known)
        reasons = _agreed(each.labels["reason"] for each in known)
        if not isinstance(group, str):
            return cls(stages, reasons, Codes() if group is None else _TRUTHS)
        by_fact = {"source": _SOURCES, "stage": stages, "reason": reasons, "rejection": reasons}
        return cls(stages, reasons, by_fact.get(group.rpartition(".")[2], Codes()))

    def stage(self, name: str) -> Called:
        """Give what people call a stage, at least in words."""
        return Called(name, label_of(self.stages, name))

    def reason(self, code: str) -> Called | str:
        """Give what people call a reason, at least in words; one that is not known says so."""
        return "(not known)" if code == "unknown" else Called(code, label_of(self.reasons, code))

    def group(self, name: str | None) -> Called | str:
        """Give what people call a group, which may be any text; ``None`` is not known."""
        if name is None:
            return "(not known)"
        return Called(name, self.groups[name]) if name in self.groups else name


NO_LABELS = Labels()


class PipelinesMet:
    """The pipelines of what is counted, each once."""

    last: Pipeline | None
    known: dict[tuple[str, str], Pipeline]

    def __init__(self) -> None:
        """Begin without any."""
        self.last, self.known = None, {}

    def meet(self, pipeline: Pipeline) -> None:
        """Take in the pipeline of one that is counted."""
        if pipeline is not self.last:
            self.last = pipeline
            self.known.setdefault((pipeline.name, pipeline.version), pipeline)

    def labels(self, group: str | Rule | None) -> Labels:
        """Give their labels, and those of the groups."""
        return Labels.of(self.known.values(), group=group)


def zone_field() -> tzinfo:
    """Declare the zone by whose clock instants are said; it makes no other value."""
    return attrs.field(default=UTC, repr=False, eq=False)


def labelled(found: FoundT, labels: Labels, zone: tzinfo) -> FoundT:
    """Give what was counted, and each of its groups, as it is to be said."""
    any_found: Any = found
    said: dict[str, Any] = {"labels": labels, "zone": zone}
    groups = {name: attrs.evolve(each, **said) for name, each in any_found.groups.items()}
    with_labels: FoundT = attrs.evolve(any_found, **said, groups=FrozenMap(groups))
    return with_labels


def _agreed(several: Iterable[Mapping[str, str]]) -> Codes:
    """Put labels together, but for those that differ, which would be wrong for one of them."""
    found: dict[str, set[str]] = {}
    for each in several:
        for code, label in each.items():
            if label:
                found.setdefault(code, set()).add(label)
    return Codes({code: labels.pop() for code, labels in found.items() if len(labels) == 1})
