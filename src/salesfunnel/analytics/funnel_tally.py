"""The running counts of a funnel: who reached which step, and what became of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ..errors import InvalidValue, Text, WrongKind
from .funnel_step import FunnelPath
from .passage import LOST, Entry

_WINDOW = Text("window_of_nothing", "{field} is not longer than nothing", "timedelta(days=30)")
_NO_STEP = Text(
    "window_without_step", "{field} is for {stage}, which is not a step of this funnel", "{steps}"
)

Within = timedelta | Mapping[str, timedelta]


def check_window(within: Within | None) -> None:
    """Refuse a window of nothing, and what is none."""
    windows: Iterable[object] = within.values() if isinstance(within, Mapping) else (within,)
    for window in () if within is None else windows:
        if not isinstance(window, timedelta):
            raise WrongKind.of("within", window, wanted="timedelta(days=30), or one by stage")
        if window <= timedelta():
            raise InvalidValue("within", _WINDOW)


def check_steps(within: Within | None, steps: tuple[str, ...]) -> None:
    """Refuse a window for a stage that the funnel does not have: it would change nothing."""
    for stage in within if isinstance(within, Mapping) else ():
        if stage not in steps:
            raise InvalidValue("within", _NO_STEP, {"stage": stage, "steps": ", ".join(steps)})


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

    def __init__(
        self, steps: tuple[str, ...], path: FunnelPath, within: Within | None, at: datetime
    ) -> None:
        """Begin with nothing."""
        self.steps, self.path, self.within, self.at = steps, path, within, at
        self.entered, self.onward, self.lost = ([0] * len(steps) for _ in range(3))
        self.skipped, self.returned = ([0] * len(steps) for _ in range(2))
        self.counted = self.reopened = 0
        self.uncounted: Counter[str] = Counter()
        self.flows: Counter[tuple[str, str]] = Counter()

    def count(self, entries: list[Entry]) -> None:
        """Count one passage."""
        if isinstance(self.within, timedelta):
            ends = entries[0].at + self.within
            if ends > self.at:
                return
            entries = [entry for entry in entries if entry.at <= ends]
        if self.path is FunnelPath.STANDING:
            entries = entries[-1:]
            if entries[0].rung == LOST:
                return
        self.counted += 1
        self._count_moves(entries)
        seen, last = {entry.rung for entry in entries}, len(self.steps) - 1
        times = _TIMES[self.path](entries, len(self.steps))
        for rung, began in enumerate(times):
            if began is None:
                continue
            window = None if not isinstance(self.within, Mapping) else self._window(rung)
            ends = self.at if window is None else began + window
            if ends > self.at:
                continue
            self.entered[rung] += 1
            self.skipped[rung] += rung not in seen
            by_then = entries if window is None else [e for e in entries if e.at <= ends]
            if rung == last:
                passed = by_then[-1].rung == last
            elif self.path is FunnelPath.VISITED:
                places = [place for place, e in enumerate(by_then) if e.rung == rung]
                passed = any(e.rung == rung + 1 for e in by_then[places[0] + 1 :])
            else:
                after = times[rung + 1]
                passed = after is not None and after <= ends
            self.onward[rung] += passed
            self.lost[rung] += not passed and by_then[-1].rung == LOST

    def _window(self, rung: int) -> timedelta | None:
        return self.within.get(self.steps[rung]) if isinstance(self.within, Mapping) else None

    def _count_moves(self, entries: list[Entry]) -> None:
        highest, seen, back, before = LOST, set[int](), set[int](), ""
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

    def add(self, other: Tally, *, times: int = 1) -> None:
        """Take in the counts of a group, or of one passage that was taken so many times."""
        self.counted += other.counted * times
        self.reopened += other.reopened * times
        for reason, count in other.uncounted.items():
            self.uncounted[reason] += count * times
        for way, count in other.flows.items():
            self.flows[way] += count * times
        for name in ("entered", "onward", "lost", "skipped", "returned"):
            mine, theirs = getattr(self, name), getattr(other, name)
            mine[:] = [a + b * times for a, b in zip(mine, theirs, strict=True)]


_Times = list[datetime | None]


def _reached(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    best = LOST
    for entry in entries:
        for rung in range(best + 1, entry.rung + 1):
            times[rung] = entry.at
        best = max(best, entry.rung)
    return times


def _visited(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    for entry in reversed(entries):
        if entry.rung != LOST:
            times[entry.rung] = entry.at
    return times


def _strict(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    wanted = 0
    for entry in entries:
        if entry.rung == wanted:
            times[wanted] = entry.at
            wanted += 1
    return times


_TIMES = {
    FunnelPath.REACHED: _reached,
    FunnelPath.STANDING: _reached,
    FunnelPath.VISITED: _visited,
    FunnelPath.STRICT: _strict,
}
