"""How a deal was lost: the reason, the competitor, and what was on the table."""

from __future__ import annotations

from enum import StrEnum

import attrs

from ..values import gates
from ..values.choice import choice
from ..values.money import Money
from ..values.text import plain_text


class LossReason(StrEnum):
    """
    Why a deal was lost (after Frappe CRM and Odoo). ``UNKNOWN`` is for histories from elsewhere.

    >>> LossReason("price").name
    'PRICE'
    """

    PRICE = "price"
    COMPETITION = "competition"
    BUDGET = "budget"
    FEATURES = "features"
    TIMING = "timing"
    NO_DECISION = "no_decision"
    NO_DECISION_MAKER = "no_decision_maker"
    UNRESPONSIVE = "unresponsive"
    POOR_FIT = "poor_fit"
    OTHER = "other"
    UNKNOWN = "unknown"


def _competitor(name: str) -> str:
    return plain_text(name, "competitor")


def _reason(reason: LossReason | str) -> LossReason:
    return choice(LossReason, reason, "reason")


@attrs.frozen(kw_only=True)
class Loss:
    """
    The record of a lost deal: why, to whom, at which stage, and for how much.

    >>> Loss(reason="price", competitor="Faradis", stage="proposal", amount=None).reason.value
    'price'
    """

    reason: LossReason = attrs.field(converter=_reason)
    competitor: str = attrs.field(default="", converter=_competitor, repr=False)
    note: str = attrs.field(default="", converter=gates.note, repr=False)
    stage: str = attrs.field(converter=gates.name)
    amount: Money | None = attrs.field(converter=gates.amount)
