"""
How long the agenda of 100,000 leads takes: ``python tests/benchmarks/agenda_speed.py``.

Prints one table: without activities, with 1,000 activities each, and what a verb costs on both;
then how much memory an agenda of one pass takes at most. What is asked of a lead does not depend on
how long its timeline is, and no list of all leads is made. ``run.py`` has the same rows.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from salesfunnel.activities import agenda, plan_step
from salesfunnel.leads import Lead

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANY, DIFFERENT, ACTIVITIES = 100_000, 50, 1_000


def lead(number: int, activities: int) -> Lead:
    """Take in a lead with a step or two, and with so many activities."""
    one = Lead.capture(id=f"L{number}", company="Novin", owner="Ani", at=MONDAY)
    one = plan_step(one, "call", due=date(2026, 3, 1 + number % 28), at=MONDAY)
    if number % 3 == 0:
        one = one.nurture(until=MONDAY + timedelta(days=1 + number), at=MONDAY)
    for _ in range(activities):
        one = one.log("email", at=MONDAY)
    return one


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes, at best of three."""
    found = []
    for _ in range(3):
        begin = time.perf_counter()
        call()
        found.append(time.perf_counter() - begin)
    return min(found)


def agenda_ratio() -> float:
    """Compare the agenda of leads with 1,000 activities each with that of leads without any."""
    idle, busy = ([lead(n, activities) for n in range(DIFFERENT)] for activities in (0, ACTIVITIES))
    times = [
        (seconds(lambda: asked(many(busy))), seconds(lambda: asked(many(idle)))) for _ in "123"
    ]
    found = sorted(one / other for one, other in times)[1]
    print(f"the agenda of {MANY:,} leads with {ACTIVITIES:,} calls each takes {times[-1][0]:.1f} s")
    return found


def memory() -> float:
    """Say how many bytes for each of 100,000 leads the agenda takes, when they come in a stream."""
    leads = [lead(number, 0) for number in range(DIFFERENT)]
    tracemalloc.start()
    lines = asked(many(leads))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"an agenda of {lines:,} lines takes {most / 1e6:.0f} MB at most, all that it needs in all"
    )
    return most / lines


def many(leads: list[Lead]) -> Iterator[Lead]:
    """Let 100,000 leads come one after the other."""
    return islice(cycle(leads), MANY)


def asked(leads: Iterable[Lead]) -> int:
    """Ask what falls due within a week, and how many lines that is."""
    return len(agenda(leads, at=MONDAY, days=7, silent_after=timedelta(days=30)))


def main() -> None:
    """Measure, and print the table."""
    print(f"{'activities of each':>20} {'agenda of all':>15} {'lines':>8} {'one log':>12}")
    for activities in (0, ACTIVITIES):
        leads = [lead(number, activities) for number in range(DIFFERENT)]

        def logs(one: Lead = leads[1]) -> None:
            for _ in range(1_000):
                one.log("email", at=MONDAY)

        took, lines, log = seconds(lambda: asked(many(leads))), asked(many(leads)), seconds(logs)  # noqa: B023 - called at once
        print(f"{activities:>20,} {took:>13.2f} s {lines:>8,} {log * 1_000:>9.1f} µs")
    print(f"{memory():.0f} bytes a line")


if __name__ == "__main__":
    main()
