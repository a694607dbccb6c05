"""Counting apart: the counts of all, and those of each group, which add up to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.frozen_map import FrozenMap
from .grouping import Grouping
from .labels import NO_LABELS, Labels, PipelinesMet

CountT = TypeVar("CountT")
ValueT = TypeVar("ValueT")


class Apart(Generic[CountT]):
    """The counts of the whole, and of each group as it is met."""

    new: Callable[[], CountT]
    grouping: Grouping
    whole: CountT
    parts: dict[str | None, CountT]
    met: PipelinesMet

    def __init__(self, new: Callable[[], CountT], grouping: Grouping) -> None:
        """Begin with nothing; ``new`` makes counts of nothing."""
        self.new, self.grouping = new, grouping
        self.whole = new()
        self.parts = {}
        self.met = PipelinesMet()

    def counts_of(
        self, noun: Lead | Opportunity, *, began: datetime | None = None
    ) -> tuple[CountT, ...]:
        """Give the counts in which a lead or a deal belongs: the whole, and its group if any."""
        self.met.meet(noun.pipeline)
        if self.grouping.group is None:
            return (self.whole,)
        return self.counts_named(self.grouping.name(noun, began=began))

    def counts_named(self, name: str | None) -> tuple[CountT, ...]:
        """Give the counts in which those of a group belong: the whole, and the group if any."""
        if self.grouping.group is None:
            return (self.whole,)
        if name not in self.parts:
            self.parts[name] = self.new()
        return self.whole, self.parts[name]

    @property
    def labels(self) -> Labels:
        """What people call the stages, the reasons and the groups of those that were counted."""
        return self.met.labels(self.grouping.group)

    def groups(self, make: Callable[[CountT], ValueT]) -> FrozenMap[str | None, ValueT]:
        """Make a value of each group, by name; those without the fact come last."""
        names = sorted(self.parts, key=lambda name: (name is None, name or ""))
        return FrozenMap[str | None, ValueT]({name: make(self.parts[name]) for name in names})


class _Plain(Protocol):
    """A value that tells itself as plain data."""

    def as_data(self) -> dict[str, Any]:
        """Give it as plain data."""
        ...


def groups_as_data(groups: Mapping[str | None, _Plain]) -> list[dict[str, Any]]:
    """
    Give groups as plain data; the name of those without the fact is ``None``.

    >>> groups_as_data({})
    []
    """
    return [{"group": name, **value.as_data()} for name, value in groups.items()]


def said_groups(groups: Mapping[str | None, object], labels: Labels = NO_LABELS) -> Iterator[str]:
    """
    Say each group below its name.

    >>> list(said_groups({"web": 3, None: 1}))
    ['web: 3', '(not known): 1']
    """
    for name, value in groups.items():
        yield f"{labels.group(name)}: {value}"
