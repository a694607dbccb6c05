"""
How long a picture takes, and how large it is: at most 1 ms and 6,000 bytes.

    python tests/benchmarks/pictures.py
"""

from __future__ import annotations

import random
import sys
import timeit
from datetime import UTC, datetime, timedelta

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import cohorts, forecast, funnel
from salesfunnel.pictures import Language, picture

BYTES, MILLISECONDS = 6_000, 1.0


def main() -> int:
    """Draw three pictures of 500 deals in four languages, and print the figures of each."""
    chance = random.Random(4)  # noqa: S311 - the same deals each time
    start, deals = datetime(2025, 3, 2, tzinfo=UTC), []
    for number in range(500):
        began = start + timedelta(days=chance.randrange(360))
        amount = Money(chance.randrange(10**7, 10**9), "EUR")
        expected = (began + timedelta(days=chance.randrange(700))).date()
        deal = Opportunity.open(id=str(number), amount=amount, expected_close=expected, at=began)
        deals.append(deal.move("propose", at=began) if chance.random() < 0.5 else deal)
    now = start + timedelta(days=400)
    found = {
        "funnel": funnel(deals, at=now),
        "cohorts": cohorts(deals, at=now),
        "forecast": forecast(deals, at=now, target=Money(10**10, "EUR")),
    }
    missed = 0
    for name, counted in found.items():
        for language in Language:
            size = len(picture(counted, language=language).svg.encode())
            rounds = timeit.repeat(
                lambda c=counted, way=language: picture(c, language=way), number=20, repeat=7
            )
            took = min(rounds) / 20 * 1_000
            missed += size > BYTES or took > MILLISECONDS
            print(f"{name:9} {language}: {size:5,} bytes (6,000), {took:.2f} ms (1)")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
