"""
The funnel and the report, held to bars: ``python tests/benchmarks/funnel_speed.py [COUNT]``.

A report may take four times as long as a loop by hand that counts the same figures with exact sums,
and a funnel over an iterator of a million deals, each of them new, leaves no more than 32 MiB, for
it keeps none. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import funnel, report
from salesfunnel.values.numbers import EXACT

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
AT = START + 99 * DAY
AGES = (30, 60, 90)
COUNT, ROUNDS, MILLION = 6_000, 7, 1_000_000
MOST_TIMES, MOST_MIB = 4, 32


def a_deal(number: int) -> Opportunity:
    """Make one deal of three that stand in another place each."""
    amount = Money(900 + number % 50, "EUR")
    deal = Opportunity.open(id=str(number), amount=amount, at=START)
    if number % 3 == 0:
        return deal
    if number % 3 == 1:
        return deal.move("propose", at=START + DAY)
    return deal.lose("price", competitor="Faradis", at=START + DAY)


DEALS = [a_deal(number) for number in range(COUNT)]


def by_hand() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count stages, sums, losses, values, ages and days as one would without the library."""
    stages, reasons, days = Counter[str](), Counter[tuple[str, str]](), Counter[int]()
    sums: dict[tuple[str, str], Decimal] = {}
    lost: dict[tuple[str, str], Decimal] = {}
    closed: dict[str, Decimal] = {}
    competitors, ages, currencies = Counter[str](), [0] * 4, Counter[str]()
    aged: dict[int, Decimal] = {}
    blank, today = 0, AT.date()
    for deal in DEALS:
        if deal.timeline[-1].at > AT:
            continue
        stages[deal.stage] += 1
        amount, closing = deal.amount, deal.closing
        if amount is not None:
            place = deal.stage, amount.currency
            sums[place] = EXACT.add(sums.get(place, Decimal(0)), amount.amount)
        if closing is None:
            age = bisect_left(AGES, (today - deal.opened_on).days) if deal.opened_on else 0
            ages[age] += 1
            if amount is not None:
                currencies[amount.currency] += 1
                aged[age] = EXACT.add(aged.get(age, Decimal(0)), amount.amount)
            continue
        value = closing.amount
        if value is None or not value.amount:
            blank += 1
        else:
            closed[value.currency] = EXACT.add(closed.get(value.currency, Decimal(0)), value.amount)
        if deal.stage == "lost":
            why = closing.stage, closing.reason
            reasons[why] += 1
            competitors.update(closing.competitors)
            if value is not None:
                lost[why] = EXACT.add(lost.get(why, Decimal(0)), value.amount)
        elif deal.opened_on and closing.closed_on:
            days[(closing.closed_on - deal.opened_on).days] += 1
    return stages, reasons


def seconds(contender: Callable[[], object]) -> float:
    """Measure one run in processor time."""
    gc.collect()
    begin = time.process_time()
    contender()
    return time.process_time() - begin


def new_deals(count: int) -> Iterator[Opportunity]:
    """Make so many deals, one after another; no one else holds them."""
    for number in range(count):
        yield a_deal(number)


def mebibytes() -> float:
    """Say how much memory was held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int = MILLION) -> int:
    """Print each figure with its bar, and tell whether one is missed."""
    stages, reasons = by_hand()
    found = report(DEALS, at=AT)
    assert {stage.stage: stage.count for stage in found.stages} == stages
    assert {(x.stage, x.reason): x.total.count for x in found.losses} == reasons
    turns = [(seconds(lambda: report(DEALS, at=AT)), seconds(by_hand)) for _ in range(ROUNDS)]
    times = statistics.median(a for a, _ in turns) / statistics.median(b for _, b in turns)
    print(f"report / a loop by hand: {times:.1f} (at most {MOST_TIMES})")
    each = seconds(lambda: funnel(DEALS, at=AT)) / COUNT
    print(f"funnel: {1e6 * each:.0f} µs a deal")
    funnel(new_deals(1_000), at=AT)
    before = mebibytes()
    counted = funnel(new_deals(count), at=AT).counted
    more = mebibytes() - before
    print(f"funnel of {counted:,} new deals: {more:.1f} MiB more (at most {MOST_MIB})")
    return int(times > MOST_TIMES or more > MOST_MIB or counted != count)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
