"""The running counts of a funnel: who reached which step, and what became of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from ..errors import Problem, Text
from .funnel_places import rungs_reached
from .funnel_step import FunnelPath
from .funnel_windows import Cuts, Within, certain_of, cut_of
from .passage import LOST, Entry

_LOST_SOMEWHERE = Text(
    "lost_from_untold_stage",
    "lost from a stage that is not known, and counted where they begin: {count:,}",
)
_NO_DAY = Text(
    "window_without_days",
    "went on, or were lost, on a day that is not known, and are undecided in the window: {count:,}",
)

_NEVER_BEGAN = Text(
    "lost_without_a_stage", "lost without a stage before it, and in no step: {count:,}"
)

Way = tuple[str | None, str | None]
"""From which stage to which: blank for none, ``None`` for one that no one told."""


_COUNTS = ("entered", "onward", "lost", "bypassed", "skipped", "returned", "undated", "perhaps")


class Tally:
    """
    The running counts of one group.

    In a window an entry on no known day, and what follows it, may lie in it or not: those who went
    on or were lost by it are ``undated`` where they stood for certain, and ``perhaps`` on the rungs
    that they may have entered in time.
    """

    steps: tuple[str, ...]
    path: FunnelPath
    within: Within | None
    at: datetime
    entered: list[int]
    onward: list[int]
    lost: list[int]
    bypassed: list[int]
    skipped: list[int]
    returned: list[int]
    undated: list[int]
    perhaps: list[int]
    counted: int
    reopened: int
    unsure: int
    lost_somewhere: int
    never_began: int

    def __init__(
        self, steps: tuple[str, ...], path: FunnelPath, within: Within | None, at: datetime
    ) -> None:
        """Begin with nothing."""
        self.steps, self.path, self.within, self.at = steps, path, within, at
        for name in _COUNTS:
            setattr(self, name, [0] * len(steps))
        self.counted = self.reopened = self.unsure = 0
        self.lost_somewhere = self.never_began = 0
        self.uncounted: Counter[str] = Counter()
        self.flows: Counter[Way] = Counter()

    def count(self, entries: list[Entry], cuts: Cuts | None = None) -> None:
        """
        Count one passage.

        ``cuts`` tells how many of its entries lie within each window, in the order of the windows,
        where that is known already.
        """
        further: list[Entry] = []
        if isinstance(self.within, timedelta):
            cut = cut_of(entries, 0, self.within, at=self.at) if cuts is None else cuts[0]
            if cut < 0:
                return
            certain = certain_of(entries, cut)
            entries, further = entries[:certain], entries[certain:cut]
        if self.path is FunnelPath.STANDING:
            entries = entries[-1:]
            if entries[0].rung == LOST:
                return
        self.counted += 1
        self._count_moves(entries)
        self.never_began += {entry.rung for entry in (*entries, *further)} == {LOST}
        places = rungs_reached(entries, self.path, len(self.steps))
        is_unsure = self._count_steps(entries, places, cuts, has_more=bool(further))
        if further:
            perhaps = rungs_reached([*entries, *further], self.path, len(self.steps))
            for rung, (place, later) in enumerate(zip(places, perhaps, strict=True)):
                self.perhaps[rung] += place is None and later is not None
        self.unsure += is_unsure

    def _count_steps(
        self, entries: list[Entry], places: list[int | None], cuts: Cuts | None, *, has_more: bool
    ) -> bool:
        """Count one passage on each rung that it entered; tell whether it is undecided on any."""
        seen, last = {entry.rung for entry in entries}, len(self.steps) - 1
        is_undecided = False
        for rung, place in enumerate(places):
            if place is None:
                continue
            within = self._window(rung)
            if within is not None and entries[place].is_undated:
                self.perhaps[rung] += 1
                is_undecided = True
                continue
            cut = self._cut(entries, rung, place, cuts)
            if cut < 0:
                continue
            certain = cut if within is None else certain_of(entries, cut)
            self.entered[rung] += 1
            self.skipped[rung] += rung not in seen
            passed = self._has_passed(entries, places, rung, certain)
            ends = entries[certain - 1].rung
            is_unsure = not passed and (has_more or certain < cut)
            self.onward[rung] += passed
            self.undated[rung] += is_unsure
            self.lost[rung] += not passed and not is_unsure and ends == LOST
            self.bypassed[rung] += not passed and not is_unsure and ends == last
            is_undecided |= is_unsure
        return is_undecided

    def _has_passed(
        self, entries: list[Entry], places: list[int | None], rung: int, cut: int
    ) -> bool:
        """Tell whether a passage went on from a rung; from the last if it stands there."""
        if rung == len(self.steps) - 1:
            return entries[cut - 1].rung == rung
        if self.path is FunnelPath.VISITED:
            place = places[rung] or 0
            return any(entry.rung == rung + 1 for entry in entries[place + 1 : cut])
        after = places[rung + 1]
        return after is not None and after < cut

    def _window(self, rung: int) -> timedelta | None:
        """Give the window of a rung of its own."""
        return self.within.get(self.steps[rung]) if isinstance(self.within, Mapping) else None

    def _cut(self, entries: list[Entry], rung: int, place: int, cuts: Cuts | None) -> int:
        """Say how many entries lie in the window of a rung: all of them where it has none."""
        window = self._window(rung)
        if window is None:
            return len(entries)
        if cuts is not None and isinstance(self.within, Mapping):
            return cuts[list(self.within).index(self.steps[rung])]
        return cut_of(entries, place, window, at=self.at)

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
        self.unsure += other.unsure * times
        self.lost_somewhere += other.lost_somewhere * times
        self.never_began += other.never_began * times
        for reason, count in other.uncounted.items():
            self.uncounted[reason] += count * times
        for way, count in other.flows.items():
            self.flows[way] += count * times
        for name in _COUNTS:
            mine, theirs = getattr(self, name), getattr(other, name)
            mine[:] = [a + b * times for a, b in zip(mine, theirs, strict=True)]

    def problems(self) -> tuple[Problem, ...]:
        """Say how many were lost from a stage, or on a day, that no one told, or from none."""
        counts = (
            (_LOST_SOMEWHERE, self.lost_somewhere),
            (_NEVER_BEGAN, self.never_began),
            (_NO_DAY, self.unsure),
        )
        return tuple(text.problem(is_error=False, count=count) for text, count in counts if count)
