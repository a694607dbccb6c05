"""Where in a passage each rung was reached, by what it means to reach one."""

from __future__ import annotations

from .funnel_step import FunnelPath
from .passage import LOST, Entry

_Places = list[int | None]


def _reached(entries: list[Entry], steps: int) -> _Places:
    places: _Places = [None] * steps
    best = LOST
    for place, entry in enumerate(entries):
        for rung in range(best + 1, entry.rung + 1):
            places[rung] = place
        best = max(best, entry.rung)
    return places


def _visited(entries: list[Entry], steps: int) -> _Places:
    places: _Places = [None] * steps
    for place, entry in enumerate(entries):
        if entry.rung != LOST and entry.stage is not None and places[entry.rung] is None:
            places[entry.rung] = place
    return places


def _strict(entries: list[Entry], steps: int) -> _Places:
    places: _Places = [None] * steps
    wanted = 0
    for place, entry in enumerate(entries):
        if entry.rung == wanted and entry.stage is not None:
            places[wanted] = place
            wanted += 1
    return places


def rungs_reached(entries: list[Entry], path: FunnelPath, steps: int) -> list[int | None]:
    """
    Tell by which entry each rung was reached; ``None`` where none did.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> rungs_reached([Entry(monday, 1, "proposal")], FunnelPath.REACHED, 3)
    [0, 0, None]
    """
    return _PLACES[path](entries, steps)


_PLACES = {
    FunnelPath.REACHED: _reached,
    FunnelPath.STANDING: _reached,
    FunnelPath.VISITED: _visited,
    FunnelPath.STRICT: _strict,
}
