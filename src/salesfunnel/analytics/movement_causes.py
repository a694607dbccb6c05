"""Why the pipeline moved: the one cause of each change of a deal, from how it stood before."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..pipeline.stage import StageKind
from ..values.money import Money
from ..values.numbers import EXACT

CAUSES = (
    *("new", "reopened", "pulled_in", "raised", "revalued"),
    *("lowered", "moved_out", "won", "lost", "uncounted"),
)
Change = tuple[str, Money | None]


@attrs.frozen
class DealStanding:
    """How a deal stands: its kind of stage, whether it counts in the pipeline, and for how much."""

    kind: str
    counts: bool
    amount: Money | None


def change_between(before: DealStanding | None, after: DealStanding | None) -> Iterator[Change]:
    """
    Name what happened to a deal, or to several of which the same is true, added up.

    >>> five, nine = Money(5, "EUR"), Money(9, "EUR")
    >>> [*change_between(DealStanding("open", True, five), DealStanding("open", True, nine))]
    [('raised', Money(amount=Decimal('4'), currency='EUR'))]
    """
    was, is_now = before is not None and before.counts, after is not None and after.counts
    if before and after and was and is_now:
        yield from _revision(before.amount, after.amount)
    elif before and after and was:
        yield "moved_out" if after.kind == StageKind.OPEN else after.kind, before.amount
    elif after and is_now:
        is_open = before is not None and before.kind == StageKind.OPEN
        yield "new" if before is None else "pulled_in" if is_open else "reopened", after.amount


def _revision(before: Money | None, after: Money | None) -> Iterator[Change]:
    if before and after and before.currency == after.currency:
        if before < after:
            yield "raised", _more(after, before)
        elif after < before:
            yield "lowered", _more(before, after)
        return
    if before:
        yield "lowered", before
    if after:
        yield "raised", after


def _more(amount: Money, than: Money) -> Money:
    """Take one amount from another; either may be a sum, which is wider than any one amount."""
    return Money.summed(EXACT.subtract(amount.amount, than.amount), amount.currency)
