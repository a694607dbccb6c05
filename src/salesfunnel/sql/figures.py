"""What became of each entity on each rung of the ladder, and how many those are."""

from __future__ import annotations

import attrs

from ..analytics.funnel_step import FunnelPath
from ..analytics.passage import LOST
from .codes import Codes
from .steps import QuerySteps

FIGURES = ("entered", "onward", "lost", "still", "skipped", "returned", "bypassed")


@attrs.frozen
class StepFigures:
    """The conditions under which an entity is counted on a rung, by what a path means."""

    codes: Codes
    path: FunnelPath

    def count(self, steps: QuerySteps, *, is_grouped: bool) -> None:
        """Go on from moves to one row for each entity, and on to the sums, group by group."""
        if self.path is FunnelPath.STRICT:
            self._strictly(steps)
        keys = "entity, team" if is_grouped else "entity"
        largest = len(self.codes.stages) + 1
        figures = [f"MAX(n * {largest} + code) % {largest} AS final", "MAX(rung) AS furthest"]
        for rung in range(len(self.codes.steps)):
            figures += self._places(rung)
        closed = f"rung IN (-1, {self.codes.last})"
        figures += [
            f"MIN(CASE WHEN {closed} THEN n END) AS closed",
            f"MAX(CASE WHEN NOT {closed} THEN n END) AS open",
        ]
        steps.then(f"SELECT {keys}, {', '.join(figures)} FROM {steps.last} GROUP BY {keys}")
        sums = ["COUNT(*) AS counted", _sum("open > closed", "reopened")]
        for rung in range(len(self.codes.steps)):
            for name, condition in self._conditions(rung).items():
                sums.append(_sum(condition, f"{name}_{rung}"))
        team, by_team = ("team, ", " GROUP BY team") if is_grouped else ("", "")
        steps.then(f"SELECT {team}{', '.join(sums)} FROM {steps.last}{by_team}")

    def _places(self, rung: int) -> list[str]:
        """Find where an entity first and last entered a rung, and first one above it."""
        found = [
            f"MIN(CASE WHEN rung = {rung} THEN n END) AS first_{rung}",
            f"MAX(CASE WHEN rung = {rung} THEN n END) AS last_{rung}",
            f"MIN(CASE WHEN rung > {rung} THEN n END) AS above_{rung}",
        ]
        if self.path is FunnelPath.STRICT:
            found.append(f"MIN(strict_{rung}) AS strict_{rung}")
        return found

    def _strictly(self, steps: QuerySteps) -> None:
        """Find the first entry of each rung after that of the one below."""
        for rung in range(len(self.codes.steps)):
            after = f" AND n > strict_{rung - 1}" if rung else ""
            here = f"CASE WHEN rung = {rung}{after} THEN n END"
            steps.add({f"strict_{rung}": f"MIN({here}) OVER (PARTITION BY entity)"})

    def _conditions(self, rung: int) -> dict[str, str]:
        """Say when an entity is counted; what is null is not."""
        entered, onward = self._entered(rung), self._onward(rung)
        is_lost = f"final IN {self.codes.on(LOST)}"
        is_won = f"final IN {self.codes.on(self.codes.last)}"
        return {
            "entered": entered,
            "onward": f"{entered} AND {onward}",
            "lost": f"{entered} AND {is_lost} AND NOT COALESCE({onward}, FALSE)",
            "bypassed": f"{entered} AND {is_won} AND NOT COALESCE({onward}, FALSE)",
            "skipped": f"{entered} AND first_{rung} IS NULL",
            "returned": f"last_{rung} > first_{rung} AND last_{rung} > above_{rung}",
        }

    def _entered(self, rung: int) -> str:
        if self.path is FunnelPath.VISITED:
            return f"first_{rung} IS NOT NULL"
        if self.path is FunnelPath.STRICT:
            return f"strict_{rung} IS NOT NULL"
        return f"furthest >= {rung}"

    def _onward(self, rung: int) -> str:
        if rung == self.codes.last:
            return f"final IN {self.codes.on(rung)}"
        if self.path is FunnelPath.VISITED:
            return f"last_{rung + 1} > first_{rung}"
        return self._entered(rung + 1)


def _sum(condition: str, name: str) -> str:
    # DuckDB adds up into numbers of 128 bits, which frames take for floats.
    counted = f"COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"
    return f"CAST({counted} AS bigint) AS {name}"
