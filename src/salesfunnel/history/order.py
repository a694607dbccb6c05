"""
The order of events: by the clock, and where the clock cannot tell, by the way that was taken.

Histories from elsewhere are often exact to the minute only, so that several changes of stage share
one instant and their order in the file means nothing. Each says from which stage to which it led,
and that is enough to put them back into a chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, lt
from typing import Any, Protocol, TypeVar


class Dated(Protocol):
    """Anything that happened at an instant, such as an event."""

    # A field with a converter is no plain datetime to every type checker, hence Any.
    @property
    def at(self) -> Any:  # noqa: ANN401 - see above
        """When it happened, a datetime in UTC."""
        ...


DatedT = TypeVar("DatedT", bound=Dated)

_WHEN = attrgetter("at")


def in_order(events: Iterable[DatedT]) -> tuple[DatedT, ...]:
    """
    Put events into the order in which they happened, from any order.

    At one instant, what begins a history comes first, and changes of stage follow each other from
    stage to stage where they can; all else keeps the order in which it came.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import StageEntered
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lost = StageEntered(at=at, from_stage="proposal", to_stage="lost")
    >>> proposed = StageEntered(at=at, from_stage="meeting", to_stage="proposal")
    >>> [event.to_stage for event in in_order([lost, proposed])]
    ['proposal', 'lost']
    """
    told = sorted(events, key=_WHEN)
    if _clock_decides(told):
        return tuple(told)  # as nearly all histories are
    ordered: list[DatedT] = []
    so_far = _StageSoFar(ordered)
    for tied in by_instant(told):
        ordered += tied if len(tied) == 1 else tuple(_arranged(tied, so_far))
    return tuple(ordered)


def _clock_decides(told: Sequence[Dated]) -> bool:
    """Tell whether the clock alone puts all that enters a stage in order, the beginning first."""
    entries = [event for event in told if getattr(event, "to_stage", "")]
    moments = [*map(_WHEN, entries)]
    if not all(map(lt, moments, moments[1:])):
        return False
    later = entries[1:] if entries and entries[0] is told[0] else entries
    return all(map(left_stage, later))


class _StageSoFar:
    """The stage in which the events so far have left their entity; looked for only when asked."""

    def __init__(self, ordered: list[Any]) -> None:
        """Watch a list of events that grows."""
        self.ordered = ordered
        self.done, self.stage = 0, ""

    def found(self) -> str:
        """Go on through the events since the last time."""
        for event in self.ordered[self.done :]:
            self.stage = entered_stage(event) or renamed(event, self.stage)
        self.done = len(self.ordered)
        return self.stage


def by_instant(events: Iterable[DatedT]) -> Iterator[tuple[DatedT, ...]]:
    """Go through the instants at which something happened, each with all that happened then."""
    for _, tied in groupby(sorted(events, key=_WHEN), key=_WHEN):
        yield tuple(tied)


def entered_stage(event: object) -> str:
    """Name the stage that an event enters; empty when it enters none."""
    stage: str = getattr(event, "to_stage", "")
    return stage


def renamed(event: object, stage: str) -> str:
    """Give the name that a stage has after an event that renames stages, as a new pipeline does."""
    stages: Mapping[str, str] = getattr(event, "stages", {})
    return stages.get(stage, stage)


def left_stage(event: object) -> str:
    """Name the stage that an event leaves; empty when it leaves none, or it is not said which."""
    stage: str = getattr(event, "from_stage", "")
    return stage


def is_chain(steps: Iterable[object], start: str) -> bool:
    """Tell whether each step leaves the stage that the one before it entered."""
    for step in steps:
        if left_stage(step) != start:
            return False
        start = entered_stage(step)
    return True


def _arranged(tied: Sequence[DatedT], so_far: _StageSoFar) -> Iterator[DatedT]:
    """Go through the events of one instant, at which the entity was found in a stage."""
    beginnings = [event for event in tied if entered_stage(event) and not left_stage(event)]
    steps = [event for event in tied if entered_stage(event) and left_stage(event)]
    yield from beginnings
    if len(steps) > 1:
        steps = _chained(steps, entered_stage(beginnings[-1]) if beginnings else so_far.found())
    chain = iter(steps)
    for event in tied:
        if not entered_stage(event):
            yield event
        elif left_stage(event):
            yield next(chain)


def _chained(steps: list[DatedT], stage: str) -> list[DatedT]:
    """Put steps into a chain: from the stage if that can be, else from where one begins."""
    if is_chain(steps, stage):
        return steps  # as nearly all are
    for start in (stage, _loose_end(steps)):
        chain = _walk(steps, start)
        if len(chain) == len(steps) and is_chain(chain, start):
            return chain
    return steps


def _loose_end(steps: Sequence[DatedT]) -> str:
    """Name the stage that is left more often than it is entered, or else the first to be left."""
    balance = Counter(map(left_stage, steps))
    balance.subtract(map(entered_stage, steps))
    return next((s for s, surplus in balance.items() if surplus > 0), left_stage(steps[0]))


def _walk(steps: Sequence[DatedT], start: str) -> list[DatedT]:
    """
    Walk all steps that can be reached, each once, by Hierholzer's way through a graph.

    Of several steps that leave a stage the first to come is taken first, so a chain stays as it is.
    """
    leaving: dict[str, list[DatedT]] = {}
    for step in reversed(steps):
        leaving.setdefault(left_stage(step), []).append(step)
    walked: list[DatedT] = []
    under_way: list[DatedT] = []
    here = start
    while True:
        if leaving.get(here):
            under_way.append(leaving[here].pop())
            here = entered_stage(under_way[-1])
        elif under_way:
            here = left_stage(under_way[-1])
            walked.append(under_way.pop())
        else:
            return walked[::-1]
