"""
How long it takes to convert 10,000 leads into one account, and whether one more takes longer.

A frozen account copies its timeline, people and lead ids with each lead that it takes
in, and lets go of those before. That is shown, and left out of the figure that has a limit: nothing
else may grow with the account. For that figure conversions into the full account and into an empty
one take turns. The garbage collector rests, as in `timeit`, since it looks through each long tuple
again and again. ``run.py`` has the same row.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from datetime import UTC, datetime

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint
from salesfunnel.values.members import Members

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
COUNT, ROUNDS, CHUNK = 10_000, 21, 25
MOST = 1.4


def lead(number: int) -> Lead:
    """Make a lead of one company, with a person and an address of its own."""
    return Lead.capture(
        id=f"L{number}",
        person=f"Person {number}",
        company="Novin",
        contact_points=[ContactPoint("email", f"p{number}@novin.example")],
        stage="qualified",
        at=MONDAY,
    )


def convert(arrived: Lead, account: Account) -> Account:
    """Convert a lead into an account."""
    return plan_conversion(arrived, account=account).apply(at=MONDAY, account=account).account


class Copying:
    """A watch on the growing of collections."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.seconds = 0.0
        self.grow = Members.with_members

    def __call__(self, members: Members[object], further: object) -> Members[object]:
        """Grow a collection, and take the time."""
        begun = time.process_time()
        done = self.grow(members, further)
        self.seconds += time.process_time() - begun
        return done


def measured(account: Account, copying: Copying) -> float:
    """Convert some leads into an account as it is, and say how long that took without copying."""
    copying.seconds, begun = 0.0, time.process_time()
    for number in range(CHUNK):
        done = convert(lead(COUNT + number), account)
        letting_go = time.process_time()
        done = None  # noqa: F841 - frees the copies
        _ = account.timeline[:-1] + account.timeline[-1:]  # as the timeline was copied
        copying.seconds += time.process_time() - letting_go
    return time.process_time() - begun - copying.seconds


def ratio() -> float:
    """Compare a conversion into the full account with one into an empty one, without copying."""
    gc.disable()
    empty = full = convert(lead(0), Account.open(id="A", company=Company("Novin"), at=MONDAY))
    begun = time.process_time()
    for number in range(1, COUNT):
        full = convert(lead(number), full)
    print(f"{COUNT:,} leads are taken in and converted in {time.process_time() - begun:.1f} s")
    assert len(full.people) == len(full.lead_ids) == COUNT
    assert all(person.contact_points for person in full.people)
    copying = Copying()
    Members.with_members = lambda members, further: copying(members, further)  # noqa: PLW0108
    found = [(measured(full, copying), measured(empty, copying)) for _ in range(ROUNDS)]
    Members.with_members = copying.grow
    gc.enable()
    return statistics.median(one / other for one, other in found)


def main() -> int:
    """Print the figures, and say by the status whether the bar is met."""
    found = ratio()
    print(f"but for copying, one more takes {found:.2f} times as long as the first (limit {MOST})")
    return int(found > MOST)


if __name__ == "__main__":
    sys.exit(main())
