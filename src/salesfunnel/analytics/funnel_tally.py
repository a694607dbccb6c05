"""The running counts of a funnel: who reached which step, and what became of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from ..errors import Problem, Text
from .funnel_places import rungs_reached
from .funnel_step import FunnelPath
from .funnel_windows import Cuts, Within, cut_of
from .passage import LOST, Entry

_LOST_SOMEWHERE = Text(
    "lost_from_untold_stage",
    "lost from a stage that is not known, and counted where deals begin: {count:,}",
)

Way = tuple[str | None, str | None]
"""From which stage to which: blank for none, ``None`` for one that no one told."""


class Tally:
    """The running counts of one group."""

    steps: tuple[str, ...]
    path: FunnelPath
    within: Within | None
    at: datetime
    entered: list[int]
    onward: list[int]
    lost: list[int]
    skipped: list[int]
    returned: list[int]
    counted: int
    reopened: int
    lost_somewhere: int

    def __init__(
        self, steps: tuple[str, ...], path: FunnelPath, within: Within | None, at: datetime
    ) -> None:
        """Begin with nothing."""
        self.steps, self.path, self.within, self.at = steps, path, within, at
        self.entered, self.onward, self.lost = ([0] * len(steps) for _ in range(3))
        self.skipped, self.returned = ([0] * len(steps) for _ in range(2))
        self.counted = self.reopened = self.lost_somewhere = 0
        self.uncounted: Counter[str] = Counter()
        self.flows: Counter[Way] = Counter()

    def count(self, entries: list[Entry], cuts: Cuts | None = None) -> None:
        """
        Count one passage.

        ``cuts`` tells how many of its entries lie within each window, in the order of the windows,
        where that is known already.
        """
        if isinstance(self.within, timedelta):
            cut = cut_of(entries, 0, self.within, at=self.at) if cuts is None else cuts[0]
            if cut < 0:
                return
            entries = entries[:cut]
        if self.path is FunnelPath.STANDING:
            entries = entries[-1:]
            if entries[0].rung == LOST:
                return
        self.counted += 1
        self._count_moves(entries)
        seen, last = {entry.rung for entry in entries}, len(self.steps) - 1
        places = rungs_reached(entries, self.path, len(self.steps))
        for rung, place in enumerate(places):
            if place is None:
                continue
            cut = self._cut(entries, rung, place, cuts)
            if cut < 0:
                continue
            self.entered[rung] += 1
            self.skipped[rung] += rung not in seen
            if rung == last:
                passed = entries[cut - 1].rung == last
            elif self.path is FunnelPath.VISITED:
                passed = any(entry.rung == rung + 1 for entry in entries[place + 1 : cut])
            else:
                after = places[rung + 1]
                passed = after is not None and after < cut
            self.onward[rung] += passed
            self.lost[rung] += not passed and entries[cut - 1].rung == LOST

    def _cut(self, entries: list[Entry], rung: int, place: int, cuts: Cuts | None) -> int:
        """Say how many entries lie in the window of a rung: all of them where it has none."""
        within, step = self.within, self.steps[rung]
        if not isinstance(within, Mapping) or step not in within:
            return len(entries)
        if cuts is not None:
            return cuts[list(within).index(step)]
        return cut_of(entries, place, within[step], at=self.at)

    def _count_moves(self, entries: list[Entry]) -> None:
        highest, seen, back = LOST, set[int](), set[int]()
        before: str | None = ""
        is_closed = is_reopened = False
        for entry in entries:
            if entry.stage != before:
                self.flows[before, entry.stage] += 1
                if entry.rung < highest and entry.rung in seen:
                    back.add(entry.rung)
            is_reopened |= is_closed and entry.rung not in {LOST, len(self.steps) - 1}
            is_closed |= entry.rung in {LOST, len(self.steps) - 1}
            highest, before = max(highest, entry.rung), entry.stage
            seen.add(entry.rung)
        for rung in back - {LOST}:
            self.returned[rung] += 1
        self.reopened += is_reopened
        if self.path is FunnelPath.REACHED and entries[-1].rung == LOST:
            self.lost_somewhere += entries[-2:][0].stage is None

    def add(self, other: Tally, *, times: int = 1) -> None:
        """Take in the counts of a group, or of one passage that was taken so many times."""
        self.counted += other.counted * times
        self.reopened += other.reopened * times
        self.lost_somewhere += other.lost_somewhere * times
        for reason, count in other.uncounted.items():
            self.uncounted[reason] += count * times
        for way, count in other.flows.items():
            self.flows[way] += count * times
        for name in ("entered", "onward", "lost", "skipped", "returned"):
            mine, theirs = getattr(self, name), getattr(other, name)
            mine[:] = [a + b * times for a, b in zip(mine, theirs, strict=True)]

    def problems(self) -> tuple[Problem, ...]:
        """Say how many were lost from a stage that no one told."""
        count = self.lost_somewhere
        return (_LOST_SOMEWHERE.problem(is_error=False, count=count),) if count else ()
