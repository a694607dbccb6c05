"""
How long it takes to convert many leads into one account: ten times as many, ten times as long.

``python tests/benchmarks/conversion_speed.py`` prints the seconds for 1,000 and for 10,000 leads,
and fails where the ratio is above 12. The garbage collector rests for the figure that counts, as in
`timeit`, since it looks through each long tuple again and again. It is run by hand.
"""

from __future__ import annotations

import gc
import sys
import time
from datetime import UTC, datetime

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOST = 12


def leads(count: int) -> list[Lead]:
    """Make leads of one company, each with a person and an address of its own."""
    return [
        Lead.capture(
            id=f"L{n}",
            person=f"Person {n}",
            company="Novin",
            contact_points=[ContactPoint("email", f"p{n}@novin.example")],
            stage="qualified",
            at=MONDAY,
        )
        for n in range(count)
    ]


def seconds(count: int) -> float:
    """Convert that many leads into one account, and say how long it took."""
    account = Account.open(id="A", company=Company("Novin"), at=MONDAY)
    arrived = leads(count)
    begun = time.process_time()
    for lead in arrived:
        account = plan_conversion(lead, account=account).apply(at=MONDAY, account=account).account
    assert len(account.people) == len(account.contact_points) == len(account.lead_ids) == count
    return time.process_time() - begun


def ratio(how: str) -> float:
    """Print the two figures and their ratio."""
    few, many = seconds(1_000), seconds(10_000)
    print(f"{how}: 1,000 in {few:.2f} s, 10,000 in {many:.2f} s, ratio {many / few:.1f}")
    return many / few


def main() -> int:
    """Measure with the collector and without it; only the second figure has a limit."""
    seconds(100)
    ratio("with the collector")
    gc.disable()
    return int(ratio(f"without it (at most {MOST})") > MOST)


if __name__ == "__main__":
    sys.exit(main())
