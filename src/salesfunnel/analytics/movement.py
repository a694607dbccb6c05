"""
The movement of the pipeline: from what was open at one instant to what is open at another.

Each change of a deal has one cause, so that the opening, with all that came and went, is the
closing, to the last unit of each currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Period
from ..values.converters import maybe, one
from ..values.instants import instant
from ..values.money import Money
from .total import Total

_BACKWARDS = Text("movement_backwards", "{field} lies before since", "a later instant")

_CAUSES = ("new", "reopened", "pulled_in", "raised", "lowered", "moved_out", "won", "lost")
_LESS = frozenset({"lowered", "moved_out", "won", "lost"})
_IDLE = frozenset({"ActivityLogged", "ActivityCorrected", "ActivityWithdrawn", "OwnerAssigned"})


@attrs.frozen(kw_only=True)
class Movement:
    """
    From the opening pipeline to the closing one: what came, what changed, and what went.

    opening + new + reopened + pulled_in + raised - lowered - moved_out - won - lost = closing, for
    each currency. A deal counts in each of them as often as it happened.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=friday)
    >>> print(movement([deal], since=monday, until=friday))
    opening: 0
    + new: 1: 9 EUR
    = closing: 1: 9 EUR
    """

    opening: Total
    new: Total
    reopened: Total
    pulled_in: Total
    raised: Total
    lowered: Total
    moved_out: Total
    won: Total
    lost: Total
    closing: Total

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a waterfall.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> movement([], since=monday, until=monday).as_data()["closing"]
        {'count': 0, 'value': {}}
        """
        names = ("opening", *_CAUSES, "closing")
        return {name: getattr(self, name).as_data() for name in names}

    def __str__(self) -> str:
        """Print what there is of it, a line each."""
        lines = [f"opening: {self.opening}"]
        for cause in _CAUSES:
            total: Total = getattr(self, cause)
            if total.count:
                lines.append(f"{'-' if cause in _LESS else '+'} {cause.replace('_', ' ')}: {total}")
        return "\n".join([*lines, f"= closing: {self.closing}"])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def movement(
    opportunities: Iterable[Opportunity],
    *,
    since: datetime,
    until: datetime,
    expected_in: Period | None = None,
) -> Movement:
    """
    Tell how the open pipeline of one instant became that of another.

    Args:
        opportunities: the deals.
        since: the instant of the opening; what happened then belongs to it.
        until: the instant of the closing.
        expected_in: only what is expected to close in this period; then deals are also pulled in
            and moved out.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=monday)
    >>> deal = deal.amend(amount=Money(5, "EUR"), at=friday).lose("price", at=friday)
    >>> print(movement([deal], since=monday, until=friday))
    opening: 1: 9 EUR
    - lowered: 1: 4 EUR
    - lost: 1: 5 EUR
    = closing: 0
    """
    begins, ends = instant(since, what="since"), instant(until, what="until")
    if ends < begins:
        raise InvalidValue("until", _BACKWARDS)
    maybe(Period, expected_in, "expected_in")
    found: dict[str, list[Money | None]] = {n: [] for n in ("opening", *_CAUSES, "closing")}
    if isinstance(opportunities, (str, type)) or not isinstance(opportunities, Iterable):
        raise WrongKind.of("opportunities", opportunities, wanted="several opportunities")
    for given in opportunities:
        before: Opportunity | None = None
        for place, after in enumerate(
            _states(one(Opportunity, given, "opportunities"), begins, ends)
        ):
            if place:
                for cause, amount in _changes(before, after, expected_in):
                    found[cause].append(amount)
            elif _counts(after, expected_in):
                found["opening"].append(_amount(after))
            before = after
        if _counts(before, expected_in):
            found["closing"].append(_amount(before))
    return Movement(**{name: Total.of(amounts) for name, amounts in found.items()})


def _states(deal: Opportunity, begins: datetime, ends: datetime) -> Iterator[Opportunity | None]:
    """Show a deal as it stood at the beginning, and after each event up to the end."""
    past = [event for event in deal.timeline if event.at <= begins]
    yield Opportunity.replay(past) if past else None
    for place, event in enumerate(deal.timeline, 1):
        if begins < event.at <= ends and type(event).__name__ not in _IDLE:
            yield Opportunity.replay(deal.timeline[:place])


def _amount(deal: Opportunity | None) -> Money | None:
    return None if deal is None else deal.amount


def _kind(deal: Opportunity) -> StageKind:
    return deal.pipeline.stage(deal.stage).kind


def _counts(deal: Opportunity | None, expected_in: Period | None) -> bool:
    """Tell whether a deal is part of the pipeline: open, and expected in the period."""
    if deal is None or _kind(deal) is not StageKind.OPEN:
        return False
    if expected_in is None:
        return True
    return deal.expected_close is not None and deal.expected_close in expected_in


def _changes(
    before: Opportunity | None, after: Opportunity | None, expected_in: Period | None
) -> Iterator[tuple[str, Money | None]]:
    """Name what one event did to the pipeline."""
    was, is_now = _counts(before, expected_in), _counts(after, expected_in)
    if was and is_now and before and after:
        yield from _revision(before.amount, after.amount)
    elif was and before and after:
        kind = _kind(after)
        yield "moved_out" if kind is StageKind.OPEN else kind.value, before.amount
    elif is_now and after:
        if before is None:
            yield "new", after.amount
        else:
            is_open = _kind(before) is StageKind.OPEN
            yield "pulled_in" if is_open else "reopened", after.amount


def _revision(before: Money | None, after: Money | None) -> Iterator[tuple[str, Money]]:
    if before and after and before.currency == after.currency:
        if before < after:
            yield "raised", after - before
        elif after < before:
            yield "lowered", before - after
        return
    if before:
        yield "lowered", before
    if after:
        yield "raised", after
