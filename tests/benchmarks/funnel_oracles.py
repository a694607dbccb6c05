"""
Funnel, stage times, cohorts and the figures of deals against SQL, days to win against real deals.

``python tests/benchmarks/funnel_oracles.py [HISTORIES]`` counts so many random histories, and so
many random deals, twice, by the library and by SQL that was written apart, and names each figure
that differs; then each history once more in a frame of every engine, by itself, which has to be
the value of the object.

With the sales pipeline of Maven Analytics as a further argument it also tells how near the days to
win, as they were known in March 2017, came to what was true later. Ends with 1 where a bar is
missed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from salesfunnel.analytics import report, time_to_win
from salesfunnel.interop import read_opportunities
from tests.analytics import deals_sql, piles_sql
from tests.analytics.funnel_sql import differing
from tests.frames import one_by_one
from tests.frames.engines import ENGINES

HISTORIES, MOST_DAYS, LATER_TRUTH = 1_000, 8, 83
MARCH = datetime(2017, 3, 31, 12, tzinfo=UTC)
PATHS = "4 paths, with and without a window, stage times and cohorts"
OF_PILES = "velocity, losses by stage, reason and competitor, ageing and time to win"
FIGURES = "movement, forecast, report and slippage, with and without a period"


def days_to_win(file: Path) -> bool:
    """Print the days to win as they were known in March 2017, and tell whether they are near."""
    read = read_opportunities(file, at=datetime(2018, 1, 1, tzinfo=UTC)).entities()
    deals = [deal for deal in read if deal.opened_on is not None]
    found, naive = time_to_win(deals, at=MARCH), report(deals, at=MARCH).days_to_win
    print(f"days to win: median {found.median}, band {found.band}; later truth {LATER_TRUTH}")
    print(f"days of those already won, which is too short: median {naive.median:g}")
    if found.median is None or found.band is None:
        return False
    low, high = found.band
    is_covered = low <= LATER_TRUTH <= (high or LATER_TRUTH)
    return is_covered and abs(found.median - LATER_TRUTH) <= MOST_DAYS


def main(histories: int = HISTORIES, file: str = "") -> int:
    """Print the figures, and tell whether a bar is missed."""
    found = list(differing(histories, seed=histories))
    print(f"{histories:,} histories, {PATHS}: {len(found)} differing integers (at most 0)")
    others = list(deals_sql.differing(histories, seed=histories))
    print(f"{histories:,} deals, {FIGURES}: {len(others)} differing figures (at most 0)")
    found += others
    others = list(piles_sql.differing(histories // 4, seed=histories))
    print(f"{histories // 4:,} piles of deals, {OF_PILES}: {len(others)} differing (at most 0)")
    found += others
    print(*found[:20], sep="\n", end="\n" if found else "")
    for engine in ENGINES:
        others = list(one_by_one.differing(engine, histories, seed=histories))
        print(f"{engine.name}: {len(others)} differing answers (at most 0)", *others[:5], sep="\n")
        found += others
    is_near = days_to_win(Path(file)) if file else True
    return int(bool(found) or not is_near)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2]), *sys.argv[2:3]))
