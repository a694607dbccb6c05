"""
Random histories, each counted by itself: in a frame as a group of its own, and as an object.

So no two mistakes can hide one another, and an engine is asked a few times for all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from salesfunnel.analytics import cohorts, funnel, movement, stage_times
from salesfunnel.frames import StageHistory
from tests.analytics.funnel_sql import AT, BOARD, PATHS, START, WINDOW, a_history
from tests.frames.engines import Engine
from tests.frames.test_stage_history_laws import NAMED, rows_of

DAY = timedelta(days=1)
NOW = START + AT * DAY
WITHIN = (None, WINDOW * DAY, {"a": 4 * DAY, "c": WINDOW * DAY, "won": DAY})


def questions() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Go through the questions: the name of the method, the function for objects, the arguments."""
    for path in PATHS:
        for within in WITHIN:
            yield "funnel", funnel, {"at": NOW, "path": path, "within": within}
    yield "stage_times", stage_times, {"at": NOW, "within": [3 * DAY, WINDOW * DAY]}
    late = {"at": NOW + 60 * DAY, "within": WINDOW * DAY}
    yield "cohorts", cohorts, {**late, "every": "week"}
    yield "cohorts", cohorts, {**late, "to": "b"}
    yield "movement", movement, {"since": START + 9 * DAY, "until": NOW}


def differing(engine: Engine, count: int, *, seed: int) -> Iterator[str]:
    """Ask an engine about so many random histories, and name each that objects answer otherwise."""
    chance = random.Random(seed)  # noqa: S311 - not to keep a secret
    walks = [a_history(chance, number) for number in range(count)]
    history = StageHistory(engine.of(rows_of(walks)), BOARD, **NAMED, seq="n")
    for name, of_objects, asked in questions():
        found = getattr(history, name)(**asked, group="deal").groups
        for number, (deal, _) in enumerate(walks):
            expected = of_objects([deal], **asked)
            group = found.get(str(number))
            then = asked.get("until", asked.get("at"))
            is_there = getattr(expected, "counted", deal.timeline[0].at <= then)
            if (group is not None or is_there) and group != expected:
                yield f"{engine.name}: {number} {name} {asked}: {group} for {expected}"
