"""The table of stage times: who has left and who is still there, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import Figures
from .labels import Labels
from .stage_time import StageTime

_NAMES = ("pipeline", "stage", "have left", "still", "median of those", "half of all leave")


def time_figures(times: Sequence[StageTime], notes: tuple[object, ...], labels: Labels) -> Figures:
    """Tell of each stage how many have left and how long that took; of rest where there was any."""
    limits = tuple(limit for limit, _ in times[0].within) if times else ()
    first = 0 if len({time.pipeline for time in times}) > 1 else 1
    has_rested = any(time.rested for time in times)
    rows = tuple(
        (
            *(
                *(t.pipeline, labels.stage(t.stage), t.ended, t.still),
                *(t.median_ended, t.half_left),
            )[first:],
            *((t.rested or None,) if has_rested else ()),
            *(share for _, share in t.within),
        )
        for t in times
    )
    rest = ("at rest",) if has_rested else ()
    return Figures((*_NAMES[first:], *rest, *limits), rows, notes)
