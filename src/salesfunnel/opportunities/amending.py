"""Correcting what is known of a deal: its plain fields, its price, the day of its closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..history.timeline import apply
from ..values import converters
from ..values.lines import lines_in_one_currency, total
from .amended import AMENDABLE, OpportunityAmended
from .contacts import involvements, must_have_roles
from .moving import DealT, must_be_open
from .revised import AmountRevised, CloseDateMoved

_FIELDS: Mapping[str, Callable[[Any], object]] = {
    **AMENDABLE,
    "amount": converters.amount,
    "lines": lines_in_one_currency,
    "expected_close": converters.expected_close,
}


def amend_deal(deal: DealT, amended: Mapping[str, Any], *, at: datetime, by: str) -> DealT:
    """
    Correct fields of a deal, by one event for the plain ones, one for the price, one for the day.

    Of a closed deal the price and the day stand still.
    """
    plain = {name: value for name, value in amended.items() if name in AMENDABLE}
    if "contacts" in plain:
        plain["contacts"] = involvements(plain["contacts"])
        must_have_roles(plain["contacts"], deal.pipeline, verb="amend", stage=deal.stage)
    if amended and len(plain) == len(amended):
        return apply(deal, OpportunityAmended(at=at, by=by, amended=plain), verb="amend")
    converters.fields(amended, _FIELDS, "amend")
    must_be_open(deal, "amend", at=at)
    if plain:
        deal = apply(deal, OpportunityAmended(at=at, by=by, amended=plain), verb="amend")
    told = lines_in_one_currency(amended.get("lines", deal.lines))
    if "amount" in amended or told != deal.lines:
        amount = amended.get("amount", total(told) if told else deal.amount)
        revised = AmountRevised(
            at=at, by=by, before=deal.amount, amount=amount, lines=told, agreed=False
        )
        deal = apply(deal, revised, verb="amend")
    if "expected_close" in amended:
        day = amended["expected_close"]
        moved = CloseDateMoved(at=at, by=by, before=deal.expected_close, expected_close=day)
        deal = apply(deal, moved, verb="amend")
    return deal
