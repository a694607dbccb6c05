"""
The funnel and the report, held to bars: ``python tests/benchmarks/funnel_speed.py``.

A report may take four times as long as a loop by hand with exact sums, and a funnel over an
iterator leaves no more than 32 MiB, since it keeps no deal. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import funnel, report
from salesfunnel.values.numbers import EXACT

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
DEAL = Opportunity.open(id="7", amount=Money("900", "EUR"), at=START)
DEALS = (DEAL, DEAL.move("propose", at=START + DAY), DEAL.lose("price", at=START + DAY))
COUNT, ROUNDS = 6_000, 7
MOST_TIMES, MOST_MIB = 4, 32


def deals(count: int) -> Iterator[Opportunity]:
    """Give so many deals, one after another."""
    for number in range(count):
        yield DEALS[number % 3]


def by_hand() -> None:
    """Count stages, reasons, days and exact sums as one would without the library."""
    stages, reasons, days = Counter[str](), Counter[str](), Counter[int]()
    sums: dict[tuple[str, str], Decimal] = {}
    for deal in deals(COUNT):
        stages[deal.stage] += 1
        if deal.amount is not None:
            place = deal.stage, deal.amount.currency
            sums[place] = EXACT.add(sums.get(place, Decimal(0)), deal.amount.amount)
        if deal.loss and deal.loss.reason != "unknown":
            reasons[deal.loss.reason] += 1
        if deal.stage == "won" and deal.opened_on and deal.closed_on:
            days[(deal.closed_on - deal.opened_on).days] += 1


def seconds(contender: Callable[[], object]) -> float:
    """Measure one run in processor time."""
    begin = time.process_time()
    contender()
    return time.process_time() - begin


def main() -> int:
    """Print both figures, and tell whether a bar is missed."""
    turns = [(seconds(lambda: report(deals(COUNT))), seconds(by_hand)) for _ in range(ROUNDS)]
    times = statistics.median(a for a, _ in turns) / statistics.median(b for _, b in turns)
    each = seconds(lambda: funnel(deals(COUNT), at=START + 9 * DAY)) / COUNT
    tracemalloc.start()
    funnel(deals(COUNT), at=START + 9 * DAY)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    print(f"report / a loop by hand: {times:.1f} (at most {MOST_TIMES})")
    print(f"funnel: {1e6 * each:.0f} µs a deal, {peak:.2f} MiB at its peak (at most {MOST_MIB})")
    return int(times > MOST_TIMES or peak > MOST_MIB)


if __name__ == "__main__":
    sys.exit(main())
