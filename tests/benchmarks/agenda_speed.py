"""
How long the agenda of 100,000 leads takes: ``python tests/benchmarks/agenda_speed.py``.

Prints one table: without activities, with 1,000 activities each, and what a verb costs on both.
What is asked of a lead does not depend on how long its timeline is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
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


def main() -> None:
    """Measure, and print the table."""
    print(f"{'activities of each':>20} {'agenda of all':>15} {'lines':>8} {'one log':>12}")
    for activities in (0, ACTIVITIES):
        leads = [lead(number, activities) for number in range(DIFFERENT)]
        all_of_them = list(islice(cycle(leads), MANY))

        def asked(nouns: list[Lead] = all_of_them) -> int:
            return len(agenda(nouns, at=MONDAY, days=7, silent_after=timedelta(days=30)))

        def logs(one: Lead = leads[1]) -> None:
            for _ in range(1_000):
                one.log("email", at=MONDAY)

        log = seconds(logs) * 1_000
        print(f"{activities:>20,} {seconds(asked):>13.2f} s {asked():>8,} {log:>9.1f} µs")


if __name__ == "__main__":
    main()
