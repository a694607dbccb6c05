"""What is counted of a funnel, group by group, while one passage after the other comes by."""

from __future__ import annotations

from datetime import datetime

import attrs

from .funnel_step import FunnelPath
from .funnel_tally import Tally
from .funnel_windows import Cuts, Within
from .passage import LOST, UNKNOWN, Entry
from .unknown_stages import UnknownStages


@attrs.define
class FunnelCount:
    """Counts passages through the steps; one of them may stand for many that are alike."""

    path: FunnelPath
    within: Within | None
    at: datetime
    closed_only: bool
    steps: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    tallies: dict[str | None, Tally] = attrs.field(factory=dict, init=False)
    unknown: UnknownStages = attrs.field(factory=UnknownStages, init=False)

    def usable(self, entries: list[Entry], *, times: int = 1) -> list[Entry]:
        """Leave out stages that the pipeline does not have; nothing where nothing is to count."""
        known = [entry for entry in entries if entry.rung != UNKNOWN]
        if len(known) < len(entries):
            self.unknown.count(entries, times=times)
        if known and self.closed_only and known[-1].rung not in {LOST, len(self.steps) - 1}:
            return []
        return known

    def take(
        self,
        name: str | None,
        entries: list[Entry],
        *,
        times: int = 1,
        cuts: Cuts | None = None,
    ) -> None:
        """Count a passage that is usable in its group, as often as it was taken."""
        if name not in self.tallies:
            self.tallies[name] = self._tally()
        tally = self.tallies[name]
        if entries[-1].uncounted:
            tally.uncounted[entries[-1].uncounted] += times
            return
        if times == 1:
            tally.count(entries, cuts)
        else:
            one = self._tally()
            one.count(entries, cuts)
            tally.add(one, times=times)

    def whole(self) -> Tally:
        """Add up the groups."""
        whole = self._tally()
        for tally in self.tallies.values():
            whole.add(tally)
        return whole

    def _tally(self) -> Tally:
        return Tally(self.steps, self.path, self.within, self.at)
